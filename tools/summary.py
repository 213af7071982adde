"""Changes in words: "adds 15 tables and 89 columns, updates 1 source"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tools.changes import Change

NOUNS = {
    "sources": ("source", "sources"),
    "classifications": ("classification", "classifications"),
    "lineage_edges": ("lineage edge", "lineage edges"),
    "scans": ("scan", "scans"),
    "findings": ("finding", "findings"),
    "postures": ("posture", "postures"),
    "grants": ("grant", "grants"),
    "users": ("user", "users"),
    "workspace_sources": ("link", "links"),
}
KINDS = {
    "table": "tables",
    "view": "views",
    "column": "columns",
    "pipeline": "pipelines",
    "dashboard": "dashboards",
    "file": "files",
    "metric": "metrics",
    "data_product": "data products",
}
VERBS = {"create": "adds", "update": "updates", "delete": "removes"}
UNDONE = {"create": "removed again", "update": "put back", "delete": "restored"}


def summarize(changes: Iterable[Change], *, undone: bool = False) -> str:
    """What the changes amount to."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for change in changes:
        kind = (change.after or change.before or {}).get("kind")
        if change.table == "assets" and kind in KINDS:
            singular, plural = str(kind).replace("_", " "), KINDS[str(kind)]
        else:
            singular, plural = NOUNS.get(
                change.table,
                (change.table.rstrip("s").replace("_", " "), change.table.replace("_", " ")),
            )
        counted[(change.action, singular, plural)] += 1
    if not counted:
        return "changes nothing"
    parts = []
    for action, verb in (UNDONE if undone else VERBS).items():
        things = [
            f"{count} {singular if count == 1 else plural}"
            for (of, singular, plural), count in counted.items()
            if of == action
        ]
        if things:
            listed = _listed(things)
            parts.append(f"{listed} {verb}" if undone else f"{verb} {listed}")
    return ", ".join(parts)


def _listed(things: list[str]) -> str:
    return things[0] if len(things) == 1 else ", ".join(things[:-1]) + " and " + things[-1]
