"""Texts that are to be written of what is known: "write a description for orders", "document crm".

Whole messages only. A text that the message gives by itself is no draft, and isn't heard here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.binding import MOST_CALLS
from agent.planning.clause import Clause, Context
from agent.planning.lexicon import Lexicon
from agent.planning.outcome import too_many
from agent.planning.slots import KINDS
from agent.planning.text import tokenize, words
from agent.planning.types import ASSET_KINDS, Call, Card, Entity, Focus, Understanding
from agent.planning.vocabulary import DETERMINERS, FILLERS, POLITELY

DRAFT = "catalog.draft_descriptions"
_POLITE = rf"{POLITELY}(?:i need )?"
_WRITE = (
    r"(?:write|draft|generate|create|suggest|propose|produce|add|auto-?generate|fill in|complete|"
    r"prepare|make|give me|enrich|populate|provide|compose|set up)"
)
_TEXT = (
    r"(?:(?:business|data|column|table|field|ai|automatic|missing|meaningful|good|better|short|"
    r"clear|proper|detailed|useful|plain|english|language|friendly|initial|draft|new|the|an?|all|"
    r"any|and|of|ai-generated|some|our|schema)[ -]+)*"
    r"(?:descriptions?|documentation|docs|readme|definitions?|comments|metadata|data dictionary|"
    r"data dictionary entr(?:y|ies))"
)
_WRITTEN = re.compile(
    rf"{_POLITE}(?P<verb>{_WRITE}) (?:me )?{_TEXT} (?:for|of|to|on|in|about) (?P<what>.+?)[.!?]*$",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"{_POLITE}(?P<verb>{_WRITE}) (?:the )?(?P<what>[\w.]+)['’]s? {_TEXT}[.!?]*$", re.IGNORECASE
)
_DOCUMENT = re.compile(
    rf"{_POLITE}(?P<verb>(?:auto-?)?document|annotate)(?! that| how| why) "
    r"(?P<what>.+?)[.!?]*$",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"[:\"“„«]|\b(?:as|saying|that (?:says|reads)|to say|with the text)\b", re.I)
_COLUMNS = re.compile(r"\b(?:columns?|fields?|attributes?)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\btables? (?:and|&) (?:all (?:of )?)?(?:its |their |the )?(?:columns?|fields?)\b|"
    r"\b(?:and|with|including) (?:all (?:of )?)?(?:its|their) (?:columns|fields)\b",
    re.IGNORECASE,
)
_AROUND = words(
    """
    all every each and of in from on for to its their the undocumented missing tables table views
    view columns column fields field attributes attribute dataset datasets assets asset source
    database schema that have has no description descriptions which are without lack lacking any
    with documentation data model models whole entire everything both plus also
    """
)


def drafted(
    text: str, lexicon: Lexicon, cards: Mapping[str, Card], focus: Focus
) -> Understanding | None:
    """The descriptions that a message wants written; None where it wants something else."""
    said = " ".join(text.split())
    found = _WRITTEN.match(said) or _OWN.match(said) or _DOCUMENT.match(said)
    if found is None or DRAFT not in cards or _GIVEN.search(found["what"]):
        return None
    what = found["what"]
    clause = Clause(what, tokenize(what), lexicon)
    part = "both" if _BOTH.search(said) else "columns" if _COLUMNS.search(said) else ""
    named, doubt, used = _named(clause, focus)
    rest = {
        token.word
        for i, token in enumerate(clause.tokens)
        if i not in used and token.form != "mark"
    }
    if doubt:
        names = tuple(one.name for one in doubt)
        question = f"Which do you mean: {', '.join(names)}?"
        return Understanding(
            question=question, asks=DRAFT, options=names, doubt=what, heard=text, slot="asset"
        )
    if not named or rest - _AROUND - DETERMINERS - FILLERS:
        return None
    assets = [one for each in named for one in _assets(each, lexicon)]
    if len(assets) > MOST_CALLS:
        return Understanding(
            question=too_many(DRAFT, len(assets), MOST_CALLS).question, asks=DRAFT, heard=text
        )
    calls = tuple(Call(DRAFT, _of(one, part)) for one in dict.fromkeys(assets))
    return Understanding(calls, heard=text, about=tuple(named))


def _named(clause: Clause, focus: Focus) -> tuple[list[Entity], tuple[Entity, ...], set[int]]:
    """What is named, what of it can't be told apart, and the tokens that name it."""
    sources = [m for m in clause.mentions if m.of(KINDS["source"]) and not m.weak]
    where = {m.of(KINDS["source"])[0].entity.id: m for m in sources}
    found: list[Entity] = []
    used: set[int] = set()
    for mention in clause.mentions:
        matches = [one.entity for one in mention.of(ASSET_KINDS)]
        if mention.weak or not matches or set(mention.tokens) & used:
            continue
        inside = [
            one
            for one in matches
            for m in sources
            if m is not mention and m.of(KINDS["source"])[0].entity.contains(one)
        ]
        tables = [one for one in matches if one.kind != "column"]
        chosen = inside or tables or matches
        if len(chosen) > 1:
            return [], tuple(chosen), used
        found += chosen
        used |= set(mention.tokens)
    for mention in where.values():
        used |= set(mention.tokens)
        source = mention.of(KINDS["source"])[0].entity
        if not any(source.contains(one) for one in found):
            found.append(source)
    if not found:
        it = next(
            (i for i, token in enumerate(clause.tokens) if token.word in ("it", "this")), None
        )
        one = Context(focus).one(ASSET_KINDS) if it is not None else None
        if isinstance(one, Entity) and it is not None:
            return [one], (), {it}
    outer = [one for one in found if any(one.contains(other) for other in found)]
    return [one for one in found if one not in outer], (), used


def _assets(one: Entity, lexicon: Lexicon) -> tuple[Entity, ...]:
    """What is documented of what is named: of a source all its tables and views."""
    return lexicon.within(one, frozenset({"table", "view"})) if one.kind == "source" else (one,)


def _of(one: Entity, part: str) -> dict[str, object]:
    return {"asset": one.id, "parts": part} if part and one.kind != "column" else {"asset": one.id}
