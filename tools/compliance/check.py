"""What every condition is: a frozen model that judges facts and answers with a `Check`.

Used by `conditions` alone, whose union is closed. The bases narrow the facts once, so that a
condition says only what it demands.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from tools.compliance.facts import AssetFacts, Facts, GovernedFacts, Kind, SourceFacts

AnyFacts = TypeVar("AnyFacts", bound=Facts)
Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(min_length=1)]
Days = Annotated[int, Field(ge=1, le=36_500)]


class Check(NamedTuple):
    """A verdict; `says` completes the sentence that the subject's name begins."""

    passed: bool
    says: str
    evidence: dict[str, Any]


def listed(names: Iterable[str], most: int = 3) -> str:
    """Names as prose: "a, b and c", or "a, b, c and 4 more"."""
    found = list(names)
    rest = len(found) - most
    shown = [*found[:most], f"{rest} more"] if rest > 0 else found
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else "nobody"


def plural(count: int, noun: str) -> str:
    """ "1 person", "3 people", "no grants"."""
    nouns = {"person": "people"}
    return f"{count or 'no'} {noun if count == 1 else nouns.get(noun, noun + 's')}"


def since(then: datetime | None, facts: Facts, days: int, done: str, never: str) -> Check:
    """Whether something was done in the last so many days."""
    if then is None:
        return Check(False, never, {"last": None, "days": days})
    ago = (facts.as_of - then).days
    passed = (facts.as_of - then).total_seconds() <= days * 86_400
    says = f"{done} on {then:%Y-%m-%d}, {plural(max(ago, 0), 'day')} before"
    return Check(passed, says, {"last": then.isoformat(), "days": days})


class BaseCondition(BaseModel):
    """A condition; `type` tells it from the others. `judges` are the kinds it makes sense for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    judges: ClassVar[frozenset[Kind]] = frozenset({"table", "column", "source", "user"})

    def kinds(self) -> frozenset[Kind]:
        """The kinds of subject that this very condition can judge."""
        return self.judges

    @abstractmethod
    def check(self, facts: Facts) -> Check:
        """Judge `facts`; `TypeError` if they are of a kind outside `kinds()`."""


def expect(facts: Facts, wanted: type[AnyFacts]) -> AnyFacts:
    """`facts` as `wanted`; `TypeError` if they aren't."""
    if not isinstance(facts, wanted):
        raise TypeError(f"{facts.qualified_name} is a {facts.kind}; give {wanted.__name__}.")
    return facts


class GovernedCondition(BaseCondition):
    """Judges an asset or a source."""

    judges: ClassVar[frozenset[Kind]] = frozenset({"table", "column", "source"})

    def check(self, facts: Facts) -> Check:
        return self.judge(expect(facts, GovernedFacts))

    @abstractmethod
    def judge(self, facts: GovernedFacts) -> Check: ...


class AssetCondition(BaseCondition):
    """Judges a table or a column."""

    judges: ClassVar[frozenset[Kind]] = frozenset({"table", "column"})

    def check(self, facts: Facts) -> Check:
        return self.judge(expect(facts, AssetFacts))

    @abstractmethod
    def judge(self, facts: AssetFacts) -> Check: ...


class SourceCondition(GovernedCondition):
    """Judges a source; of an asset, the source that it lies in."""

    def judge(self, facts: GovernedFacts) -> Check:
        return self.judge_source(
            facts.source if isinstance(facts, AssetFacts) else expect(facts, SourceFacts)
        )

    @abstractmethod
    def judge_source(self, source: SourceFacts) -> Check: ...
