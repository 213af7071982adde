// What a tool has answered, in the compact text that models read (agent/compact.py): records that stand
// as `name, 3:` with a line of columns and a line for each are drawn as tables, all else as it is written.

import { isId, plural, table } from "./data.js";
import { h } from "./dom.js";

const SEPARATOR = " | ";
const LISTED = /^\s*(\w+), (\d+):$/;

/** The text as nodes. */
export function told(text) {
  const nodes = [];
  let plain = [];
  const lines = text.split("\n");
  const settle = () => {
    if (plain.join("").trim()) nodes.push(h("pre.told", { tabindex: "0" }, plain.join("\n")));
    plain = [];
  };
  for (let i = 0; i < lines.length; i++) {
    plain.push(lines[i]);
    const listed = LISTED.exec(lines[i]);
    const columns = listed && lines[i + 1]?.trim().split(SEPARATOR);
    if (!columns?.[0]) continue;
    const rows = [];
    for (const line of lines.slice(i + 2, i + 2 + Number(listed[2]))) {
      const cells = line.split(SEPARATOR).map((cell) => cell.trim());
      if (cells.length !== columns.length) break;
      rows.push(cells);
    }
    if (!rows.length) continue;
    settle();
    const order = [...columns.keys()].sort((a, b) => isId(columns[a]) - isId(columns[b])); // ids come last
    const inOrder = (cells) => order.map((n) => cells[n]);
    nodes.push(table({ columns: inOrder(columns), rows: rows.map(inOrder), total: Number(listed[2]) }));
    i += 1 + rows.length;
  }
  settle();
  return nodes;
}

/** How many records it holds, of how many. */
export function amount(output) {
  const number = (pattern) => Number(pattern.exec(output)?.[1] ?? NaN);
  const isText = typeof output === "string";
  const shown = isText ? number(/^items, (\d+):$/m) : output?.items?.length;
  const total = (isText ? number(/^total: (\d+)$/m) : output?.total) ?? shown;
  if (isText && total === 0) return plural(0, "result");
  if (!(shown >= 0)) return null;
  return shown < total ? `${shown} of ${total.toLocaleString("en")}` : plural(shown, "result");
}
