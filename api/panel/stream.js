// A run as a sequence of events, whole and once each, whatever the network does: a cut stream is resumed
// after the last event seen, and a message whose answer never began is sent again under the same key.
// Lists that change are followed the same way.

import { ASSISTANT, Problem, request } from "./api.js";

const ENDS = new Set(["RUN_FINISHED", "RUN_ERROR"]);
const ATTEMPTS = 8;
const SILENCE_MS = 45_000; // the service pings every 15 s

// Browsers open six HTTP/1.1 connections to a host: three streams leave room for everything else.
const slots = { free: 3, waiting: [] };

// What is happening now doesn't wait behind replays, nor behind executions that are paused.
async function takeSlot(isLive) {
  if (isLive || slots.free > 0) slots.free -= 1;
  else await new Promise((resolve) => slots.waiting.push(resolve));
}

function releaseSlot() {
  if (slots.waiting.length && slots.free >= 0) slots.waiting.shift()();
  else slots.free += 1;
}

/**
 * The events of a run to its end. Give `runId`, or the `path` of its events, or `start`, a function that begins
 * the run and returns its streaming Response. `onConnection` hears "open" and "reconnecting". Throws a Problem when it gives up.
 */
export async function* streamRun({ runId, path, start, ...how }) {
  const connect = (options) => {
    const address = path ?? (runId && `${ASSISTANT}/runs/${encodeURIComponent(runId)}/events`);
    return address ? request(address, options) : start(options);
  };
  // being told to slow down ends a new message, whose writer should know, but not the reading of a run
  const isFinal = (error) => isRefused(error) && !((path ?? runId) && error.status === 429);
  for await (const event of resumed({ connect, isFinal, ...how })) {
    runId ??= event.runId;
    yield event;
    if (ENDS.has(event.type)) return;
  }
  if (how.signal.aborted) return;
  throw new Problem({
    detail: "The connection to this answer was lost.",
    remedy: "The service goes on without you: try again to see where it stands.",
  });
}

/** What `path` tells now and whenever it changes, until `signal` ends it. Throws a Problem when it gives up. */
export async function* streamChanges({ path, signal, onConnection }) {
  const connect = (options) => request(path, options);
  const isFinal = (error) => isRefused(error) && error.status !== 429;
  yield* resumed({ connect, isFinal, isLive: true, signal, onConnection });
  if (!signal.aborted) throw new Problem({ detail: "The connection to the service was lost.", remedy: "Try again." });
}

/** The events of a stream, from another connection where one is cut; returns once it can't be had. */
async function* resumed({ connect, isFinal, isLive, signal, onConnection }) {
  const seen = new Set();
  let lastId;
  for (let failures = 0; failures < ATTEMPTS; failures += 1) {
    if (failures) {
      onConnection("reconnecting");
      await pause(Math.min(250 * 2 ** failures, 15_000) * (0.75 + Math.random() / 2), signal);
    }
    await takeSlot(isLive);
    try {
      const headers = { Accept: "text/event-stream", ...(lastId && { "Last-Event-ID": lastId }) };
      const response = await connect({ headers, signal });
      onConnection("open");
      for await (const { id, data } of parseEvents(response.body)) {
        if (id && seen.has(id)) continue;
        if (id) seen.add((lastId = id));
        failures = 0;
        yield JSON.parse(data);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isFinal(error)) throw error;
    } finally {
      releaseSlot();
    }
    if (signal.aborted) return;
  }
}

const isRefused = (error) => error instanceof Problem && error.status >= 400 && error.status < 500;

function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    }
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}

/** Server-sent events `{id, data}` of a byte stream, by the rules of the HTML standard. */
export async function* parseEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let id;
  let data = [];
  try {
    for (;;) {
      const silence = setTimeout(() => reader.cancel(), SILENCE_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/); // a final \r may be half of \r\n
      rest = lines.pop();
      for (const line of lines) {
        const [, field, text] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
        if (field === "id") id = text;
        else if (field === "data") data.push(text ?? "");
        else if (line === "" && data.length) {
          yield { id, data: data.join("\n") };
          data = [];
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
