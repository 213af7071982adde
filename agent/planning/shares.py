"""Shares: "what percentage of tables has an owner" is two lists, of which one is part of the other.

What asks for the share is taken out of the request; what is left is read as a list, and the list
that it is a part of is the same without what narrows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agent.planning.types import Call, Shape, Understanding

_SHARE = re.compile(
    r"(?:\b(?:what|which|how (?:many|much|big|large|high)(?: is| are)?|show(?: me)?|tell me|"
    r"give me|what is|what's|what are)\s+)?(?:the |a |in )*"
    r"(?:\b(?:percentages?|percents?|per cents?|shares?|proportions?|fractions?|ratios?|"
    r"(?<=what )part)\b|%)"
    r"(?: rates?)?(?: of)?(?: (?:all|the|our|my))*\s+",
    re.IGNORECASE,
)
_COMPLETE = re.compile(
    r"\b(?:how (?:complete|well) (?:is|are)|(?:what is|what's) the)?\s*(?P<what>owner(?:ship)?|"
    r"description|documentation|classification|tag|lineage) (?:coverage|completeness)\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\bhow much of (?:our |the |all )*(?:data|catalog(?:ue)?|inventory) "
    r"(?P<verb>is|has|have|are|was)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[,;]? (?:in|as a) (?:percent(?:age)?|per cent|%)|[ ?.!]+$", re.IGNORECASE)
_THINGS = (
    r"(?P<noun>tables?|views?|columns?|fields?|datasets?|assets?|data sources?|databases?|"
    r"sources?|findings?|people|users?|accounts?|labels?|scans?|terms?|glossary terms?|tasks?)"
)
_PART = re.compile(
    rf"(?P<of>[\w./-]+ )?{_THINGS}(?P<place> (?:in|of|from) (?:the )?[\w./-]+)?\s+"
    r"(?P<rest>(?:is|are|was|were|has|have|had|do|does|with|without|that|which|who|whose|lack\w*|"
    r"contain\w*|hold\w*|carr\w*|bear\w*|stor\w*|marked|tagged|classified|owned|documented)\b.*)",
    re.IGNORECASE | re.DOTALL,
)

MOST_READ = 500


def share(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """The part and the whole that a request for a share asks for; None where it is none.

    Args:
        hear: what a request comes to that speaks of no share.
    """
    covered = _COMPLETE.search(text)
    if covered is not None:
        text = f"percentage of tables {text[covered.end() :].strip(' ?.!')} have {covered['what']}"
    text = _OF_ALL.sub(lambda found: f"percentage of tables {found['verb']} ", text)
    asked = _SHARE.search(text)
    part = _PART.search(text, asked.end()) if asked else None
    if part is None:
        return None
    named = f"{part['of'] or ''}{part['noun']}"
    noun, place, rest = part["noun"], part["place"] or "", _TAIL.sub("", part["rest"])
    narrow = _list_of(hear(f"which {named}{place} {rest}"))
    whole = _list_of(hear(f"list all {named}{place}"))
    if narrow is None or whole is None or narrow.arguments == whole.arguments:
        return None
    shape = Shape(measure=rest, noun=noun, share=True)
    narrow = replace(narrow, arguments={**narrow.arguments, "limit": MOST_READ})
    return Understanding(tuple(replace(one, shape=shape) for one in (narrow, whole)))


def _list_of(heard: Understanding) -> Call | None:
    """The only call of what is heard, if it is clear."""
    clear = not (heard.question or heard.not_understood or heard.smalltalk)
    return heard.calls[0] if clear and len(heard.calls) == 1 else None
