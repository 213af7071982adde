// The plan card: what each step would change, the decision, and then the execution, in one place.
// A plan is approved by its hash, so what runs is exactly what this card shows.

import { changes, plural, problemView, value, words } from "./data.js";
import { fold, h, icon } from "./dom.js";

const STATES = {
  pending: "Waiting for approval", approved: "Approved", executing: "Running", done: "Done", failed: "Failed",
  rejected: "Rejected", expired: "Expired", stale: "Out of date", cancelled: "Cancelled", paused: "Paused",
};
const REASONS = {
  stale: "What it touches has changed since. Ask again for a plan of how things stand now.",
  expired: "Nobody approved it in time. Ask again for a fresh plan.",
};
const SYNONYMS = { succeeded: "done", success: "done", completed: "done", error: "failed", running: "executing" };
const EFFECTS = {
  write: "Changes records in Racine",
  destroy: "Deletes; can't be taken back by simply running it again",
  reach: "Reaches a system outside of Racine",
};
const STEP_ICONS = { done: "check", failed: "close", skipped: "skip" };
const FINISHED = new Set(["done", "failed", "skipped"]);

function stateOf(plan, execution) {
  const said = plan.update.status ?? plan.proposal.status;
  if (said === "pending" && Date.parse(plan.proposal.expires_at) < Date.now()) return "expired";
  const settled = ["done", "failed", "rejected", "expired", "stale", "cancelled"].includes(said);
  const state = settled || !execution ? said : execution.ended ? execution.status : "executing";
  return SYNONYMS[state] ?? state;
}

/** A plan's card. `actions` are `approve(plan)`, `reject(plan, reason)` and `ask(plan, isAsking)`. */
export function planView(plan, execution, actions) {
  const { proposal } = plan;
  const state = stateOf(plan, execution);
  const headingId = `plan-${plan.id}`;
  return h(
    "section.plan", { class: `plan ${state}`, "aria-labelledby": headingId, "data-key": plan.id },
    h("header",
      h("p.state", state === "executing" ? h("span.spinner") : icon("root"), STATES[state] ?? words(state)),
      state === "pending" && h("p.muted", until(proposal.expires_at)),
      h("h3", { id: headingId }, proposal.title),
      h("p.muted", extent(proposal.steps)),
    ),
    execution && progressOf(proposal.steps, execution),
    h("ol.steps", proposal.steps.map((step, i) => stepView(step, i, proposal.steps, execution))),
    plan.problem && problemView(plan.problem),
    state === "pending" && (plan.asking ? rejection(plan, actions) : decision(plan, actions)),
    state in REASONS && h("p.summary", REASONS[state]),
  );
}

/** An execution whose plan isn't on the page. */
export function executionView(execution, actions) {
  const steps = [...execution.steps.values()].map((step) => ({ ...step, id: step.step_id }));
  const proposal = { title: "Execution", status: "executing", steps };
  return planView({ id: execution.id, proposal, update: {} }, execution, actions);
}

function extent(steps) {
  const total = steps.reduce((sum, step) => sum + (step.preview?.total_changes ?? 0), 0);
  const destroys = steps.filter((step) => step.effect === "destroy").length;
  return [
    plural(steps.length, "step"),
    total > 0 && ` · ${plural(total, "change")}`,
    destroys > 0 && h("strong.danger", ` · ${plural(destroys, "step")} that destroy${destroys === 1 ? "s" : ""} data`),
  ];
}

function until(time) {
  const minutes = Math.round((Date.parse(time) - Date.now()) / 60_000);
  if (!Number.isFinite(minutes)) return null;
  const left = minutes < 90 ? plural(Math.max(minutes, 1), "minute") : plural(Math.round(minutes / 60), "hour");
  return `Expires in ${left}`;
}

function progressOf(steps, execution) {
  const share = ({ status, progress }) =>
    FINISHED.has(status) ? 1 : progress?.total ? progress.done / progress.total : 0;
  const done = [...execution.steps.values()].reduce((sum, step) => sum + share(step), 0);
  return h("progress", { max: steps.length, value: done, "aria-label": "Progress of the plan" });
}

function stepView(step, i, steps, execution) {
  const live = execution?.steps.get(step.id);
  const status = live?.status ?? (execution ? "pending" : "planned");
  const needs = (step.needs ?? []).map((id) => steps.findIndex((other) => other.id === id) + 1).filter(Boolean);
  const settled = STEP_ICONS[status] && icon(STEP_ICONS[status]);
  const mark = status === "running" ? h("span.spinner") : (settled ?? `${i + 1}`);
  return h(
    "li", { class: status, "data-key": step.id },
    h("span.marker", { role: "img", "aria-label": `Step ${i + 1}: ${status}` }, mark),
    h("div.step",
      h("p.headline",
        h("span.title", step.title ?? words(step.operation)),
        step.effect && h("span", { class: `badge ${step.effect}`, title: EFFECTS[step.effect] }, step.effect),
      ),
      h("p.muted", h("code", step.operation), needs.length > 0 && ` after step ${needs.join(", ")}`),
      Object.keys(step.arguments ?? {}).length > 0 && h("div.arguments", value(inNames(step), 1)),
      step.preview && previewView(step.preview),
      status === "running" && live.progress?.total > 0 && stepProgress(live.progress, step.title),
      live?.detail && h("p", { class: status === "failed" ? "danger" : "muted" }, live.detail),
      live?.result && fold([icon("chevron"), "Result"], () => value(live.result), { class: "preview" }),
    ),
  );
}

function stepProgress({ done, total }, title) {
  const bar = h("progress", { max: total, value: done, "aria-label": title });
  return h("p.progress", bar, h("span.muted", `${done} of ${total}`));
}

function previewView(preview) {
  if (preview.error) return problemView({ message: preview.error.detail, remedy: preview.error.remedy });
  if (!preview.changes?.length) return preview.summary && h("p.preview", preview.summary);
  const summary = preview.summary || plural(preview.total_changes, "change");
  return fold([icon("chevron"), summary], () => changes(preview), { class: "preview" });
}

function decision(plan, actions) {
  const destroys = plan.proposal.steps.some((step) => step.effect === "destroy");
  return h("footer",
    h(destroys ? "button.primary.destroys" : "button.primary",
      { disabled: plan.busy, onclick: () => actions.approve(plan) },
      plan.busy ? "Approving…" : "Approve and run"),
    h("button", { disabled: plan.busy, onclick: () => actions.ask(plan, true) }, "Reject"),
    h("p.muted", "Nothing changes before you approve."),
  );
}

function rejection(plan, actions) {
  const submit = (event) => {
    event.preventDefault();
    actions.reject(plan, event.currentTarget.elements.reason.value.trim());
  };
  return h("form.rejection", { onsubmit: submit },
    h("label", "Reason (optional)", h("input", { name: "reason", autocomplete: "off", maxlength: "500" })),
    h("button", { type: "submit", disabled: plan.busy }, "Reject plan"),
    h("button.quiet", { type: "button", onclick: () => actions.ask(plan, false) }, "Keep it"),
  );
}

/** A step's arguments with what an id, or a reference to an earlier step, stands for in its place. */
function inNames({ arguments: given, named = {} }) {
  const inWords = (one) => {
    if (typeof one?.$ref === "string") return `the result of step ${one.$ref.split(".")[0]}`;
    return typeof one === "string" && Object.hasOwn(named, one) ? named[one] : one;
  };
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, inWords(one)]));
}
