"""The notation of frames, and its translation into regular expressions.

A frame matches a whole clause, from its imperative on: `a|b` one of these words · `[…]` may be
left out · `(a b|c)` phrases · `{slot}` the words of an argument, `{slot!}` the name of something
known · `~` words that add nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from agent.planning.vocabulary import VALUES

_WORDS = r"\S+(?: \S+){0,7}?"
_ENVIRONMENTS = "|".join(
    word.strip() for words in VALUES["environment"].values() for word in words.split(",")
)
_SLOTS = {
    "location": r"[§¶]\d+",
    "email": r"¤\d+",
    "quoted": r"§\d+",
    "environment": rf"(?:{_ENVIRONMENTS})",
    "those": r"(?:it|them|this|that|those|these|both)",
    "activity": r"(?:[a-z]*[-_]?\d+|[0-9a-f-]{8,}|[a-z]+_\w+)",
    **dict.fromkeys(
        ("workflow", "pipeline", "schedule", "template", "policy", "rule", "task"),
        r"[a-z0-9][\w.:-]*",
    ),
    **dict.fromkeys(("domain", "parent", "team", "term", "title"), r"\S+(?: \S+){0,3}?"),
    "format": r"(?:csv|json|yaml)",
    "tag": r"\S+(?: \S+){0,2}?",
    "name": r"\S+(?: \S+){0,3}?",
    **dict.fromkeys(("description", "note", "memory"), r"\S.*?"),
    "alias": r"\S+(?: \S+){0,3}?",
    # …but no further request, which would be passed over
    "anything": (
        r"(?!.*\band (?:(?:ask|tell|let|email|inform|wait|report|alert|remind)s?|notif(?:y|ies)) )"
        r"\S.*?"
    ),
}
_NOISE = (
    "source|sources|database|databases|db|connection|file|files|folder|directory|sqlite|duckdb|"
    "warehouse|instance|server|cluster|datastore|store|lakehouse|lake|storage|"
    "postgres|postgresql|mysql|csv|parquet|json|excel|data|new|up|in|to|at|from|all|tables"
)


@dataclass(frozen=True)
class Frame:
    """A sentence that asks for `operation`; `asks` names the slot that it leaves open."""

    operation: str
    pattern: str
    asks: str | None = None

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(_sequence(self.pattern) + r"$")

    @cached_property
    def greedy(self) -> re.Pattern[str]:
        """The same, with as many words as possible in the slots that stand first."""
        return re.compile(self.regex.pattern.replace("}?)", "})"))

    @cached_property
    def strict(self) -> frozenset[str]:
        """The slots whose words must name something that is known."""
        return frozenset(re.findall(r"{(\w+)!}", self.pattern))

    @cached_property
    def literals(self) -> frozenset[str]:
        """The words it begins with, so that most frames are never tried."""
        first = self.pattern.split(" ", 1)[0]
        return frozenset() if first[0] in "{[(~" else frozenset(first.split("|"))


def _sequence(pattern: str) -> str:
    out, rest = "", pattern
    while rest := rest.lstrip():
        item, rest = _item(rest)
        out += item
    return out


def _item(rest: str) -> tuple[str, str]:
    """The first item as a regular expression that ends in a space, and what follows it."""
    if rest[0] == "[":
        end = _closing(rest)
        return f"(?:{_sequence(rest[1:end])})?", rest[end + 1 :]
    if rest[0] == "(":
        phrases, _, rest = rest[1:].partition(")")
        return "(?:" + "|".join(map(re.escape, phrases.split("|"))) + ") ", rest
    if rest[0] == "{":
        name, _, rest = rest[1:].partition("}")
        name = name.rstrip("!")
        return f"(?P<{name}>{_SLOTS.get(name, _WORDS)}) ", rest
    if rest[0] == "~":
        return f"(?:(?:{_NOISE}) )*", rest[1:]
    alternatives, _, rest = rest.partition(" ")
    return f"(?:{alternatives}) ", rest


def _closing(rest: str) -> int:
    depth = 0
    for end, character in enumerate(rest):
        depth += {"[": 1, "]": -1}.get(character, 0)
        if not depth:
            return end
    raise ValueError(f"Frame '{rest}' has no closing bracket. Add the missing ']'.")
