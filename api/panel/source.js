// The source drawer: what a citation rests on, in its own words and as the record that the service holds.

import { isOwn, json, safeUrl } from "./api.js";
import { asProblem, isId, problemView, value, words } from "./data.js";
import { fold, h, icon } from "./dom.js";
import { link } from "./markdown.js";

/** Shows `citation` in `drawer`; `onClose` hears when it is no longer there. */
export async function openSource(drawer, citation, onClose) {
  const record = h("div.content", { "aria-busy": "true" }, h("p.live", h("span.spinner"), "Fetching the record…"));
  drawer.open(
    { name: "Source", title: `Source ${citation.n} · ${words(citation.kind ?? "document")}`, onClose },
    h("h2", citation.title), citation.snippet && h("blockquote", citation.snippet), record,
  );
  record.replaceChildren(await recordOf(citation.url).catch((error) => problemView(asProblem(error))));
  record.setAttribute("aria-busy", "false");
}

async function recordOf(address) {
  const url = address ? safeUrl(address) : null;
  if (!url) return h("p.muted", "There is no record behind this source.");
  if (!isOwn(url)) return h("p", link(url.href, [url.host, icon("external")]));
  const record = await json(url.href);
  return h("div.content", value(essential(record)),
    fold([icon("chevron"), "All fields"], () => value(record), { class: "preview" }));
}

const isNothing = (item) => ["", null, false].includes(item) || (typeof item === "object" && !Object.keys(item).length);
const isBeside = ([name, item]) => isId(name) || (name.endsWith("_total") && item === 0);
const isList = ([, item]) => typeof item === "object";

/** A record as a person reads it: facts before lists, without ids, seconds, and what isn't there. */
function essential(item) {
  if (Array.isArray(item)) return item.map(essential);
  if (typeof item === "string") return item.replace(TIME, "$1 $2 UTC");
  if (item === null || typeof item !== "object") return item;
  const kept = Object.entries(item)
    .filter((one) => !isBeside(one))
    .map(([name, inner]) => [name, essential(inner)])
    .filter(([, inner]) => !isNothing(inner));
  return Object.fromEntries([...kept.filter((one) => !isList(one)), ...kept.filter(isList)]);
}

const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?(?:Z|\+00:00)$/;
