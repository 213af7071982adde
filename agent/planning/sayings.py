"""Requests that are made by other names elsewhere, each with the sentence that asks for it here.

Whole messages only; what the sentence comes to is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agent.planning.types import Understanding

_SHOW = r"(?:(?:show|give|list|tell|get|find)(?: me| us)?|what(?:['’]s| is| are)|which)"
_WHAT = r"(?P<what>[\w./-]+(?: [\w./-]+){0,2}?)"
_HOLDERS = r"(?P<holders>tables?|data ?sets?|columns?|fields?|entities|assets|data|sources?)"
_LAWS = {
    "gdpr": ("GDPR", "personal"),
    "ccpa": ("The CCPA", "personal"),
    "hipaa": ("HIPAA", "health"),
    "pci": ("PCI DSS", "payment"),
}
_LAW = r"(?P<law>gdpr|ccpa|hipaa|pci)(?:[ -]?dss)?"
_REGULATED = re.compile(
    rf"^\W*(?:{_SHOW} )(?:all |the |our )*{_HOLDERS}(?: that| which)?"
    r"(?: (?:are|is|falls?|contains?|holds?|have|has|with|stores?))? ?"
    r"(?:subject to|under|in scope (?:of|for)|"
    rf"regulated by|covered by|relevant (?:to|for))? ?(?:the )?{_LAW}"
    r"(?:[ -](?:sensitive|relevant|regulated|related|protected|scoped|covered))?"
    r"(?: (?:data|information|regulation|columns|fields|scope))?[?.! ]*$",
    re.IGNORECASE,
)
# Each form with the sentence that asks for it here
_SAYINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^\W*{form}[?.! ]*$", re.IGNORECASE), sentence)
    for form, sentence in (
        (
            rf"{_SHOW} (?:the |our )?(?:description|descriptions|docs?|metadata) coverage "
            rf"(?:of|for|in) (?:the )?(?:database |source |schema )?{_WHAT}",
            "what is the documentation coverage of {what}?",
        ),
        (
            rf"{_SHOW} (?:is |are )?(?:on )?(?:my|the|our) (?:\w+ ){{0,2}}?to-?dos?"
            r"(?: list| items)?(?: (?:for )?today)?",
            "List my open tasks",
        ),
        (
            r".*\b(?:what|which|any|show|list|are there|do we have)\b.*\b"
            r"(?:governance |data |our )*(?:red flags|warning signs|hot ?spots)\b.*",
            "What insights do you have across all groups?",
        ),
        (
            r"(?:replace|swap|change|exchange) (?:the )?tag (?P<old>[\w:-]+) "
            r"(?:with|by|for|to|into) (?:the tag )?(?P<new>[\w:-]+) "
            r"(?:on|of|for|in) (?:the )?(?P<what>[\w./]+)(?: table)?",
            "Remove the tag {old} from {what} and tag {what} as {new}",
        ),
        (
            r"(?:propose|draft|make|create|write|give me|suggest|prepare) (?:a |the )?"
            rf"(?:remediation|mitigation|action|clean-?up) plan (?:for|of|on) (?:the )?{_WHAT}",
            "What is wrong in {what}?",
        ),
        (
            rf"{_SHOW} (?:the |all )*(?:unused|stale|unqueried) (?:tables?|data ?sets?|assets) "
            rf"(?:in|of|from) (?:the )?{_WHAT}",
            "Which tables of {what} has nobody used for 90 days?",
        ),
        (
            r"(?:sweep|check|review|look at|monitor) (?:all |our |the )*"
            r"(?:pipelines|workflows|dags|jobs) "
            r"for (?:.*\b(?:success|fail\w*|stuck|slow|errors?|health)\b.*)",
            "How do our workflows do?",
        ),
    )
)  # fmt: skip


def said_otherwise(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """What a message comes to in the words of this product; None where it isn't one of these."""
    said = " ".join(text.split())
    if (asked := _REGULATED.match(said)) is not None:
        law, category = _LAWS[asked["law"].lower()]
        holders = asked["holders"].lower().replace("entities", "tables").replace("assets", "tables")
        heard = hear(f"which {holders} contain {category} data")
        return _taken(heard, f"{law} is about {category} data; where that is, by its labels:")
    for form, sentence in _SAYINGS:
        if (found := form.match(said)) is not None:
            return _taken(hear(sentence.format_map(found.groupdict())))
    return None


def _taken(heard: Understanding, told: str = "") -> Understanding | None:
    if heard.not_understood or not (heard.calls or heard.question):
        return None
    return replace(heard, told=told or heard.told)
