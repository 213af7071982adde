// The source drawer: what a citation rests on, in its own words and as the record that the service holds.

import { isOwn, json, safeUrl } from "./api.js";
import { asProblem, problemView, value, words } from "./data.js";
import { h, icon } from "./dom.js";
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
  return value(await json(url.href));
}
