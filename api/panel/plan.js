// The plan card: what each step would change, what follows, who agrees, and then the execution, in one place.
// A plan is approved by its hash, so what runs is exactly what this card shows.

import { approvalView, decisionView, until } from "./approval.js";
import { controlView } from "./control.js";
import { plural, problemView, words } from "./data.js";
import { h, icon } from "./dom.js";
import { effectsView } from "./effects.js";
import { progressOf, stepsView } from "./steps.js";

const STATES = {
  pending: "Waiting for approval", approved: "Approved", executing: "Running", done: "Done", failed: "Failed",
  rejected: "Rejected", expired: "Expired", withdrawn: "Withdrawn", stale: "Out of date", cancelled: "Cancelled",
  paused: "Paused", waiting: "Waiting at a gate", unknown: "Needs your word",
};
const REASONS = {
  stale: "What it touches has changed since. Ask again for a plan of how things stand now.",
  expired: "Nobody approved it in time. Ask again for a fresh plan.",
  withdrawn: "It was taken back before it was approved. Nothing of it ran.",
  unknown: "It isn't known whether a step has happened outside. Say what you find out, and it goes on.",
};
const SYNONYMS = { succeeded: "done", success: "done", completed: "done", error: "failed", running: "executing", queued: "executing" };

function stateOf({ update, proposal }, execution) {
  const told = update.status ?? proposal.status;
  const said = SYNONYMS[told] ?? told;
  if (said === "pending" && Date.parse(proposal.expires_at) < Date.now()) return "expired";
  if (!execution || !["executing", "approved"].includes(said)) return said;
  return execution.ended ? (SYNONYMS[execution.status] ?? execution.status) : "executing";
}

// What the service says beyond the state: "failed, and taken back".
function endOf({ update, proposal }, execution, state) {
  const outcome = execution?.outcome ?? update.outcome ?? proposal.outcome ?? "";
  return outcome.startsWith(state) ? outcome.slice(state.length) : "";
}

/** A plan's card. `actions` are those of `decisions.js`. */
export function planView(plan, execution, actions) {
  const { proposal } = plan;
  const state = stateOf(plan, execution);
  const headingId = `plan-${plan.id}`;
  return h(
    "section.plan", { class: `plan ${state}`, "aria-labelledby": headingId, "data-key": plan.id },
    h("header",
      h("p.state", state === "executing" ? h("span.spinner") : icon("root"), STATES[state] ?? words(state), endOf(plan, execution, state)),
      state === "pending" && h("p.muted", until(proposal.expires_at)),
      h("h3", { id: headingId }, proposal.title),
      h("p.muted", extent(proposal)),
    ),
    execution && progressOf(proposal.steps, execution),
    stepsView(plan, execution, actions),
    effectsView(proposal),
    approvalView(proposal),
    plan.problem && problemView(plan.problem),
    state === "pending" && decisionView(plan, actions),
    state in REASONS && h("p.summary", REASONS[state]),
    execution && controlView(plan, execution, state, actions),
  );
}

/** An execution whose plan isn't on the page. */
export function executionView(execution, actions) {
  const steps = [...execution.steps.values()].map((step) => ({ ...step, id: step.step_id }));
  const proposal = { title: "Execution", status: "executing", steps };
  return planView({ id: execution.id, proposal, update: { status: execution.told } }, execution, actions);
}

function extent({ steps, requester }) {
  const total = steps.reduce((sum, step) => sum + (step.preview?.total_changes ?? 0), 0);
  const destroys = steps.filter((step) => step.effect === "destroy").length;
  return [
    plural(steps.length, "step"),
    total > 0 && ` · ${plural(total, "change")}`,
    requester && ` · asked for by ${requester}`,
    destroys > 0 && h("strong.danger", ` · ${plural(destroys, "step")} that destroy${destroys === 1 ? "s" : ""} data`),
  ];
}
