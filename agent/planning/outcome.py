"""What reading one clause came to, and the questions that the planner asks back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.planning.clause import Pending
from agent.planning.types import ASSET_KINDS, Card, Denied, Entity

MOST_OPTIONS = 6

_MISSING: Mapping[str, str] = {
    "activity": "Which change do you mean? Give its activity number.",
    "asset": "Which table or column do you mean?",
    "part": "Which table or column do you mean?",
    "assets": "Which tables or columns do you mean?",
    "definition": "What does it mean? Say it as “NAME: meaning”.",
    "description": "What should the description say?",
    "password": "Which password? Enter it in the source's form rather than here, please.",
    "reason": "For what reason?",
    "title": "What is it to be called, or what is to be done?",
    "name": "What should it be called?",
    "workflow": "Which workflow do you mean?",
    "email": "What is the new user's name and e-mail address?",
    "label": "Which label should it get?",
    "location": "Where is it? Give a path (/data/sales.sqlite), a folder or a URL (postgresql://…).",
    "owner": "Who should own it?",
    "role": "Which role?",
    "source": "Which data source do you mean?",
    "tag": "Which tag?",
    "user": "Which user do you mean?",
    "finding": "Which finding do you mean? Give its id; “Show the open findings” lists them.",
    "scan": "Which scan do you mean?",
}


@dataclass(frozen=True)
class Outcome:
    """Calls without their order yet; `about` is what they concern, for "it" in the next clause."""

    operation: str | None = None
    calls: tuple[Mapping[str, object], ...] = ()
    score: float = 0.0
    about: tuple[Entity | Pending, ...] = ()
    question: str | None = None
    options: tuple[str, ...] = ()
    left: tuple[str, ...] = field(default=())
    doubt: str = ""
    slot: str = ""  # what the question asks for
    but: tuple[Denied, ...] = ()  # what a list is to leave out
    given: Mapping[str, object] | None = None  # the other arguments, where the reply is all

    @property
    def fits(self) -> bool:
        """Whether the clause made sense, if only enough to ask back."""
        return bool(self.calls) or self.question is not None


def settled(arguments: Mapping[str, tuple[object, ...]]) -> dict[str, object] | None:
    """The arguments of one call; None where there are several, or one waits for another call."""
    if any(len(values) != 1 or isinstance(values[0], dict) for values in arguments.values()):
        return None
    return {name: value for name, (value,) in arguments.items()}


def missing(operation: str, slot: str) -> Outcome:
    """A question for a slot that the request leaves open."""
    question = _MISSING.get(slot, f"Which {slot.replace('_', ' ')} do you mean?")
    return Outcome(operation, question=question, slot=slot)


def needed(card: Card, slot: str, options: Sequence[str] = ()) -> Outcome:
    """A question for an argument, by what the operation is for and what its schema says."""
    if slot in _MISSING:
        return Outcome(card.name, question=_MISSING[slot], options=tuple(options), slot=slot)
    purpose = card.summary.partition(":")[0].partition(";")[0].rstrip(".")
    told = card.parameters.get("properties", {}).get(slot, {}).get("description", "")
    hint = f" ({told.rstrip('.')})" if told and not options else ""
    purpose = f"{purpose[:1].lower()}{purpose[1:]}"
    question = f"Which {slot.replace('_', ' ')}{hint}? It is needed to {purpose}."
    return Outcome(card.name, question=question, options=tuple(options)[:MOST_OPTIONS], slot=slot)


def doubtful(operation: str, words: str, candidates: Sequence[Entity]) -> Outcome:
    """A question between several things that go by one name."""
    names = tuple(_shown(e) for e in candidates)
    shown = names[:MOST_OPTIONS]
    listed = ", ".join(shown[:-1]) + f" or {shown[-1]}"
    more = f" ({len(names)} in all)" if len(names) > len(shown) else ""
    return Outcome(
        operation, question=f"Which “{words}” do you mean: {listed}{more}?", options=shown,
        doubt=words,
    )  # fmt: skip


def unknown(operation: str, slot: str, words: str) -> Outcome:
    """A question about a name that nothing goes by."""
    ask = _MISSING.get(slot, f"Which {slot} do you mean?")
    return Outcome(
        operation, question=f"I know nothing called “{words}”. {ask}", doubt=words, slot=slot
    )


def misfit(operation: str, slot: str, words: str, kind: str) -> Outcome:
    """A question about a name that is known, but as something else."""
    ask = _MISSING.get(slot, f"Which {slot} do you mean?")
    question = f"“{words}” is a {kind.replace('_', ' ')}. {ask}"
    return Outcome(operation, question=question, doubt=words, slot=slot)


def too_many(operation: str, count: int, most: int) -> Outcome:
    """A question about a request that would make more changes than one plan should hold."""
    return Outcome(
        operation,
        question=f"That would be {count} changes, more than the {most} of one plan. "
        "Which of them should I propose?",
    )


def either(first: str, second: str) -> Outcome:
    """A question between two operations, each given by its summary."""
    one, other = first.rstrip("."), second.rstrip(".")
    return Outcome(question=f"Do you mean “{one}” or “{other}”?", options=(one, other))


def _shown(entity: Entity) -> str:
    if entity.kind in ASSET_KINDS or entity.kind in ("person", "source"):
        return entity.name
    return f"{entity.kind.replace('_', ' ')} {entity.name}"
