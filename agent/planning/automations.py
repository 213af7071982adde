"""Several steps that are to become a workflow, in words: "every Monday scan crm, then judge it".

Whole messages only: what is asked for with a time, or as a workflow, is left in its own words for
`workflows.propose`, which makes a definition of them; a plan then saves and schedules it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.absent import wish
from agent.planning.types import Call, Card, Understanding
from agent.planning.vocabulary import POLITELY

PROPOSE = "workflows.propose"
_MADE = r"(?:make|create|build|set ?up|write|define|design|generate|draft|propose|add|configure)"
_THING = r"(?:workflow|pipeline|automation|job|process|playbook|orchestration|routine|runbook)"
_CALLED = r"(?: (?:called|named) (?:[\"“][^\"”]+[\"”]|[\w-]+))?"
MAKING = re.compile(
    rf"{POLITELY}(?:(?:{_MADE}|i want|i need|give me|we need) (?:me |us )?(?:an? |the )?"
    rf"(?:(?!{_THING})[\w-]+ ){{0,3}}?{_THING}{_CALLED} ?"
    r"(?::|,|(?P<that>that|which|where|so that)\b|(?:to|for)\b)|"
    r"automate (?:(?:our|the|my|a) [^:,.;]{3,60}:|(?=\w+ing\b)))\s*",
    re.IGNORECASE,
)
# "… and tell me": nothing is sent, and it is no step.
TELLS = re.compile(
    r"(?:,\s*(?:and\s+|then\s+)*|\s+(?:and|then)\s+(?:then\s+)?)(?:please\s+)?"
    r"(?:(?:tell|notify|inform|alert|message|ping|e-?mail|update)\s+(?:me|us)|"
    r"(?:let|keep)\s+(?:me|us)\s+(?:know|informed|posted)|"
    r"(?:report|send|give)\s+(?:it\s+|them\s+|back\s+)?(?:to\s+)?(?:me|us))\b"
    r"(?:\s+(?:about|of|by|via|on|with|what|how|when|the|it|that|about it)\b[^,;.]*)?",
    re.IGNORECASE,
)
_FROM_TEMPLATE = re.compile(r"\b(?:from|by|with|out of) (?:the |a )?(?:[\w-]+ )?template\b", re.I)


def as_workflow(request: str) -> Call:
    """The call that makes a definition of a request."""
    return Call(PROPOSE, {"request": " ".join(request.split())})


def automated(text: str, cards: Mapping[str, Card]) -> Understanding | None:
    """The workflow that a message asks for; None where it asks for none."""
    if PROPOSE not in cards or not MAKING.match(text) or _FROM_TEMPLATE.search(text):
        return None
    cannot = wish(TELLS.sub("", text))
    if cannot is not None and cannot.firm:
        return Understanding(honest=cannot.answer, instead=cannot.instead, heard=text)
    return Understanding((as_workflow(text),), heard=text)
