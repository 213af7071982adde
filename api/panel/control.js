// What can be done about an execution: halt it, let it go on, take it back; and about one of its steps.
// Pure views; what isn't possible right now isn't offered.

import { problemView } from "./data.js";
import { h } from "./dom.js";

const OF_EXECUTION = {
  executing: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  waiting: ["cancel"],
  unknown: ["cancel"],
};
const UNDOABLE = new Set(["done", "failed", "cancelled"]);
const SKIPPABLE = new Set(["pending", "planned", "waiting", "failed", "unknown"]);
const LABELS = {
  pause: "Pause", resume: "Resume", cancel: "Cancel", retry: "Retry from here", approve_gate: "Approve",
  reject_gate: "Reject", was_done: "It has happened", was_not_done: "It hasn't happened",
};

/** The buttons of an execution that stands at `state`. */
export function controlView(plan, execution, state, actions) {
  const possible = OF_EXECUTION[state] ?? [];
  const canUndo = UNDOABLE.has(state) && execution.ended && [...execution.steps.values()].some(isDone);
  if (!possible.length && !canUndo && !execution.problem) return null;
  const note = execution.asked && possible.length > 0 ? `${execution.asked === "pause" ? "Pauses" : "Ends"} after the steps that run now.` : null;
  return h("footer.control",
    execution.problem && problemView(execution.problem),
    possible.map((action) => button(action, plan, execution, actions)),
    canUndo && h("button", { "data-key": "undo", disabled: execution.busy, onclick: () => actions.undo(plan, execution) }, "Undo…"),
    note && h("p.muted", { role: "status" }, note),
    canUndo && h("p.muted", "Undoing is a plan of its own: you see it first."),
  );
}

const isDone = ({ status }) => status === "done";

function button(action, plan, execution, actions, step_id) {
  const onclick = () => actions.control(plan, execution, { action, step_id });
  return h("button", { "data-key": action, disabled: execution.busy, onclick }, LABELS[action]);
}

/** The buttons of one step of an execution, or nothing. */
export function controlsOf(step, status, plan, execution, actions) {
  if (plan.skipping === step.id) return skipForm(step, plan, execution, actions);
  const state = execution.status;
  const canRetry = execution.ended && (status === "failed" || (state === "cancelled" && status !== "done"));
  const halted = (status === "running" && execution.steps.get(step.id)?.progress?.halted) || status; // or what it has started
  const possible = [
    ...(halted === "waiting" ? ["approve_gate", "reject_gate"] : []),
    ...(halted === "unknown" ? ["was_done", "was_not_done"] : []),
    ...(canRetry ? ["retry"] : []),
  ];
  const isHalted = ["paused", "waiting", "unknown"].includes(state) || (state === "failed" && status === "failed");
  const canSkip = isHalted && SKIPPABLE.has(status);
  if (!possible.length && !canSkip) return null;
  return h("div.buttons",
    possible.map((action) => button(action, plan, execution, actions, step.id)),
    canSkip && h("button", { "data-key": "skip", disabled: execution.busy, onclick: () => actions.askSkip(plan, step.id) }, "Skip…"));
}

function skipForm(step, plan, execution, actions) {
  const onsubmit = (event) => {
    event.preventDefault();
    const reason = event.currentTarget.elements.reason.value.trim();
    if (reason) actions.control(plan, execution, { action: "skip", step_id: step.id, reason });
  };
  return h("form.skip-step", { onsubmit, "data-key": "skipping" },
    h("label", "Why is it skipped?", h("input", { name: "reason", required: true, autocomplete: "off", maxlength: "500" })),
    h("div.buttons",
      h("button", { type: "submit", disabled: execution.busy }, "Skip it"),
      h("button.quiet", { type: "button", onclick: () => actions.askSkip(plan, null) }, "Keep it")));
}
