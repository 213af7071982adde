// What a conversation has come to, computed from its runs' events alone. Live and replayed events take the
// same path, and runs may arrive in any order: plans and executions are joined by id when they are shown.

const TEXT_END = { interrupt: "interrupted", cancelled: "cancelled" };

export class Conversation {
  constructor({ id = null, title = "" } = {}) {
    Object.assign(this, { id, title, runs: [], plans: new Map(), executions: new Map(), changed: new Set() });
  }

  /** Adds a run. `live` says that it is happening now, so that it may be announced; `kind` is "turn" where a
   *  message is answered, whose `context` was in view, and of which `feedback` is what the reader thought. */
  addRun({ id = null, message = "", live = false, kind = null, context, feedback = null }) {
    const run = { id, message, live, kind, context, feedback, status: "queued", blocks: [], citations: new Map(), seconds: null };
    this.runs.push(run);
    this.changed.add(run);
    return run;
  }

  get activeRuns() {
    return this.runs.filter((run) => run.live && ["queued", "running"].includes(run.status));
  }

  /** The runs that may be stopped; an execution is paused or cancelled in its plan's card. */
  get stoppableRuns() {
    return this.activeRuns.filter((run) => run.message);
  }

  plan(id) {
    if (!this.plans.has(id)) this.plans.set(id, { id, proposal: null, update: {}, run: null });
    return this.plans.get(id);
  }

  execution(id) {
    if (!this.executions.has(id)) this.executions.set(id, { id, status: "running", steps: new Map() });
    return this.executions.get(id);
  }

  planOf(execution) {
    return [...this.plans.values()].find((plan) => plan.proposal && plan.update.execution_id === execution.id);
  }

  /** A plan as the service shows it now, which counts more than what its run has told. */
  showPlan(shown) {
    const plan = this.plan(shown.id);
    Object.assign(plan, { proposal: shown, isCurrent: true });
    const { status } = plan.update;
    const update = shown.execution_id ? { status: status ?? "executing" } : { status: shown.status };
    return this.updatePlan(shown.id, { ...update, execution_id: shown.execution_id });
  }

  updatePlan(id, update) {
    const plan = this.plan(id);
    plan.update = { ...plan.update, ...update };
    this.drawAgain(plan);
    return plan;
  }

  /** A plan's own run, and those whose execution its card shows from now on. */
  drawAgain({ run, update }) {
    for (const other of this.runs)
      if (other === run || find(other, "execution", update.execution_id)) this.changed.add(other);
  }

  apply(run, event) {
    if (Object.hasOwn(EVENTS, event.type)) EVENTS[event.type](run, event, this);
    this.changed.add(run);
  }

  fail(run, problem) {
    Object.assign(run, { status: "failed", problem, step: null, connection: null });
    this.changed.add(run);
  }
}

const find = (run, kind, id) => run.blocks.find((block) => block.kind === kind && block.id === id);

function block(run, kind, id, initial = {}) {
  const existing = find(run, kind, id);
  if (existing) return existing;
  run.blocks.push({ kind, id, ...initial });
  return run.blocks.at(-1);
}

function begin(run, facts = {}) {
  Object.assign(run, { status: "running", blocks: [], step: null, problem: null, ...facts });
  run.citations.clear();
}

const EVENTS = {
  RUN_STARTED(run, event, conversation) {
    conversation.id ??= event.threadId;
    begin(run, { id: event.runId });
  },
  STEP_STARTED(run, { stepName }) {
    run.step = stepName;
  },
  STEP_FINISHED(run, { stepName }) {
    if (run.step === stepName) run.step = null;
  },
  TEXT_MESSAGE_START(run, { messageId }) {
    block(run, "text", messageId, { text: "" });
  },
  TEXT_MESSAGE_CONTENT(run, { messageId, delta }) {
    block(run, "text", messageId, { text: "" }).text += delta;
  },
  TOOL_CALL_START(run, { toolCallId, toolCallName }) {
    block(run, "tool", toolCallId, { name: toolCallName, args: "", result: null });
  },
  TOOL_CALL_ARGS(run, { toolCallId, delta }) {
    const call = find(run, "tool", toolCallId);
    if (call) call.args += delta;
  },
  TOOL_CALL_RESULT(run, { toolCallId, content }) {
    const call = find(run, "tool", toolCallId);
    if (call) call.result = content;
  },
  RUN_FINISHED(run, { outcome }) {
    Object.assign(run, { status: TEXT_END[outcome?.type] ?? "done", step: null });
  },
  RUN_ERROR(run, { message, code, remedy }) {
    Object.assign(run, { status: "failed", step: null, problem: { message, code, remedy } });
  },
  CUSTOM(run, { name, value }, conversation) {
    if (Object.hasOwn(CUSTOM, name)) CUSTOM[name](run, value, conversation);
    else block(run, "data", `${run.blocks.length}`, { name, value });
  },
};

const CUSTOM = {
  run_restarted(run) {
    begin(run); // the service was started again in the middle of it: what it had said is void
  },
  citation(run, value) {
    run.citations.set(value.n, value);
  },
  plan_proposed(run, value, conversation) {
    const plan = conversation.plan(value.id);
    Object.assign(plan, { run, proposal: plan.isCurrent ? plan.proposal : value });
    block(run, "plan", value.id);
    conversation.drawAgain(plan);
  },
  plan_updated(run, { plan_id, ...update }, conversation) {
    const execution = update.execution_id && conversation.execution(update.execution_id);
    if (execution) Object.assign(execution, { status: update.status, ended: execution.ended && update.status !== "executing" });
    if (execution && update.status !== "executing") execution.asked = null;
    conversation.updatePlan(plan_id, update);
  },
  execution_step(run, value, conversation) {
    const execution = conversation.execution(value.execution_id);
    execution.steps.set(value.step_id, { ...execution.steps.get(value.step_id), ...value });
    showExecution(run, execution, conversation);
  },
  execution_finished(run, value, conversation) {
    showExecution(run, Object.assign(conversation.execution(value.execution_id), value, { ended: true }), conversation);
  },
  recommendation(run, value) {
    block(run, "recommendations", "all", { items: [] }).items.push(value);
  },
  clarification(run, value) {
    block(run, "clarification", `${run.blocks.length}`, value);
  },
  artifact(run, value) {
    block(run, "artifact", `${run.blocks.length}`, { value });
  },
  usage(run, value) {
    run.usage = value;
  },
};

// An execution is shown in its plan's card; the block counts only while no plan claims it.
function showExecution(run, execution, conversation) {
  block(run, "execution", execution.id);
  const owner = conversation.planOf(execution)?.run;
  if (owner) conversation.changed.add(owner);
}
