"""Conditions of a question that no call takes: days, lengths of time, figures, denials, names.

A list that is right but for a condition answers something else than was asked. So what of these
closed kinds comes to nothing is told. Words in general are none of them: what an answer passes
over without being the worse for it isn't told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from agent.planning import dates
from agent.planning.clause import Clause
from agent.planning.coordination import unused
from agent.planning.outcome import Outcome
from agent.planning.shaping import MANY
from agent.planning.text import fold, words
from agent.planning.types import ASSET_KINDS, Call, Card, Kind
from agent.planning.vocabulary import FILLERS, KIND_NOUNS

Where = tuple[int, int]
_DATED = words(
    "since until as_of at before after days day due due_on expires_on valid_until from_ to"
)
_DENIED = words("without without_labels uncovered unused status state overdue owner shared query")
_NOW = re.compile(r"(?:today|now|currently|at the moment|this moment|right now)")
_LENGTH = re.compile(
    r"\b(?:for|in|within|over|during|older than|newer than|more than|less than|at least)"
    rf"(?: the)?(?: (?:last|past|next))? (?:\d+|{'|'.join(dates.NUMBERS)}) "
    r"(?:minute|hour|day|week|month|quarter|year)s?\b(?: ago)?",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:but (?:no|not)|(?:has|have|had|is|are|was|were|does|did|can|could)(?:n['’]t| not)|"
    r"(?:don['’]t|do not) have|never|nobody|no ?one|none|without(?! \w+ing\b)|except|excluding)\b"
    r"[^,.;:?!]*",
    re.IGNORECASE,
)
_NAMED: frozenset[Kind] = ASSET_KINDS | {"source", "person", "framework"}
_LISTING = ("list_", "search", "get_usage")


def unheeded(
    text: str, clause: Clause, calls: tuple[Call, ...], cards: Mapping[str, Card], today: date
) -> tuple[str, ...]:
    """The conditions of a question that its calls pass over, as typed.

    Args:
        clause: the whole text.
    """
    if not calls or any(cards[call.operation].effect != "read" for call in calls):
        return ()
    given = {name for call in calls for name, value in call.arguments.items() if value is not None}
    shaped = any(call.shape is not None for call in calls)
    found = list(_names(clause, calls))
    if not (given & _DATED or shaped):
        found += _times(text, today)
    found += _places(text, clause, calls)
    if not shaped and (many := MANY.search(text)) and not given & {"limit", "days", "query"}:
        found.append(many.span())
    found += [] if shaped or given & {"limit", "days", "query"} else _ranks(text, calls)
    lists = all(call.operation.partition(".")[2].startswith(_LISTING) for call in calls)
    if lists and not (given & _DENIED or shaped) and (denial := _DENIAL.search(text)):
        found.append(denial.span())
    return tuple(text[start:end].strip() for start, end in _merged(found))


_RANK = re.compile(
    r"\b(?:(?:most|least) (?!of\b|recent)[a-z]+|highest|lowest|top (?:\d+|[a-z]+)|worst|best)\b",
    re.I,
)
_RANKED = ("catalog.get_usage", "catalog.list_owners", "assistant.", "compliance.get_posture")


def _ranks(text: str, calls: tuple[Call, ...]) -> Iterator[Where]:
    """A rank that a plain list doesn't keep to: "the most popular glossary terms"."""
    listing = all(call.operation.partition(".")[2].startswith(_LISTING) for call in calls)
    rank = _RANK.search(text)
    if rank is not None and listing and not calls[0].operation.startswith(_RANKED):
        yield rank.span()


_PLACE = re.compile(
    r"\b(?:(?:by|of|in|for|from|to|the|our) )*(?P<name>[A-Z][\w&-]+(?: [A-Z][\w&-]+)?) "
    r"(?:team|department|data ?sources?|databases?|domain|schema|workspace|project|business unit|"
    r"group|warehouse|data product|division|folder|collection)\b"
)


_PEOPLE = re.compile(
    r"\b(?:owned|used|managed|maintained|created|run|held) by (?:the |our )?(?P<name>[\w&-]+) "
    r"(?:team|department|group|division)\b"
)


def _places(text: str, clause: Clause, calls: tuple[Call, ...]) -> Iterator[Where]:
    """A team, a source or the like by a name that nothing goes by and no call takes."""
    place = _PLACE.search(text) or _PEOPLE.search(text)
    given = str([call.arguments for call in calls]).lower()
    if place is None or place["name"].lower() in given or place.start("name") == 0:
        return
    noun = fold(place.group().split()[-1].lower())
    kinds = KIND_NOUNS.get("team" if noun in ("department", "group", "division") else noun)
    known = clause.lexicon.find(place["name"], frozenset(kinds) if kinds else None)
    if place["name"].split()[0].lower() not in FILLERS and not known:
        yield place.span()


def _times(text: str, today: date) -> Iterator[Where]:
    length = _LENGTH.search(text)
    if length is not None:
        yield length.span()
    named = dates.days(text.lower(), today)
    if named is not None and not _NOW.fullmatch(text.lower()[slice(*named[1])].strip()):
        yield named[1]


def _names(clause: Clause, calls: tuple[Call, ...]) -> Iterator[Where]:
    """What is surely named, and no call is about."""
    left_out = {one.value for call in calls if call.shape for one in call.shape.but}
    for mention in unused(clause, Outcome(calls=tuple(call.arguments for call in calls))):
        if left_out & {match.entity.id for match in mention.matches}:
            continue
        kind = mention.matches[0].entity.kind
        if kind not in _NAMED or (kind in ASSET_KINDS and mention.plain and not mention.noun):
            continue  # a word like any other
        tokens = [clause.tokens[i] for i in sorted(mention.tokens)]
        yield tokens[0].start, tokens[-1].end


def _merged(found: list[Where]) -> Iterator[Where]:
    """Stretches in their order; those that touch are one."""
    last: Where | None = None
    for start, end in sorted(found):
        if last is not None and start <= last[1] + 1:
            last = (last[0], max(end, last[1]))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last
