"""Requests that share their beginning: "make Chidi a steward of crm and an analyst of shop".

What stands behind an "and" is read with as much of the beginning as makes a whole request of it.
What is named and comes to nothing is told, never passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from agent.planning.clause import Clause
from agent.planning.dates import LENGTHS
from agent.planning.frames import IMPERATIVES
from agent.planning.linking import Mention
from agent.planning.outcome import Outcome
from agent.planning.text import Token, fold, words
from agent.planning.types import ASSET_KINDS, Entity, Kind

_JOINTS = words("and & , plus")
_WHOLE = words("scan_logic.start_scan")  # finds whatever there is, also what it is to look for
_WHO: frozenset[Kind] = frozenset({"person", "role"})
_QUALIFIED = {"term": "business", "domain": "business", "glossary": "business"}
_THINGS: frozenset[Kind] = ASSET_KINDS | {
    "source", "person", "role", "label", "team", "domain", "term", "workflow", "pipeline",
    "registered", "workspace",
}  # fmt: skip


def completed(
    tokens: Sequence[Token],
    clause: Clause,
    found: Outcome,
    read: Callable[[Sequence[Token]], Outcome],
    *,
    changes: bool = False,
) -> Outcome:
    """An outcome with what else its clause asks for, and with what of it comes to nothing.

    Args:
        read: what other words come to.
        changes: whether it asks for a change.
    """
    if not found.calls or not unused(clause, found):
        return found
    for at in (i for i, token in enumerate(tokens) if i > 1 and token.word in _JOINTS):
        if tokens[at - 1].word in _JOINTS or at + 1 == len(tokens):
            continue
        first = read(tokens[:at])
        if not _like(first, found) or unused(_part(clause, tokens[:at]), first):
            continue
        rest = tokens[at + 1 :]
        for length in range(at - 1, 0, -1):
            again = read((*tokens[:length], *rest))
            whole = _like(again, found) and not again.left
            if whole and not unused(_part(clause, rest), again) and _new(again, first):
                return replace(
                    first,
                    calls=(*first.calls, *_new(again, first)),
                    about=tuple(dict.fromkeys((*first.about, *again.about))),
                )
    names = dict.fromkeys(clause.words(one.tokens) for one in unused(clause, found))
    told = tuple(name for name in names if not any(name in left for left in found.left))
    lost = any(
        (m.matches[0].entity.kind in _WHO or "." in clause.words(m.tokens))
        and clause.words(m.tokens) in told
        for m in unused(clause, found)
    )
    if changes and lost and found.operation not in _WHOLE:
        return Outcome(left=(clause.text,))  # half of a change is none that was asked for
    return replace(found, left=(*found.left, *told))


def unused(clause: Clause, found: Outcome) -> tuple[Mention, ...]:
    """What a clause surely names and an outcome makes nothing of."""
    values = {value for call in found.calls for value in _texts(call)}
    sure = [m for m in clause.mentions if _sure(m)]
    held = {m for m in sure if any(match.entity.id in values for match in m.matches)}
    taken = frozenset(i for m in held for i in m.tokens)
    linked = (match.entity for m in clause.mentions for match in m.matches)
    used = [one for one in linked if one.id in values]
    used += [one for one in found.about if isinstance(one, Entity)]
    return tuple(
        m
        for m in sure
        if m not in held
        and not m.tokens & taken
        and not (m.plain and _is_grammar(clause.tokens, m.start))
        and not (m.plain and fold(clause.tokens[m.start].word) in LENGTHS)  # "for 30 days"
        and not _places(m.matches[0].entity, used)
        and not any(_bare(clause, m) in value for value in values)
    )


def _bare(clause: Clause, mention: Mention) -> str:
    """A name as typed, without the noun beside it."""
    return clause.words(frozenset(range(mention.start, mention.end)))


def _is_grammar(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is the verb, or qualifies a noun of ours: "flag …", "a business term"."""
    verb = at == 0 and tokens[at].word in IMPERATIVES
    return verb or (at + 1 < len(tokens) and _QUALIFIED.get(tokens[at + 1].word) == tokens[at].word)


def _sure(mention: Mention) -> bool:
    best = mention.matches[0]
    alone = len(mention.matches) == 1 or not mention.plain
    return not mention.weak and alone and best.entity.kind in _THINGS and best.score >= 0.9


def _places(entity: Entity, used: Sequence[Entity]) -> bool:
    """Whether something only says where what is used lies."""
    return any(entity.contains(one) for one in used)


def _texts(arguments: Mapping[str, object]) -> list[str]:
    flat: list[object] = []
    for value in arguments.values():
        flat += value if isinstance(value, list) else [value]
    return [one for one in flat if isinstance(one, str)]


def _like(one: Outcome, other: Outcome) -> bool:
    return one.operation == other.operation and bool(one.calls)


def _new(again: Outcome, first: Outcome) -> tuple[Mapping[str, object], ...]:
    return tuple(call for call in again.calls if call not in first.calls)


def _part(clause: Clause, tokens: Sequence[Token]) -> Clause:
    return Clause(clause.message, tokens, clause.lexicon)
