// What stands beside the conversation: a source, a plan, the recommendations. One at a time; whoever opened the
// one before hears that it is gone, and closing gives the focus back to where it was.

import { h, icon } from "./dom.js";

export class Drawer {
  #opener = null;
  #onClose = () => {};

  constructor() {
    this.element = h("aside.drawer", { role: "dialog", hidden: true });
    this.element.onkeydown = (event) => {
      if (event.key === "Escape") this.close();
    };
  }

  /** Shows `content` under `title`; `name` is what it is: "Source", "Plan". */
  open({ name, title = name, onClose = () => {} }, ...content) {
    const active = this.element.getRootNode().activeElement;
    if (!this.element.contains(active)) this.#opener = active;
    this.#onClose();
    this.#onClose = onClose;
    const close = { "aria-label": `Close ${name.toLowerCase()}`, onclick: () => this.close() };
    const closer = h("button.quiet", close, icon("close"));
    this.element.setAttribute("aria-label", name);
    this.element.replaceChildren(h("header", h("p.muted", title), closer), ...content.filter(Boolean));
    this.element.hidden = false;
    closer.focus();
  }

  close({ refocus = true } = {}) {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#onClose();
    this.#onClose = () => {};
    if (refocus && this.#opener?.isConnected) this.#opener.focus();
  }
}
