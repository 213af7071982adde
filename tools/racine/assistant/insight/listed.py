"""The list of insights: what is looked for, in which groups, and why it matters."""

from __future__ import annotations

from tools.racine.assistant.insight import findings, people, protection
from tools.racine.assistant.insight.types import InsightKind

INSIGHTS: tuple[InsightKind, ...] = (
    InsightKind("most-failed-rule", ("compliance", "data_sources"),
                "What makes one rule fail everywhere is mended once.", findings.most_failed_rule),
    InsightKind("concentrated-findings", ("compliance", "data_sources", "catalog"),
                "Work on one source does most of what there is to do.", findings.concentrated),
    InsightKind("growing-backlog", ("compliance", "activity"),
                "At this pace there will always be more.", findings.growing_backlog),
    InsightKind("posture-trend", ("compliance", "scan_logic"),
                "Auditors ask where it is going, not only where it stands.",
                findings.posture_trend),
    InsightKind("what-goes-with-findings", ("catalog", "compliance"),
                "What goes together may have one cause, and can be mended together.",
                findings.what_goes_with),
    InsightKind("certified-but-failing", ("catalog", "compliance"),
                "Whoever trusts the certificate trusts what is wrong.",
                findings.certified_but_failing),
    InsightKind("personal-data-growth", ("classifications", "scan_logic", "compliance"),
                "What grows has to be judged again.", protection.growth),
    InsightKind("unscanned-columns", ("catalog", "scan_logic"),
                "Nobody knows what they hold.", protection.unscanned_columns),
    InsightKind("copies-without-label", ("classifications", "catalog"),
                "Protection ends where the label does, and the data goes on.",
                protection.unlabelled_copies),
    InsightKind("unruled-label", ("classifications", "compliance"),
                "What no rule covers is never judged.", protection.unruled),
    InsightKind("noisy-detector", ("classifications", "scan_rule_sets"),
                "A detector that is mostly wrong costs more reading than it saves.",
                protection.noisy),
    InsightKind("unused-sensitive-data", ("classifications", "catalog", "activity"),
                "What isn't kept can't leak.", protection.unused),
    InsightKind("one-owner", ("catalog", "classifications", "rbac"),
                "Where one person answers for most, nobody does while that person is away.",
                people.one_owner),
    InsightKind("wide-unmasking", ("rbac", "classifications"),
                "Each who can see it can lose it.", people.wide_unmasking),
    InsightKind("repeated-refusals", ("activity", "rbac"),
                "Somebody lacks a role, or tries what they shouldn't.", people.refusals),
    InsightKind("failing-operation", ("activity", "orchestration"),
                "One cause lies behind most of what fails.", people.failing_operation),
)  # fmt: skip
