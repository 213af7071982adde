"""Which steps of a turn's plan may run side by side: those that concern different sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.rehearsal import Preview
from tools.steps import Step


def ordered_by_source(steps: Sequence[Step], previews: Mapping[str, Preview]) -> list[Step]:
    """The steps, each needing the last before it that concerns the same source.

    A step that changes what belongs to no source, or of which it isn't known, is done by itself:
    after all before it, and before all behind it.
    """
    last: dict[str, str] = {}
    barrier: set[str] = set()
    placed = []
    for step in steps:
        preview = previews.get(step.id)
        changed = {change.source_id for change in preview.changes} if preview else set()
        sources = {source for source in changed if source}
        alone = not sources or None in changed
        before = set(last.values()) if alone else {last[one] for one in sources if one in last}
        needs = set(step.needs) | (before or barrier)
        placed.append(step.model_copy(update={"needs": tuple(sorted(needs))}))
        if alone:
            last.clear()
            barrier = {step.id}
        else:
            last |= dict.fromkeys(sources, step.id)
    return placed
