// Where the reader writes: Enter sends, Shift+Enter breaks the line. One button, which stops the run while
// there is nothing to send; text is never lost, since it stays until it can be sent.

import { h, icon } from "./dom.js";

const PLACEHOLDER = "Ask, or say what should change";

export class Composer {
  #isActive = false;
  #canSend = true;

  /** `inView` is the element that says what "this" means. */
  constructor({ inView, onSend, onStop }) {
    this.onSend = onSend;
    const described = { "aria-label": "Message", "aria-describedby": inView.id };
    this.text = h("textarea", { rows: "1", placeholder: PLACEHOLDER, enterkeyhint: "send", ...described });
    this.stop = h("button.stop", { type: "button", "aria-label": "Stop", onclick: onStop }, icon("stop"));
    this.send = h("button.send", { type: "submit", "aria-label": "Send" }, icon("send"));
    this.element = h("form.composer",
      inView,
      h("div.field", this.text, this.stop, this.send),
      h("p.muted", "Reads freely. Changes nothing before you approve."));
    this.text.oninput = () => this.#draw();
    this.text.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.element.requestSubmit();
    };
    this.element.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.#draw();
  }

  /** `isActive`: a run can be stopped. `canSend`: a message can be taken now. */
  update({ isActive, canSend }) {
    if (isActive === this.#isActive && canSend === this.#canSend) return;
    this.#isActive = isActive;
    this.#canSend = canSend;
    this.#draw();
  }

  focus() {
    this.text.focus();
  }

  /** Asks the reader for a message that answers `question`. */
  ask(question) {
    this.text.placeholder = question;
    this.focus();
  }

  #submit() {
    const message = this.text.value.trim();
    if (!message || !this.#canSend) return;
    this.text.value = "";
    this.text.placeholder = PLACEHOLDER;
    this.#draw();
    this.onSend(message);
  }

  #draw() {
    const isBlank = !this.text.value.trim();
    this.stop.hidden = !(this.#isActive && isBlank);
    this.send.hidden = !this.stop.hidden;
    this.send.disabled = isBlank || !this.#canSend;
    if (CSS.supports("field-sizing", "content")) return;
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }
}
