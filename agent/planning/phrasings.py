"""How people ask for operations, beside the examples that each declares; `{asset}` is any name.

Data for `exemplars`: a sentence is compared with these by what it speaks of (`features`), so one
phrasing stands for all that say the same in other words or another order.
"""

from __future__ import annotations

from collections.abc import Mapping

from agent.planning.phrasings_access import ACCESS
from agent.planning.phrasings_activity import ACTIVITY
from agent.planning.phrasings_assistant import ASSISTANT
from agent.planning.phrasings_catalog import CATALOG
from agent.planning.phrasings_classifying import CLASSIFYING
from agent.planning.phrasings_compliance import COMPLIANCE
from agent.planning.phrasings_curation import CURATION
from agent.planning.phrasings_pipelines import PIPELINES
from agent.planning.phrasings_scans import SCANS
from agent.planning.phrasings_sources import SOURCES
from agent.planning.phrasings_workflows import WORKFLOWS

_GROUPS = (
    SOURCES, CATALOG, CURATION, SCANS, CLASSIFYING, COMPLIANCE, ACCESS,
    WORKFLOWS, PIPELINES, ACTIVITY, ASSISTANT,
)  # fmt: skip
PHRASINGS: Mapping[str, tuple[str, ...]] = {
    operation: tuple(line.strip() for line in lines.strip().split("\n"))
    for group in _GROUPS
    for operation, lines in group
}
