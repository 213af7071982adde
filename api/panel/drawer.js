// A plan beside the conversation: the same card, for whoever is asked to agree, wherever it came from.

import { h, icon, morphChildren } from "./dom.js";
import { planView } from "./plan.js";

/** Opens the drawer for a plan; closing gives the focus back to where it was. */
export function openPlan(drawer, onClose, content = null) {
  const opener = drawer.getRootNode().activeElement;
  const close = () => {
    drawer.hidden = true;
    onClose();
    if (opener?.isConnected) opener.focus();
  };
  const closer = h("button.quiet", { "aria-label": "Close plan", onclick: close }, icon("close"));
  drawer.setAttribute("aria-label", "Plan");
  drawer.replaceChildren(h("header", h("p.muted", "Plan"), closer), h("div.content.card", content));
  drawer.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  drawer.hidden = false;
  closer.focus();
}

/** Draws the plan's card as it stands now into the open drawer. */
export function drawPlan(drawer, plan, execution, actions) {
  const content = drawer.querySelector(".content.card");
  if (content) morphChildren(content, [planView(plan, execution, actions)]);
}
