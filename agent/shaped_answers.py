"""Ranked lists and counts by group in words, for the built-in planner.

What has no value to be ranked by is left out, and counted; what wasn't read is said, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any

from agent import plain_answers as plain
from agent.memory import SHOWN
from agent.planning.shaping import COUNTED
from agent.planning.types import Denied, Shape
from agent.wording import Mark, bullet, count, listed, moment, shown_of
from tools.values import Cited, Page

Line = Callable[[Any], str]
NOWHERE = "none"
FEW = 10  # of what a share is made of, or of what is in a group
_IN_LINE = frozenset({"severity", "sensitivity"})
_ORDERED = (
    ("low", "medium", "high", "critical"),
    ("public", "internal", "confidential", "restricted"),
)
_RANKS = {word: place for scale in _ORDERED for place, word in enumerate(scale)}


def narrowed(value: Page[Any], shape: Shape, noun: str, line: Line) -> str:
    """The items without those that are denied; all, said so, where none tells of it."""
    words = listed([one.said for one in shape.but], 3)
    if not any(_told_of(item, one) for item in value.items for one in shape.but):
        head = f"I can't tell which are “{words}”, so this is all: {count(value.total, noun)}"
        return _those(head, [line(one) for one in value.items], value, noun)
    kept = [item for item in value.items if not any(_is_so(item, one) for one in shape.but)]
    head = f"{len(kept):,} of {count(value.total, noun)} ({words})"
    return _those(head, [line(one) for one in kept], value, noun)


def _told_of(item: Any, denied: Denied) -> list[str]:
    """What an item says of what is denied of others, by id or by name."""
    fields = (denied.argument, f"{denied.argument}_id", f"{denied.argument}s")
    told = [value for one in fields if (value := getattr(item, one, None)) is not None]
    if denied.argument == "framework" and hasattr(item, "controls"):
        told.append([str(one).partition("/")[0] for one in item.controls])
    if denied.argument == "source" and hasattr(item, "qualified_name"):
        told.append(item.qualified_name.partition(".")[0])
    every = [one for some in told for one in (some if isinstance(some, list) else [some])]
    return [str(one).casefold() for one in every]


def _is_so(item: Any, denied: Denied) -> bool:
    return bool({denied.value.casefold(), denied.name.casefold()} & {*_told_of(item, denied)})


def ranked(value: Page[Any], shape: Shape, noun: str, line: Line) -> str:
    """The items that come first by a field, each with what it is ranked by."""
    if shape.empty:
        return _without(value, shape, noun, line)
    valued = [(one, at) for one in value.items if (at := _rank(_of(one, shape.field))) is not None]
    if shape.least is not None or shape.most is not None:
        return _between(value, valued, shape, noun, line)
    if not valued:
        return f"None of {count(value.total, noun)} has a {_by(shape)}."
    valued.sort(key=lambda pair: pair[1], reverse=shape.descending)
    shown = valued[: min(shape.top or SHOWN, SHOWN)]
    without = len(value.items) - len(valued)
    head = f"{shown_of(len(shown), value.total, noun)}, {_order(shape)}:"
    told = shape.field in _IN_LINE  # by the line itself
    lines = [
        f"- {line(one)}" if told else f"- {_said(_of(one, shape.field))}: {line(one)}"
        for one, _ in shown
    ]
    left = [f"\n{count(without, noun)} without such a value left out."] if without else []
    return "\n".join([head, "", *lines, *left, *_unread(value, noun)])


def _without(value: Page[Any], shape: Shape, noun: str, line: Line) -> str:
    found = [one for one in value.items if _of(one, shape.field) is None]
    head = f"{len(found):,} of {count(value.total, noun)} never {shape.measure}"
    return _those(head, [line(one) for one in found], value, noun)


def _between(
    value: Page[Any], valued: list[tuple[Any, Any]], shape: Shape, noun: str, line: Line
) -> str:
    if isinstance(shape.most, date):  # what never was is longer ago than any day
        last = shape.most
        found = [
            one for one in value.items if (at := _of(one, shape.field)) is None or at.date() <= last
        ]
        head = f"{len(found):,} of {count(value.total, noun)} not {shape.measure} since {last}"
        return _those(head, [line(one) for one in found], value, noun)
    low = float("-inf") if shape.least is None else shape.least
    high = float("inf") if shape.most is None else shape.most
    kept = [pair for pair in valued if low <= pair[1] <= high]
    kept.sort(key=lambda pair: pair[1], reverse=shape.descending)
    bound = f"at least {low:,}" if shape.least is not None else f"at most {high:,}"
    head = f"{len(kept):,} of {count(value.total, noun)} with {bound} {shape.measure}"
    return _those(head, [f"{_said(at)}: {line(one)}" for one, at in kept], value, noun)


def _those(head: str, lines: list[str], value: Page[Any], noun: str) -> str:
    shown = [f"- {one}" for one in lines[:SHOWN]]
    more = [f"- … {SHOWN} of {len(lines)} are shown."] if len(lines) > SHOWN else []
    end = ":" if shown else "."
    return "\n".join([f"{head}{end}", "", *shown, *more, *_unread(value, noun)]).strip()


def counted(value: Page[Any], shape: Shape, noun: str, mark: Mark = lambda _cited: "") -> str:
    """How many items there are of each group; the first is told in words where one is asked for."""
    if shape.named:
        return _members(value, shape, noun, mark)
    groups = Counter(name for one in value.items for name in _groups(_of(one, shape.group or "")))
    loose = groups.pop(NOWHERE, 0) if shape.measure else 0
    if not groups:
        return f"None of {count(value.total, noun)} has a {shape.noun}."
    if shape.average:
        return _mean(groups, value, shape, noun)
    if shape.least is not None or shape.most is not None:
        groups.pop(NOWHERE, None)
        return _groups_between(groups, value, shape, noun)
    first = -1 if shape.descending else 1
    order = sorted(groups.items(), key=lambda pair: (first * pair[1], pair[0]))
    shown = order[: min(shape.top or SHOWN, SHOWN)]
    head = f"{count(value.total, noun)}, by {shape.noun}"
    if shape.measure:
        best, number = order[0]
        alike = [name for name, one in order if one == number]
        most = "most" if shape.descending else "fewest"
        head = (
            f"**{best}** has the {most}: {number:,} of {count(value.total, noun)}"
            if len(alike) == 1
            else f"{count(len(alike), shape.noun)} have the {most}: {number:,} each, "
            f"of {count(value.total, noun)}"
        )
    lines = [bullet(name, f"{number:,}") for name, number in shown]
    more = [f"- … {len(shown)} of {len(order)} are shown."] if len(order) > len(shown) else []
    none = [f"\nA {shape.noun} that has none isn't in this list."] if not shape.descending else []
    if loose:
        none.append(f"\n{count(loose, noun)} without {shape.noun}.")
    return "\n".join([f"{head}:", "", *lines, *more, *none, *_unread(value, noun)])


def _mean(groups: Counter[str], value: Page[Any], shape: Shape, noun: str) -> str:
    """How many there are of each group on average, with the least and the most."""
    mean = groups.total() / len(groups)
    order = groups.most_common()
    (most, high), (least, low) = order[0], order[-1]
    head = (
        f"**{mean:,.1f}** on average: {count(groups.total(), noun)} in "
        f"{count(len(groups), shape.noun)}, from {low:,} ({least}) to {high:,} ({most})."
    )
    return "\n".join([head, *_unread(value, noun)])


def _groups_between(groups: Counter[str], value: Page[Any], shape: Shape, noun: str) -> str:
    """The groups that hold as many as is asked for."""
    low = shape.least if isinstance(shape.least, int | float) else 0
    high = shape.most if isinstance(shape.most, int | float) else float("inf")
    kept = [(name, number) for name, number in groups.most_common() if low <= number <= high]
    bound = f"at least {low:,}" if shape.least is not None else f"at most {high:,}"
    head = f"{len(kept):,} of {count(len(groups), shape.noun)} with {bound} {count(2, noun)[2:]}"
    lines = [f"{name}: {number:,}" for name, number in kept]
    none = [] if shape.least is not None else [f"\nA {shape.noun} that has none isn't counted."]
    return "\n".join([_those(head, lines, value, noun), *none])


def _members(value: Page[Any], shape: Shape, noun: str, mark: Mark) -> str:
    """Each group with what is in it, in the groups' own order; what is named is cited."""
    held: defaultdict[str, list[str]] = defaultdict(list)
    inner = (shape.group or "").endswith("<")  # what they lie in, which each of their names repeats
    for one in value.items:
        for name in _groups(_of(one, shape.group or "")):
            cites = len(held[name]) < FEW - 1 and isinstance(one, Cited)
            title = plain.title_of(one)
            if inner:
                title = title.removeprefix(f"{name}.")
            held[name].append(f"{title} {mark(one)}".rstrip() if cites else title)
    order = sorted(held, key=lambda name: (-_RANKS.get(name, -1), name))
    head = f"{count(value.total, noun)} in {count(len(order), shape.noun)}:"
    lines = [f"- **{name}** ({len(held[name])}): {listed(held[name], FEW)}" for name in order]
    return "\n".join([head, "", *lines, *_unread(value, noun)])


def _unread(value: Page[Any], noun: str) -> list[str]:
    if value.total <= len(value.items):
        return []
    return [f"\nThis is of the first {len(value.items):,} of {count(value.total, noun)}."]


def _of(item: Any, field: str) -> Any:
    """An item's field, or the part of it that its last sign stands for (`shaping.FIELDS`)."""
    value = getattr(item, field.rstrip(COUNTED), None)
    if isinstance(value, list) and field.endswith("/"):
        return sorted({str(one).partition("/")[0] for one in value})
    if isinstance(value, str) and field.endswith("^"):
        return value.partition(".")[0]
    if isinstance(value, str) and field.endswith("<"):
        return value.rpartition(".")[0] or value
    return value


def _rank(value: Any) -> Any:
    """What a value is sorted by; None for what has none."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return _RANKS.get(value)
    return len(value) if isinstance(value, list) else value


def _groups(value: Any) -> Iterable[str]:
    if isinstance(value, list):
        return [str(one) for one in value] or [NOWHERE]
    if isinstance(value, datetime):
        return [f"{value:%Y-%m-%d}"]
    if isinstance(value, Enum):
        return [str(value.value)]
    return [NOWHERE if value in (None, "") else str(value)]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value):,}"
    return moment(value) if isinstance(value, datetime) else plain.short(value)


def _by(shape: Shape) -> str:
    return shape.field.replace("_", " ")


def _order(shape: Shape) -> str:
    if shape.field.endswith(("_at", "at", "_on")):
        return "newest first" if shape.descending else "oldest first"
    if shape.field in _IN_LINE:
        return f"{'highest' if shape.descending else 'lowest'} {_by(shape)} first"
    return f"{'most' if shape.descending else 'fewest'} {_by(shape)} first"
