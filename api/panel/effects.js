// What follows from a plan beyond the records it changes: what lies downstream, how long it should take,
// which rules it breaks or mends, and names that look like others. Says nothing where nothing follows.

import { plural } from "./data.js";
import { fold, h, icon } from "./dom.js";

const DOWNSTREAM = { assets: "asset", workspaces: "workspace", workflows: "workflow", schedules: "schedule" };

export function effectsView({ effects, steps }) {
  if (!effects?.estimate) return null;
  const { downstream = {}, estimate, breaks, mends, unjudged, untried = [], lookalikes = [], lookalikes_total } = effects;
  const { rules: watching } = downstream;
  const reached = Object.entries(DOWNSTREAM).filter(([kind]) => downstream[kind]?.total > 0);
  return h("section.part.effects", { "aria-label": "What follows" },
    h("h4", "What follows"),
    lookalikes.map((one) => lookalikeView(one, steps.findIndex(({ id }) => id === one.step) + 1)),
    lookalikes_total > lookalikes.length && h("p.count", `and ${(lookalikes_total - lookalikes.length).toLocaleString("en")} more such names`),
    breaks?.total > 0 && rules(breaks, "Breaks", "new", "warning", "danger"),
    mends?.total > 0 && rules(mends, "Mends", "settled", "check", "mended"),
    unjudged?.total > 0 && rules(unjudged, "No longer judged by", "open", "warning", "unjudged"),
    untried.map((sentence) => h("p.muted", sentence)),
    watching?.total > 0 && names(watching, `${plural(watching.total, "rule")} look${watching.total === 1 ? "s" : ""} at it`, "watching"),
    reached.length > 0
      ? reached.map(([kind, noun]) => names(downstream[kind], `${plural(downstream[kind].total, noun)} downstream`, kind))
      : h("p.muted", "Nothing is known to depend on it."),
    h("p.muted", timeOf(estimate)),
    estimate.beyond_budget?.map((sentence) => h("p.danger", sentence)),
  );
}

function lookalikeView({ shown, why, like }, number) {
  return h("p.danger.warned", icon("warning"),
    h("span", h("code", shown), " ", why, like && !why.includes(like) && [" It looks like ", h("code", like), "."],
      h("span.muted", ` (step ${number})`)));
}

// A rule that fails on many assets is one rule with many findings.
function rules({ total, shown, rules: count = new Set(shown.map(({ rule }) => rule)).size }, does, turned, symbol, tone) {
  const title = `${does} ${plural(count, "rule")}: ${plural(total, `${turned} finding`)}`;
  const line = ({ rule, subject }) => h("li", rule, h("span.muted", ` · ${subject}`));
  return fold([icon("chevron"), icon(symbol), title], () => some(shown.map(line), total), { class: `preview ${tone}`, "data-key": tone });
}

function names({ total, shown }, title, kind) {
  const line = (name) => h("li", name);
  return fold([icon("chevron"), title], () => some(shown.map(line), total), { class: "preview", "data-key": kind });
}

const some = (lines, total) => [
  h("ul.listed", lines),
  lines.length < total && h("p.count", `and ${(total - lines.length).toLocaleString("en")} more`),
];

function timeOf({ seconds, seconds_at_worst, past_runs, at_least, never_run = [] }) {
  const never = ["Never run before: ", never_run.map((name, i) => [i > 0 && ", ", h("code", name)])];
  if (seconds === null || seconds === undefined) return never;
  const worst = seconds_at_worst > seconds * 1.5 ? `, ${inWords(seconds_at_worst)} at worst` : "";
  const known = `Takes ${at_least ? "at least" : "about"} ${inWords(seconds)}${worst}, from ${plural(past_runs, "past run")}`;
  return at_least ? [known, ". ", never] : known;
}

function inWords(seconds) {
  if (seconds < 0.1) return "0.1 s";
  if (seconds < 90) return `${seconds.toLocaleString("en", { maximumSignificantDigits: 2 })} s`;
  return seconds < 5400 ? plural(Math.round(seconds / 60), "minute") : `${(seconds / 3600).toFixed(1)} hours`;
}
