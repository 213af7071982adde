// The source drawer: what a citation rests on, in its own words and as the record that the service holds.

import { isOwn, json, safeUrl } from "./api.js";
import { asProblem, problemView, value, words } from "./data.js";
import { h, icon } from "./dom.js";
import { link } from "./markdown.js";

/** Shows `citation` in `drawer`; closing gives the focus back to where it was. */
export async function openSource(drawer, citation) {
  const opener = drawer.getRootNode().activeElement;
  const close = () => {
    drawer.hidden = true;
    if (opener?.isConnected) opener.focus();
  };
  const record = h("div.content", { "aria-busy": "true" }, h("p.live", h("span.spinner"), "Fetching the record…"));
  const closer = h("button.quiet", { "aria-label": "Close source", onclick: close }, icon("close"));
  drawer.setAttribute("aria-label", "Source");
  drawer.replaceChildren(
    h("header", h("p.muted", `Source ${citation.n} · ${words(citation.kind ?? "document")}`), closer),
    h("h2", citation.title),
    citation.snippet && h("blockquote", citation.snippet),
    record,
  );
  drawer.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  drawer.hidden = false;
  closer.focus();
  record.replaceChildren(await recordOf(citation.url).catch((error) => problemView(asProblem(error))));
  record.setAttribute("aria-busy", "false");
}

async function recordOf(address) {
  const url = address ? safeUrl(address) : null;
  if (!url) return h("p.muted", "There is no record behind this source.");
  if (!isOwn(url)) return h("p", link(url.href, [url.host, icon("external")]));
  return value(await json(url.href));
}
