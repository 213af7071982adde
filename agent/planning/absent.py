"""What isn't here: platforms that aren't connected, and wishes that nobody can fulfil here.

A platform's name is taken out of a request, and said to be unknown; a wish is answered with what
can't be done and what can instead. Data; the sentences are read by people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.planning.lexicon import Lexicon
from agent.planning.text import parts

# Stores and tools that data may lie in, and catalogs of the kind that this one is.
_STORES = (
    "snowflake|big ?query|redshift|databricks unity catalog|unity catalog|databricks|synapse|"
    "microsoft fabric|fabric|teradata|s3|adls|amazon redshift|google big ?query|"
    "azure sql|cosmos ?db|sql server|mssql|aurora|greenplum|netezza|db2|cassandra|"
    "elasticsearch|delta lake|hudi|"
    "azure data lake|aws glue|glue|athena|hive|kafka|confluent|tableau|power ?bi|looker|metabase|"
    "superset|dbt cloud|dbt|airflow|fivetran|salesforce|sap hana|sap|oracle|mongo ?db|dynamo ?db|"
    "sharepoint|onedrive|google drive|gcs|vertica|trino|presto|dremio|clickhouse|iceberg"
)
_CATALOGS = (
    "data ?hub|open ?metadata|purview|microsoft purview|collibra|atlan|alation|"
    "secoda|informatica|amundsen|one ?trust|big ?id|immuta|privacera|monte carlo|select star|"
    "ataccama|data ?dog"
)
_KIND = (
    r"(?:\s+(?:account|instance|environment|lakehouse|catalog|platform|metastore|cloud|project|"
    r"workspace|cluster|warehouse|bucket|database))?"
)
# What such stores and catalogs hold, by what it is here.
_HERE = {
    "data sources": "accounts|warehouses|clusters|instances|projects|workspaces|lakehouses|"
    "metastores|catalogs|environments|connections|buckets|schemas|databases",
    "tables": "topics|models|volumes|streams|indices|shares",
    "dashboards": "workbooks|reports|worksheets|looks|dashboards",
    "domains": "communities|collections|domains",
}
_HOLDS = rf"(?:\s+(?P<holds>{'|'.join(_HERE.values())}))"
_PLACED = re.compile(
    rf"(?:\b(?:in|on|from|across|within|into|inside|of|using|with|via|through)\s+)?"
    rf"(?:\b(?:our|the|my)\s+)?\b(?P<name>{_STORES}|{_CATALOGS})"
    rf"(?:{_HOLDS}|{_KIND})\b(?!['’]?\s*\.\w)",
    re.IGNORECASE,
)
SURE = 0.8  # of a match, to be what is named
_CATALOG = re.compile(rf"(?:{_CATALOGS})$", re.IGNORECASE)
_CONNECTS = re.compile(
    r"\b(connect(?!ed\b)\w*|support\w*|onboard\w*|register\w*|integrat\w*|attach\w*|"
    r"ingest\w*|set ?up|called|named|team|user|tag\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wish:
    """What is asked for often and can't be done; `instead`: operations that come nearest.

    `firm`: it can't be done even where the sentence resembles something that could. `look`: the
    request that shows what it is about, of the pattern's own groups.
    """

    pattern: re.Pattern[str]
    answer: str
    instead: tuple[str, ...]
    firm: bool = False
    look: str = ""

    def request(self, text: str) -> str:
        """The request that shows what a wish is about; empty where nothing does."""
        found = self.pattern.search(text) if self.look else None
        return self.look.format(**found.groupdict()) if found else ""

    def opens(self, text: str) -> bool:
        """Whether a text begins with what can't be done: "Request access to the payroll table"."""
        begun = _COURTESY.match(text)
        return self.firm and self.pattern.match(text, begun.end() if begun else 0) is not None

    def yields(self, operation: str) -> bool:
        """Whether a question about this operation is more to the point."""
        return operation in self.instead or not self.firm


_COURTESY = re.compile(
    r"\s*(?:(?:please|can you|could you|i want to|i'd like to)\s+)*", re.IGNORECASE
)


def _wish(pattern: str, answer: str, *instead: str, firm: bool = False, look: str = "") -> Wish:
    return Wish(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), answer, instead, firm, look)


WISHES: tuple[Wish, ...] = (
    _wish(
        r"(?:drop|delete|remove|truncate|empty|clear) (?:the |this |that )?(?:whole |entire )?"
        r"(?:database )?(?:table|view|column|schema|rows?|index)\b.*?"
        r"\b(?:from|in|out of|inside|of) (?:the |our |its |this |that )?"
        r"(?:\w+ )?(?:database|db|warehouse|schema|source system)|"
        r"alter (?:the )?(?:table|column|view)|"
        r"insert (?:an? |the |new |some )?(?:rows?|records?)|"
        r"(?:add|append|write|put) (?:a |an |new |some )*(?:rows?|records?|column)\b|"
        r"create (?:a |an |the |new )*(?:table|view|column|schema|index|database)\b|"
        r"(?:rename|resize|retype) (?:the )?(?:column|table|view|schema|field)\b|"
        r"update (?:the )?(?:rows?|records?|values?)|update set\b",
        "I change nothing in your databases: their tables, columns and rows stay as they are. I "
        "can say what depends on one, deprecate it in the catalog, and describe or classify it.",
        "catalog.analyze_impact", "catalog.deprecate_asset", "catalog.describe_asset", firm=True,
    ),
    _wish(
        r"mask|masking|tokeni[sz]e\w*|encrypt|pseudonymi[sz]\w+|anonymi[sz]\w+|redact\w*|udfs?|obfuscate",
        "I can't change values or write masking functions. Values of classified columns are "
        "masked here for everybody without the right to see them; I can classify a column, or say "
        "who sees it unmasked.",
        "classifications.set_classification", "rbac.who_can", "rbac.check_access", firm=True,
    ),
    _wish(
        r"row[- ]level|row filters?|column[- ]level security|fgac|abac|dynamic views?|grants? sql",
        "I can't write filters into a database. Access is by roles here: on a source, a domain, "
        "a workspace, or up to a level of sensitivity.",
        "rbac.grant_role", "rbac.who_can", "rbac.list_roles", firm=True,
    ),
    _wish(
        r"slack|microsoft teams|in teams|pagerduty|notif\w+|subscribe|subscription|alert me|"
        r"e?-?mail me|send (?:me|us) (?:an? )?(?:e?-?mail|message|alert)|ping me",
        "I can't send messages to chat or mail. I can keep a list of tasks, show what fails, "
        "and run scans and workflows on a schedule.",
        "workflows.schedule", "activity.create_task", "compliance.list_findings", firm=True,
    ),
    _wish(
        r"jira|service ?now|tickets?|raise an incident|open an incident|incidents?",
        "I have no incidents and no outside tickets, unless such a system is registered as a "
        "service. I can create a task here for a person.",
        "activity.create_task", "compliance.list_findings", "integration.list_services",
    ),
    _wish(
        r"legal bas[ei]s|lawful basis|purposes? of processing|data residency|cross[- ]border|"
        r"(?:transfer\w*|sent|moved) abroad|third countr\w+|data processing agreements?|dpas?|"
        r"ropa|records? of processing(?: activities)?|processing activit(?:y|ies)|dpia|privacy impact assessments?|pia",
        "I keep no records of processing, legal bases, places of processing or impact assessments. "
        "I can list where personal data lies and who owns it, what it flows to, and export a "
        "compliance report with its evidence.",
        "classifications.list_classified_columns", "compliance.export_report",
        "catalog.list_owners", firm=True,
    ),
    _wish(
        r"dsars?|dsrs?|subject (?:access |rights? )?requests?|right to be forgotten|forget me|"
        r"consent (?:banner|management)|cookies?",
        "I don't carry out the requests of data subjects. I can show which columns hold such data, "
        "what they feed, and who owns them.",
        "classifications.list_classified_columns", "catalog.get_lineage",
        "catalog.list_owners", firm=True,
    ),
    _wish(
        r"anomal\w+|outliers?|observability|slas?|watch for|monitors?|monitoring|alerts?|alerting",
        "I don't watch tables by myself. I can define quality checks (never null, unique, range, "
        "freshness, row count), run them, profile tables, and compare schemas and scans.",
        "catalog.define_quality_check", "catalog.run_quality_checks", "catalog.compare_schemas",
    ),
    _wish(
        r"diagrams?|charts?|visuali[sz]\w*|plot|slides?|power ?point|presentation|draw",
        "I draw no pictures. I can list what feeds an asset and what depends on it, step by step, "
        "and export reports.",
        "catalog.get_lineage", "compliance.export_report", "catalog.export_catalog", firm=True,
    ),
    _wish(
        r"write (?:me )?(?:an? |the )?(?:code|script)|sql|query|queries|udtf|stored procedures?",
        "I write and run no queries of your own. I can show some rows, describe tables and "
        "columns, and tell what a SQL statement reads and writes.",
        "data_sources.preview_rows", "catalog.get_asset", "catalog.read_sql_lineage",
    ),
    _wish(
        r"(?:request|apply for|ask for) access|access requests?",
        "I can't file a request for access. I can say why somebody can't see something, and who "
        "could grant it.",
        "rbac.check_access", "rbac.who_can", "rbac.grant_role", firm=True,
    ),
    _wish(
        r"passwords?|mfa|sso|single sign-on|saml|ldap|scim",
        "I don't manage passwords or sign-in. I can show and change who holds which role, and "
        "disable accounts.",
        "rbac.list_users", "rbac.disable_user", "rbac.get_user",
    ),
    _wish(
        r"costs?|spend|spending|credits|billing|budget",
        "I don't know what storage or queries cost. I can say how much assets are used, and which "
        "resemble one another.",
        "catalog.get_usage", "catalog.find_similar_assets", "scan_logic.estimate_scan",
    ),
    _wish(
        r"retention|archiv\w+|purge|delete (?:\w+ ){0,3}(?:data|rows|records)|erase|truncate",
        "I don't change or delete data. I can show which rules judge retention, and where they "
        "fail.",
        "compliance.list_rules", "compliance.list_findings", "search.unified",
    ),
    _wish(
        r"translate|translations?|(?:generate|write|create|draft) (?:ai |automatic )?descriptions?",
        "I write and translate no texts by myself. I can say what has no description yet, and put "
        "down a description that you give me.",
        "catalog.list_assets", "catalog.describe_asset", firm=True,
    ),
    _wish(
        r"(?:re)?(?:assign|give|hand|delegate|transfer)(?: over)? "
        r"(?:(?:all|the|every|these|those|our) )*"
        r"(?P<what>(?:(?:open|critical|high|medium|low|overdue) )*findings (?:of|on|in|for|from) "
        r"(?:the )?[\w./-]+)",
        "I give findings to a person one at a time: open one of these, or name it by its id.",
        "compliance.assign_finding", firm=True, look="list {what}",
    ),
    _wish(
        r"(?:analy[sz]e|aggregate|sum up|chart|plot|visuali[sz]e|calculate|compute) (?:my |our |the |all "
        r"|an? )*(?:[\w-]+ )?(?:data|sales|revenue|orders|numbers|figures|trends?|chart|graph)\b(?! (?:quality|"
        r"lineage|flow|catalog|governance))",
        "I compute nothing from the rows of your tables: no sums, trends or charts of the business. "
        "I can find the tables for it, show some rows, and profile their columns.",
        "catalog.search_assets", "data_sources.preview_rows", "catalog.profile_asset",
    ),
    _wish(
        r"train|fine[- ]?tune|predict\w*|forecast|machine learning model",
        "I build no models and make no forecasts. I can find the data for it, and say how good and "
        "how sensitive it is.",
        "catalog.search_assets", "catalog.get_quality", "classifications.get_asset_classification",
    ),
)  # fmt: skip


def _ours(noun: str) -> str:
    return next(ours for ours, nouns in _HERE.items() if noun.lower() in nouns.split("|"))


def placed(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """A request without the platforms that aren't here, and the stores among them."""
    if _CONNECTS.search(text) or not _PLACED.search(text):
        return text, ()
    gone: list[str] = []

    def without(found: re.Match[str]) -> str:
        if lexicon.named(parts(found["name"])):
            return found.group()
        if not _CATALOG.fullmatch(found["name"]):
            gone.append(found["name"])
        return f" {_ours(found['holds'])} " if found["holds"] else " "

    rest = " ".join(_PLACED.sub(without, text).split())
    return (rest, tuple(gone)) if len(rest.split()) > 1 else (text, ())


# Laws and standards that people ask about; which of them are known here the lexicon tells.
_FRAMEWORKS = re.compile(
    r"\b(SOX|Sarbanes[- ]Oxley|FERPA|GLBA|COPPA|FISMA|FedRAMP|CMMC|HITRUST|TISAX|LGPD|PIPEDA|POPIA|"
    r"APPI|PDPA|PIPL|DPDP|CPRA|VCDPA|BCBS[- ]?239|COBIT|DORA|NIS ?2|(?:EU )?AI Act|Basel III|"
    r"MiFID II|Solvency II|21 CFR Part 11|ISO[ /]*(?:IEC )?\d{4,5}|SOC ?[13]|NIST CSF|"
    r"CIS (?:Controls|v8)|NERC CIP|ITAR|CJIS|C5|ENS)\b"
)


def unknown_framework(text: str, lexicon: Lexicon) -> str | None:
    """A law or standard that a text names and that isn't among the frameworks here."""
    named = [found.group() for found in _FRAMEWORKS.finditer(text)]
    strange = (
        one
        for one in named
        if not any(
            m.entity.kind == "framework" and m.score >= SURE for m in lexicon.named(parts(one))
        )
    )
    return next(strange, None)


def wish(text: str) -> Wish | None:
    """What can't be done of a text that nothing else explains."""
    return next((one for one in WISHES if one.pattern.search(text)), None)
