// What the reader thinks of an answer. A thumb is sent at once; with a thumb down goes, if the reader wants to
// say it, how the request should have been put, which teaches the assistant for the next like one.

import { ASSISTANT, json } from "./api.js";
import { asProblem, problemView } from "./data.js";
import { h, icon } from "./dom.js";

const RATED = new Set(["done", "interrupted"]);
const LABELS = { up: "Good answer", down: "Bad answer" };

/** The thumbs under an answer to a message, and what came of them; nothing under anything else. */
export function feedbackView(run, actions) {
  if (run.kind !== "turn" || !RATED.has(run.status) || run.problem) return null;
  const { meant } = run.feedback ?? {};
  return h("div.feedback", { role: "group", "aria-label": "What do you think of this answer?" },
    h("div.thumbs", Object.keys(LABELS).map((rating) => thumb(rating, run, actions))),
    run.ratingProblem && problemView(run.ratingProblem),
    run.isCorrecting ? meantForm(run, actions)
    : meant && h("p.muted", "Such requests are read from now on as “", h("strong", meant), "”. ",
        h("button.quiet.link", { onclick: () => actions.send(meant) }, "Ask it")),
  );
}

function thumb(rating, run, actions) {
  const given = run.feedback?.rating;
  return h("button.quiet.thumb", {
    "data-key": rating, "aria-label": LABELS[rating], title: LABELS[rating], "aria-pressed": String(given === rating),
    disabled: run.isRating, onclick: () => actions.rate(run, rating),
  }, icon(`thumb-${rating}`));
}

function meantForm(run, actions) {
  const onsubmit = (event) => {
    event.preventDefault();
    const meant = event.currentTarget.elements.meant.value.trim();
    if (meant && meant !== run.message) actions.teach(run, meant);
    else actions.dontTeach(run);
  };
  const input = { name: "meant", required: true, autocomplete: "off", maxlength: "500", value: run.feedback?.meant ?? run.message };
  return h("form.meant", { onsubmit, "data-key": "meant" },
    h("label", "How should it have been put?", h("input", input)),
    h("p.muted", "Such requests are then read that way."),
    h("div.buttons",
      h("button.primary", { type: "submit", disabled: run.isRating }, "Teach it"),
      h("button.quiet", { type: "button", onclick: () => actions.dontTeach(run) }, "Not now")));
}

/** The deeds. `page` is the chat: `changed(run)`, `focusIn(run, selector)` once that is drawn, `say(text)` to a screen reader. */
export function rating(page) {
  const set = (run, state) => {
    Object.assign(run, state);
    page.changed(run);
  };

  async function give(run, feedback) {
    set(run, { isRating: true, ratingProblem: null });
    try {
      const { rating, comment, learned } = await json(`${ASSISTANT}/feedback`, { body: { run_id: run.id, ...feedback } });
      set(run, { feedback: { rating, comment, meant: learned?.meant ?? run.feedback?.meant } });
      return true;
    } catch (error) {
      set(run, { ratingProblem: asProblem(error) });
      return false;
    } finally {
      set(run, { isRating: false });
    }
  }

  return {
    async rate(run, rating) {
      const isGiven = run.feedback?.rating === rating;
      if (!isGiven && !(await give(run, { rating }))) return page.focusIn(run, `[data-key=${rating}]`);
      set(run, { isCorrecting: rating === "down" && !run.isCorrecting });
      return page.focusIn(run, run.isCorrecting ? ".meant input" : `[data-key=${rating}]`);
    },

    async teach(run, meant) {
      if (!(await give(run, { rating: "down", meant }))) return;
      set(run, { isCorrecting: false });
      page.focusIn(run, "[data-key=down]");
      page.say(`Such requests are read from now on as “${run.feedback.meant}”.`);
    },

    dontTeach(run) {
      set(run, { isCorrecting: false });
      page.focusIn(run, "[data-key=down]");
    },
  };
}
