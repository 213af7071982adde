"""What a list is asked to leave out: "not owned by Omar", "except crm.orders".

No operation lists all but something. So the name is never taken for a filter, which would answer
the opposite; what was left out of account is said.
"""

from __future__ import annotations

from dataclasses import replace

from agent.planning.clause import Clause
from agent.planning.outcome import Outcome
from agent.planning.text import words

_DENYING = words("not except excluding besides other without")
_OF_LACK = words("not without")  # "tables without an owner in lake" denies the owner
_LACKING = words("without without_labels uncovered unused")
_AFTER_MODAL = words("can could may must should do does did")  # "who can not see crm.orders"
_BETWEEN = 4  # words from the denial to the name
_LISTING = ("list_", "search")


def without_denied(asked: Outcome, clause: Clause) -> Outcome:
    """The outcome of a question without what the clause denies, which is told as left over."""
    if not (asked.operation or "").partition(".")[2].startswith(_LISTING) or not asked.calls:
        return asked
    denied: dict[object, str] = {}
    heeded = any(call.keys() & _LACKING for call in asked.calls)
    denying = _DENYING - _OF_LACK if heeded else _DENYING
    for i, token in enumerate(clause.tokens):
        if token.word not in denying or (i and clause.tokens[i - 1].word in _AFTER_MODAL):
            continue
        for mention in clause.mentions:
            near = i < mention.start <= i + _BETWEEN and not mention.weak
            if near and not any(t.form == "mark" for t in clause.tokens[i : mention.start]):
                said = clause.words(frozenset(range(i, mention.end)))
                denied |= {match.entity.id: said for match in mention.matches}
    calls = tuple(
        {name: value for name, value in call.items() if not _is(value, denied)}
        for call in asked.calls
    )
    if calls == asked.calls:
        return asked
    told = {denied[value] for call in asked.calls for value in call.values() if _is(value, denied)}
    return replace(asked, calls=calls, left=(*asked.left, *sorted(told)))


def _is(value: object, denied: dict[object, str]) -> bool:
    return isinstance(value, str) and value in denied
