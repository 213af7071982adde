// A plan's steps: what each would change, how it goes, and what can be done about it. Many steps are told in
// groups, the odd ones first; a group's steps are only built when it is unfolded.

import { changes, plural, problemView, value, words } from "./data.js";
import { controlsOf } from "./control.js";
import { fold, h, icon } from "./dom.js";
import { editForm } from "./edit.js";

const MOST_UNGROUPED = 5;
const FIRST = 20;
const EFFECTS = {
  write: "Changes records in Racine",
  destroy: "Deletes; can't be taken back by simply running it again",
  reach: "Reaches a system outside of Racine",
};
const STEP_ICONS = { done: "check", failed: "close", skipped: "skip", waiting: "waiting", unknown: "warning" };
const TROUBLED = new Set(["failed", "waiting", "unknown"]);
const FINISHED = new Set(["done", "failed", "skipped", "undone"]);

/** All steps of a plan, in order or in groups. */
export function stepsView(plan, execution, actions) {
  const { steps, effects } = plan.proposal;
  const numbers = new Map(steps.map((step, i) => [step.id, i]));
  const card = { plan, execution, actions, numbers };
  if (steps.length <= MOST_UNGROUPED || !effects?.groups?.length)
    return h("ol.steps", steps.map((step) => stepView(step, card)));
  const byId = new Map(steps.map((step) => [step.id, step]));
  const odd = new Map((effects.odd ?? []).map(({ step, why }) => [step, why]));
  for (const { id } of steps) if (TROUBLED.has(execution?.steps.get(id)?.status) && !odd.has(id)) odd.set(id, "");
  const apart = [...odd].filter(([id]) => byId.has(id));
  return [
    apart.length > 0 && listOf(apart.map(([id, why]) => [byId.get(id), why]), "odd", card),
    h("div.groups", effects.groups.map((group, i) => groupView(group, i, byId, odd, card))),
  ];
}

function groupView(group, i, byId, odd, card) {
  const { execution, plan } = card;
  const steps = group.steps.filter((id) => byId.has(id) && !odd.has(id)).map((id) => byId.get(id));
  if (!steps.length) return null;
  const statuses = steps.map(({ id }) => execution?.steps.get(id)?.status ?? "");
  const done = statuses.filter((status) => status === "done").length;
  const amount = odd.size ? steps.reduce((sum, { preview }) => sum + (preview?.total_changes ?? 0), 0) : group.total_changes;
  const key = `group-${i}`;
  return fold(
    [
      icon("chevron"),
      h("span.name", `${steps.length.toLocaleString("en")} × ${group.title}`),
      group.effect && badge(group.effect),
      h("span.muted", execution ? `${done} of ${steps.length} done` : plural(amount, "change")),
    ],
    () => listOf(steps.map((step) => [step, ""]), key, card),
    { class: "group of-steps", "data-key": key, version: `${plan.proposal.hash} ${versionOf(plan, key)} ${execution?.status} ${statuses.join()}` },
  );
}

const versionOf = (plan, key) => [plan.editing, plan.skipping, plan.busy, plan.problem, plan.unfolded?.has(key)].join();

/** The first steps of a list, each with what is odd about it, and a button for the others. */
function listOf(entries, key, card) {
  const { plan, actions } = card;
  const isWhole = plan.unfolded?.has(key) || entries.length <= FIRST;
  const shown = isWhole ? entries : entries.slice(0, FIRST);
  return [
    h("ol", { class: key === "odd" ? "steps odd" : "steps", "data-key": key }, shown.map(([step, why]) => stepView(step, card, why))),
    !isWhole && h("button.quiet.more", { onclick: () => actions.unfold(plan, key) }, `Show all ${entries.length}`),
  ];
}

const badge = (effect) => h("span", { class: `badge ${effect}`, title: EFFECTS[effect] }, effect);

function stepView(step, { plan, execution, actions, numbers }, why) {
  const live = execution?.steps.get(step.id);
  const status = live?.status ?? (execution ? "pending" : "planned");
  const i = numbers.get(step.id);
  const needs = (step.needs ?? []).map((id) => (numbers.get(id) ?? -1) + 1).filter(Boolean);
  const settled = STEP_ICONS[status] && icon(STEP_ICONS[status]);
  const mark = status === "running" ? h("span.spinner") : (settled ?? `${i + 1}`);
  const isEditing = plan.editing === step.id;
  const hasArguments = Object.keys(step.arguments ?? {}).length > 0;
  const isEditable = !execution && plan.proposal.approval?.editable && hasArguments && actions.edit;
  return h(
    "li", { class: status, "data-key": step.id },
    h("span", { class: i < 99 ? "marker" : "marker long", role: "img", "aria-label": `Step ${i + 1}: ${status}` }, mark),
    h("div.step",
      h("p.headline",
        h("span.title", step.title ?? words(step.operation)),
        step.effect && badge(step.effect),
        isEditable && !isEditing && h("button.quiet.edit",
          { "aria-label": `Edit step ${i + 1}`, disabled: plan.busy, onclick: () => actions.edit(plan, step.id) }, "Edit"),
      ),
      why && h("p.why", why),
      h("p.muted", h("code", step.operation), needs.length > 0 && ` after step ${needs.join(", ")}`),
      isEditing ? editForm(plan, step, actions) : hasArguments && h("div.arguments", value(inNames(step), 1)),
      step.preview && previewView(step.preview),
      status === "running" && live.progress?.total > 0 && stepProgress(live.progress, step.title),
      live?.detail && h("p", { class: status === "failed" ? "danger" : "muted" }, live.detail),
      live?.result && fold([icon("chevron"), "Result"], () => value(live.result), { class: "preview", "data-key": "result" }),
      execution && controlsOf(step, status, plan, execution, actions),
    ),
  );
}

/** How far all steps have come. */
export function progressOf(steps, execution) {
  const share = ({ status, progress }) =>
    FINISHED.has(status) ? 1 : progress?.total ? progress.done / progress.total : 0;
  const own = [...execution.steps.values()].filter(({ parent }) => !parent);
  const done = own.reduce((sum, step) => sum + share(step), 0);
  return h("progress", { max: steps.length, value: done, "aria-label": "Progress of the plan" });
}

function stepProgress({ done, total }, title) {
  const bar = h("progress", { max: total, value: done, "aria-label": title });
  return h("p.progress", bar, h("span.muted", `${done} of ${total}`));
}

function previewView(preview) {
  if (preview.error) return problemView({ message: preview.error.detail, remedy: preview.error.remedy });
  if (!preview.changes?.length) return preview.summary && h("p.preview", preview.summary);
  const summary = preview.summary || plural(preview.total_changes, "change");
  return fold([icon("chevron"), summary], () => changes(preview), { class: "preview", "data-key": "changes" });
}

/** A step's arguments with what an id, or a reference to an earlier step, stands for in its place. */
function inNames({ arguments: given, named = {} }) {
  const inWords = (one) => {
    if (typeof one?.$ref === "string") return `the result of step ${one.$ref.split(".")[0]}`;
    return typeof one === "string" && Object.hasOwn(named, one) ? named[one] : one;
  };
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, inWords(one)]));
}
