"""What a role is to give, in words: "may read compliance and activity" → the permissions.

A verb and the groups that follow it; without a group, the verb of every group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.planning.concepts import Phrases, Span
from agent.planning.text import Token, words

_VERBS: Mapping[str, frozenset[str]] = {
    "read": words("read see view look browse inspect reading viewing"),
    "write": words("write change edit manage modify administer update maintain"),
    "destroy": words("delete remove destroy"),
}
_GROUPS = Phrases(
    {
        "activity": "activity, audit trail, audit log, log, history",
        "approvals": "approval",
        "catalog": "catalog, catalogue, table, asset, metadata, lineage, glossary, dataset",
        "classifications": "classification, label, taxonomy, sensitivity",
        "compliance": "compliance, finding, framework, control, posture, policy",
        "data_sources": "source, data source, database, connection",
        "pipelines": "pipeline",
        "rbac": "access, user, role, permission, people, rbac",
        "scan_logic": "scan",
        "scan_rule_sets": "rule set, scan rule, detector",
        "search": "search",
        "workflows": "workflow",
        "workspaces": "workspace",
    }
)
# Their nouns mean nothing else beside a verb; "write access to the tables" is of the catalog.
_OWN = words("approvals classifications compliance pipelines scan_rule_sets workflows")
_PATTERN = re.compile(r"(?:[a-z_]+|\*)\.(?:[a-z_]+|\*)")


def group_of(tokens: Sequence[Token], taken: Span) -> tuple[str, Span] | None:
    """The one group that the words name beside the catalog, and where."""
    found = [one for one in _GROUPS.find(tokens) if one[0] in _OWN and not one[1] & taken]
    return found[0] if len({group for group, _ in found}) == 1 else None


def permissions(tokens: Sequence[Token], taken: Span) -> tuple[list[str], Span] | None:
    """The permissions that the words name, in their order, and where; None if they name none."""
    free = [i for i in range(len(tokens)) if i not in taken]
    written = [i for i in free if _PATTERN.fullmatch(tokens[i].text)]
    if written:
        return [tokens[i].text for i in written], frozenset(written)
    spoken = [(i, verb) for i in free for verb, said in _VERBS.items() if tokens[i].word in said]
    if not spoken:
        return None
    groups = sorted(
        ((min(where), group, where) for group, where in _GROUPS.find(tokens) if not where & taken),
    )
    found: list[str] = []
    where: set[int] = set()
    for at, (start, verb) in enumerate(spoken):
        end = next((i for i, _ in spoken[at + 1 :] if i > start + 2), len(tokens))
        own = [(group, span) for first, group, span in groups if start < first < end]
        found += [f"{group}.{verb}" for group, _ in own] or [f"*.{verb}"]
        where |= {start}.union(*(span for _, span in own))
    return list(dict.fromkeys(found)), frozenset(where)
