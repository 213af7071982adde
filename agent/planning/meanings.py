"""Questions for a meaning: "what is a data contract", "how does a tag differ from a term".

Whole messages only, and only about words without a name beside them: "what is the lineage of
orders" asks for the lineage. A term of the customer's own glossary comes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.lexicon import Lexicon
from agent.planning.terms import Term, term
from agent.planning.text import parts
from agent.planning.types import Card, Understanding

_OPENING = (
    r"^(?:(?:hi|hello|hey|ok|okay|so|and|please|i have a question|quick question)[,:.! ]+)*"
    r"(?:(?:can|could|would) you (?:please )?(?=explain|tell|describe|define)|"
    r"(?:i (?:don['’]t|do not) (?:understand|know|get)|i(?:['’]d| would) like to (?:know|understand)|"
    r"i want to (?:know|understand)|help me (?:to )?understand|do you know)(?: what)? )?"
)
_HERE = (
    r"(?: (?:exactly|mean|means|here|actually|again|in (?:racine|this (?:product|tool|platform|"
    r"system|catalog|app|context)|the (?:product|catalog|platform|tool|app)|data (?:governance|"
    r"management)|simple (?:words|terms)|plain english|general|governance|your (?:system|tool))))*"
    r"(?:,? (?:and )?(?:why (?:do we need (?:it|one|them)|is it (?:important|needed|useful)|"
    r"does it matter)|how (?:does it work|do they work|do (?:i|we) use (?:it|one|them)|is it used)|"
    r"when (?:should|do|would) (?:i|we) use (?:it|one|them)))?[ ?.!]*$"
)
_X, _A = r"[\"“'‘]?(?P<x>[\w][\w -]{1,48}?)[\"”'’]?", r"(?:an? |the (?:term|word|status|label) )?"
_MEANING = tuple(
    re.compile(_OPENING + pattern + _HERE, re.IGNORECASE)
    for pattern in (
        rf"(?:tell me |explain(?: to me)? )?what(?: is|['’]s| are) {_A}{_X}",
        rf"(?:tell me |explain(?: to me)? )?what (?:is|are) meant (?:by|with) {_A}{_X}",
        rf"(?:tell me |explain(?: to me)? )?what {_A}{_X} (?:is|are|means?)",
        rf"what (?:does|do|would) (?:an? |the (?:term |word |status |label |mark )?|it )?"
        rf"(?:mean (?:for (?:a|an) [\w ]+ )?(?:if|that|when|to be) (?:[\w ]+ )?(?:is |be )?)?{_X}"
        r" (?:mean|means|stand for|do|refer to)",
        rf"what does it mean (?:for an? [\w ]+ to be|(?:if|when|that) an? [\w ]+ is|to be) {_X}",
        rf"(?:please )?(?:define|explain|describe)(?: (?:to )?(?:me|us))? {_A}(?:the (?:concept|idea|"
        rf"meaning|role|purpose) of )?(?:an? )?{_X}",
        rf"(?:what is |what['’]s |give me |show me )?(?:the |a )?(?:meaning|definition|concept|"
        rf"purpose|point|benefit|importance) of {_A}{_X}",
        rf"(?:explain )?how (?:does|do) {_A}(?:the )?{_X} work",
        rf"how (?:is|are) {_A}(?:the )?{_X} (?:computed|calculated|determined|measured|defined|"
        r"worked out)",
        rf"why (?:do|would|should) (?:we|i|you|one) (?:need|have|use|want) {_A}{_X}",
        rf"(?:what (?:is|are)|what['’]s) {_A}{_X} (?:for|good for|used for|about)",
        rf"when (?:should|do|would) (?:i|we) (?:use|create|make|need) {_A}{_X}",
    )
)
_BETWEEN = rf"{_A}(?:the )?{_X} (?:and|versus|vs\.?|or|from|to|than|with) (?:an? |the )?(?P<y>[\w][\w -]{{1,40}}?)"
_DIFFERENCE = tuple(
    re.compile(_OPENING + pattern + _HERE, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:what|where)(?: is| are|['’]s)|explain|tell me|describe|show me)?(?: me)? ?(?:the )?"
        rf"(?:main |key )?(?:differences?|distinction) between {_BETWEEN}",
        rf"how (?:does|do|is|are) {_A}{_X} (?:differ|different|distinct|related|relate|compare)"
        r"(?:d)? (?:from|to|with|than) (?:an? |the )?(?P<y>[\w][\w -]{1,40}?)",
        rf"{_A}{_X} (?:vs\.?|versus) (?:an? |the )?(?P<y>[\w][\w -]{{1,40}}?)",
        rf"(?:should i|do i|when (?:should|do) (?:i|we)) use {_BETWEEN}",
    )
)


def meant(text: str, lexicon: Lexicon, cards: Mapping[str, Card]) -> Understanding | None:
    """The meaning that a message asks for, or the difference of two; None where it asks for none."""
    said = " ".join(text.split())
    for pattern in _DIFFERENCE:
        found = pattern.match(said)
        both = (term(found["x"]), term(found["y"])) if found else (None, None)
        if both[0] is not None and both[1] is not None and both[0] is not both[1]:
            told = "\n".join(f"- {_told(one)}" for one in both if one)
            return _understood(f"These are two things:\n{told}", *filter(None, both))
    for pattern in _MEANING:
        found = pattern.match(said)
        one = term(found["x"]) if found else None
        if one is None or found is None:
            continue
        if any(match.entity.kind == "term" for match in lexicon.named(parts(found["x"]))):
            return None
        return _understood(_told(one), one)
    return None


def _told(one: Term) -> str:
    name = one.name.upper() if len(one.name) < len("term") and one.name != "tag" else one.name
    return f"**{name[:1].upper()}{name[1:]}**: {one.meaning}."


def _understood(told: str, *terms: Term) -> Understanding:
    operations = dict.fromkeys(name for one in terms for name in one.operations)
    return Understanding(told=told, instead=tuple(operations))
