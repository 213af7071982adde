"""Every table, imported, so that the metadata is whole: for migrations and for undo."""

from tools import audit, changes, events, idempotency
from tools.catalog import contract_tables, domain_tables, glossary_tables
from tools.catalog import tables as catalog
from tools.classifications import tables as classifications
from tools.compliance import tables as compliance
from tools.data_sources import tables as data_sources
from tools.racine.activity import tables as activity
from tools.racine.approvals import tables as approvals
from tools.racine.assistant import tables as assistant
from tools.racine.integration import tables as integration
from tools.racine.pipelines import tables as pipelines
from tools.racine.workflows import tables as workflows
from tools.racine.workflows.schedules import tables as schedules
from tools.racine.workspaces import tables as workspaces
from tools.rbac import tables as rbac
from tools.scan_logic import tables as scan_logic
from tools.scan_rule_sets import tables as scan_rule_sets

__all__ = [
    "activity",
    "approvals",
    "assistant",
    "audit",
    "catalog",
    "changes",
    "classifications",
    "compliance",
    "contract_tables",
    "data_sources",
    "domain_tables",
    "events",
    "glossary_tables",
    "idempotency",
    "integration",
    "pipelines",
    "rbac",
    "scan_logic",
    "scan_rule_sets",
    "schedules",
    "workflows",
    "workspaces",
]
