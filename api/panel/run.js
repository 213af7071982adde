// One run on the page: the message, what the assistant did and said, its sources, and how it stands.
// A pure view of a run's state; everything that happens goes through `actions`.

import { parse, plural, problemView, table, value, words } from "./data.js";
import { fold, h, icon } from "./dom.js";
import { feedbackView } from "./feedback.js";
import { markdown } from "./markdown.js";
import { executionView, planView } from "./plan.js";
import { amount, told } from "./told.js";

const SHOWN_SOURCES = 6;
const NOTES = { cancelled: "Stopped.", interrupted: "Waiting for your decision." };

/** `actions`: send, openSource, resume, and those of a plan and of feedback. */
export function runView(run, conversation, actions) {
  const isActive = ["queued", "running"].includes(run.status);
  const undecided = run.blocks.some((block) => block.kind === "plan");
  const isSuggestion = (block) => ["recommendations", "clarification"].includes(block.kind);
  const draw = (block) => BLOCKS[block.kind](block, run, conversation, actions);
  const note = run.status === "interrupted" && undecided ? null : NOTES[run.status];
  return h(
    "article.run", { "aria-busy": isActive ? "true" : "false" },
    run.message && h("div.ask", { role: "group", "aria-label": "You" }, run.message),
    h("div.answer", { role: "group", "aria-label": "Racine" },
      h("div.blocks", run.blocks.filter((block) => !isSuggestion(block)).map(draw)),
      isActive && liveView(run),
      run.problem && problemView(run.problem, again(run, actions)),
      note && h("p.note", note),
      !isActive && run.citations.size > 0 && sources(run, actions),
      run.blocks.filter(isSuggestion).map(draw),
      !isActive && run.usage && h("p.usage", usage(run.usage)),
      feedbackView(run, actions),
    ),
  );
}

// A lost connection is picked up where it was; a run that has failed is asked again.
function again(run, actions) {
  const onclick = run.isCut ? () => actions.resume(run) : run.message && (() => actions.send(run.message, run.context));
  return onclick && h("button", { onclick }, "Try again");
}

function liveView(run) {
  const isEvident = !run.message || (run.blocks.at(-1)?.kind === "text" && !run.step); // the text or the plan shows it
  const text =
    run.connection === "reconnecting" ? "Reconnecting…"
    : isEvident ? null
    : run.status === "queued" ? "Sending…"
    : run.step ? `${words(run.step)}…`
    : "Working…";
  return text && h("p.live", h("span.spinner"), text);
}

const BLOCKS = {
  text: (block, run, _, actions) =>
    h("div.text", markdown(block.text, (n) => run.citations.has(n) && chip(run.citations.get(n), actions))),
  tool: (block, run) => toolView(block, run),
  plan: (block, _, conversation, actions) => {
    const plan = conversation.plan(block.id);
    return planView(plan, conversation.executions.get(plan.update.execution_id), actions);
  },
  execution(block, _, conversation, actions) {
    const execution = conversation.execution(block.id);
    return conversation.planOf(execution) ? h("span", { hidden: true }) : executionView(execution, actions);
  },
  recommendations: ({ items }, _, __, actions) =>
    h("section.recommendations", { "aria-label": "Suggested next" },
      h("h3", "Suggested next"),
      items.map(({ title, reason, prompt }) =>
        h("button", { onclick: () => actions.send(prompt) },
          icon("spark"), h("span", h("strong", title), reason && h("span.muted", reason)))),
    ),
  clarification: ({ question, options }, run, _, actions) =>
    h("section.clarification", { "aria-label": "Question" },
      !run.blocks.some(({ kind, text }) => kind === "text" && text.includes(question)) && h("p", question),
      h("div.options", (options ?? []).map((option) => h("button", { onclick: () => actions.send(option) }, option))),
    ),
  artifact: ({ value: artifact }) =>
    artifact.kind === "table" ? table(artifact) : dataFold(artifact.title ?? words(artifact.kind), artifact),
  data: ({ name, value: data }) => dataFold(words(name), data),
};

const isPlain = (item) => ["string", "number"].includes(typeof item);
const dataFold = (title, data) => fold([icon("chevron"), h("span.name", title)], () => value(data), { class: "tool" });

function toolView({ name, args, result }, run) {
  const output = result === null ? null : parse(result);
  const failed = Boolean(output?.error ?? (output?.status >= 400 && output?.detail));
  const waiting = result === null && ["queued", "running"].includes(run.status);
  const input = parse(args || "{}");
  const gist = Object.values(input ?? {}).filter(isPlain).join(" · ");
  return fold(
    [
      waiting ? h("span.spinner") : icon(failed ? "warning" : "lookup"),
      h("span.name", words(name)),
      h("span.gist", gist),
      h("span.count", failed ? "failed" : amount(output)),
      icon("chevron"),
    ],
    () => [
      h("h4", "Asked"), h("p", h("code", name)), value(input),
      output !== null && [h("h4", "Answered"), typeof output === "string" ? told(output) : value(output)],
    ],
    { class: failed ? "tool failed" : "tool", version: `${args.length}-${result?.length}` },
  );
}

function chip(citation, actions) {
  const label = `Source ${citation.n}: ${citation.title}`;
  const onclick = () => actions.openSource(citation);
  return h("button.cite", { "aria-label": label, title: citation.title, onclick }, citation.n);
}

function sources(run, actions) {
  const all = [...run.citations.values()].sort((a, b) => a.n - b.n);
  const rest = all.slice(SHOWN_SOURCES);
  return h("div", sourceList(all.slice(0, SHOWN_SOURCES), actions),
    rest.length > 0 && fold(`${plural(rest.length, "more source")}`, () => sourceList(rest, actions), { class: "more-sources", version: String(rest.length) }));
}

function sourceList(citations, actions) {
  return h("ul.sources", { "aria-label": "Sources" },
    citations.map((citation) =>
      h("li", h("button", { onclick: () => actions.openSource(citation) },
        h("span.n", citation.n), h("span.title", citation.title), h("span.muted", words(citation.kind ?? ""))))),
  );
}

function usage(data) {
  const phrase = ([name, item]) =>
    typeof item === "string" ? item : `${item.toLocaleString("en")} ${words(name).toLowerCase()}`;
  return Object.entries(data).filter(([, item]) => isPlain(item)).map(phrase).join(" · ");
}

/** What a screen reader is told when a live run has come to its end. */
export function spoken(run, conversation) {
  if (run.problem) return asText(run.problem.message, run.problem.remedy);
  const of = (kind, say) => run.blocks.filter((block) => block.kind === kind).map(say);
  const texts = of("text", ({ text }) => h("div", markdown(text)).textContent);
  const plans = of("plan", ({ id }) => `Plan to approve: ${conversation.plan(id).proposal.title}.`);
  return asText(...texts, ...plans, NOTES[run.status]);
}

const asText = (...parts) => parts.filter(Boolean).join(" ");
