"""The published schema of an evaluation case: what is said or called, and what must come of it.

Everything is graded exactly but `judge`. A case that a cheat could pass is refused when it is read:
one without an exact expectation, or one whose expected words stand in the question.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Kind = Literal[
    "operations",
    "trajectory",
    "grounding",
    "refusals",
    "approvals",
    "injection",
    "retrieval",
    "classification",
    "lineage",
    "latency",
    "cost",
]
Named = Literal[
    "tables", "columns", "sources", "people", "roles", "labels", "frameworks", "rules", "workspaces"
]


class Part(BaseModel):
    """Unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Call(Part):
    """An operation with its arguments; `{"one_of": [...]}` is an argument of several right values.

    An argument that isn't named must be absent, its default, or listed in `optional`.
    """

    operation: str = Field(pattern=r"^[a-z_]+\.[a-z_0-9]+$")
    arguments: dict[str, Any] = {}
    optional: list[str] = []


class Truth(Part):
    """Read from the service when the answer is graded: `pick` says where in the result."""

    operation: str = Field(pattern=r"^[a-z_]+\.[a-z_0-9]+$")
    arguments: dict[str, Any] = {}
    pick: str = Field(description="A path such as total, items[].qualified_name or columns[].name")


class Trajectory(Part):
    """Which operations were called on the way, in the order of their calls."""

    order: list[str] = []
    exactly: bool = False
    never: list[str] = []
    at_most: int | None = Field(default=None, ge=0)
    repeats: bool = Field(default=False, description="Whether the same call may be made twice")


class Names(Part):
    """Which of all known names of a kind an answer mentions: a set, so that a list of all fails."""

    of: Named
    exactly: list[str] | Truth | None = None
    at_least: list[str] = []
    also: list[str] = Field(default=[], description="Names that may be mentioned, or not")
    never: list[str] = []

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.exactly is None and not self.at_least and not self.never:
            raise ValueError("say 'exactly', 'at_least' or 'never'")
        return self


class Answer(Part):
    """What the words of an answer hold. Each entry of `says` must be there as whole words."""

    says: list[str] = []
    says_any: list[list[str]] = []
    never: list[str] = []
    truths: list[Truth] = []
    names: list[Names] = []

    @property
    def words(self) -> list[str]:
        """Every word that is looked for."""
        return [*self.says, *(word for words in self.says_any for word in words)]


class Citations(Part):
    """What the answer rests on: marked in the text, existing, and holding what is said."""

    of: list[str] = Field(default=[], description="Titles that must be among those cited")
    exactly: list[str] | None = None
    at_least: int = Field(default=1, ge=1)
    hold: list[str] = Field(default=[], description="Values that the cited resources must hold")


class Refusal(Part):
    """Nothing is done or planned, and the answer says why by these words."""

    because: list[str] = Field(min_length=1)


class Asked(Part):
    """A question back, with at least these choices; `only` where there may be no others."""

    choices: list[str] = []
    only: bool = False


class Change(Part):
    """One expected difference of the state; what isn't listed must not differ."""

    of: str = Field(description="The facet of the state, such as assets or glossary")
    name: str
    field: str | None = None
    to: Any = None
    adds: list[dict[str, Any]] = Field(default=[], description="What a list has besides")
    created: bool = False
    removed: bool = False
    holds: dict[str, Any] = Field(default={}, description="Fields of what was created")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum((self.created, self.removed, self.field is not None)) != 1:
            raise ValueError("say one of 'field' (with 'to'), 'created' and 'removed'")
        return self


class State(Part):
    """Exactly these differences, besides those of the facets in `also`."""

    changes: list[Change] = Field(min_length=1)
    also: list[str] = []


class Check(Part):
    """What stands at a place of the result of a direct call."""

    pick: str
    equals: Any = None
    set: list[Any] | None = None
    holds: list[Any] = []
    lacks: list[Any] = []
    count: int | None = None


class Edges(Part):
    """Exactly these edges, each written `upstream -> downstream`, in whatever case.

    `upstream` and `downstream` name the fields of an edge; `table+column` is both with a dot.
    """

    pick: str = "edges"
    upstream: str = "upstream"
    downstream: str = "downstream"
    exactly: list[Annotated[str, Field(pattern=r"^\S.* -> \S.*$")]]
    among: dict[str, list[str]] = Field(default={}, description="Only edges with these values")


class Ranked(Part):
    """All of `gold` among the first `at` results."""

    pick: str = "items[].qualified_name"
    gold: list[str] = Field(min_length=1)
    at: int = Field(default=5, ge=1)


class Failure(Part):
    """The direct call is refused, with this status."""

    status: int = Field(ge=400, le=599)
    code: str | None = None
    field: str | None = None
    says: list[str] = []


class Limits(Part):
    """What a turn may take at the most."""

    seconds: float | None = Field(default=None, gt=0)
    first_seconds: float | None = Field(default=None, gt=0)
    calls: int | None = Field(default=None, ge=0)
    tokens: int | None = Field(default=None, ge=0)
    money: float | None = Field(default=None, ge=0)


class Judge(Part):
    """A question for a model that judges, and why nothing exact would serve."""

    question: str = Field(min_length=10)
    because: str = Field(min_length=10)


class Expect(Part):
    """What must come of a turn. Without `plan`, none may be proposed; without `state`, nothing
    may have changed."""

    first: list[str] = Field(
        default=[],
        description="Operations, one of which is called first; `ask` is a question back, and "
        "`unsupported` words without any call",
    )
    calls: list[Call] | None = None
    or_calls: list[list[Call]] = []
    plan: list[Call] | None = None
    or_plan: list[list[Call]] = []
    may_plan: bool = Field(default=False, description="Whether some plan may be proposed")
    needs: list[str] = Field(default=[], description="Who has to approve the plan, in its words")
    trajectory: Trajectory | None = None
    answer: Answer | None = None
    citations: Citations | None = None
    refuses: Refusal | None = None
    asks: Asked | None = None
    never_shown: list[str] = Field(default=[], description="Nowhere in the stream, not only words")
    never_matches: list[str] = Field(default=[], description="The same, as regular expressions")
    state: State | None = None
    result: list[Check] = []
    edges: Edges | None = None
    ranked: Ranked | None = None
    labels: dict[str, str | None] = Field(default={}, description="Label of each column, or null")
    fails: Failure | None = None
    limits: Limits | None = None
    judge: Judge | None = None

    @property
    def exact(self) -> set[str]:
        """The expectations that are given, without the judge's."""
        return {name for name in self.model_fields_set if getattr(self, name)} | {
            name for name in ("calls", "plan") if getattr(self, name) is not None
        } - {"judge"}

    @property
    def words(self) -> list[str]:
        """The words that have to be in the answer, so must not be in the question."""
        return [
            *(self.answer.words if self.answer else ()),
            *(self.citations.hold if self.citations else ()),
            *(self.refuses.because if self.refuses else ()),
        ]


class Turn(Part):
    """One message, or one direct call; a plan can then be approved or rejected."""

    say: str | None = None
    call: Call | None = None
    approve: str | bool | list[str] = Field(
        default=False, description="True, or the aliases of those who approve, one after the other"
    )
    waits: bool = Field(default=False, description="More approvals are needed: nothing is done yet")
    reject: bool = False
    refused_approval: bool = Field(default=False, description="The approval must be refused")
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.say is None) == (self.call is None):
            raise ValueError("say one of 'say' and 'call'")
        if (self.approve or self.reject) and self.expect.plan is None:
            raise ValueError("a plan is decided on, so 'expect.plan' has to say which")
        done = bool(self.approve) and not (self.waits or self.refused_approval)
        if self.expect.state is not None and not (done or self.call):
            raise ValueError("only an approved plan or a direct call may change the state")
        if done and self.expect.state is None:
            raise ValueError("an approved plan changes the state, so 'expect.state' has to say how")
        return self

    @property
    def approvers(self) -> list[str]:
        """The aliases of those who approve; an empty one is who asks."""
        if isinstance(self.approve, list):
            return self.approve
        return [self.approve] if isinstance(self.approve, str) else [""]


NEEDED: dict[str, set[str]] = {
    "operations": {"first", "calls", "plan", "asks", "refuses"},
    "trajectory": {"trajectory"},
    "grounding": {"citations", "answer"},
    "refusals": {"refuses", "fails", "never_shown", "never_matches"},
    "approvals": {"plan"},
    "injection": {"never_shown", "never_matches", "calls", "plan", "answer", "result"},
    "retrieval": {"ranked", "citations", "answer"},
    "classification": {"labels", "result", "answer"},
    "lineage": {"edges", "result", "answer"},
    "latency": {"limits"},
    "cost": {"limits"},
}


class Case(Part):
    """One thing that a user would ask, and what must come of it."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    kind: Kind
    group: str = Field(default="", description="The group or module that it is about")
    note: str = ""
    as_: str | None = Field(default=None, alias="as", description="The alias of who asks")
    setup: list[Call] = Field(default=[], description="Done before by --key, and undone afterwards")
    turns: list[Turn] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        """`say`, `call`, `expect`, … of a case are those of its only turn."""
        if not isinstance(data, dict) or "turns" in data:
            return data
        own = {name: data[name] for name in Turn.model_fields if name in data}
        rest = {name: value for name, value in data.items() if name not in own}
        return {**rest, "turns": [own]} if own else data

    @model_validator(mode="after")
    def _cannot_be_gamed(self) -> Self:
        given = set().union(*(turn.expect.exact for turn in self.turns))
        if not given & NEEDED[self.kind]:
            needed = ", ".join(sorted(NEEDED[self.kind]))
            raise ValueError(f"a case of the kind {self.kind} has to expect one of: {needed}")
        if self.kind == "latency" and (self.setup or any(turn.approve for turn in self.turns)):
            raise ValueError("a timed case has no setup and approves nothing")
        for turn in self.turns:
            told = (turn.say or "").casefold()
            if echoed := [word for word in turn.expect.words if word.casefold() in told]:
                raise ValueError(
                    f"'{echoed[0]}' stands in the question, so an answer that repeats "
                    "the question would pass"
                )
        return self

    @property
    def operations(self) -> list[str]:
        """The operations without which nothing could be right."""
        needed = [call.operation for call in self.setup]
        for turn in self.turns:
            calls = [*(turn.expect.calls or ()), *(turn.expect.plan or ())]
            needed += [call.operation for call in ([turn.call] if turn.call else calls)]
            needed += turn.expect.first if len(turn.expect.first) == 1 else []
        return [one for one in needed if "." in one]

    @property
    def alone(self) -> bool:
        """Whether no other case may run beside it: it may change the state, or is timed."""
        timed = self.kind == "latency"
        decides = any(t.approve or t.reject or t.expect.state for t in self.turns)
        return timed or decides or bool(self.setup)


class Suite(Part):
    """Cases with what they have in common."""

    suite: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    about: str = ""
    group: str = ""
    people: dict[str, str] = Field(default={}, description="Aliases of people: name or e-mail")
    before: list[Call] = Field(default=[], description="Done by --key before all of its cases")
    after: list[Call] = Field(default=[], description="Done when they are over")
    cases: list[Case] = Field(min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for case in self.cases:
            case.group = case.group or self.group
            asked = {case.as_ or "", *(alias for t in case.turns for alias in t.approvers)}
            if unknown := asked - {""} - set(self.people):
                raise ValueError(f"{case.id}: 'people' doesn't say who {min(unknown)} is")
        return self
