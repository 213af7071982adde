"""The registry: a literal list of groups. Duplicates stop start-up by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from tools.catalog import annotating as catalog_annotating
from tools.catalog import assigning as catalog_assigning
from tools.catalog import certification as catalog_certification
from tools.catalog import contract_checking as catalog_contract_checking
from tools.catalog import contracts as catalog_contracts
from tools.catalog import deleting as catalog_deleting
from tools.catalog import domains as catalog_domains
from tools.catalog import drafting as catalog_drafting
from tools.catalog import exporting as catalog_exporting
from tools.catalog import glossary as catalog_glossary
from tools.catalog import ingestion as catalog_ingestion
from tools.catalog import operations as catalog
from tools.catalog import profiling as catalog_profiling
from tools.catalog import quality as catalog_quality
from tools.catalog import registered as catalog_registered
from tools.catalog import schemas as catalog_schemas
from tools.catalog import searching as catalog_searching
from tools.catalog import similar as catalog_similar
from tools.catalog import sql_ingestion as catalog_sql
from tools.catalog import tracing as catalog_tracing
from tools.catalog import usage as catalog_usage
from tools.classifications import classifying as classifications_classifying
from tools.classifications import decisions as classifications_decisions
from tools.classifications import operations as classifications
from tools.classifications import propagating as classifications_propagating
from tools.classifications import subjects as classifications_subjects
from tools.classifications import taxonomy as classifications_taxonomy
from tools.compliance import controls as compliance_controls
from tools.compliance import evaluating as compliance_evaluating
from tools.compliance import finding_records as compliance_finding_records
from tools.compliance import findings as compliance_findings
from tools.compliance import frameworks as compliance
from tools.compliance import gaps as compliance_gaps
from tools.compliance import importing as compliance_importing
from tools.compliance import posture as compliance_posture
from tools.compliance import report as compliance_report
from tools.compliance import rule_trial as compliance_rule_trial
from tools.compliance import rule_writing as compliance_rule_writing
from tools.compliance import rulebook as compliance_rulebook
from tools.data_sources import operations as data_sources
from tools.data_sources import registering as data_sources_registering
from tools.data_sources import uploading as data_sources_uploading
from tools.errors import ChooseAnother, MendDeclaration, nearest
from tools.operation import Operation
from tools.racine.activity import operations as activity
from tools.racine.activity import tasks as activity_tasks
from tools.racine.approvals import operations as approvals
from tools.racine.assistant import context as assistant_context
from tools.racine.assistant import finding as assistant_finding
from tools.racine.assistant import insights as assistant_insights
from tools.racine.assistant import operations as assistant
from tools.racine.assistant import optimizing as assistant_optimizing
from tools.racine.assistant import receipting as assistant_receipting
from tools.racine.assistant import recommending as assistant_recommending
from tools.racine.assistant import remembering as assistant_remembering
from tools.racine.assistant import replaying as assistant_replaying
from tools.racine.assistant import spending as assistant_spending
from tools.racine.assistant import unanswered as assistant_unanswered
from tools.racine.assistant import watching as assistant_watching
from tools.racine.integration import operations as integration
from tools.racine.orchestration import executing as orchestration_executing
from tools.racine.orchestration import operations as orchestration
from tools.racine.orchestration import optimizing as orchestration_optimizing
from tools.racine.pipelines import gates as pipelines_gates
from tools.racine.pipelines import insights as pipelines_insights
from tools.racine.pipelines import operations as pipelines
from tools.racine.search import operations as search
from tools.racine.users import operations as users
from tools.racine.workflows import analytics as workflows_analytics
from tools.racine.workflows import definitions as workflows_definitions
from tools.racine.workflows import listing as workflows_listing
from tools.racine.workflows import operations as workflows
from tools.racine.workflows import outgoing as workflows_outgoing
from tools.racine.workflows import proposing as workflows_proposing
from tools.racine.workflows import templates as workflows_templates
from tools.racine.workflows.schedules import operations as workflows_schedules
from tools.racine.workspaces import operations as workspaces
from tools.rbac import deciding as rbac_deciding
from tools.rbac import granting as rbac_granting
from tools.rbac import keys as rbac_keys
from tools.rbac import review as rbac_review
from tools.rbac import roles as rbac_roles
from tools.rbac import teams as rbac_teams
from tools.rbac import users as rbac
from tools.scan_logic import comparing as scan_logic_comparing
from tools.scan_logic import controlling as scan_logic_controlling
from tools.scan_logic import estimating as scan_logic_estimating
from tools.scan_logic import operations as scan_logic
from tools.scan_logic import scheduling as scan_logic_scheduling
from tools.scan_rule_sets import definitions as scan_rule_sets_definitions
from tools.scan_rule_sets import exchange as scan_rule_sets_exchange
from tools.scan_rule_sets import operations as scan_rule_sets
from tools.scan_rule_sets import suggestions as scan_rule_sets_suggestions


@dataclass(frozen=True)
class Group:
    """One subject: its name, the prefix of its paths, the modules of its operations."""

    name: str
    prefix: str
    module: ModuleType
    more: tuple[ModuleType, ...] = ()

    @cached_property
    def operations(self) -> Sequence[Operation]:
        """The modules' operations, in the order in which they stand there."""
        return [
            declared
            for module in (self.module, *self.more)
            for value in vars(module).values()
            if isinstance(declared := getattr(value, "__operation__", None), Operation)
            and value.__module__ == module.__name__
        ]


GROUPS = (
    Group(
        "data_sources",
        "/api/data-sources",
        data_sources,
        (data_sources_registering, data_sources_uploading),
    ),
    Group(
        "scan_rule_sets",
        "/api/scan-rule-sets",
        scan_rule_sets,
        (scan_rule_sets_definitions, scan_rule_sets_exchange, scan_rule_sets_suggestions),
    ),
    Group(
        "classifications",
        "/api/classifications",
        classifications,
        (
            classifications_taxonomy,
            classifications_decisions,
            classifications_classifying,
            classifications_propagating,
            classifications_subjects,
        ),
    ),
    Group(
        "compliance",
        "/api/compliance-rules",
        compliance,
        (
            compliance_rulebook,
            compliance_rule_writing,
            compliance_rule_trial,
            compliance_finding_records,
            compliance_posture,
            compliance_gaps,
            compliance_evaluating,
            compliance_importing,
            compliance_controls,
            compliance_findings,
            compliance_report,
        ),
    ),
    Group(
        "catalog",
        "/api/advanced-catalog",
        catalog,
        (
            catalog_searching,
            catalog_annotating,
            catalog_drafting,
            catalog_ingestion,
            catalog_sql,
            catalog_tracing,
            catalog_contracts,
            catalog_contract_checking,
            catalog_certification,
            catalog_quality,
            catalog_profiling,
            catalog_schemas,
            catalog_glossary,
            catalog_domains,
            catalog_assigning,
            catalog_registered,
            catalog_deleting,
            catalog_exporting,
            catalog_similar,
            catalog_usage,
        ),
    ),
    Group(
        "scan_logic",
        "/api/scan-logic",
        scan_logic,
        (
            scan_logic_controlling,
            scan_logic_comparing,
            scan_logic_estimating,
            scan_logic_scheduling,
        ),
    ),
    Group(
        "rbac",
        "/api/rbac",
        rbac,
        (rbac_roles, rbac_teams, rbac_granting, rbac_deciding, rbac_keys, rbac_review),
    ),
    Group(
        "orchestration",
        "/api/racine/orchestration",
        orchestration,
        (orchestration_executing, orchestration_optimizing),
    ),
    Group("workspaces", "/api/racine/workspace", workspaces),
    Group(
        "workflows",
        "/api/racine/workflows",
        workflows,
        (
            workflows_definitions,
            workflows_templates,
            workflows_proposing,
            workflows_schedules,
            workflows_outgoing,
            workflows_analytics,
            workflows_listing,
        ),
    ),
    Group("approvals", "/api/racine/approvals", approvals),
    Group("pipelines", "/api/racine/pipelines", pipelines, (pipelines_insights, pipelines_gates)),
    Group(
        "assistant",
        "/api/racine/ai-assistant",
        assistant,
        (
            assistant_context,
            assistant_finding,
            assistant_insights,
            assistant_optimizing,
            assistant_receipting,
            assistant_recommending,
            assistant_remembering,
            assistant_replaying,
            assistant_spending,
            assistant_unanswered,
            assistant_watching,
        ),
    ),
    Group("activity", "/api/racine/activity", activity, (activity_tasks,)),
    Group("integration", "/api/racine/integration", integration),
    Group("search", "/api/racine/search", search),
    Group("users", "/api/auth", users),
)


class Registry:
    """Look-up of operations by name, by tool name and by path."""

    def __init__(self, groups: Sequence[Group] = GROUPS) -> None:
        self.groups = tuple(groups)
        self._by_name: dict[str, Operation] = {}
        self._by_tool: dict[str, Operation] = {}
        self._paths: dict[tuple[str, str], str] = {}
        self._outside: dict[str, Operation] = {}
        self._outside_by_tool: dict[str, Operation] = {}
        self._instead: Mapping[str, str] = {}
        self.generation = 0
        for group in groups:
            for declared in group.operations:
                self._add(group, declared)

    def _add(self, group: Group, declared: Operation) -> None:
        route = (declared.method, f"{group.prefix}{declared.path}")
        if declared.group != group.name:
            raise MendDeclaration(
                f"{declared.name} stands in the group {group.name}. Move it, or rename it."
            )
        if declared.name in self._by_name:
            raise MendDeclaration(f"{declared.name} is declared twice. Rename one of the two.")
        if declared.tool_name in self._by_tool:
            raise MendDeclaration(
                f"{declared.name} and {self._by_tool[declared.tool_name].name} are both "
                f"{declared.tool_name} to models. Rename one of the two."
            )
        if route in self._paths:
            raise MendDeclaration(
                f"{declared.name} and {self._paths[route]} share {' '.join(route)}. "
                "Give one of them a path of its own."
            )
        self._by_name[declared.name] = self._by_tool[declared.tool_name] = declared
        self._paths[route] = declared.name

    def serve(self, outside: Sequence[Operation], instead: Mapping[str, str]) -> None:
        """Put the operations of services outside beside or before the own ones.

        Args:
            instead: the service that serves a group in Racine's place, by the group's name.
        """
        self._outside = {one.name: one for one in outside}
        self._outside_by_tool = {one.tool_name: one for one in outside}
        self._instead = dict(instead)
        self.generation += 1

    def own(self) -> Mapping[str, Operation]:
        """Racine's own operations, whoever serves them now."""
        return self._by_name

    def check_offered(self, declared: Operation) -> None:
        """Refuse an operation of Racine's own whose group a service serves without offering it.

        Raises:
            ChooseAnother: that is so.
        """
        service = self._instead.get(declared.group)
        if service is not None and declared.service is None:
            offered = [one.name for one in self if one.group == declared.group]
            raise ChooseAnother(
                f"{declared.group} is served by {service}, which doesn't offer {declared.name}.",
                nearest(declared.name, offered),
                field="operation",
                code="not_offered",
            )

    def known(self) -> Mapping[str, Operation]:
        """Every operation that has a name here, also those that aren't offered now."""
        return {**self._by_name, **self._outside}

    def __iter__(self) -> Iterator[Operation]:
        yield from self._outside.values()
        for declared in self._by_name.values():
            if declared.group not in self._instead and declared.name not in self._outside:
                yield declared

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def find(self, name: str) -> Operation:
        """The operation of that name, or of that tool name.

        Raises:
            ChooseAnother: there is none; the nearest names are offered.
        """
        declared = (
            self._outside.get(name)
            or self._outside_by_tool.get(name)
            or self._by_name.get(name)
            or self._by_tool.get(name)
        )
        if declared is None:
            raise ChooseAnother(
                f"There is no operation '{name[:80]}'.",
                nearest(name, [one.name for one in self]),
                field="operation",
                code="unknown_operation",
            )
        return declared

    def route(self, declared: Operation) -> str:
        """The full path of an operation."""
        if declared.service is not None:
            return f"/api/operations/{declared.name}"
        prefix = next(group.prefix for group in self.groups if group.name == declared.group)
        return f"{prefix}{declared.path}"

    def permissions(self) -> list[str]:
        """Every permission that an operation asks for, and the right to see classified values."""
        return sorted({one.permission for one in self.known().values()} | {"data.unmask"})
