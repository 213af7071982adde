"""What can be asked for reading, as data: for each operation its slots and the rules it goes by.

A rule is a line of terms: `owner` the concept occurs · `a|b` one of them · `+x` counts if it
occurs · `!x` must not occur · `^column` the clause is about columns · `@label` the slot is named.
A slot is `argument`, `argument:extractor` where they differ, with `!` if the operation needs it.
Earlier operations win ties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument and the extractor (`slots.EXTRACTORS`) that fills it."""

    argument: str
    extractor: str
    required: bool

    @classmethod
    def parse(cls, text: str) -> Slot:
        argument, _, extractor = text.rstrip("!").partition(":")
        return cls(argument, extractor or argument, text.endswith("!"))


@dataclass(frozen=True, slots=True)
class Intent:
    """An operation that reads; `raw` slots take words as typed if no entity goes by them."""

    operation: str
    slots: tuple[Slot, ...]
    rules: tuple[tuple[str, ...], ...]
    raw: bool = False
    given: Mapping[str, object] = field(default_factory=dict)


def _intent(operation: str, slots: str, *rules: str, raw: bool = False) -> Intent:
    return Intent(
        operation,
        tuple(Slot.parse(text) for text in slots.split()),
        tuple(tuple(rule.split()) for rule in rules),
        raw,
    )


INTENTS: tuple[Intent, ...] = (
    # data_sources
    _intent(
        "data_sources.list_sources", "kind:source_kind environment owner:person tag",
        "listing|search @environment", "connected listing !@source",
        "^source +listing +owner !scan !happen !row !connector !feed !consume !summary",
    ),
    _intent(
        "data_sources.summarize_source", "source!",
        "summary", "content", "how_many table|row|column", "describe !sensitive !detail",
    ),
    _intent("data_sources.get_source", "source!", "connection", "detail", "^source", ""),
    _intent("data_sources.list_connectors", "", "connector +listing !@source"),
    _intent("data_sources.check_health", "source!", "health"),
    _intent("data_sources.preview_rows", "asset:relation! limit", "row +listing"),
    # scan_rule_sets
    _intent("scan_rule_sets.list_rule_sets", "", "ruleset +listing"),
    _intent(
        "scan_rule_sets.get_rule_set", "rule_set!",
        "ruleset +describe", "detector", "test", "describe", "content", "",
    ),
    _intent(
        "scan_rule_sets.test_rule_set", "column_name values! rule_set",
        "ruleset|detector|test", "rule !listing", "ruleset|detector +test", "ruleset detector",
    ),
    # classifications
    _intent(
        "classifications.list_labels", "",
        "^label +listing", "detect +personal +label", "classification listing !@status",
    ),
    _intent(
        "classifications.list_classified_columns",
        "label category:label_group sensitivity at_least status uncovered asset:relation source",
        "@label +hold +^column +^table !who", "@label_group +hold +^column +^table !who",
        "^column classify", "^column @sensitivity", "sensitivity @sensitivity", "classify @status",
        "classify listing !why", "^column|personal|sensitive uncovered", "^column sensitive +hold",
    ),
    _intent(
        "classifications.get_asset_classification", "asset!",
        "classify", "sensitivity", "label", "@label_group @column", "@label @column",
    ),
    _intent(
        "classifications.explain_classification", "asset! label",
        "why classify", "why label", "why personal|sensitive", "why @label", "why @label_group",
    ),
    _intent(
        "classifications.summarize_sensitivity", "source",
        "sensitivity +summary +how_many !^column !@asset", "summary personal|sensitive",
    ),
    # compliance
    _intent("compliance.list_frameworks", "", "^framework +listing !@framework"),
    _intent(
        "compliance.get_framework", "framework!", "say", "describe", "content", "framework", "",
    ),
    _intent(
        "compliance.search_controls", "framework query!",
        "^control +search !@control !uncovered !gap !lack",
        "@framework search|say !rule !gap !posture !finding !uncovered !@control",
    ),
    _intent(
        "compliance.get_control", "control! _:framework",
        "", "describe", "control", "content", "say", "demand",
    ),
    _intent(
        "compliance.list_rules", "framework severity",
        "^rule +listing !finding !test", "^rule @severity !finding",
    ),
    _intent("compliance.get_rule", "rule!", "", "rule", "describe", "content", "test"),
    _intent(
        "compliance.list_findings", "framework source severity overdue owner:assignee rule asset",
        "finding +listing +rule", "why posture|compliance +posture",
    ),
    _intent(
        "compliance.get_posture", "framework source as_of:past_day",
        "posture +compliance !why", "compliance @framework !why", "compliance|posture summary",
        "compliance progress", "compliance how_many", "@framework progress +why",
        "@framework @source why",
    ),
    _intent(
        "compliance.find_gaps", "framework source",
        "gap +compliance !^table !^column", "^control uncovered|lack +gap", "@framework uncovered",
    ),
    # catalog
    _intent("catalog.get_asset", "asset:relation!", "^column", "content !how_many"),
    _intent(
        "catalog.get_asset", "asset!",
        "!how_many", "describe", "^asset", "content !how_many", "datatype",
        "tag +hold !@tag !how_many !@without",
    ),
    _intent(
        "catalog.list_assets", "without! parent:relation! kind:asset_kind", "^column @without",
    ),
    _intent(
        "catalog.list_assets", "labels without_labels kind:asset_kind source",
        "^table @labels|@without_labels +hold", "^view @labels|@without_labels +hold",
        "^asset @labels|@without_labels +hold",
    ),
    _intent(
        "catalog.list_assets", "without having kind:asset_kind tag owner:person source at_least",
        "^table +listing", "^view +listing", "^column +listing", "^asset +listing", "owner @owner",
        "tag @tag", "@tag +^table +^asset +listing !@label_group", "@tag @without", "@without",
        "^table @having", "^view @having", "^column @having !classify",
    ),
    _intent(
        "catalog.search_assets", "source kind:asset_kind query!",
        "search +topic +^table +^column !uncovered !gap !@label !@label_group",
        "^table +topic !@label !@label_group", "^column +topic !@label !@label_group",
        "^asset topic !@label !@label_group", "^table|column named +search",
        "where hold !gap !@label !@label_group", "^source search",
    ),
    _intent(
        "catalog.get_lineage", "asset! direction depth columns:by_column _:source",
        "^source @asset !hold", "feed +search", "consume !workflow",
        "lineage +feed +consume +describe +search",
        raw=True,
    ),
    _intent(
        "catalog.analyze_impact", "asset!",
        "impact +alter +^column +^table", "impact consume", "alter consume",
        raw=True,
    ),
    _intent("catalog.list_owners", "asset source", "owner +who !tag", raw=True),
    # scan_logic
    _intent(
        "scan_logic.list_scans", "source status:scan_status since",
        "scan +history +listing +when !who", "scan @status !who !table",
    ),
    _intent("scan_logic.get_scan", "scan!", "", "progress", "describe"),
    _intent("scan_logic.get_scan_results", "scan!", "result"),
    _intent("scan_logic.estimate_scan", "source!", "scan estimate"),
    # rbac
    _intent(
        "rbac.list_users", "role",
        "^people +listing !may !happen !permission", "who @role !edited",
        "listing @role !permission !edited !may !@person",
    ),
    _intent(
        "rbac.get_user", "user:person!",
        "", "role !edited", "may +permission", "describe", "permission",
    ),
    _intent("rbac.list_roles", "_:role", "@role may !@person", "^role +listing"),
    _intent("rbac.list_permissions", "", "^permission +listing"),
    _intent(
        "rbac.check_access", "user:person! asset source permission",
        "may @permission", "why @permission", "may !listing", "permission|role @source|@asset",
    ),
    _intent(
        "rbac.who_can", "permission! asset source",
        "who may", "who @permission", "^people may @permission",
    ),
    _intent("rbac.list_api_keys", "user:person", "apikey +listing"),
    # activity and the rest
    _intent(
        "activity.search", "user:actor operation:deed since until asset:scope",
        "who edited", "happen|edited @since +^table +^column +^asset", "when edited",
        "history @asset !scan", "edited @since", "happen +activity +who !impact !verify",
        "history @since",
    ),
    _intent("activity.verify_audit_trail", "", "verify activity"),
    _intent(
        "orchestration.health", "",
        "health +system !source", "how system !@source !lineage", "system progress",
    ),
    _intent("search.unified", "query!", "search everywhere"),
    _intent("users.profile", "", "me +^permission +^role"),
    _intent("workspaces.list", "", "^workspace +listing"),
    _intent("workflows.list", "", "^workflow +listing"),
    _intent("workflows.status", "execution!", "execution progress", "execution"),
    _intent("assistant.list_conversations", "", "^conversation +listing"),
)  # fmt: skip
