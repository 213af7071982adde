"""A compliance rule in a sentence: "Add a rule that every table with card data has an owner".

Whole messages only. What is judged and what has to hold must both be understood to the last word;
otherwise nothing is made of it here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.concepts import value
from agent.planning.dates import number
from agent.planning.lexicon import Lexicon
from agent.planning.text import parts, tokenize
from agent.planning.types import Call, Card, Understanding

CREATE, TRY = "compliance.create_rule", "compliance.test_rule"
SURE = 0.8  # of a match, to be what is named
LONGEST = 120  # of a title
_RULE = (
    r"(?:an? |the )?(?:new )?(?:(?:low|medium|high|critical)(?:[- ]severity)? )?"
    r"(?:compliance |governance |data )?(?:rule|policy)"
)
_OPENING = re.compile(
    rf"^(?:please |can you |could you )*(?:(?P<make>create|add|make|define|set up|introduce)|"
    rf"(?P<try>what would|try|test)) {_RULE}(?: find)?[,:]? ?"
    r"(?:that |which |saying |demanding |requiring |says |demands |requires )*",
    re.IGNORECASE,
)
_SEVERE = re.compile(
    r",? (?:with (?:a )?|and )?(?:severity:? (?:of )?(?:low|medium|high|critical)|"
    r"(?:low|medium|high|critical) severity)(?=[.!]*$)",
    re.IGNORECASE,
)
_KINDS = {
    "table": "tables?|datasets?",
    "column": "columns?|fields?",
    "source": "(?:data )?sources?|databases?",
}
_SAID = re.compile(
    r"(?:every|all|each|any)? ?(?P<level>public|internal|confidential|restricted)? ?"
    rf"(?:{'|'.join(f'(?P<{kind}>{said})' for kind, said in _KINDS.items())})"
    r"(?P<scope> .*?)?? (?:must|should|shall|has to|have to|needs? to|needs?|has|have|is|are)\b ?"
    r"(?P<demand>.+?)[.!?]*$",
    re.IGNORECASE,
)  # fmt: skip
_TAGGED = re.compile(r"^ ?(?:tagged|with the tag|labelled as) (?:as |with )?(\S+)$", re.IGNORECASE)
_HOLDS = re.compile(r"^ ?(?:with|holding|containing|that holds?|of|having) (.+)$", re.IGNORECASE)
_PLACED = re.compile(r"^ ?(?:in|of) (?:the )?(\w+)(?: environment)?$", re.IGNORECASE)
_DAYS = re.compile(r"(\w+) (day|week|month)s?\b|\b(day|week|month)\b", re.IGNORECASE)
_WITHIN = (
    r"(?:at least )?(?:once )?(?:every|each|within|per|a|in)? ?(?:the )?(?:last )?(?:\w+ )?"
    r"(?:day|week|month)s?"
)
_LENGTHS = {"day": 1, "week": 7, "month": 30}
# What may be demanded: its type, whether it takes days, and how a failure is mended.
_DEMANDS: tuple[tuple[str, str, bool, str], ...] = (
    (r"(?:have |be )?(?:an? )?(?:owner|owners|owned)", "has_owner", False,
     "Set an owner."),
    (r"(?:have |be )?(?:an? )?(?:descri\w+|document\w+)", "has_description", False,
     "Describe what it holds and why."),
    (r"(?:be )?certified", "certified", False, "Certify it, or mend what stands against it."),
    (r"(?:be )?scanned " + _WITHIN, "scanned_within", True, "Scan it, best on a schedule."),
    (r"(?:be )?profiled " + _WITHIN, "profiled_within", True, "Profile it."),
    (r"(?:have |be )?(?:an? )?(?:quality )?checks?(?:ed)?", "has_quality_check", False,
     "Define a quality check for it."),
    (r"(?:be )?(?:updated|refreshed|loaded) " + _WITHIN, "fresh", True, "Load it again."),
    (r"(?:have |declare )?(?:an? )?retention(?: (?:period|tag))?", "retention_tag", False,
     "Tag it with its period, for example retention:6y."),
    (r"(?:have |be )?(?:its |their |an? )?(?:reviewed|confirmed)(?: classifications?| labels?)?",
     "has_classification_reviewed", False, "Confirm or reject what the scans suggest."),
)  # fmt: skip


def ruled(text: str, lexicon: Lexicon, cards: Mapping[str, Card]) -> Understanding | None:
    """The rule that a message wants made or tried; None where it isn't understood whole."""
    opening = _OPENING.match(" ".join(text.split()))
    if opening is None:
        return None
    body = _SEVERE.sub("", " ".join(text.split())[opening.end() :])
    said = _SAID.match(body)
    operation = CREATE if opening["make"] else TRY
    judged = said and _judged(said, lexicon)
    demanded = said and _demanded(said["demand"])
    if not judged or not demanded or operation not in cards:
        return None
    applies_to, unless = judged
    condition, remedy = demanded
    if unless:  # what isn't tagged so passes
        condition = {
            "type": "any_of",
            "conditions": [{"type": "not", "condition": unless}, condition],
        }
    arguments: dict[str, object] = {"applies_to": applies_to, "condition": condition}
    if operation == CREATE:
        title = f"{body[:1].upper()}{body[1:]}".rstrip(".!?")[:LONGEST]
        severity = value("severity", tokenize(text))
        arguments |= {
            "title": title,
            "description": f"{title}.",
            "severity": severity[0] if severity else "medium",
            "remedy": remedy,
        }
    return Understanding((Call(operation, arguments),), heard=text)


def _judged(
    said: re.Match[str], lexicon: Lexicon
) -> tuple[dict[str, object], dict[str, object] | None] | None:
    """What a rule applies to, and what it demands this for only; None for words not understood."""
    kind = next(name for name in _KINDS if said[name])
    found: dict[str, object] = {"kinds": [kind]}
    if said["level"]:
        found["sensitivity_at_least"] = said["level"].lower()
    scope = (said["scope"] or "").strip()
    if not scope:
        return found, None
    if tagged := _TAGGED.match(scope):
        return found, {"type": "tag_present", "any_of": [tagged[1].strip("'\"“”")]}
    placed = _PLACED.match(scope)
    if placed and (meant := value("environment", tokenize(placed[1]))):
        return found | {"environments": [meant[0]]}, None
    held = _HOLDS.match(scope)
    named = [m.entity for m in lexicon.named(parts(held[1])) if m.score >= SURE] if held else []
    for one in named:
        if one.kind in ("label", "label_group"):
            return found | {"labels" if one.kind == "label" else "categories": [one.id]}, None
    return None


def _demanded(demand: str) -> tuple[dict[str, object], str] | None:
    """The condition in words, and how its failure is mended."""
    for pattern, kind, timed, remedy in _DEMANDS:
        if re.fullmatch(pattern, demand.strip(), re.IGNORECASE) is None:
            continue
        if not timed:
            return {"type": kind}, remedy
        days = _DAYS.search(demand)
        if days is None:
            return None
        count = number((days[1] or "1").lower()) or 1
        return {"type": kind, "days": count * _LENGTHS[(days[2] or days[3]).lower()]}, remedy
    return None
