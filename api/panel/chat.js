// The open conversation on the page: follows its runs, sends, stops, decides on plans, and draws what has
// changed once a frame. Leaving a conversation cuts its streams; the runs themselves go on in the service.

import { ASSISTANT, json, randomKey, request } from "./api.js";
import { InView } from "./context.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { asProblem, problemView } from "./data.js";
import { decisions } from "./decisions.js";
import { h, icon, morph, morphChildren } from "./dom.js";
import { Drawer } from "./drawer.js";
import { rating } from "./feedback.js";
import { planView } from "./plan.js";
import { runView, spoken } from "./run.js";
import { emptyView } from "./shell.js";
import { openSource } from "./source.js";
import { streamRun } from "./stream.js";

const LATEST_RUNS = 12;
const COSTLY_MS = 50;
const NEAR_BOTTOM_PX = 80;

export class Chat {
  #conversation = new Conversation();
  #streams = new AbortController();
  #elements = new Map(); // run → its element
  #frame = 0;
  #cost = 0; // milliseconds that the last drawing took
  #afterwards = []; // what waits for the next drawing
  #prompts = [];
  #shown = null; // the plan in the drawer
  #sticks = true; // the reader is at the bottom, and stays there as it grows

  /** `onChange(conversation)` hears that a conversation has got its id, or that a run of it has ended;
   *  `onDecided` that a plan may wait for somebody else now; `onExecuted` that something was carried out;
   *  `onContextDropped` that the reader has put away what the embedding page said is in view. */
  constructor({ profile, context, onChange, onDecided, onExecuted, onContextDropped }) {
    this.profile = profile;
    Object.assign(this, { onChange, onDecided, onExecuted });
    const onDropped = (teller) => {
      if (teller === "page") onContextDropped();
      this.composer.focus();
    };
    this.inView = new InView({ onChange: () => this.#schedule(), onDropped });
    this.inView.tell("page", context);
    this.composer = new Composer({
      inView: this.inView.element, onSend: (message) => this.#send(message), onStop: () => this.#stop(),
    });
    this.opening = h("div.opening");
    this.runs = h("div.runs");
    this.transcript = h("div.transcript", { tabindex: "-1" }, this.opening, this.runs);
    this.latest = h("button.latest", { "aria-label": "Go to the latest", hidden: true }, icon("down"));
    this.latest.onclick = () => this.#toBottom();
    this.transcript.onscroll = () => (this.latest.hidden = this.#sticks = this.#isAtBottom());
    this.status = h("p.visually-hidden", { role: "status", "aria-live": "polite" });
    this.element = h("main", { "aria-label": "Conversation" },
      this.transcript, this.latest, this.composer.element, this.status);
    this.drawer = new Drawer();
  }

  get id() {
    return this.#conversation.id;
  }

  async open(id) {
    this.close();
    const conversation = (this.#conversation = new Conversation({ id }));
    this.#schedule();
    this.composer.focus();
    if (id) await this.#load(conversation);
    else if (!this.#prompts.length) {
      const { items } = await json(`${ASSISTANT}/suggest-prompts`).catch(() => ({ items: [] }));
      this.#prompts = items;
      this.#schedule();
    }
  }

  close() {
    this.#streams.abort();
    this.#streams = new AbortController();
    this.#elements.clear();
    this.runs.replaceChildren();
    this.drawer.close({ refocus: false });
    this.inView.tell("opened", null);
    this.#sticks = true;
  }

  /** Shows a plan, whoever asked for it, beside the conversation. */
  async showPlan(id) {
    const conversation = this.#conversation;
    try {
      const shown = await json(`${ASSISTANT}/plans/${encodeURIComponent(id)}`);
      if (conversation !== this.#conversation) return;
      this.#openPlan();
      this.#shown = conversation.showPlan(shown);
      this.#drawShown();
    } catch (error) {
      this.#openPlan(problemView(asProblem(error)));
    }
  }

  #openPlan(content = null) {
    this.card = h("div.content.card", content);
    this.drawer.open({ name: "Plan", onClose: () => (this.#shown = null) }, this.card);
  }

  /** Shows a plan that was just proposed in the open conversation. */
  followPlan({ run_id: id, title }) {
    this.#follow(this.#conversation.addRun({ id, message: `Propose: ${title}`, live: true, kind: "proposal" }));
    this.#sticks = true;
    this.#schedule();
    this.transcript.focus();
  }

  /** Asks the reader for a message about something. */
  ask(question, about) {
    this.inView.tell("opened", { selection: [about] });
    this.composer.ask(question);
  }

  /** Looks again how the plans on the page that others decide on stand. */
  async refresh() {
    const conversation = this.#conversation;
    for (const plan of conversation.plans.values())
      if (plan.run && (plan.update.status ?? plan.proposal.status) === "pending") await this.#refreshPlan(conversation, plan);
  }

  /** What a run told of its plan may be old: it can have been edited, or agreed to, since. */
  async #refreshPlan(conversation, { id }) {
    const { decisions: before = 0 } = conversation.plan(id);
    const shown = await json(`${ASSISTANT}/plans/${encodeURIComponent(id)}`).catch(() => null);
    const { editing, asking, busy, decisions = 0 } = conversation.plan(id);
    // what the reader is at stays as it is, and what was decided meanwhile counts more
    if (!shown || conversation !== this.#conversation || editing || asking || busy || decisions !== before) return;
    conversation.showPlan(shown);
    this.#schedule();
    const runId = shown.execution_run_id;
    if (runId && !conversation.runs.concat(conversation.earlier ?? []).some((run) => run.id === runId))
      this.#follow(conversation.addRun({ id: runId, live: true }));
  }

  async #load(conversation) {
    try {
      const found = await json(`${ASSISTANT}/get-conversation?conversation_id=${encodeURIComponent(conversation.id)}`);
      if (conversation !== this.#conversation) return;
      for (const plan of found.plans ?? []) conversation.updatePlan(plan.id, plan);
      conversation.earlier = found.runs;
      this.#showEarlier();
    } catch (error) {
      if (conversation === this.#conversation) this.runs.replaceChildren(problemView(asProblem(error)));
    }
  }

  #showEarlier() {
    const conversation = this.#conversation;
    const later = conversation.runs.splice(0);
    for (const { id, message, status, kind, feedback } of conversation.earlier.splice(-LATEST_RUNS)) {
      const live = ["queued", "running"].includes(status);
      this.#follow(conversation.addRun({ id, message, live, kind, feedback }));
    }
    conversation.runs.push(...later);
    this.#schedule();
  }

  /** A second message waits until the first has told which conversation it began. */
  get #canSend() {
    return this.id !== null || !this.#conversation.activeRuns.length;
  }

  #send(message, context = this.inView.context) {
    if (!this.#canSend) return;
    const key = randomKey();
    const body = { message, conversation_id: this.id ?? undefined, context };
    const run = this.#conversation.addRun({ message, live: true, kind: "turn", context });
    run.start = (options) => request(`${ASSISTANT}/chat`, { body, key, ...options });
    this.#follow(run);
    this.#sticks = true;
    this.#schedule();
  }

  async #follow(run) {
    const { signal } = this.#streams;
    const conversation = this.#conversation;
    const onConnection = (connection) => {
      run.connection = connection;
      this.#changed(conversation, run);
    };
    try {
      const { id: runId, path, start, live: isLive } = run;
      for await (const event of streamRun({ runId, path, start, isLive, signal, onConnection })) {
        const wasNew = conversation.id === null;
        conversation.apply(run, event);
        if (!run.live && event.name === "plan_proposed") this.#refreshPlan(conversation, event.value);
        if (!run.live && event.name === "execution_finished") this.#followRetried(conversation, run, event.value);
        this.#schedule();
        if (wasNew && conversation.id !== null) this.onChange(conversation);
      }
    } catch (error) {
      conversation.fail(run, asProblem(error));
      run.isCut = true;
    }
    if (signal.aborted) return;
    this.#schedule();
    if (!run.live) return;
    this.status.textContent = spoken(run, conversation);
    this.onChange(conversation);
    if (!run.message) this.onExecuted();
  }

  /** What had ended badly may have been retried: then it goes on in another stream. */
  async #followRetried(conversation, run, { execution_id: id, status }) {
    if (!["failed", "cancelled"].includes(status) || run.path) return;
    const now = await json(`api/racine/workflows/${encodeURIComponent(id)}/status`).catch(() => null);
    if (now && now.run_id !== run.id && conversation === this.#conversation) this.#followExecution({ id });
  }

  #followExecution(execution) {
    const path = `api/racine/workflows/${encodeURIComponent(execution.id)}/logs/stream`;
    const run = this.#conversation.addRun({ live: true });
    run.path = path;
    this.#follow(run);
    this.#schedule();
  }

  async #stop() {
    const run = this.#conversation.stoppableRuns.find(({ id }) => id);
    if (!run) return;
    try {
      await request(`${ASSISTANT}/runs/${encodeURIComponent(run.id)}/cancel`, { body: {} });
    } catch (error) {
      run.problem = asProblem(error);
      this.#changed(this.#conversation, run);
    }
  }

  #actions = {
    ...decisions(this.#page()),
    ...rating({
      changed: (run) => this.#changed(this.#conversation, run),
      focusIn: (run, selector) => this.#afterwards.push(() => this.#elements.get(run)?.querySelector(`.feedback ${selector}`)?.focus()),
      say: (text) => (this.status.textContent = text),
    }),
    send: (message, context) => this.#send(message, context),
    openSource: (citation) => {
      openSource(this.drawer, citation, () => this.inView.tell("opened", null));
      if (citation.id) this.inView.tell("opened", { selection: [citation.id] });
    },
    resume: (run) => {
      Object.assign(run, { problem: null, isCut: false, status: "queued" });
      this.#changed(this.#conversation, run);
      this.#follow(run);
    },
    showEarlier: () => this.#showEarlier(),
  };

  /** What the deeds on plans need of the page. */
  #page() {
    const chat = this;
    return {
      get conversation() {
        return chat.#conversation;
      },
      changed: (plan) => (plan.run ? this.#changed(this.#conversation, plan.run) : this.#schedule()),
      follow: ({ id, conversation }) => {
        if (conversation !== this.#conversation) return;
        this.#follow(conversation.addRun({ id, live: true }));
        this.#schedule();
      },
      followExecution: (execution) => this.#followExecution(execution),
      focus: (plan, selector) =>
        this.#afterwards.push(() => {
          const card = plan === this.#shown ? this.card : this.#elements.get(plan.run);
          card?.querySelector(`[data-key="${CSS.escape(plan.id)}"]`)?.querySelector(selector)?.focus();
        }),
      decided: () => this.onDecided(),
    };
  }

  // --- drawing

  #changed(conversation, run) {
    conversation.changed.add(run);
    this.#schedule();
  }

  #drawShown() {
    const plan = this.#shown;
    if (plan) morphChildren(this.card, [planView(plan, this.#conversation.executions.get(plan.update.execution_id), this.#actions)]);
  }

  /** A page that is costly to draw, with hundreds of steps unfolded, is drawn less often, so that it still reacts. */
  #schedule() {
    if (this.#frame) return;
    const draw = () => requestAnimationFrame(() => this.#draw());
    this.#frame = this.#cost > COSTLY_MS ? setTimeout(draw, 2 * this.#cost) : draw();
  }

  #draw() {
    const begun = performance.now();
    this.#frame = 0;
    const conversation = this.#conversation;
    morphChildren(this.opening, this.#openingView(conversation));
    for (const run of conversation.changed) {
      const view = this.#runView(run);
      if (this.#elements.has(run)) morph(this.#elements.get(run), view);
      else this.#elements.set(run, view);
    }
    conversation.changed.clear();
    conversation.runs.forEach((run, i) => {
      const element = this.#elements.get(run);
      if (this.runs.children[i] !== element) this.runs.insertBefore(element, this.runs.children[i] ?? null);
    });
    this.#drawShown();
    this.composer.update({ isActive: conversation.stoppableRuns.length > 0, canSend: this.#canSend });
    if (this.#sticks) this.#toBottom("instant");
    for (const then of this.#afterwards.splice(0)) then();
    this.#cost = performance.now() - begun;
  }

  /** A run that can't be drawn must not keep the others from it. */
  #runView(run) {
    try {
      return runView(run, this.#conversation, this.#actions);
    } catch (error) {
      return h("article.run", problemView(asProblem(error)));
    }
  }

  #openingView({ id, runs, earlier }) {
    const { send, showEarlier } = this.#actions;
    const prompts = [...this.inView.prompts, ...this.#prompts];
    if (!id && !runs.length) return [emptyView({ profile: this.profile, prompts, onSend: send })];
    if (!earlier?.length) return [];
    return [h("button.quiet.more", { onclick: showEarlier }, `Show ${earlier.length} earlier`)];
  }

  #isAtBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.transcript;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
  }

  #toBottom(behavior = "auto") {
    this.transcript.scrollTo({ top: this.transcript.scrollHeight, behavior });
  }
}
