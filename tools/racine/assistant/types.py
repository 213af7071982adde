"""What the assistant's operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.racine.approvals.types import PlanApproval
from tools.values import Citation, Page, Result


class ConversationSummary(Result):
    """A conversation in a list."""

    id: str
    title: str
    status: str
    created_at: datetime
    updated_at: datetime


class Rated(Result):
    """What the caller thought of an answer, and how the request is read since."""

    rating: str
    comment: str | None
    meant: str | None


class RunSummary(Result):
    """One turn: what was said and what was answered; nothing was said to an execution's."""

    id: str
    kind: str
    message: str | None
    answer: str | None
    status: str
    created_at: datetime
    finished_at: datetime | None
    feedback: Rated | None = None


class PlanState(Result):
    """How a plan stands: as it was decided, or as its execution goes."""

    id: str
    status: str
    execution_id: str | None


class ConversationDetail(ConversationSummary):
    """A conversation with its turns and how the plans that they proposed stand."""

    runs: list[RunSummary]
    plans: list[PlanState]


class Near(Result):
    """What comes nearest to a question, by meaning and words."""

    kind: str
    id: str
    title: str
    score: float


class Unanswered(Result):
    """A question that wasn't answered, the newest of those like it; `times`: how many they are."""

    question: str
    reason: str
    times: int
    people: int
    last_at: datetime
    nearest: list[Near]


class ConversationExport(Result):
    """A conversation as the text of a file."""

    format: str
    name: str
    content: str


class PlanDetail(Result):
    """A plan: the steps with their previews, its hash, how it stands."""

    id: str
    hash: str
    title: str
    status: str
    requester: str
    conversation_id: str
    run_id: str
    execution_id: str | None
    execution_run_id: str | None
    expires_at: datetime
    decided_by: str | None
    reason: str | None
    budget: dict[str, Any]
    approval: PlanApproval
    effects: dict[str, Any]
    steps: list[dict[str, Any]]


class PlanSummary(Result):
    """A plan in a list: what it is, who asked, and whose approval it waits for."""

    id: str
    title: str
    status: str
    requester: str
    steps: int
    created_at: datetime
    expires_at: datetime
    waits_for: list[str]
    may_approve: bool
    execution_id: str | None


class Prompts(Result):
    """Requests that make sense now."""

    items: list[str]


class Deleted(Result):
    """What was erased."""

    id: str
    runs: int
    events: int


class Looked(Result):
    """Something that somebody has before them."""

    id: str
    kind: str
    name: str


class LookedAt(Result):
    """What a page and a selection are about, and requests that make sense there."""

    about: list[Looked]
    not_found: list[str]
    prompts: list[str]


class MemoryRecord(Result):
    """Something that the assistant keeps in mind for a person or a team."""

    id: str
    kind: str
    text: str
    meant: str | None
    asset: str | None
    team: str | None
    told_by: str
    created_at: datetime


class FeedbackGiven(Result):
    """What was thought of an answer, and what was learned from it."""

    id: str
    run_id: str
    rating: str
    comment: str | None
    learned: MemoryRecord | None


class Forgotten(Result):
    """What is remembered no longer."""

    id: str
    text: str


class AllForgotten(Result):
    """How much is remembered no longer, and what it was."""

    forgotten: int
    texts: list[str]


class Spent(Result):
    """What the language model was used by one person, in one workspace, on one day."""

    of: str
    answers: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None


class Spending(Result):
    """What the language model was used; the cost is known where a price is set."""

    by: str
    days: int
    answers: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    daily_limit_per_person: int | None
    items: list[Spent]


class FoundOperation(Result):
    """An operation, as one who may want to call it needs it."""

    name: str
    summary: str
    effect: str
    arguments: dict[str, str]
    examples: list[str]
    allowed: bool


class FoundOperations(Page[FoundOperation]):
    """Operations that do something like what was asked for, the nearest first."""


class ReadRecord(Result):
    """A governed record that was read; `version`: its latest captured change then."""

    kind: str
    id: str
    name: str
    version: int


class AnswerCall(Result):
    """A call that an answer came of: what was asked, the digest of what came back, or the error.

    `records`: the ids of those that it told of. `secret`: an argument isn't kept.
    """

    operation: str
    arguments: dict[str, Any]
    digest: str | None = None
    error: str | None = None
    records: list[str] = []
    secret: bool = False


class ReceiptContent(Result):
    """What an answer was made of.

    `model`: what answered, `none` where nothing was asked; `fell_back`: why the built-in planner
    took its place. `understood`: how that planner read the question, with `focus` in mind.
    `read_from`: the newest change of all when the reading began. `plan`: the one that it proposed.
    """

    question: str = ""
    context: dict[str, Any] = {}
    focus: dict[str, Any] = {}
    model: str = "none"
    fell_back: str | None = None
    product: str = ""
    began_at: datetime | None = None
    read_from: int = 0
    understood: list[dict[str, Any]] | None = None
    calls: list[AnswerCall] = []
    records: list[ReadRecord] = []
    citations: list[Citation] = []
    plan: dict[str, str] | None = None
    answer_digest: str = ""


class ReceiptSummary(Result):
    """A receipt in a list; without a question once its conversation is erased."""

    run_id: str
    sequence: int
    at: datetime
    person: str
    question: str | None
    model: str | None
    calls: int


class AnswerReceipt(ReceiptSummary):
    """The receipt of an answer. `intact`: it is as it was written, and so is the answer."""

    conversation_id: str
    answer: str | None
    intact: bool
    content: ReceiptContent | None
    content_digest: str
    previous_hash: str
    hash: str


class ReceiptsVerification(Result):
    """Whether all receipts are as they were written; `erased`: with their conversation."""

    intact: bool
    checked: int
    erased: int
    head: str
    broken_at: int | None
    reason: str


class ReadSince(Result):
    """What became of a record that an answer had read.

    `what`: changed, deleted, not permitted, appeared or left (it fits the question no longer).
    `before` and `after` are told to those who may read the trail.
    """

    what: str
    kind: str
    name: str
    by: str | None = None
    at: datetime | None = None
    operation: str | None = None
    fields: list[str] = []
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class CallAgain(Result):
    """A call asked again: same, different or not asked; why, and `since` then what."""

    operation: str
    arguments: dict[str, Any]
    outcome: str
    why: str
    since: list[ReadSince]
    more: int


class ReadAgain(Result):
    """How the built-in planner reads the question: then and now."""

    same: bool
    then: list[dict[str, Any]]
    now: list[dict[str, Any]]


class Replay(Result):
    """Whether a question would be answered the same today, and why not."""

    run_id: str
    question: str
    verdict: str
    same: bool
    answered_at: datetime
    calls: list[CallAgain]
    reading: ReadAgain | None
    model_then: str
    model_now: str
    product_then: str
    product_now: str
