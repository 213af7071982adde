"""Rows for a preview, and what the columns look like that nobody has judged yet.

Blocking: run in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tools.data_sources.connectors import Connector, Progress
from tools.scan_rule_sets.default_rules import DEFAULT_RULE_SET
from tools.scan_rule_sets.detectors import Column, detect

LOOKED_AT = 100
"""Rows that tell what a column looks like, however few are shown."""


class Preview(NamedTuple):
    """Some rows. `looks`: by column, the label that it looks like."""

    names: list[str]
    rows: list[list[object]]
    looks: dict[str, str]


def previewed(
    schema: str | None, table: str, limit: int, unjudged: Mapping[str, str]
) -> Callable[[Connector, Progress], Preview]:
    """Read rows. `unjudged`: the columns to look at, with their coarse types."""

    def work(connector: Connector, _progress: Progress) -> Preview:
        read = max(limit, LOOKED_AT) if unjudged else limit
        names, rows = connector.preview(schema, table, read)
        looks = {}
        for place, name in enumerate(names):
            if (data_type := unjudged.get(name)) is None:
                continue
            column = Column(name, table, data_type, [row[place] for row in rows])
            found = detect(column, DEFAULT_RULE_SET)
            if found and found[0].score >= DEFAULT_RULE_SET.minimum_score:
                looks[name] = found[0].label
        return Preview(names, rows[:limit], looks)

    return work
