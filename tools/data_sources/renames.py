"""Recognising what was renamed between two discoveries. Pure.

A wrong guess leaves a label too many on a column, and is reported; a missed one throws away what
people wrote. So whatever stands in the same place, with the same type and the same part of the
key, is taken for the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

SIMILAR = 60.0
LIKELY = 0.8
"""The share of columns that two tables have in common where one is the other renamed."""


class ColumnLook(NamedTuple):
    """What a column is recognised by, beside its name."""

    name: str
    data_type: str | None
    key_position: int | None


class TableLook(NamedTuple):
    """What a table is recognised by. `columns` in order."""

    name: str
    kind: str
    columns: tuple[ColumnLook, ...]
    rows: int | None


def renamed_columns(old: Sequence[ColumnLook], new: Sequence[ColumnLook]) -> dict[str, str]:
    """New names → old names of one table's columns; both in order.

    Columns that kept their names divide the table into gaps; only within a gap one can have
    become another.
    """
    kept = {column.name for column in old} & {column.name for column in new}
    found: dict[str, str] = {}
    for gone, come in zip(_gaps(old, kept), _gaps(new, kept), strict=True):
        if not gone or not come:
            continue
        if [one[1:] for one in gone] == [one[1:] for one in come]:
            found |= {after.name: before.name for before, after in zip(gone, come, strict=True)}
            continue
        for before in gone:
            fits = [
                after
                for after in come
                if after[1:] == before[1:]
                and after.name not in found
                and ratio(before.name.lower(), after.name.lower()) >= SIMILAR
            ]
            if len(fits) == 1:
                found[fits[0].name] = before.name
    return found


def _gaps(columns: Sequence[ColumnLook], kept: set[str]) -> list[list[ColumnLook]]:
    """The columns that were not kept: one list for what stands before each kept one, one behind.

    Ordered by the kept columns' names, so that moved ones don't shift the comparison.
    """
    marks = [-1, *(at for at, column in enumerate(columns) if column.name in kept), len(columns)]
    between = [list(columns[start + 1 : end]) for start, end in pairwise(marks)]
    names = [columns[at].name for at in marks[1:-1]]
    return [*(gap for _, gap in sorted(zip(names, between[:-1], strict=True))), between[-1]]


def renamed_tables(
    gone: Sequence[TableLook], come: Sequence[TableLook], kept: Sequence[TableLook]
) -> Iterator[tuple[TableLook, TableLook]]:
    """Pairs of a table that is gone and the new one that it is.

    Never where several look alike: of `log_2024` and `log_2025` neither is the other renamed.
    """
    alike: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for table in kept:
        alike[_signature(table)] += 1
    by_column: defaultdict[tuple[object, ...], list[TableLook]] = defaultdict(list)
    for table in come:
        for column in table.columns:
            by_column[table.kind, column].append(table)
    chosen: dict[TableLook, list[TableLook]] = defaultdict(list)
    for before in gone:
        if alike[_signature(before)]:
            continue
        shared: defaultdict[TableLook, int] = defaultdict(int)
        for column in before.columns:
            for after in by_column[before.kind, column]:
                shared[after] += 1
        fits = [
            after
            for after, common in shared.items()
            if common >= LIKELY * max(len(before.columns), len(after.columns))
            and _as_many(before.rows, after.rows)
        ]
        exact = [after for after in fits if _signature(after) == _signature(before)] or fits
        if len(exact) == 1:
            chosen[exact[0]].append(before)
    for after, olds in chosen.items():
        if len(olds) == 1:
            yield olds[0], after


def _signature(table: TableLook) -> tuple[object, ...]:
    return table.kind, table.columns


def _as_many(before: int | None, after: int | None) -> bool:
    """A renamed table keeps its rows, give or take what was written since."""
    if before is None or after is None:
        return True
    return before == after or (min(before, after) * 2 >= max(before, after))
