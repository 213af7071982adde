// Markdown to DOM nodes, for text that nobody has vouched for: no HTML, no images, links only to this origin
// or https. Total: any text renders, half-written text too, since it is drawn while it streams.

import { safeUrl } from "./api.js";
import { h } from "./dom.js";

const INLINE = new RegExp(
  [
    "(?<ticks>`+)(?<code>[^`]|[^`].*?[^`])\\k<ticks>(?!`)",
    "\\\\(?<escaped>[!-/:-@[-`{-~])",
    "\\[(?<cites>\\d{1,3}(?:, ?\\d{1,3})*)\\](?!\\()",
    "\\[(?<label>[^\\]]+)\\]\\((?<href>[^\\s()]+(?:\\([^\\s()]*\\)[^\\s()]*)?)\\)",
    "(?<url>https://[^\\s<>()]*[^\\s<>().,;:!?'\"*_`])",
    "\\*\\*(?=\\S)(?<strong>.+?\\S?)\\*\\*(?!\\*)",
    "(?<!\\w)__(?=\\S)(?<strong2>.+?)__(?!\\w)",
    "\\*(?=[^\\s*])(?<em>[^*]*[^\\s*])\\*",
    "(?<!\\w)_(?=[^\\s_])(?<em2>.*?[^\\s_])_(?!\\w)", // customer_email_address is a name, not emphasis
    "~~(?=\\S)(?<del>.+?)~~",
    "(?<br> {2,}\\n|\\\\\\n)",
  ].join("|"),
  "gs",
);
const LONGEST_PARAGRAPH = 20_000; // beyond it, plain text: the patterns above are not linear

/** Nodes for a run of text; `cite(n)` gives the chip for `[n]`, or null to leave the text as it is. */
export function inline(text, cite = () => null) {
  if (text.length > LONGEST_PARAGRAPH) return [text];
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(end, match.index), span(match.groups, cite) ?? match[0]);
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

function span(g, cite) {
  if (g.code) return h("code", g.code);
  if (g.escaped) return g.escaped;
  if (g.cites) {
    const chips = g.cites.split(",").map((n) => cite(Number(n)));
    return chips.every(Boolean) ? chips : null;
  }
  if (g.href || g.url) return link(g.href ?? g.url, g.label ? inline(g.label, () => null) : [g.url]);
  if (g.strong || g.strong2) return h("strong", inline(g.strong ?? g.strong2, cite));
  if (g.em || g.em2) return h("em", inline(g.em ?? g.em2, cite));
  if (g.del) return h("del", inline(g.del, cite));
  return h("br");
}

export function link(address, children) {
  const url = safeUrl(address);
  return url ? h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, children) : children;
}

const FENCE = /^ {0,3}(```+|~~~+)\s*([\w+-]*).*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const DIVIDER = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const QUOTE = /^ {0,3}> ?/;

const startsTable = ([head, divider = ""]) =>
  head.includes("|") && divider.includes("|") && DIVIDER.test(divider);
const startsBlock = (lines, i) =>
  [FENCE, HEADING, RULE, ITEM, QUOTE].some((pattern) => pattern.test(lines[i])) || startsTable(lines.slice(i, i + 2));

/** Whether line `i` goes on with the list before it: indented, a further item, a lazy line, or a gap in it. */
function continuesList(lines, i) {
  const belongs = (line = "") => /^\s+\S/.test(line) || ITEM.test(line);
  if (!lines[i].trim()) return belongs(lines[i + 1]);
  return belongs(lines[i]) || (lines[i - 1]?.trim() && !startsBlock(lines, i));
}

/** The blocks of a text as an array of elements. */
export function markdown(source, cite = () => null) {
  return blocks(source.replaceAll("\t", "    ").split(/\r\n|\n|\r/), cite);
}

function blocks(lines, cite) {
  const nodes = [];
  let i = 0;
  const takeWhile = (test) => {
    const from = i;
    while (i < lines.length && test(lines[i], i)) i += 1;
    return lines.slice(from, i);
  };
  while (i < lines.length) {
    const line = lines[i];
    let match;
    if (!line.trim()) i += 1;
    else if ((match = FENCE.exec(line))) {
      i += 1;
      const body = takeWhile((text) => !text.trim().startsWith(match[1]));
      i += 1;
      nodes.push(h("pre", { "data-language": match[2] || null, tabindex: "0" }, h("code", body.join("\n"))));
    } else if ((match = HEADING.exec(line))) {
      i += 1;
      nodes.push(h(`h${Math.min(match[1].length + 2, 6)}`, inline(match[2], cite)));
    } else if (RULE.test(line)) {
      i += 1;
      nodes.push(h("hr"));
    } else if (QUOTE.test(line)) {
      const body = takeWhile((text) => QUOTE.test(text));
      nodes.push(h("blockquote", blocks(body.map((text) => text.replace(QUOTE, "")), cite)));
    } else if (ITEM.test(line)) {
      nodes.push(list(takeWhile((_, at) => continuesList(lines, at)), cite));
    } else if (startsTable(lines.slice(i, i + 2))) {
      nodes.push(tableOf(takeWhile((text) => text.includes("|")), cite));
    } else {
      const first = i;
      const body = takeWhile((text, at) => text.trim() && (at === first || !startsBlock(lines, at)));
      nodes.push(h("p", inline(body.map((text) => text.trimStart()).join("\n"), cite)));
    }
  }
  return nodes;
}

function list(lines, cite) {
  const [, indent, number] = ITEM.exec(lines[0]);
  const items = [];
  let strip;
  for (const line of lines) {
    const match = ITEM.exec(line);
    if (match && match[1].length <= indent.length + 1) {
      items.push([match[3]]);
      strip = null;
    } else {
      if (line.trim()) strip ??= line.search(/\S/); // the item's first further line sets its margin
      items.at(-1).push(line.slice(Math.min(strip ?? 0, line.search(/\S|$/))));
    }
  }
  const content = (item) => {
    const nodes = blocks(item, cite);
    return nodes[0]?.nodeName === "P" ? [[...nodes[0].childNodes], nodes.slice(1)] : nodes; // tight
  };
  const start = number && number !== "1" ? number : null;
  return h(number ? "ol" : "ul", { start }, items.map((item) => h("li", content(item))));
}

function tableOf([head, divider, ...rows], cite) {
  const cells = (row) => {
    const texts = row.trim().replace(/^\||(?<!\\)\|$/g, "").split(/(?<!\\)\|/);
    return texts.map((text) => text.trim().replaceAll("\\|", "|"));
  };
  const align = cells(divider).map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : null));
  const columns = cells(head);
  const row = (tag, texts) => h("tr", columns.map((_, i) => h(tag, { class: align[i] }, inline(texts[i] ?? "", cite))));
  return h(
    "div.table", { tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", h("thead", row("th", columns)), h("tbody", rows.map((text) => row("td", cells(text))))),
  );
}
