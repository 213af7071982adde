// The frame around a conversation, as pure views: sign-in, header, list of conversations, empty page.

import { until } from "./approval.js";
import { problemView, words } from "./data.js";
import { h, icon } from "./dom.js";

const FALLBACK_PROMPTS = [
  "Which tables hold personal data?",
  "What changed in the catalog this week?",
  "Show the open compliance findings by severity",
  "Who can read customer data?",
];
const WELL = /^(ok|up|healthy|ready|pass|online)$/i;
const DAY_MS = 86_400_000;

export const brand = () => h("p.brand", icon("root"), h("span", "Racine ", h("span.light", "Assistant")));

export function signInView({ problem, busy, onSignIn }) {
  const onsubmit = (event) => {
    event.preventDefault();
    const token = event.currentTarget.elements.token.value.trim();
    if (token) onSignIn(token);
  };
  return h("main.sign-in",
    h("form", { onsubmit },
      brand(),
      h("h1", "Sign in"),
      h("p.muted", "Open the sign-in link that the service printed, or paste an API key."),
      h("label", { for: "token" }, "API key"),
      h("input", { id: "token", name: "token", type: "password", autocomplete: "off", required: true }),
      problem && problemView(problem),
      h("button.primary", { type: "submit", disabled: busy }, busy ? "Signing in…" : "Sign in"),
    ),
  );
}

export function headerView({ health, profile, waiting, recommended, onMenu, onSignOut, onPlan, onAdvice }) {
  const name = profile.name || profile.email || profile.id;
  const roles = (profile.roles ?? []).map(words).join(", ");
  return h("header.top",
    h("button.quiet.toggle", { "aria-label": "Conversations", onclick: onMenu }, icon("menu")),
    brand(),
    h("span.space"),
    recommended !== null &&
      h("button.quiet.to-do", { "aria-label": `Recommendations: ${recommended}`, title: "Recommendations", "aria-haspopup": "dialog", onclick: onAdvice },
        icon("spark"), recommended > 0 && h("span.count", recommended.toLocaleString("en")), h("span.words", "recommended")),
    waiting.items.length > 0 && waitingView(waiting, onPlan),
    health && healthView(health),
    h("details.menu", { "data-key": "account" },
      h("summary", { "aria-label": `Account: ${name}` },
        h("span.avatar", { "aria-hidden": "true" }, initials(name)),
        h("span.who", h("span", name), h("span.muted", roles))),
      h("div.popover",
        h("p", h("strong", name), h("span.muted", profile.email)),
        h("p.muted", roles || "No roles"),
        h("button", { onclick: onSignOut }, icon("exit"), "Sign out")),
    ),
  );
}

function waitingView({ items, total }, onPlan) {
  const entry = ({ id, title, requester, expires_at }) =>
    h("li", { "data-key": id },
      h("button", { onclick: () => onPlan(id) },
        h("span.title", title), h("span.muted", `${requester} · ${until(expires_at)}`)));
  return h("details.menu.waiting", { "data-key": "waiting" },
    h("summary", { "aria-label": `Waiting for you: ${total}` },
      h("span.count", total), h("span.words", "waiting for you")),
    h("div.popover",
      h("p", h("strong", "Waiting for you")),
      h("ul", items.map(entry)),
      items.length < total && h("p.count", `${items.length} of ${total} shown`)),
  );
}

function healthView({ model, status, groups = [] }) {
  const troubled = groups.filter((group) => !WELL.test(group.status));
  const isWell = !troubled.length && (!status || WELL.test(status));
  const label = model === "builtin" ? "Built-in planner" : String(model ?? "unknown model").replace(/^[\w-]+:/, "");
  return h("details.menu", { "data-key": "health" },
    h("summary.model", { "aria-label": `Model: ${label}. Service: ${isWell ? "healthy" : "needs attention"}` },
      dot(isWell), h("span", label)),
    h("div.popover",
      h("p", h("strong", isWell ? "All systems are well" : "Some systems need attention")),
      h("ul", groups.map((group) =>
        h("li", dot(WELL.test(group.status)), words(group.name), h("span.muted", group.status)))),
    ),
  );
}

const dot = (isWell) => h(isWell ? "span.dot" : "span.dot.troubled");

function initials(name) {
  const [first = "", second = ""] = name.split(/[\s@._-]+/).filter(Boolean);
  return (first.charAt(0) + second.charAt(0)).toUpperCase();
}

export function sidebarView({ list, currentId, onNew, onOpen, onDelete, onMore }) {
  return h("div.inner",
    h("button.new", { onclick: onNew }, icon("plus"), "New conversation"),
    list.problem && problemView(list.problem),
    !list.problem && list.loaded && !list.items.length && h("p.muted.none", "Your conversations will be here."),
    [...Map.groupBy(list.items, (item) => age(item.updated_at))].map(([label, items]) =>
      h("section", { "aria-label": label },
        h("h2", label),
        h("ul", items.map((item) => entry(item, item.id === currentId, onOpen, onDelete))))),
    list.next_cursor &&
      h("button.quiet.more", { onclick: onMore }, `Show more (${list.items.length} of ${list.total})`),
  );
}

function entry(item, isCurrent, onOpen, onDelete) {
  const title = item.title || "Untitled";
  const busy = item.status === "running" && h("span.dot.busy", { role: "img", "aria-label": "running" });
  return h("li", { "data-key": item.id, class: isCurrent ? "current" : null },
    h("button.open", { "aria-current": isCurrent ? "page" : null, title, onclick: () => onOpen(item.id) },
      h("span", title), busy),
    h("button.quiet.delete", { "aria-label": `Delete “${title}”`, onclick: () => onDelete(item) }, icon("trash")),
  );
}

function age(time) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const moment = Date.parse(time);
  if (moment >= midnight) return "Today";
  if (moment >= midnight - DAY_MS) return "Yesterday";
  return moment >= midnight - 7 * DAY_MS ? "Last seven days" : "Earlier";
}

export function emptyView({ profile, prompts, onSend }) {
  const first = (profile.name ?? "").split(" ")[0];
  const items = prompts?.length ? prompts.slice(0, 4) : FALLBACK_PROMPTS;
  return h("section.empty",
    icon("root"),
    h("h1", first ? `What would you like to know, ${first}?` : "What would you like to know?"),
    h("p.muted",
      "Ask in plain words and get an answer with its sources. ",
      "Ask for a change and get a plan: nothing runs before you approve it."),
    h("div.prompts", items.map((prompt) =>
      h("button", { onclick: () => onSend(prompt) }, h("span", prompt), icon("send")))),
  );
}

/** A modal question; resolves to whether it was confirmed. */
export function confirmDialog(parent, { title, text, action }) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { "aria-labelledby": "question" },
      h("h2", { id: "question" }, title), h("p.muted", text),
      h("footer",
        h("button", { onclick: () => dialog.close("") }, "Keep it"),
        h("button.primary.destroys", { onclick: () => dialog.close("yes") }, action)));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    parent.append(dialog);
    dialog.showModal();
  });
}
