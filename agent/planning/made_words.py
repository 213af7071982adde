"""What a message makes and then speaks of: "create the domain Sales and move orders into it".

"It" is put back as the name, and a name that a call of this message brings about stands for what
that call returns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.planning.types import Call

_NOUN = r"(?:business domain|domain|team|workspace|glossary term|business term|term)"
_MADE = re.compile(
    r"\b(?i:create|add|make|set up|define|open) (?i:an? |the |new )*"
    rf"(?P<noun>(?i:{_NOUN})) (?i:called |named |for (?:the )?)?"
    r"(?P<name>[\"“'‘][^\"”'’]+[\"”'’]|[A-Z][\w&-]*(?: [A-Z][\w&-]*)*|[\w-]+)"
    r"(?P<more>.*?)(?P<joint>(?:,|;|\.)? (?:and|then|and then) |[;.] )(?P<rest>.*\bit\b.*)$",
    re.DOTALL,
)
_IT = re.compile(r"\b(?P<before>into|to|in|with|of|on|for|link|attach|assign|add) it\b", re.I)
# What a call makes, and the arguments of later calls that can mean it.
_MEANS: Mapping[str, tuple[str, ...]] = {
    "catalog.create_domain": ("domain", "parent"),
    "rbac.create_team": ("team",),
    "workspaces.create": ("workspace",),
    "catalog.create_glossary_term": ("term", "other"),
}


def named_again(text: str) -> str:
    """A message with the name of what it makes in place of "it"."""
    made = _MADE.search(text)
    if made is None:
        return text
    name = f"the {made['noun']} {made['name']}"
    rest = _IT.sub(lambda found: f"{found['before']} {name}", made["rest"])
    return text[: made.start("rest")] + rest


def as_made(
    arguments: Mapping[str, object], calls: Sequence[Call]
) -> tuple[dict[str, object], set[int]]:
    """Arguments with references to what earlier calls make and they name; and these calls."""
    made = {
        (argument, str(call.arguments.get("name", "")).casefold()): number
        for number, call in enumerate(calls)
        for argument in _MEANS.get(call.operation, ())
    }
    fitted, needs = dict(arguments), set()
    for argument, given in arguments.items():
        number = made.get((argument, given.casefold())) if isinstance(given, str) else None
        if number is not None:
            fitted[argument] = {"$ref": f"{number}.id"}
            needs.add(number)
    return fitted, needs
