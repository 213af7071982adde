// A step's arguments as a small form: texts, numbers and switches as such, everything else as JSON.
// Only what has been changed is sent; the service previews the plan anew and says what isn't right, and where.

import { problemView, words } from "./data.js";
import { h } from "./dom.js";

const KINDS = { string: "text", number: "number", boolean: "checkbox" };

export function editForm(plan, step, actions) {
  const problem = plan.editProblem;
  const names = Object.keys(step.arguments);
  const at = problem?.field && names.find((name) => problem.field.split(".").includes(name));
  const onsubmit = (event) => {
    event.preventDefault();
    const [changed, mistake] = read(event.currentTarget.elements, step.arguments);
    if (mistake) actions.editFailed(plan, mistake);
    else actions.saveEdit(plan, step.id, changed);
  };
  const hasAgreement = plan.proposal.approval?.given.some(({ decision }) => decision === "approved");
  return h("form.edit-step", { onsubmit, "data-key": `edit-${step.id}`, "aria-label": `Arguments of ${step.title ?? step.operation}` },
    names.map((name) => fieldView(`${plan.id}-${step.id}-${name}`, name, step.arguments[name], at === name && problem)),
    problem && !at && problemView(problem),
    hasAgreement && h("p.muted", "Whoever has agreed already has to agree again."),
    h("div.buttons",
      h("button.primary", { type: "submit", disabled: plan.busy }, plan.busy ? "Previewing…" : "Preview anew"),
      h("button.quiet", { type: "button", disabled: plan.busy, onclick: () => actions.edit(plan, null) }, "Leave as it was")),
  );
}

function fieldView(id, name, data, problem) {
  const kind = KINDS[typeof data];
  const described = { id, name, "aria-invalid": problem ? "true" : null, "aria-describedby": problem ? `${id}-problem` : null };
  const input =
    kind === "checkbox" ? h("input", { ...described, type: kind, checked: data })
    : kind ? h("input", { ...described, type: kind, step: kind === "number" ? "any" : null, autocomplete: "off", value: String(data) })
    : h("textarea", { ...described, rows: "2", spellcheck: "false" }, JSON.stringify(data));
  return h("div.field-of", { "data-key": name, class: kind === "checkbox" ? "field-of switch" : "field-of" },
    h("label", { for: id }, words(name)), input,
    problem && h("div", { id: `${id}-problem` }, problemView({ message: problem.message, remedy: problem.remedy })));
}

/** What has been changed, and the first mistake. */
function read(elements, given) {
  const changed = {};
  for (const [name, old] of Object.entries(given)) {
    const input = elements.namedItem(name);
    let data = typeof old === "boolean" ? input.checked : input.value;
    if (typeof old === "number") {
      if (data === "") return [null, { field: name, message: "It is a number." }];
      data = Number(data);
    }
    if (!(typeof old in KINDS)) {
      try {
        data = JSON.parse(data);
      } catch {
        return [null, { field: name, message: "This is not JSON.", remedy: 'Texts stand in quotes: ["a", "b"].' }];
      }
    }
    if (JSON.stringify(data) !== JSON.stringify(old)) changed[name] = data;
  }
  return [changed, null];
}
