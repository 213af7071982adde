// JSON for people: records as definition lists, lists of records as tables, differences field by field.
// Knows no operation and no table: whatever the service returns has a readable form.

import { Problem } from "./api.js";
import { fold, h, icon } from "./dom.js";
import { inline } from "./markdown.js";

const MOST_ROWS = 50;
const DEEPEST = 4;

const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

export const isId = (name) => /(^|_)ids?$/.test(name);

/** "list_open_findings" → "List open findings". */
export function words(name) {
  const text = String(name).replace(/[_.-]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Any JSON value as a node. */
export function value(data, depth = 0) {
  if (data === null || data === undefined || data === "") return h("span.none", "—");
  if (Array.isArray(data)) {
    if (!data.length) return h("span.none", "none");
    if (data.every(isRecord)) return depth < DEEPEST ? table({ rows: data }) : compact(data);
    return data.some((item) => typeof item === "object") ? compact(data) : h("span", data.map(String).join(", "));
  }
  if (!isRecord(data)) return h("span", { class: typeof data === "number" ? "number" : null }, String(data));
  if (Array.isArray(data.items) && "total" in data) return table({ rows: data.items, ...data });
  if (!Object.keys(data).length) return h("span.none", "none");
  if (depth >= DEEPEST) return compact(data);
  const row = ([key, item]) => [h("dt", words(key)), h("dd", value(item, depth + 1))];
  return h("dl.record", Object.entries(data).map(row));
}

const compact = (data) => h("code", JSON.stringify(data));

/** A table from records, or from `columns` and arrays; says how much of the total it shows. */
export function table({ columns, rows, title, total = rows.length, truncated = false }) {
  const keys = () => [...new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : ["value"])))];
  const names = columns?.map((column) => (isRecord(column) ? (column.name ?? column.title) : column)) ?? keys();
  const cell = (row, name, i) => (Array.isArray(row) ? row[i] : isRecord(row) ? row[name] : row);
  const shown = rows.slice(0, MOST_ROWS);
  const isNumeric = (name, i) => shown.length > 0 && shown.every((row) => typeof cell(row, name, i) === "number");
  const align = names.map((name, i) => (isNumeric(name, i) ? "right" : null));
  const heading = (name, i) => h("th", { scope: "col", class: align[i] }, columns ? name : words(name));
  const line = (row) => h("tr", names.map((name, i) => h("td", { class: align[i] }, value(cell(row, name, i), 2))));
  const partial = truncated || shown.length < total;
  return h(
    "figure.artifact",
    title && h("figcaption", title),
    h(
      "div.table", { tabindex: "0", role: "region", "aria-label": title || "Table" },
      h("table", h("thead", h("tr", names.map(heading))), h("tbody", shown.map(line))),
    ),
    partial && shownOf(shown.length, total),
  );
}

const shownOf = (n, total) => h("p.count", `${n.toLocaleString("en")} of ${total.toLocaleString("en")} shown`);

const MARKS = { create: "+", update: "±", delete: "−" };
const PAST = { create: "created", update: "updated", delete: "deleted" };

/** The records that a step would change, by table, each with its fields before and after. */
export function changes(preview) {
  return h(
    "div.changes",
    [...Map.groupBy(preview.changes, (c) => c.table)].map(([name, items]) => {
      const counts = Object.keys(PAST).map((action) => [items.filter((c) => c.action === action).length, PAST[action]]);
      const tally = counts.filter(([n]) => n).map(([n, past]) => `${n.toLocaleString("en")} ${past}`).join(", ");
      return fold([h("span.name", words(name)), h("span.muted", tally)], () => items.map(change), { class: "group" });
    }),
    preview.truncated && shownOf(preview.changes.length, preview.total_changes),
  );
}

function change({ action, label, key, before, after }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null),
  );
  const done = PAST[action] ?? action;
  const mark = h("span", { class: `mark ${action}`, role: "img", "aria-label": done }, MARKS[action] ?? "·");
  const side = (tag, record, name) => (record?.[name] ?? null) !== null && h(tag, value(record[name], 2));
  const both = (name) => {
    const [old, now] = [side("del", before, name), side("ins", after, name)];
    return [old, old && now && h("span.muted", "→"), now];
  };
  return fold(
    [mark, h("span.name", label ?? key), fields.length > 0 && h("span.muted", plural(fields.length, "field"))],
    () => h("dl.record.diff", fields.map((name) => [h("dt", words(name)), h("dd", both(name))])),
    { class: "change" },
  );
}

/** What happened, and what to do. */
export function problemView(problem, ...actions) {
  return h(
    "div.problem", { role: "alert" },
    icon("warning"),
    h(
      "div",
      h("p", problem.field && [h("code", problem.field), " "], inline(problem.message)),
      problem.remedy && h("p.remedy", inline(problem.remedy)),
      actions,
    ),
  );
}

/** The Problem to show for whatever was thrown. */
export function asProblem(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  const remedy = "Reload the page; nothing you sent is lost.";
  return new Problem({ detail: "The panel met an error of its own.", remedy });
}
