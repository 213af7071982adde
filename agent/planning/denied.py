"""What a list is asked to leave out: "not owned by Omar", "except crm.orders".

No operation lists all but something. So what is denied is never taken for a filter, which would
answer the opposite: all is read, and the answer leaves it out (`Shape.but`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from agent.planning.clause import Clause
from agent.planning.concepts import values
from agent.planning.outcome import Outcome
from agent.planning.text import words
from agent.planning.types import Denied

_DENYING = words("not except excluding besides other without")
_OF_LACK = words("not without")  # "tables without an owner in lake" denies the owner
_LACKING = words("without without_labels uncovered unused")
_AFTER_MODAL = words("can could may must should do does did")  # "who can not see crm.orders"
_DID = words("did does do")  # "which scans did not fail"
_EVERY = words("all every everything everyone everybody any anything")
_GOES_ON = words("not no only also i we which who what that it show list only")
_BETWEEN, _NEAR = 4, 2  # words from the denial to the name, to the value of a closed set
_OTHERWISE = words("having at_least permission query limit")  # denied by other means, or not at all
_LISTING = ("list_", "search")


def without_denied(asked: Outcome, clause: Clause) -> Outcome:
    """The outcome of a question without what the clause denies, which the answer leaves out."""
    if not (asked.operation or "").partition(".")[2].startswith(_LISTING) or not asked.calls:
        return asked
    named = tuple(
        {name: value for name, value in call.items() if name != "without" or value not in call}
        for call in asked.calls
    )  # "not tagged pii" lacks no tag but this one
    asked = replace(asked, calls=named)
    denied: dict[object, tuple[str, str]] = {}
    heeded = any(call.keys() & _LACKING for call in asked.calls)
    denying = _DENYING - _OF_LACK if heeded else _DENYING
    for i, token in enumerate(clause.tokens):
        modal = bool(i) and clause.tokens[i - 1].word in _AFTER_MODAL
        if token.word not in denying and not _all_but(clause, i):
            continue
        for mention in clause.mentions:
            taken = any(m.entity.id in call.values() for m in mention.matches for call in named)
            near = not modal and i < mention.start <= i + _BETWEEN and (taken or not mention.weak)
            if near and not any(t.form == "mark" for t in clause.tokens[i : mention.start]):
                said = clause.words(frozenset(range(i, mention.end)))
                denied |= {m.entity.id: (m.entity.name, said) for m in mention.matches}
        for meaning, where in values(clause.tokens):
            if modal and clause.tokens[i - 1].word not in _DID:
                continue
            if i < min(where) <= i + _NEAR:
                said = clause.words(frozenset(range(i, max(where) + 1)))
                denied.setdefault(meaning, (meaning, said))
    calls = tuple(
        {name: value for name, value in call.items() if not _is(name, value, denied)}
        for call in asked.calls
    )
    if calls == asked.calls:
        return asked
    but = {
        Denied(name, str(value), *denied[value])
        for call in asked.calls
        for name, value in call.items()
        if _is(name, value, denied)
    }
    left = tuple(one for one in asked.left if one.lower() not in _DENYING)
    return replace(asked, calls=calls, but=tuple(sorted(but)), left=left)


def _all_but(clause: Clause, at: int) -> bool:
    """Whether "but" leaves something out here: "everything but GDPR"."""
    words_ = [token.word for token in clause.tokens]
    goes_on = words_[at + 1 : at + 2]
    leaves = bool(goes_on) and goes_on[0] not in _GOES_ON
    return words_[at] == "but" and bool(_EVERY & set(words_[:at])) and leaves


def _is(name: str, value: object, denied: Mapping[object, tuple[str, str]]) -> bool:
    return isinstance(value, str) and value in denied and name not in _LACKING | _OTHERWISE
