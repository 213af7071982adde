"""What the words of the field mean, and what they are in this product; data, read by people.

Each term has the names it goes by, its meaning, and the operations that deal with it. An operation
is offered by an example of its own, so that a next step always works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent.planning.text import key, parts


@dataclass(frozen=True)
class Term:
    """A word with its meaning; `operations`: what can be done about it."""

    name: str
    meaning: str
    operations: tuple[str, ...]


def _term(names: str, meaning: str, operations: str) -> tuple[tuple[str, ...], Term]:
    every = tuple(one.strip() for one in names.split(","))
    return every, Term(every[0], meaning, tuple(operations.split()))


_LISTED = (
    # catalog
    _term("asset, data asset, entity, dataset, data set", "anything the catalog describes: tables, "
          "views and columns that discovery finds, and files, dashboards, pipelines, metrics and "
          "data products that are registered", "catalog.list_assets catalog.register_asset"),
    _term("data catalog, catalog, metadata catalog, data inventory, data catalogue", "the inventory "
          "of all assets with what is known of each: columns, owners, descriptions, tags, labels, "
          "lineage, quality and use", "catalog.search_assets catalog.list_assets"),
    _term("metadata", "what is known about data without its values: names, types, owners, "
          "descriptions, tags, labels, lineage, quality. Racine reads it by discovery and scans",
          "catalog.get_asset catalog.search_assets"),
    _term("data source, source, connection, connected source", "a database, a file or a folder "
          "that is registered here with its connection. Discovery reads its tables and columns, a "
          "scan what they hold", "data_sources.list_sources data_sources.register_source"),
    _term("connector, driver", "what reads one kind of source, such as PostgreSQL, SQLite or files",
          "data_sources.list_connectors data_sources.list_sources"),
    _term("discovery, crawl, crawling, crawler, metadata ingestion, ingestion", "reading a "
          "source's structure: tables, views, columns, keys, and the lineage of views. It reads no "
          "values; that is what a scan does", "data_sources.discover_assets"),
    _term("tag", "a free word on an asset, such as gold or retention:7y. Anybody who may write to "
          "the catalog adds one; it explains nothing by itself, but lists and rules can ask for it",
          "catalog.tag_asset catalog.list_assets"),
    _term("glossary term, business term, term", "a word of the business with its definition, an "
          "owner and a domain. It relates to other terms (synonym, broader, narrower) and is "
          "linked to the assets that it explains",
          "catalog.list_glossary_terms catalog.create_glossary_term"),
    _term("glossary, business glossary, data glossary", "the agreed terms of the business, each "
          "with one definition, linked to the tables and columns that they explain",
          "catalog.list_glossary_terms catalog.create_glossary_term"),
    _term("data dictionary", "tables and columns with their types and descriptions. Here each asset "
          "has its description, and an export of the catalog is the dictionary as a file",
          "catalog.get_asset catalog.export_catalog"),
    _term("domain, data domain, business domain", "a part of the business with an owner, such as "
          "Sales. Domains lie in one another; an asset lies in the one set on it, else in its "
          "schema's or its source's", "catalog.list_domains catalog.create_domain"),
    _term("data mesh", "an organisation in which domains own their data and offer it as products. "
          "Here: domains, owners, registered data products and contracts",
          "catalog.list_domains catalog.list_contracts"),
    _term("data product", "data that somebody offers for use, with an owner and members. Here an "
          "asset of its own: registered with its tables and a status (draft, active, retired)",
          "catalog.register_asset catalog.search_assets"),
    _term("owner, data owner, ownership, data ownership, asset owner", "the person who answers for "
          "an asset: whom others ask, and to whom its findings go. An asset has one; a table "
          "without one is a finding where it holds personal data",
          "catalog.list_owners catalog.set_owner"),
    _term("steward, data steward, data stewardship, stewardship", "who looks after data day by day: "
          "describes it, reviews labels, sees to findings. Here a role that is granted on a source, "
          "a domain or everywhere; the owner is who answers for an asset",
          "rbac.list_roles rbac.grant_role"),
    _term("description, documentation", "what an asset is, in words. One that a person writes "
          "stands before the comment that the database holds",
          "catalog.describe_asset catalog.list_assets"),
    _term("certified, certification, certificate, verified, endorsed, trusted dataset, "
          "certified asset, certified table, endorsement", "that a person vouches for an asset, at "
          "the level bronze, silver or gold. It needs an owner and a description, and is refused "
          "while a high finding is open or a quality check fails; deprecation ends it",
          "catalog.certify_asset catalog.list_assets"),
    _term("deprecated, deprecation, deprecated asset, deprecated table", "that an asset is to be "
          "left, with a reason, a successor and a last day (sunset). It stays in the catalog until "
          "it is deleted", "catalog.deprecate_asset catalog.analyze_impact"),
    _term("lineage, data lineage, provenance, column lineage, column-level lineage",
          "where data comes from and where it goes, table by table and column by column: from "
          "views, foreign keys, SQL, dbt, OpenLineage events, or declared. “Upstream” is what "
          "something is made of, “downstream” what is made of it",
          "catalog.get_lineage catalog.analyze_impact"),
    _term("upstream", "what something is made of: the tables and columns that feed it",
          "catalog.get_lineage"),
    _term("downstream", "what is made of something: the views, tables and dashboards that use it",
          "catalog.get_lineage catalog.analyze_impact"),
    _term("impact analysis, impact, blast radius", "what breaks if a table or column changes or "
          "goes: everything downstream, the findings and checks on it, and whom to tell",
          "catalog.analyze_impact"),
    _term("data contract, contract", "what the producer of a table promises to those who use it: "
          "columns, types, keys, quality and freshness, in the Open Data Contract Standard. Here it "
          "is drafted from a table, imported, and checked clause by clause against the data",
          "catalog.list_contracts catalog.export_contract catalog.check_contract"),
    _term("sla, slo, service level agreement, service level, data sla", "a promise of how fresh or "
          "how complete data is. Here it is a clause of a data contract (freshness, latency, "
          "frequency) or a freshness check",
          "catalog.list_contracts catalog.list_quality_checks"),
    _term("quality check, data quality check, data quality test, quality test, assertion, "
          "data test, expectation, quality rule, data quality rule", "a test of a table or column: "
          "never null, unique, accepted values, a range, a row count or freshness. Every run is "
          "kept, so that its history shows; other tools call it an assertion or a test",
          "catalog.list_quality_checks catalog.define_quality_check"),
    _term("monitor, monitoring, data monitor, data quality monitor", "a check that runs by itself. "
          "Here: quality checks and scans that run on a schedule; what their past doesn't explain "
          "is told as unusual", "catalog.list_quality_checks assistant.anomalies"),
    _term("data quality, quality, quality score, data quality score", "how far data is fit for its "
          "use. Here it is measured: the share of a table's quality checks that pass, with its "
          "history and trend; what has no check has no quality that is known",
          "catalog.get_quality catalog.list_quality_checks"),
    _term("profile, data profile, profiling, data profiling", "a table's figures: rows, nulls, "
          "different values, extremes, patterns, column by column. Of columns with confidential "
          "labels only counts are taken", "catalog.profile_asset catalog.get_profile"),
    _term("freshness, data freshness", "how old the newest row is. A freshness check on a column of "
          "dates measures it, and a contract can promise it",
          "catalog.define_quality_check catalog.get_quality"),
    _term("schema drift, schema change, drift", "that columns were added, dropped, renamed or "
          "retyped since they were read last. Each discovery is kept, so any two times compare",
          "catalog.compare_schemas data_sources.discover_assets"),
    _term("anomaly, data anomaly, anomaly detection", "a value that its own past doesn't explain: "
          "rows, nulls, failing checks, what scans find. It takes nine values to say what is usual",
          "assistant.anomalies"),
    _term("observability, data observability", "knowing how data is doing without looking at each "
          "table: freshness, volume, schema, quality, lineage. Here: checks, profiles, compared "
          "schemas, and what is unusual", "assistant.anomalies catalog.list_quality_checks"),
    _term("incident, data incident", "something wrong with data that somebody has to mend. Racine "
          "keeps no incidents: what fails is a finding or a failed quality check, what is to be "
          "done a task", "compliance.list_findings activity.list_tasks"),
    _term("usage, popularity", "how often people and pipelines look at an asset, change it or read "
          "from it, counted from Racine's own activity and lineage; queries in the databases "
          "themselves aren't known", "catalog.get_usage"),
    _term("metric, kpi, measure", "a figure that the business steers by. Here it is a glossary term "
          "(what it means), and can be registered as an asset with the tables it is made of",
          "catalog.list_glossary_terms catalog.register_asset"),
    _term("dashboard, report, workbook, notebook", "something made of tables for people to read. "
          "It lies in another tool; registered here (or taken from dbt's exposures) it takes part "
          "in lineage and impact", "catalog.register_asset catalog.search_assets"),
    # classification
    _term("classification, data classification", "a label on a column with its evidence: the "
          "detectors that found it and a score. A scan suggests it; a person confirms or rejects "
          "it, and scans never touch that again",
          "classifications.list_classified_columns classifications.explain_classification"),
    _term("label, classification label, infotype, sensitivity label", "a kind of data, such as "
          "email or iban, with its category (personal, health, payment …), its level of sensitivity "
          "and the regulations that it touches", "classifications.list_labels"),
    _term("sensitivity, sensitivity level, sensitivity levels, level of sensitivity",
          "how much harm data does in wrong hands: public, internal, confidential or restricted. A "
          "column has it from its labels, a table from its most sensitive column",
          "classifications.summarize_sensitivity classifications.list_labels"),
    _term("confidential", "the third of four levels (public, internal, confidential, restricted): "
          "values are masked for whoever hasn't the right to see them",
          "classifications.list_classified_columns classifications.summarize_sensitivity"),
    _term("restricted", "the highest of four levels (public, internal, confidential, restricted): "
          "health data, card numbers, credentials and the like; values are masked for whoever "
          "hasn't the right to see them",
          "classifications.list_classified_columns classifications.summarize_sensitivity"),
    _term("pii, personal data, personal information, personally identifiable information, spi",
          "data by which a person can be told: names, addresses, e-mails, phone numbers, birth "
          "dates. Here it is the category “personal” of the labels that scans suggest",
          "classifications.list_classified_columns rbac.who_can"),
    _term("phi, health data, protected health information", "data about a person's health. Here it "
          "is the category “health” of the labels that scans suggest",
          "classifications.list_classified_columns"),
    _term("critical data element, cde, critical data elements", "a column that the business can't "
          "do without. Racine has no such mark of its own: a tag says it, and lists and rules ask "
          "for the tag", "catalog.tag_asset catalog.list_assets"),
    _term("masking, data masking, masked", "that values of classified columns are shown as dots to "
          "whoever hasn't the right to see them, in previews, answers and to models. Values in the "
          "databases stay as they are", "rbac.who_can rbac.check_access"),
    _term("scan, data scan", "a run of detectors over samples of a source's values; it suggests "
          "labels and stores no values. An incremental one skips tables that haven't changed",
          "scan_logic.list_scans scan_logic.start_scan"),
    _term("rule set, scan rule set, detector set", "the detectors that a scan runs, versioned: by "
          "patterns, dictionaries, checksums and names",
          "scan_rule_sets.list_rule_sets scan_rule_sets.test_rule_set"),
    _term("detector, classifier", "what recognises one kind of data by names and values, and gives "
          "a score", "scan_rule_sets.list_rule_sets scan_rule_sets.test_rule_set"),
    _term("suggested, suggested label, suggested classification", "that a scan found the label and "
          "no person has confirmed or rejected it yet",
          "classifications.list_classified_columns classifications.confirm_classification"),
    _term("confirmed, confirmed classification", "that a person has agreed to a label: no scan "
          "takes it away", "classifications.list_classified_columns"),
    # compliance
    _term("framework, compliance framework, regulation", "a law or standard with its controls, such "
          "as GDPR or PCI DSS", "compliance.list_frameworks compliance.find_gaps"),
    _term("control, requirement", "one demand of a framework, such as Art. 32 GDPR. Rules serve it; "
          "one that no rule serves is a gap", "compliance.search_controls compliance.find_gaps"),
    _term("rule, compliance rule, policy, governance policy, data policy", "a condition on what "
          "the catalog knows, such as “personal data has an owner”. It serves controls, and each "
          "failure of it is a finding. Other tools call it a policy",
          "compliance.list_rules compliance.create_rule"),
    _term("finding, violation, issue", "one failure of a rule, with evidence, the owner and a due "
          "day by severity (critical 7 days, high 30, medium 90, low 180). It is open, resolved, or "
          "waived", "compliance.list_findings compliance.resolve_finding"),
    _term("waiver, exception, policy exception", "that a finding is accepted, with a reason and a "
          "last day; it counts once a second person has confirmed it",
          "compliance.waive_finding compliance.list_findings"),
    _term("posture, compliance posture, compliance score, score, governance score", "the share of "
          "checks (a rule on a subject) that don't fail, by framework and by source",
          "compliance.get_posture"),
    _term("gap, compliance gap, coverage gap", "a control that no rule serves, so that nothing here "
          "tells whether it is met", "compliance.find_gaps"),
    _term("evaluation, compliance evaluation", "judging all rules by what the catalog knows now; it "
          "opens findings and resolves those that no longer fail",
          "compliance.evaluate_compliance"),
    _term("retention, retention period, retention policy, data retention", "how long data may be "
          "kept. Here a tag says it (retention:7y), and rules judge it by the oldest row; nothing "
          "is deleted by Racine", "compliance.list_rules compliance.list_findings"),
    # access
    _term("role", "a list of permissions, such as viewer, analyst, steward, administrator",
          "rbac.list_roles"),
    _term("permission, entitlement, privilege", "one thing that somebody may do, such as "
          "catalog.read; roles give them", "rbac.list_permissions rbac.who_can"),
    _term("grant", "a role given to a person, a team or a service account, on a source, a domain, "
          "a workspace or everywhere, for a time or without an end",
          "rbac.get_user rbac.grant_role"),
    _term("rbac, role-based access control, access control", "that what somebody may do comes from "
          "roles; nothing is allowed unless a role gives it", "rbac.list_roles rbac.who_can"),
    _term("access review, access certification", "looking through all grants by their last use: "
          "unused, larger than what is used, of disabled people, and duties that conflict",
          "rbac.review_access"),
    _term("least privilege", "that nobody holds more than what they use. An access review flags "
          "grants that are larger than what is used", "rbac.review_access"),
    _term("separation of duties, segregation of duties", "that one person doesn't hold two rights "
          "that should be apart, such as giving access and seeing classified values",
          "rbac.review_access"),
    _term("service account, service principal, technical user", "an account of a program: it acts "
          "by API keys, has an owner, and nobody signs in as it",
          "rbac.list_users rbac.create_service_account"),
    # work
    _term("workspace", "a room for a team's work: the sources linked to it, its conversations, and "
          "roles that reach as far as it does", "workspaces.list workspaces.create"),
    _term("plan", "the changes that I propose, each with what it would do. It runs only once a "
          "person with the right has approved exactly that", "assistant.list_plans"),
    _term("workflow", "a saved, versioned plan that people, the clock or an event start",
          "workflows.list workflows.templates"),
    _term("pipeline, data pipeline, dag", "a workflow arranged in stages, with gates between them "
          "and a health of its own", "pipelines.list pipelines.templates"),
    _term("execution, run, job", "one run of a workflow, pipeline or approved plan, step by step, "
          "with its log", "workflows.list_executions"),
    _term("orchestration", "one record over the executions of several groups",
          "workflows.list_executions orchestration.metrics"),
    _term("schedule", "what starts a workflow by the clock or on an event, under the rights of who "
          "made it", "workflows.schedules scan_logic.list_scan_schedules"),
    _term("task", "something for a person to do, with who and until when", "activity.list_tasks"),
    _term("activity, audit trail, audit log", "every change with who made it, when, and before and "
          "after, in a chain that shows whether it was tampered with",
          "activity.search activity.verify_audit_trail"),
    _term("recommendation", "something that had better be done, with its evidence and the steps",
          "assistant.recommendations"),
    _term("insight", "what the records of several groups tell together",
          "assistant.insights"),
    _term("receipt", "the record of how an answer came about: calls, records with their versions, "
          "citations", "assistant.list_receipts"),
    _term("data governance, governance", "knowing what data there is, who answers for it, who may "
          "use it, how good it is and whether it complies, and acting on it",
          "assistant.recommendations compliance.get_posture"),
)  # fmt: skip

TERMS: Mapping[str, Term] = {key(parts(name)): term for names, term in _LISTED for name in names}


def term(words: str) -> Term | None:
    """The term that goes by a name; plural and singular alike."""
    return TERMS.get(key(parts(words)))
