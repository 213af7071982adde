"""The words of the grammar, as data: each concept with the phrases that stand for it.

Phrases are compared folded (plural and third person fall together) and without determiners, so
`feed` also stands for "feeds" and "is covered by rule" for "is covered by a rule".
"""

from __future__ import annotations

from agent.planning.text import words
from agent.planning.types import Kind

DETERMINERS = words("the a an our your please just also kindly any some")

FILLERS = words(
    """
    i you he she we us me our ours mine am is are was were be been being do does did done have
    has had will would can could may might shall should must to of in on at for from by with
    within into about as and or but so that this these those there here it its them they their
    theirs what which who whom whose where when how all every each everything anything
    something any some show list give tell get see display print find look let know want need
    like please say want currently current now yet still already right exactly really actually
    again ever anywhere everywhere together overall available registered exist existing
    defined loaded not no yes ok if then than too well much many more most very one ones thing
    stuff kind type sort name called use take go come make would used using help question ask
    check report me up out over other another only such per via let us new data information
    info set still got mean quick quickly time think between particular specific certain given
    retrieve fetch return id ids terms importance someone somebody rather almost maybe
    probably basically really active official
    """
)

# What carries no argument: an answer that passes it over is none the worse.
EMPTY = words(
    """
    whether lost disappeared vanished value part responsibility rid rundown under bit piece matter
    please everyone stuff lot way thank team company business side hand place case moment short
    brief rest next remaining tell hello hey kindly wonder wondering idea say else nothing
    explanation explanations detail details regard respect effective effectively tomorrow someday
    eventually truly precisely entirely properly correctly accidentally suddenly ourselves honestly
    roughly overnight here's standing exist hop hops purpose sense worth sake fact facts
    """
)

# What things are called here in two words, of which neither names anything by itself.
COMPOUNDS = frozenset(
    {("data", "products"), ("job", "history"), ("job", "runs"), ("failed", "jobs"),
     ("running", "jobs")}
)  # fmt: skip

CONCEPTS: dict[str, str] = {
    "source": "source, data source, database, datasource, db, data store, datastore, connection",
    "connected": "connected, attached, hooked up, plugged in, plugged into, wired up, onboarded",
    "connector": (
        "connector, driver, source type, database type, type of source, type of database, kind "
        "of source, kind of database, supported source, supported database, you connect, i "
        "connect, we connect, can connect"
    ),
    "connection": "connection, connection detail, configured, configuration, credential",
    "table": "table, dataset, data set",
    "view": "view",
    "column": "column, colum, field, attribute",
    "asset": "asset, data asset, object, entity, data product, resource",
    "personal": (
        "personal data, personal information, personally identifiable information, pii, private "
        "data, data about people, personal, identifiable information, personally identifiable "
        "data, personal detail, private detail, private information"
    ),
    "sensitive": (
        "sensitive, sensitive data, sensitive information, sensitive column, confidential data, "
        "critical data"
    ),
    "hold": (
        "hold, contain, have, keep, store, stored, held, kept, include, live, sit, carry, "
        "containing, holding, storing, with, in, find, located, has"
    ),
    "label": (
        "label, classification label, sensitivity label, taxonomy, data class, infotype, "
        "information type, category of data, classification scheme"
    ),
    "classify": (
        "classify, classified, classification, classifying, labelled, labeled, detected as, "
        "categorised, categorized, recognised as, recognized as"
    ),
    "classification": "classification, classification level",
    "sensitivity": "sensitivity, how sensitive, sensitive, sensitivity level",
    "detect": "you detect, you recognise, you recognize, be detected, can detect",
    "uncovered": (
        "no rule, no rule cover, rule cover none, without rule, not covered, uncovered, not "
        "protected, unprotected, lack rule, no policy, without policy, not governed, no rule "
        "for, not covered by rule, no rule covers, nothing covers, no control, without control, "
        "nothing checking, nothing check, nobody checks, no check, not checked, not checking, not "
        "check, not covered by anything, nothing tests, nothing watch, unchecked, not monitored"
    ),
    "framework": "framework, regulation, standard, law, compliance framework, legal framework",
    "control": "control, requirement, safeguard, article, clause",
    "rule": "rule, policy, compliance rule, governance rule",
    "finding": (
        "finding, violation, violate, violating, violated, breach, failing, fail, failed, went "
        "wrong, failure, issue, problem, non-compliance, noncompliance, wrong, compliance issue"
    ),
    "posture": (
        "posture, score, compliant, comply, complying, conform, compliance status, conformity, "
        "compliance posture, how compliant, compliance score, in line, stand, meet, fulfil, "
        "fulfill, satisfy, compliance level, compliance state, live up, adhere, ready, ready "
        "for, audit-ready, readiness, pass audit, survive audit, hold up, stand up, fall short, do "
        "against, fare, fare against, in compliance, pass inspection"
    ),
    "compliance": "compliance, compliant, comply, governance",
    "gap": (
        "gap, gap analysis, coverage, blind spot, missing, coverage gap, not addressed, "
        "unaddressed, open control"
    ),
    "owner": (
        "owner, own, owned, whose, owning, ownership, responsible, in charge, accountable, "
        "steward of, belong, look after, looks after, maintain, maintained, maintainer, "
        "data owner, contact for, turn to, i ask, we ask, do i contact, whom ask"
    ),
    "feed": (
        "feed, feed into, fed, upstream, come from, came from, originate, origin, derived from, "
        "built from, sourced from, populated from, populate, provenance, built out of, computed "
        "from, based on, calculate, input of, input for, loaded from, produced from, "
        "calculated, computed, derived, get its data from, get data from, come, coming from, "
        "build, derive, upstream of, what load, made from, calculated from"
    ),
    "consume": (
        "downstream, downstream of, depend, depend on, dependent, dependent on, use, used, "
        "using, used by, consume, consumed, consumer, consumer of, rely, rely on, relying, flow "
        "to, go, end up, read from, built on, reference, feed from, draw on, fed by it"
    ),
    "lineage": (
        "lineage, data flow, data lineage, flow, trace, flow through, reach, journey, travel, "
        "data get, data move, data moved, data go, data pass, data travel, supply chain"
    ),
    "impact": (
        "what if, break, breaking, impact, affected, affect, affecting, impacting, blast "
        "radius, consequence, safe to, safely, stop working, fall over, be hurt, go wrong, side "
        "effect, without breaking, suffer, impacted, knock-on, collapse, happen if, happen when"
    ),
    "alter": (
        "drop, dropped, dropping, remove, removed, removing, delete, deleted, deleting, rename, "
        "renamed, renaming, change, changed, changing, alter, altered, modify, modified, go "
        "away, goes away, disappear, retire, retired, deprecate, deprecated, without, gone, "
        "migrate, migrated, break"
    ),
    "describe": (
        "describe, tell about, about, detail, explain, schema, structure, what is, look like, "
        "made of, definition, mean, what are, stand for, metadata of, describing"
    ),
    "detail": "detail, definition, setting, metadata of",
    "content": "what is in, what is inside, inside, consist, made of, contain, hold, have",
    "datatype": "data type, datatype, type of, nullable, primary key, foreign key",
    "ruleset": (
        "rule set, ruleset, scan rule set, detection rule set, scan rule, detection rule, rule "
        "set with, rules against, detector set"
    ),
    "detector": "detector",
    "scan": "scan, scanned, scanning, scan job, scan run",
    "latest": "last, latest, newest, recent, most recent",
    "how": "how",
    "history": "history, ran, run, recent, last, past, latest, previous, so far, ever",
    "result": "result, found, find, finding, outcome, turn up, discover, discovered",
    "estimate": "estimate, how long, cost, duration, how expensive, how much time, effort, take",
    "progress": "status, progress, state, done, finished, doing, going, running, complete, how far",
    "who": "who, whom, whose, which person, which people, who all, everybody who, everyone who",
    "people": (
        "user, account, person, people, member, colleague, everybody, everyone, anybody, which "
        "user, users"
    ),
    "role": "role",
    "permission": "permission, privilege, right, entitlement",
    "may": (
        "allowed, allowed to, may, can, able, access, permitted, permission, authorised, "
        "authorized, could, have access, denied, forbidden"
    ),
    "apikey": "api key, apikey, access token, api token, access key",
    "happen": (
        "happen, happened, changed, change, going on, new, activity, audit log, log, audit "
        "trail, audit, did, done, touched, go on, went on, goes on, been up to, has been going "
        "on, event, what did, changelog, timeline, logged"
    ),
    "edited": (
        "edited, modified, updated, created, deleted, added, removed, tagged, registered, scanned, "
        "granted, revoked, made change, run, ran, started"
    ),
    "activity": "activity, audit log, audit trail, change log, event log, timeline, going on, log",
    "verify": (
        "verify, tamper, tampered, intact, integrity, manipulated, unbroken, unaltered, "
        "trustworthy, forged"
    ),
    "health": (
        "health, ping, healthy, up, down, alive, reachable, online, available, status, ok, "
        "offline, respond, responding, accessible, working, unhealthy"
    ),
    "system": "system, service, platform, racine, application, component, assistant, installation",
    "row": (
        "row, record, sample, sample data, example, preview, peek, line, data look, entry, "
        "sample row, example row"
    ),
    "summary": (
        "summary, summarize, summarise, overview, how big, size, how many table, statistic, how "
        "large, summarised, summarized, profile of, at glance"
    ),
    "workspace": "workspace",
    "workflow": "workflow, saved plan, pipeline",
    "execution": "execution, workflow run, run of workflow, workflow execution",
    "conversation": "conversation, chat, discussion",
    "me": (
        "who i am, who am i, my profile, my account, my role, my permission, am i allowed, "
        "may i do, whoami, permission do i have, role do i have, right do i have"
    ),
    "search": (
        "find, search, look for, looking for, locate, search for, hunt for, discover, called, "
        "named, anything, related, related to, mention, deal with, talk about, say about, look "
        "everywhere, dealing with, relevant, data on, data about, browse, explore"
    ),
    "topic": "about, on, around, regarding, concerning, related to, for",
    "named": "named, called",
    "where": "where, anywhere",
    "everywhere": "everything, everywhere, all groups, all group, across group, across everything",
    "scope": "catalog, datahub, racine",
    "why": (
        "why, how come, reason, explain, what make, how do you know, what makes, how did you "
        "know, evidence"
    ),
    "how_many": "how many, number of, count",
    "lack": (
        "no, without, lack, lacking, missing, miss, undocumented, unowned, orphaned, untagged, "
        "unclassified, not, never, nobody, incomplete, undefined, unset, unassigned, unlinked, "
        "untested, unprofiled,  need, how complete, completeness, documentation coverage"
    ),
    "description": (
        "description, documentation, undocumented, documented, described, document, docs"
    ),
    "tag": "tag, tagged, untagged",
    "test": "test, try, would, make of, recognise, recognize, detect, match, check, catch",
    "say": (
        "say about, say, about, require, required by, demand, ask for, on, deal with, "
        "prescribe, talk about, regarding"
    ),
    "when": "when, last time",
    "governance": (
        "metadata, quality, glossary, contract, pipeline, dashboard, schema, catalog, data, "
        "governance, datahub, stewardship, freshness, profile, masking, query, sql"
    ),
    "listing": "list, which, what, all, every, show, available, browse, explore",
}

KIND_NOUNS: dict[str, tuple[Kind, ...]] = {
    "source": ("source",), "database": ("source",), "db": ("source",),
    "table": ("table", "view"), "dataset": ("table", "view"), "view": ("view",),
    "column": ("column",), "field": ("column",), "attribute": ("column",),
    "user": ("person",), "role": ("role",), "framework": ("framework",), "label": ("label",),
    "rule": ("rule",), "control": ("control",), "tag": ("tag",), "scan": ("scan",),
    "dashboard": ("registered",), "product": ("registered",), "metric": ("registered",),
    "term": ("term",), "domain": ("domain",), "team": ("team",), "workflow": ("workflow",),
    "pipeline": ("pipeline", "registered"), "workspace": ("workspace",),
    "requirement": ("control",), "regulation": ("framework",), "standard": ("framework",),
}  # fmt: skip

# The last words of a label's name that people leave out: "phone" for "phone number".
GENERIC_TAILS = frozenset({"address", "number", "code", "id", "name", "data", "identifier"})

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("email", "email address", "mail address"),
    ("phone", "phone number", "telephone", "telephone number", "mobile number"),
    ("person name", "name of person", "full name", "person's name"),
    ("date of birth", "birth date", "birthday", "birthdate", "dob"),
    ("ssn", "social security number", "us ssn"),
    ("credit card", "credit card number", "card number", "payment card", "pan"),
    ("iban", "bank account", "bank account number", "iban code"),
    ("ip address", "ip", "ip addresses"),
    ("postal address", "street address", "home address", "address", "location"),
    ("personal", "personal data", "pii", "pii sensitive", "personal data personal",
     "personal information", "personally identifiable",
     "personally identifiable information", "personal detail", "private data"),
    ("health", "health data", "health information", "phi", "medical data", "patient data"),
    ("financial", "financial data", "financial information", "payment data", "bank data"),
    ("contact", "contact data", "contact detail", "contact information"),
    ("credential", "credentials", "secret", "password"),
)  # fmt: skip

# Typed values that an argument may take, with the words that stand for them.
VALUES: dict[str, dict[str, str]] = {
    "source_kind": {
        "sqlite": "sqlite, sqlite3",
        "postgresql": "postgres, postgresql, pg, psql",
        "mysql": "mysql, mariadb",
        "duckdb": "duckdb",
        "files": "csv, parquet, json, excel, folder, directory",
    },
    "asset_kind": {
        "table": "table, dataset, data set",
        "view": "view",
        "column": "column, field, attribute, colum",
    },
    "environment": {
        "production": "production, prod, productive",
        "staging": "staging, stage, preproduction, preprod",
        "development": "development, dev",
        "test": "test, testing, qa",
    },
    "sensitivity": {
        "restricted": "restricted, strictly confidential, highly sensitive, secret",
        "confidential": "confidential",
        "internal": "internal",
        "public": "public",
    },
    "status": {
        "suggested": "proposed, suggested, unconfirmed, pending, unreviewed, open, waiting for"
        " review, to be confirmed, to review, not confirmed, not reviewed",
        "confirmed": "confirmed, approved",
        "rejected": "rejected, dismissed",
    },
    "scan_status": {
        "completed with failures": "failed, fail, failing, with error, went wrong, unsuccessful",
        "cancelled": "cancelled, canceled, aborted",
        "open": "running, under way, paused, queued, in progress",
    },
    "severity": {
        "critical": "critical",
        "high": "high, severe, serious",
        "medium": "medium, moderate",
        "low": "low, minor",
    },
    "permission": {
        "unmask": "unmask, unmasked, masked, in clear, clear text, cleartext",
        "write": "write, change, edit, modify, update, alter, write access",
        "delete": "delete, remove, drop",
        "read": "read, see, view, access, look at, query, open",
    },
    "direction": {
        "upstream": "upstream, feed, feed into, go into, fed, come from, came from, originate,"
        " origin, come,"
        " derived from, built from, sourced from, populated from, provenance, calculate,"
        " calculated, computed, populate, source of, get its data from, get data from,"
        " input",
        "downstream": "downstream, depend, depend on, use, used by, read from, read by, consume,"
        " consumer, rely, rely on, flow to, go, end up, dependent",
        "both": "both directions, end to end, end-to-end, up and down",
    },
    "deed": {
        "rbac.grant_role": "granted, grants",
        "rbac.revoke_role": "revoked",
        "catalog.tag_asset": "tagged",
        "catalog.untag_asset": "untagged",
        "data_sources.register_source": "registered",
        "data_sources.remove_source": "unregistered",
        "scan_logic.start_scan": "scanned",
    },
    "without": {
        "description": "description, documentation, undocumented, documented, described, document,"
        " incomplete documentation, metadata",
        "owner": "owner, unowned, orphaned, ownerless, responsible, data owner,"
        " data steward, custodian, look after, looks after, accountable, contact person,"
        " maintainer",
        "classification": "classification, unclassified, classified, label, unlabelled",
        "tag": "tag, untagged, tagged",
        "profile": "profile, profiled, unprofiled, statistic",
        "quality_check": (
            "quality check, check, quality test, test, data quality, quality, tested, checked, "
            "quality rule, expectation, assertion, quality monitoring, untested"
        ),
        "contract": "contract, data contract",
        "domain": "domain, business domain, data domain, domain assigned",
        "term": "glossary term, business term, term",
        "lineage": "lineage, upstream, dependency",
    },
}
ACCOUNTS = words("user account login person colleague member employee")  # no names of theirs
# A pattern of what may stand before an order, with what parts it from that
POLITELY = (
    r"^\W*(?:(?:please|now|can you|could you|would you|i want (?:you )?to|i need (?:you )?to|"
    r"we need to|we want to|i would like to|i['’]d like to|let['’]?s|help me(?: to)?|"
    r"go ahead and)[, ]+)*"
)
