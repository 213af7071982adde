"""A glossary term in a sentence: "Define the business term Churn as …", "Add MRR to the glossary".

Whole messages only. Where the meaning isn't said, it is asked for; nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.clause import Clause
from agent.planning.lexicon import Lexicon
from agent.planning.slots import KINDS
from agent.planning.text import tokenize
from agent.planning.types import Call, Card, Understanding
from agent.planning.vocabulary import POLITELY

CREATE, LINK = "catalog.create_glossary_term", "catalog.link_glossary_term"
LONGEST = 6  # words of a name
_MAKE = r"(?:define|create|add|make|write|document|register|introduce|set up|put|record|propose)"
_NOUN = (
    r"(?:(?:business|glossary|data|kpi|metric) )*(?:terms?|definition|concept|glossary entry|"
    r"entry in the (?:business )?glossary)"
)
_NAME = r"(?:[\"“'‘](?P<quoted>[^\"”'’]+)[\"”'’]|(?P<plain>[\w&/%][\w&/%' -]*?))"
_GLOSSARY = r"(?: (?:to|in|into|in our|to our) (?:the |our )?(?:business |data )?glossary)?"
_MEANS = (
    r"(?:\s*(?::|=|[–—])\s*|,? (?:defined )?as |,? meaning |,? (?:that|which) means |,? means |"
    r",? with (?:the |a )?(?:definition|meaning|description)(?: of)?:? |,? defined by )"
)
_TERM = re.compile(
    rf"{POLITELY}{_MAKE} (?:an? |the |our |new )*(?P<noun>{_NOUN})"
    rf"(?: (?:for|called|named|of))?:? {_NAME}{_GLOSSARY}(?:{_MEANS}(?P<means>.+?))?[.!?]*$",
    re.IGNORECASE | re.DOTALL,
)
_TO_GLOSSARY = re.compile(
    rf"{POLITELY}(?:add|put|include|enter) (?:the term )?{_NAME} "
    r"(?:to|in|into) (?:the |our )?(?:business |data )?glossary(?: as a term)?"
    rf"(?:{_MEANS}(?P<means>.+?))?[.!?]*$",
    re.IGNORECASE | re.DOTALL,
)
_DEFINE = re.compile(
    rf"{POLITELY}define {_NAME} (?:as|to mean) (?P<means>.+?)[.!?]*$", re.IGNORECASE | re.DOTALL
)
_OWNED = re.compile(
    r",? (?:and )?(?:owned by|with (?:the )?owner|(?:make|set) (?P<made>.+?) (?:as )?(?:its |the )?"
    r"owner)(?: (?P<owner>[\w.@ -]+))?$",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r",? (?:under|in|within|into|to) (?:the )?(?:business )?(?:domain (?P<after>[\w&-]+)|"
    r"(?P<before>[\w&-]+(?: [\w&-]+)?) domain)\b",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r",? (?:and )?(?:then )?(?:link|attach|apply|assign|connect|add) (?:it|this|that|the term)"
    r"(?: to| with| on)? (?P<asset>[\w./]+)(?: table| column)?[.!]*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:rule|policy|role|domain|check|label|quality|detector|workflow|pipeline|schedule|"
    r"standard|table|column|contract|product|link|tag)s?\b",
    re.IGNORECASE,
)


def termed(text: str, lexicon: Lexicon, cards: Mapping[str, Card]) -> Understanding | None:
    """The glossary term that a message wants made; None where it wants something else."""
    said = " ".join(text.split())
    linked = _LINKED.search(said)
    said = said[: linked.start()] if linked else said
    lies = _DOMAIN.search(said)
    said = f"{said[: lies.start()]}{said[lies.end() :]}" if lies else said
    found = _TERM.match(said) or _TO_GLOSSARY.match(said) or _DEFINE.match(said)
    if found is None or CREATE not in cards:
        return None
    name = (found["quoted"] or found["plain"] or "").strip()
    means = (found["means"] or "").strip()
    arguments: dict[str, object] = _place(lies, lexicon) if lies else {}
    owned = _OWNED.search(means or name)
    if owned is not None:
        who = owned["owner"] or owned["made"] or ""
        owner = Clause(who, tokenize(who), lexicon).only(KINDS["person"])
        if owner is None:
            return None
        arguments["owner"] = owner.id
        if means:
            means = means[: owned.start()]
        else:
            name = name[: owned.start()]
    plainly = found.re is not _TERM and not found["quoted"]
    if not name or len(name.split()) > LONGEST or (plainly and _OTHERS.search(name)):
        return None
    if not means:
        return Understanding(
            question=f"What does “{name}” mean? Say its definition, and I propose the term.",
            asks=CREATE,
            slot="definition",
            given={"name": name} | arguments,
            heard=text,
        )
    if means[0] in "\"“'‘" and means[-1] in "\"”'’":
        means = means[1:-1]
    calls = [Call(CREATE, {"name": name, "definition": means, **arguments})]
    if linked:
        assets = lexicon.find(linked["asset"], KINDS["asset"])
        if len(assets) != 1:
            return None
        term = {"$ref": "0.id"}
        calls.append(Call(LINK, {"term": term, "asset": assets[0].entity.id}, (0,)))
    return Understanding(tuple(calls), heard=text)


def _place(said: re.Match[str], lexicon: Lexicon) -> dict[str, object]:
    """The domain that a term is to lie in."""
    name = said["after"] or said["before"]
    known = lexicon.find(name, KINDS["domain"])
    return {"domain": known[0].entity.id if len(known) == 1 else name}
