// What people do to plans and executions: each deed is sent, and its answer becomes what the page shows.
// Nothing is shown as done before the service has said so.

import { ASSISTANT, json } from "./api.js";
import { asProblem } from "./data.js";

const CONTROL = "api/operations/workflows.control";
const planAt = (id, verb = "") => `${ASSISTANT}/plans/${encodeURIComponent(id)}${verb && `/${verb}`}`;

/**
 * The actions of plan cards. `page` is the chat: `conversation`, `changed(plan)`, `follow(run)`,
 * `followExecution(execution)`, `focus(plan, selector)` and `decided()`, called after each decision.
 */
export function decisions(page) {
  const set = (plan, state) => {
    Object.assign(plan, state);
    page.changed(plan);
  };

  async function decide(plan, verb, body) {
    const { conversation } = page;
    set(plan, { busy: true, problem: null, decisions: (plan.decisions ?? 0) + 1 });
    try {
      const answer = await json(planAt(plan.id, verb), { body });
      if (answer.approval) plan.proposal = { ...plan.proposal, approval: answer.approval };
      conversation.updatePlan(plan.id, { status: answer.status, execution_id: answer.execution_id });
      const isHere = conversation === page.conversation && plan.proposal.conversation_id === conversation.id;
      if (answer.execution_id && (plan.run || isHere)) page.follow({ id: answer.run_id, conversation });
      set(plan, { busy: false, asking: null });
    } catch (error) {
      set(plan, { busy: false, problem: asProblem(error) });
    }
    page.decided();
  }

  return {
    approve: (plan) => decide(plan, "approve", { hash: plan.proposal.hash }),
    reject: (plan, reason) => decide(plan, "reject", reason ? { reason } : {}),
    withdraw: (plan, reason) => decide(plan, "withdraw", reason ? { reason } : {}),

    ask(plan, asking) {
      const opener = plan.asking;
      set(plan, { asking });
      page.focus(plan, asking ? ".rejection input" : `footer [data-key=${opener}]`);
    },

    edit(plan, stepId) {
      const last = plan.editing;
      set(plan, { editing: stepId, editProblem: null });
      page.focus(plan, stepId ? ".edit-step :is(input, textarea)" : `[data-key="${CSS.escape(last)}"] button.edit`);
    },

    editFailed: (plan, editProblem) => set(plan, { editProblem }),

    async saveEdit(plan, stepId, changed) {
      set(plan, { busy: true, editProblem: null, problem: null, decisions: (plan.decisions ?? 0) + 1 });
      try {
        const shown = await json(planAt(plan.id, "edit"), { body: { steps: [{ id: stepId, arguments: changed }] } });
        page.conversation.showPlan(shown);
        set(plan, { busy: false, editing: null });
        page.focus(plan, `[data-key="${CSS.escape(stepId)}"] button.edit`);
      } catch (error) {
        set(plan, { busy: false, editProblem: asProblem(error) });
      }
    },

    unfold(plan, key) {
      set(plan, { unfolded: new Set(plan.unfolded).add(key) });
    },

    askSkip(plan, stepId) {
      set(plan, { skipping: stepId });
      if (stepId) page.focus(plan, ".skip-step input");
    },

    async control(plan, execution, { action, step_id, reason }) {
      Object.assign(execution, { busy: true, problem: null });
      page.changed(plan);
      try {
        await json(CONTROL, { body: { execution_id: execution.id, action, step_id, reason } });
        execution.asked = ["pause", "cancel"].includes(action) ? action : null;
        plan.skipping = null;
        if (execution.ended) page.followExecution(execution);
      } catch (error) {
        execution.problem = asProblem(error);
      }
      execution.busy = false;
      page.changed(plan);
    },

    async undo(plan, execution) {
      const { conversation } = page;
      Object.assign(execution, { busy: true, problem: null });
      page.changed(plan);
      const steps = [{ id: "undo", operation: "workflows.undo", arguments: { execution_id: execution.id } }];
      try {
        const body = { steps, conversation_id: plan.proposal.conversation_id ?? conversation.id };
        const shown = await json(`${ASSISTANT}/plans`, { body });
        page.follow({ id: shown.run_id, conversation });
      } catch (error) {
        execution.problem = asProblem(error);
      }
      execution.busy = false;
      page.changed(plan);
    },
  };
}
