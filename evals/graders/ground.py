"""What graders know besides the answer itself: the state, the service, and what they can read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evals.cases import Truth
from evals.client import Client
from evals.state import Difference, State

_NAMED = {
    "tables": ("assets",),
    "columns": ("columns",),
    "sources": ("sources",),
    "people": ("people",),
    "roles": ("roles",),
    "labels": ("labels",),
    "rules": ("rules",),
    "workspaces": ("workspaces",),
}
_TITLES = {"frameworks": "name", "rules": "id"}


@dataclass(frozen=True)
class Ground:
    """The firm ground of a grading: nothing here comes from the answer."""

    asker: Client
    reader: Client
    state: State
    changed: list[Difference] = field(default_factory=list)

    @cached_property
    def ids(self) -> dict[str, str]:
        """The name of every record that the state holds, by its id."""
        return {
            str(record["id"]): name
            for of in self.state.values()
            for name, record in of.items()
            if "id" in record
        }

    @cached_property
    def tables(self) -> list[str]:
        """Tables and views by their full names."""
        return list(self.state.get("assets", {}))

    def known(self, kind: str) -> list[str]:
        """Every name of a kind that there is."""
        if kind in _TITLES:
            return [str(r[_TITLES[kind]]) for r in self.state.get(kind, {}).values()]
        return [name for facet in _NAMED[kind] for name in self.state.get(facet, {})]

    def named(self, kind: str, text: str) -> set[str]:
        """Which of the known names of a kind a text mentions: the longest that fits, whole."""
        known = self.known(kind)
        all_names = {*known, *self.known("columns")} if kind == "tables" else set(known)
        return mentioned(text, all_names) & set(known)

    async def truth(self, wanted: Truth) -> list[Any]:
        """What the service itself says is true, read by an operation."""
        result = await self.reader.read(wanted.operation, wanted.arguments)
        return pick(result, wanted.pick)

    def same(self, expected: Any, given: Any) -> bool:
        """Whether two values of an argument mean the same: names in any case, or an id."""
        if isinstance(expected, dict) and set(expected) == {"one_of"}:
            return any(self.same(one, given) for one in expected["one_of"])
        if isinstance(expected, list) and isinstance(given, list):
            return len(expected) == len(given) and all(map(self.same, expected, given))
        if isinstance(expected, dict) and isinstance(given, dict):
            return expected.keys() == given.keys() and all(
                self.same(expected[key], given[key]) for key in expected
            )
        if isinstance(expected, str) and isinstance(given, str):
            return self._plain(expected) == self._plain(given)
        if isinstance(expected, bool) or isinstance(given, bool):
            return expected is given
        return bool(expected == given)

    def _plain(self, value: str) -> str:
        name = self.ids.get(value, value).casefold().strip()
        ends = [t for t in self.tables if t.casefold().endswith(f".{name}")]
        return ends[0].casefold() if len(ends) == 1 else name


def pick(value: Any, path: str) -> list[Any]:
    """The values at a path: `total`, `items[].name`, `columns[].labels[]`; `.` is all of it."""
    found = [value]
    for part in [] if path == "." else path.split("."):
        name, each = part.removesuffix("[]"), part.endswith("[]")
        found = [one[name] for one in found if isinstance(one, dict) and name in one]
        if each:
            found = [inner for one in found for inner in (one or [])]
    return found


def mentioned(text: str, names: Iterable[str]) -> set[str]:
    """The names that stand in a text as whole words, the longest where several fit."""
    by_folded = {name.casefold(): name for name in names if name}
    if not by_folded:
        return set()
    longest_first = sorted(by_folded, key=len, reverse=True)
    found = re.finditer(
        rf"(?<![\w./-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/-]|\.\w)",
        text.casefold(),
    )
    return {by_folded[match.group()] for match in found}


def says(text: str, word: str) -> bool:
    """Whether a text holds a word or a number as a whole; 1,500 is 1500."""
    text, word = _plain_numbers(text).casefold(), _plain_numbers(word).casefold()
    start = r"(?<![\w])" if word[:1].isalnum() else ""
    end = r"(?![\w])" if word[-1:].isalnum() else ""
    if word.replace(".", "", 1).isdigit():
        start, end = r"(?<![\w.,])", r"(?![\w]|[.,]\d)"
    return re.search(f"{start}{re.escape(word)}{end}", text) is not None


def _plain_numbers(text: str) -> str:
    return re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3}(?!\d))", "", text)
