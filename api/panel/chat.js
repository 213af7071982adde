// The open conversation on the page: follows its runs, sends, stops, decides on plans, and draws what has
// changed once a frame. Leaving a conversation cuts its streams; the runs themselves go on in the service.

import { ASSISTANT, json, randomKey, request } from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { asProblem, problemView } from "./data.js";
import { h, icon, morph, morphChildren } from "./dom.js";
import { runView, spoken } from "./run.js";
import { emptyView } from "./shell.js";
import { openSource } from "./source.js";
import { streamRun } from "./stream.js";

const LATEST_RUNS = 12;
const NEAR_BOTTOM_PX = 80;

export class Chat {
  #conversation = new Conversation();
  #streams = new AbortController();
  #elements = new Map(); // run → its element
  #frame = 0;
  #prompts = [];
  #sticks = true; // the reader is at the bottom, and stays there as it grows

  /** `onChange(conversation)` hears that a conversation has got its id, or that a run of it has ended. */
  constructor({ profile, onChange }) {
    this.profile = profile;
    this.onChange = onChange;
    this.composer = new Composer({ onSend: (message) => this.#send(message), onStop: () => this.#stop() });
    this.opening = h("div.opening");
    this.runs = h("div.runs");
    this.transcript = h("div.transcript", { tabindex: "-1" }, this.opening, this.runs);
    this.latest = h("button.latest", { "aria-label": "Go to the latest", hidden: true }, icon("down"));
    this.latest.onclick = () => this.#toBottom();
    this.transcript.onscroll = () => (this.latest.hidden = this.#sticks = this.#isAtBottom());
    this.status = h("p.visually-hidden", { role: "status", "aria-live": "polite" });
    this.element = h("main", { "aria-label": "Conversation" },
      this.transcript, this.latest, this.composer.element, this.status);
    this.drawer = h("aside.drawer", { role: "dialog", "aria-label": "Source", hidden: true });
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
    this.drawer.hidden = true;
    this.#sticks = true;
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
    for (const { id, message, status } of conversation.earlier.splice(-LATEST_RUNS)) {
      const live = ["queued", "running"].includes(status);
      this.#follow(conversation.addRun({ id, message, live }));
    }
    conversation.runs.push(...later);
    this.#schedule();
  }

  /** A second message waits until the first has told which conversation it began. */
  get #canSend() {
    return this.id !== null || !this.#conversation.activeRuns.length;
  }

  #send(message) {
    if (!this.#canSend) return;
    const key = randomKey();
    const body = { message, conversation_id: this.id ?? undefined };
    const run = this.#conversation.addRun({ message, live: true });
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
      for await (const event of streamRun({ runId: run.id, start: run.start, signal, onConnection })) {
        const wasNew = conversation.id === null;
        conversation.apply(run, event);
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
  }

  async #stop() {
    const run = this.#conversation.activeRuns.find(({ id }) => id);
    if (!run) return;
    try {
      await request(`${ASSISTANT}/runs/${encodeURIComponent(run.id)}/cancel`, { body: {} });
    } catch (error) {
      run.problem = asProblem(error);
      this.#changed(this.#conversation, run);
    }
  }

  async #decide(plan, verb, body) {
    const conversation = this.#conversation;
    const set = (state) => {
      Object.assign(plan, state);
      this.#changed(conversation, plan.run);
    };
    set({ busy: true, problem: null });
    try {
      const answer = await json(`${ASSISTANT}/plans/${encodeURIComponent(plan.id)}/${verb}`, { body });
      if (verb === "reject") conversation.updatePlan(plan.id, { status: "rejected" });
      else {
        conversation.updatePlan(plan.id, { status: "executing", execution_id: answer.execution_id });
        if (conversation === this.#conversation) this.#follow(conversation.addRun({ id: answer.run_id, live: true }));
      }
      set({ busy: false, asking: false });
    } catch (error) {
      set({ busy: false, problem: asProblem(error) });
    }
  }

  #actions = {
    send: (message) => this.#send(message),
    openSource: (citation) => openSource(this.drawer, citation),
    resume: (run) => {
      Object.assign(run, { problem: null, isCut: false, status: "queued" });
      this.#changed(this.#conversation, run);
      this.#follow(run);
    },
    approve: (plan) => this.#decide(plan, "approve", { hash: plan.proposal.hash }),
    reject: (plan, reason) => this.#decide(plan, "reject", reason ? { reason } : {}),
    ask: (plan, asking) => {
      plan.asking = asking;
      this.#changed(this.#conversation, plan.run);
      const target = asking ? ".rejection input" : ".plan footer button + button";
      requestAnimationFrame(() => this.#elements.get(plan.run)?.querySelector(target)?.focus());
    },
    showEarlier: () => this.#showEarlier(),
  };

  // --- drawing

  #changed(conversation, run) {
    conversation.changed.add(run);
    this.#schedule();
  }

  #schedule() {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
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
    this.composer.update({ isActive: conversation.activeRuns.length > 0, canSend: this.#canSend });
    if (this.#sticks) this.#toBottom("instant");
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
    if (!id && !runs.length) return [emptyView({ profile: this.profile, prompts: this.#prompts, onSend: send })];
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
