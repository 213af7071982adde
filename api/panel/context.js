// What the reader has in view, so that "this" and "these" mean something: what the embedding page tells, and
// before that, what has been opened in the panel itself. It goes along with every message.

import { ASSISTANT, json } from "./api.js";
import { h, icon, morphChildren } from "./dom.js";

const FIELDS = ["page", "asset", "source", "workspace", "selection"];
const MOST_NAMED = 3;
const NOTHING = { about: [], not_found: [], prompts: [] };

/**
 * A context as a page writes it: JSON of `page`, `asset`, `source`, `workspace` and `selection`, by ids or names; null
 * of nothing.
 * Throws a TypeError that names what isn't right.
 */
export function readContext(text) {
  if (!text?.trim()) return null;
  let context;
  try {
    context = JSON.parse(text);
  } catch {
    throw new TypeError('`context` is not JSON. Write {"asset": "shop.orders"}.');
  }
  const isRecord = context !== null && typeof context === "object" && !Array.isArray(context);
  const unknown = isRecord ? Object.keys(context).find((name) => !FIELDS.includes(name)) : "context";
  if (unknown !== undefined) throw new TypeError(`\`${unknown}\` is no part of a context. Its parts are: ${FIELDS.join(", ")}.`);
  for (const name of FIELDS) {
    const given = context[name] ?? (name === "selection" ? [] : "");
    const isRight = name === "selection" ? Array.isArray(given) && given.every(isText) : isText(given);
    if (!isRight) throw new TypeError(`\`${name}\` of the context is ${name === "selection" ? "a list of texts" : "a text"}.`);
  }
  return context;
}

const isText = (given) => typeof given === "string";

export class InView {
  #told = { page: null, opened: null };
  #seen = NOTHING; // what the service makes of it

  /** `onChange()` hears that it is something else now; `onDropped(teller)` that the reader has put it away. */
  constructor({ onChange, onDropped }) {
    Object.assign(this, { onChange, onDropped });
    this.element = h("div.in-view", { id: "in-view", role: "group", "aria-label": "In view", hidden: true });
  }

  /** What goes along with a message. */
  get context() {
    return this.#told.opened ?? this.#told.page ?? undefined;
  }

  /** Requests that make sense for what is in view. */
  get prompts() {
    return this.#seen.prompts;
  }

  /** What is in view by the word of `teller`, "page" or "opened"; null: nothing. */
  async tell(teller, context) {
    if (this.#told[teller] === context) return;
    this.#told[teller] = context;
    const now = this.context;
    const seen = now ? await whatIs(now) : NOTHING;
    if (now !== this.context) return;
    if (teller === "opened" && context && !seen.about.length) { // a passage, a control: nothing that "this" could mean
      this.tell("opened", null);
      return;
    }
    this.#seen = seen;
    this.#draw();
    this.onChange();
  }

  #drop() {
    const teller = this.#told.opened ? "opened" : "page";
    this.tell(teller, null);
    this.onDropped(teller);
  }

  #draw() {
    const { about, not_found: missing } = this.#seen;
    const names = [...about.map(({ name, kind }) => [name, kind]), ...missing.map((name) => [name, "not found"])];
    const rest = names.length - MOST_NAMED;
    this.element.hidden = !names.length;
    if (!names.length) return;
    const shown = names.slice(0, MOST_NAMED).map(([name, kind]) => h("span.thing", h("strong", name), h("span.muted", kind)));
    const drop = { "aria-label": "Put out of view", title: "Put out of view", onclick: () => this.#drop() };
    morphChildren(this.element, [
      h("span.muted", "In view:"), ...shown, rest > 0 && h("span.muted", `and ${rest} more`), h("button.quiet", drop, icon("close")),
    ].filter(Boolean));
  }
}

/** By their names, where the service can say them; else as they were told. */
async function whatIs(context) {
  const { selection = [], asset, source, workspace, page } = context;
  const named = selection.length ? selection : [asset, source].filter(Boolean);
  const told = named.length || !workspace ? named : [workspace];
  if (!told.length && !page) return NOTHING;
  const asTold = { ...NOTHING, about: told.map((name) => ({ name, kind: "" })) };
  return json(`${ASSISTANT}/analyze-context`, { body: context }).catch(() => asTold);
}
