// Who has to agree to a plan and why, who has, and what the reader can do about it.

import { plural } from "./data.js";
import { h, icon } from "./dom.js";

const missing = ({ needs }) => needs.filter(({ given, wanted }) => given < wanted);

/** Who has to agree, with how many of how many have, and who has said what. */
export function approvalView({ approval }) {
  if (!approval?.needs) return null;
  return h("section.part", { "aria-label": "Approval" },
    h("h4", "Approval"),
    approval.policy && h("p", "Approved in advance by the standing policy ", h("strong", approval.policy), "."),
    h("ul.needs", approval.needs.map((need) => needView(need, approval.state))),
    approval.given.length > 0 && h("ul.said", approval.given.map(saidView)),
  );
}

function needView({ who, why, rule, given, wanted, escalated, lacking }, state) {
  const isMet = given >= wanted || state === "approved";
  return h("li", { class: isMet ? "met" : null },
    h("span.mark", { role: "img", "aria-label": isMet ? "given" : "not given" }, icon(isMet ? "check" : "waiting")),
    h("div",
      h("p", who, state === "pending" && h("span.muted", ` · ${given} of ${wanted}`),
        escalated && h("span.badge.reach", "waited long")),
      h("p.muted", rule && [h("code", rule), ": "], why),
      lacking && h("p.danger", lacking)),
  );
}

function saidView({ by, decision, reason, at }) {
  return h("li", { class: decision === "rejected" ? "danger" : null },
    `${by} ${decision === "rejected" ? "rejected" : "agreed"} `, moment(at), reason && `: “${reason}”`);
}

/** A point in time in the reader's own words for it. */
export function moment(at) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const style = isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return h("time", { datetime: at, title: date.toLocaleString() }, date.toLocaleString(undefined, style));
}

/** How long there is until then, in words. */
export function until(time) {
  const minutes = Math.round((Date.parse(time) - Date.now()) / 60_000);
  if (!Number.isFinite(minutes)) return null;
  if (minutes < 90) return `Expires in ${plural(Math.max(minutes, 1), "minute")}`;
  const hours = Math.round(minutes / 60);
  return `Expires in ${hours < 48 ? plural(hours, "hour") : plural(Math.round(hours / 24), "day")}`;
}

/** What the reader can decide on a plan that is pending. */
export function decisionView(plan, actions) {
  const { approval, steps } = plan.proposal;
  if (plan.asking) return reasonForm(plan, actions);
  const isAllowed = approval?.may_approve ?? true;
  const others = approval ? missing(approval) : [];
  const isLast = others.length === 0 || (others.length === 1 && others[0].wanted - others[0].given === 1);
  const destroys = steps.some((step) => step.effect === "destroy");
  const hintId = `hint-${plan.id}`;
  const waits = others.map(({ who }) => who).join("; ");
  return h("footer",
    h("button.primary", {
      class: destroys ? "primary destroys" : "primary", disabled: plan.busy || !isAllowed, "data-key": "approve",
      "aria-describedby": hintId, onclick: () => actions.approve(plan),
    }, plan.busy ? "One moment…" : isLast && isAllowed ? "Approve and run" : "Approve"),
    h("button", { disabled: plan.busy, "data-key": "reject", onclick: () => actions.ask(plan, "reject") }, "Reject"),
    approval?.editable &&
      h("button", { disabled: plan.busy, "data-key": "withdraw", onclick: () => actions.ask(plan, "withdraw") }, "Withdraw"),
    h("p.muted", { id: hintId },
      isAllowed ? isLast ? "Nothing changes before you approve." : `Runs once all have agreed: ${waits}.`
      : agreedAlready(approval) ? `You have agreed. It still waits for ${waits}.` : approval.why_not),
  );
}

// The service says it of a reader who has spoken already; then what matters is who is still missing.
const agreedAlready = ({ why_not }) => why_not === "You have agreed already.";

const ASKED = {
  reject: { action: "Reject plan", submit: (actions, plan, reason) => actions.reject(plan, reason) },
  withdraw: { action: "Withdraw plan", submit: (actions, plan, reason) => actions.withdraw(plan, reason) },
};

function reasonForm(plan, actions) {
  const { action, submit } = ASKED[plan.asking];
  const onsubmit = (event) => {
    event.preventDefault();
    submit(actions, plan, event.currentTarget.elements.reason.value.trim());
  };
  return h("form.rejection", { onsubmit, "data-key": plan.asking },
    h("label", "Reason (optional)", h("input", { name: "reason", autocomplete: "off", maxlength: "500" })),
    h("button", { type: "submit", disabled: plan.busy }, action),
    h("button.quiet", { type: "button", onclick: () => actions.ask(plan, null) }, "Keep it"),
  );
}
