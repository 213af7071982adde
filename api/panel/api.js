// The one way to the service. Same origin only (the origin this file came from), the session is a cookie
// that scripts can't read, and every failure is a Problem that says what happened and what to do.

const root = new URL("../", import.meta.url);

export const ASSISTANT = "api/racine/ai-assistant";

/** Fires "expired" when the service says that nobody is signed in. */
export const session = new EventTarget();

export class Problem extends Error {
  constructor({ title, detail, remedy, code, field, status = 0 }) {
    super(detail || title || "Something went wrong.");
    Object.assign(this, { title, remedy, code, field, status });
  }
}

/** The address if it is on this origin or https, else null: the only links that are ever made. */
export function safeUrl(address) {
  const url = URL.canParse(address, root) ? new URL(address, root) : null;
  return url && (isOwn(url) || url.protocol === "https:") ? url : null;
}

export const isOwn = (url) => url.origin === root.origin;

export function randomKey() {
  // crypto.randomUUID is missing on plain http, where a demo often runs
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** A successful Response; anything else throws a Problem. A body is sent as JSON with an idempotency key. */
export async function request(path, { body, headers = {}, key, signal } = {}) {
  let response;
  try {
    response = await fetch(new URL(path, root), {
      method: body ? "POST" : "GET",
      body: body && JSON.stringify(body),
      headers: {
        ...(body && { "Content-Type": "application/json", "Idempotency-Key": key ?? randomKey() }),
        ...headers,
      },
      credentials: "same-origin",
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem({ detail: "The service can't be reached.", remedy: "Check your connection, then try again." });
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({ detail: `The service answered ${response.status}.` }));
  if (response.status === 401 && !path.endsWith("/sign-in")) session.dispatchEvent(new Event("expired"));
  throw new Problem({ ...problem, status: response.status });
}

export async function json(path, options) {
  const response = await request(path, options);
  return response.status === 204 ? null : response.json();
}
