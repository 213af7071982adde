// What is recommended, and below it what several groups tell together, in the drawer: pushed whenever it changes,
// while somebody looks at it. What the reader is writing stays as it is until it is sent or put away.

import { ASSISTANT, json } from "./api.js";
import { asProblem, plural, problemView, value, words } from "./data.js";
import { fold, h, icon, morphChildren } from "./dom.js";
import { streamChanges } from "./stream.js";

const FIRST = 10;
const MORE = 20;
const MOST_INSIGHTS = 20;
const ACCEPTED = "accepted";

export class Advice {
  #told = null; // the list as it was pushed last
  #shown = null; // and as it is drawn
  #gone = []; // ids of those dismissed here, until the list is without them
  #insights = []; // those that aren't put aside here
  #total = 0;
  #dismissing = null;
  #busy = null;
  #problem = null; // `{message, remedy, id?}`: of one of them, or of the whole list
  #limit = FIRST;
  #stream = null; // what ends it
  #isOpen = false;
  #isReconnecting = false;

  /** `drawer` shows it. `onCount(total)` hears how many there are, `onPlan(plan)` that a plan was made of one,
   *  `onAnswer(item)` that the reader wants to say what one asks for; `conversation()` is the open one's id. */
  constructor({ drawer, conversation, onCount, onPlan, onAnswer }) {
    Object.assign(this, { drawer, conversation, onCount, onPlan, onAnswer });
  }

  /** Asks how many there are, where no open list tells. */
  async count() {
    if (this.#isOpen) return;
    const { total } = await json(`${ASSISTANT}/recommendations?limit=1`).catch(() => ({}));
    if (!this.#isOpen && total !== undefined) this.onCount(total);
  }

  toggle() {
    if (this.#isOpen) return this.drawer.close();
    this.status = h("p.visually-hidden", { role: "status", "aria-live": "polite" });
    this.element = h("div.content.advice", { tabindex: "-1" });
    this.drawer.open({ name: "Recommendations", onClose: () => this.#left() }, this.element, this.status);
    this.#isOpen = true;
    this.#draw();
    return this.#follow();
  }

  /** Whether the page can be seen: browsers have few connections to a host, so none is held for nobody. */
  look(isVisible) {
    if (!isVisible) this.#rest();
    else if (this.#isOpen && !this.#stream) this.#follow();
  }

  #left() {
    this.#rest();
    this.#isOpen = false;
    this.element = this.#dismissing = this.#problem = null;
    this.#limit = FIRST;
  }

  #rest() {
    this.#stream?.abort();
    this.#stream = null;
  }

  async #follow() {
    this.#rest();
    if (this.#problem && !this.#problem.id) this.#problem = null;
    const stream = (this.#stream = new AbortController());
    const onConnection = (connection) => {
      this.#isReconnecting = connection === "reconnecting";
      this.#draw();
    };
    try {
      const path = `${ASSISTANT}/recommendations/stream?limit=${this.#limit}`;
      for await (const list of streamChanges({ path, signal: stream.signal, onConnection })) this.#take(list);
    } catch (error) {
      if (stream !== this.#stream) return;
      this.#stream = null;
      this.#fail(error);
    }
  }

  #take(list) {
    this.#told = list;
    this.#draw();
    this.#notice();
  }

  /** Reads the insights anew: what changes a recommendation may change them. */
  async #notice() {
    const { items } = await json(`${ASSISTANT}/insights?limit=${MOST_INSIGHTS}`).catch(() => ({}));
    if (!items || !this.#isOpen || this.#dismissing) return;
    this.#insights = items;
    this.#draw();
  }

  #fail(error, id) {
    const { message, remedy } = asProblem(error);
    this.#problem = { message, remedy, id };
    this.#isReconnecting = false;
    this.#draw();
  }

  // --- deeds

  /** A plan of its steps, behind the one that records that it is taken up: done, nothing recommends it. */
  async #propose({ id, steps }) {
    const taken = { id: ACCEPTED, operation: "assistant.accept_recommendation", arguments: { recommendation: id } };
    const chained = steps.map((step, i) => ({ ...step, needs: [i ? steps[i - 1].id : ACCEPTED] }));
    const body = { steps: [taken, ...chained], conversation_id: this.conversation() ?? undefined };
    await this.#do(id, async () => {
      const plan = await json(`${ASSISTANT}/plans`, { body });
      this.drawer.close({ refocus: false });
      this.onPlan(plan);
    });
  }

  async #dismiss(item, reason) {
    await this.#do(item.id, async () => {
      await json(`${ASSISTANT}/dismiss-recommendation`, { body: { recommendation: item.id, reason } });
      const list = this.#shown.includes(item) ? this.#shown : this.#insights;
      const next = list[list.indexOf(item) + 1] ?? list.at(-2);
      if (list === this.#shown) this.#gone.push(item.id);
      else this.#insights = list.filter((one) => one !== item);
      this.#dismissing = null;
      this.status.textContent = `Dismissed: ${item.title}.`;
      this.#draw();
      if (this.element) this.#refocus(next?.id, "dismiss");
    });
  }

  async #do(id, deed) {
    this.#busy = id;
    this.#problem = null;
    this.#draw();
    try {
      await deed();
    } catch (error) {
      this.#fail(error, id);
    }
    this.#busy = null;
    this.#draw();
  }

  #ask(id) {
    const last = this.#dismissing;
    this.#dismissing = id;
    this.#draw();
    const at = (key, selector) => this.element.querySelector(`[data-key="${CSS.escape(key)}"] ${selector}`);
    (id ? at(id, "form input") : at(last, "[data-key=dismiss]"))?.focus();
  }

  #answer(item) {
    this.drawer.close({ refocus: false });
    this.onAnswer(item);
  }

  #more() {
    this.#limit += MORE;
    this.#follow();
  }

  // --- drawing

  #draw() {
    if (this.#told && !this.#dismissing) {
      this.#gone = this.#gone.filter((id) => this.#told.items.some((item) => item.id === id));
      this.#shown = this.#told.items.filter(({ id }) => !this.#gone.includes(id));
      this.#total = this.#told.total - this.#gone.length;
      this.onCount(this.#total);
    }
    if (!this.element) return;
    const focused = this.element.getRootNode().activeElement;
    const place = [focused?.closest("li")?.dataset.key, focused?.dataset.key];
    const isInside = this.element.contains(focused);
    morphChildren(this.element, this.#view());
    if (isInside && !focused.isConnected) this.#refocus(...place);
  }

  #refocus(item, key) {
    const next = item && key && this.element.querySelector(`[data-key="${CSS.escape(item)}"] [data-key="${CSS.escape(key)}"]`);
    (next || this.element).focus();
  }

  #view() {
    const problem = this.#problem && !this.#problem.id && problemView(this.#problem, h("button", { onclick: () => this.#follow() }, "Try again"));
    if (!this.#shown) return [problem || h("p.live", h("span.spinner"), "Looking through all groups…")];
    const [items, total] = [this.#shown, this.#total];
    return [
      h("h2", total ? `${plural(total, "thing")} to do` : "Nothing to recommend"),
      !total && h("p.muted", "None of what is watched for speaks for anything."),
      problem,
      this.#isReconnecting && h("p.live", h("span.spinner"), "Reconnecting…"),
      h("ol", { "aria-label": "Recommendations" }, items.map((item) => this.#itemView(item))),
      items.length < total && h("button.quiet.more", { "data-key": "more", onclick: () => this.#more() }, `Show more (${items.length} of ${total})`),
      this.#insights.length > 0 && [
        h("h2", plural(this.#insights.length, "insight")),
        h("p.muted", "What several groups tell only together."),
        h("ol", { "aria-label": "Insights" }, this.#insights.map((item) => this.#itemView(item))),
      ],
    ].flat().filter(Boolean);
  }

  #itemView(item) {
    const { id, title, why, question, steps } = item;
    const busy = this.#busy === id;
    const headingId = `advice-${id}`;
    return h("li", { "data-key": id, "aria-labelledby": headingId },
      h("h3", { id: headingId }, title),
      h("p.muted", why),
      fold([icon("chevron"), "Evidence", h("span.gist", item.evidence)], () => evidenceView(item), { class: "preview", "data-key": "evidence", version: JSON.stringify(item) }),
      this.#problem?.id === id && problemView(this.#problem),
      this.#dismissing === id ? this.#reasonForm(item, busy)
      : h("div.buttons",
          steps.length > 0
            ? h("button.primary", { "data-key": "do", disabled: busy, "aria-describedby": headingId, onclick: () => this.#propose(item) }, busy ? "One moment…" : "Do it")
            : question && h("button", { "data-key": "do", "aria-describedby": headingId, onclick: () => this.#answer(item) }, "Answer…"),
          h("button.quiet", { "data-key": "dismiss", disabled: busy, "aria-describedby": headingId, onclick: () => this.#ask(id) }, "Dismiss…")),
    );
  }

  #reasonForm(item, busy) {
    const onsubmit = (event) => {
      event.preventDefault();
      const reason = event.currentTarget.elements.reason.value.trim();
      if (reason) this.#dismiss(item, reason);
    };
    const onkeydown = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // the drawer stays
      this.#ask(null);
    };
    return h("form.skip-step", { onsubmit, onkeydown, "data-key": "dismissing" },
      h("label", "Why is it dismissed?", h("input", { name: "reason", required: true, autocomplete: "off", maxlength: "500" })),
      h("p.muted", "You aren't told it again."),
      h("div.buttons",
        h("button", { type: "submit", disabled: busy }, "Dismiss it"),
        h("button.quiet", { type: "button", onclick: () => this.#ask(null) }, "Keep it")));
  }
}

function evidenceView({ evidence, question, steps, rests_on: grounds = [] }) {
  return [
    h("p", evidence),
    grounds.length > 0 && h("ul.listed", grounds.map(({ kind, title, told }) => h("li", `${title} (${kind}): ${told}`))),
    question && h("p.muted", question),
    steps.length > 0 && [
      h("h4", "What would be done"),
      h("ul.listed", steps.map(({ operation, arguments: given }) => h("li", words(operation), value(given, 1)))),
    ],
  ];
}
