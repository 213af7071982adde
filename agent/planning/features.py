"""A sentence as the set of what it speaks of: words by their meaning, names by their kind.

So "drop the dataset" and "delete table" are one, and a person's name is a person, whoever it is.
What stands for what is data; telling how much a word tells is `exemplars`' part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from agent.planning.concepts import Phrases
from agent.planning.text import Token, fold, tokenize, words
from agent.planning.vocabulary import DETERMINERS

# Each meaning with the words and phrases that stand for it, folded as `text.fold` does.
MEANINGS: dict[str, str] = {
    "show": (
        "show, list, display, give me, give us, see, present, pull, pull up, fetch, retrieve, "
        "tell, tell about, share, provide, bring up, let me see, what, which, view all, "
        "inspect, get, enumerate, print, look at, want to see, is there, are there, there are, "
        "do we have, do i have, do you have, exist, available, browse, overview, any"
    ),
    "find": "find, search, look for, look up, locate, search for, looking for, hunt, seek",
    "how_many": "how many, number of, count, how much",
    "table": "table, dataset, data set, relation",
    "column": "column, field, attribute",
    "asset": "asset, data asset, object, resource",
    "source": "source, data source, database, datasource, db, data store, data stores",
    "personal": (
        "personal, pii, personal data, personal information, personally identifiable, gdpr "
        "relevant"
    ),
    "sensitive": "sensitive, sensitivity, confidential data, critical data",
    "owner": (
        "owner, own, owned, owning, ownership, responsible, accountable, custodian, in charge, "
        "data owner, belong to whom, unowned, ownerless, orphaned, contact about, contact for, "
        "person to contact, responsibility"
    ),
    "description": (
        "description, document, documentation, docs, documented, undocumented, describe, "
        "described, readme"
    ),
    "label": (
        "label, labelled, labeled, classification, classify, classified, classifying, data "
        "class, unclassified, reclassify, auto-classify, autoclassify, infotype, classifier"
    ),
    "taxonomy": "taxonomy, classification scheme",
    "tag": "tag, tagged, tagging, untag, untagged",
    "quality": (
        "quality, dq, data quality, reliable, reliability, trustworthy, trust, accurate, "
        "accuracy"
    ),
    "check": "check, test, assertion, expectation, validation, validate, testing",
    "run": (
        "run, execute, start, launch, trigger, kick off, perform, conduct, rerun, re-run, "
        "initiate, carry out, do run, begin, fire"
    ),
    "create": (
        "create, add, make, new, set up, setup, establish, introduce, insert, build, register, "
        "define"
    ),
    "delete": (
        "delete, remove, drop, erase, get rid of, purge, clear, take out, dropped, deleted, "
        "goes away"
    ),
    "change": (
        "change, update, modify, edit, alter, set, adjust, changed, updated, modified, edited, "
        "altered, correct"
    ),
    "rename": "rename, renamed, call it, rebrand",
    "grant": "grant, granted, granting, give access, allow, entitle, permit",
    "revoke": "revoke, withdraw, take away, strip, rescind",
    "permission": "permission, privilege, entitlement, right, rights, excessive access",
    "access": "access",
    "may": "may, can, able, allowed, could, authorised, authorized, permitted",
    "person": (
        "person, people, user, employee, colleague, individual, staff member, somebody, "
        "someone, member"
    ),
    "account": "account, login, service principal",
    "compliance": "compliance, compliant, comply, posture, adherence, adhere, conformity",
    "posture": "score, posture, readiness, ready, compliance status, stand",
    "finding": (
        "finding, violation, issue, breach, problem, policy violation, non-compliance, incident"
    ),
    "fail": "fail, failed, failing, failure, broken, error, unsuccessful, went wrong",
    "rule": "rule, policy, governance rule, governance policy",
    "control": "control, requirement, safeguard, article, clause",
    "framework": "framework, regulation, standard, law, legal framework",
    "gap": "gap, blind spot, uncovered, not covered, gap analysis, gap assessment, coverage gap",
    "evaluate": (
        "evaluate, assess, assessment, reassess, evaluation, compliance check, re-evaluate, "
        "recheck, re-run assessment"
    ),
    "report": "report, evidence package, audit report, evidence",
    "equivalent": (
        "equivalent, correspond, corresponding, map to, crosswalk, mapping, counterpart, mapped "
        "to"
    ),
    "lineage": (
        "travel, move through, lineage, data flow, provenance, trace, flow, data lineage, "
        "journey, origin"
    ),
    "upstream": (
        "upstream, root source, source behind, behind, feed, fed, come from, comes from, built "
        "from, derived, derive, populate, get from, originate, sourced from"
    ),
    "downstream": (
        "downstream, consume, consumer, depend, dependent, dependency, rely, relies, use it, "
        "built on, flows into"
    ),
    "impact": (
        "impact, affect, affected, break, breaking, blast radius, consequence, impact analysis"
    ),
    "scan": "scan, scanned, scanning, discovery scan, rescan",
    "detector": "detector, detection rule, detection",
    "ruleset": "rule set, ruleset, scan rule set, scan rule, detection rule set",
    "history": "history, past, previous, so far, recently, ran",
    "last": "last, latest, most recent, newest",
    "schedule": (
        "schedule, scheduled, scheduling, every day, every week, daily, weekly, monthly, "
        "nightly run, every monday, every sunday, every night"
    ),
    "stop": "stop, cancel, abort, halt, kill, terminate, end",
    "pause": "pause, put on hold, suspend",
    "resume": "resume, continue, go on",
    "retry": "retry, try again",
    "workflow": "workflow, automation, automated, playbook, automate, dag",
    "approve": (
        "approve, approval, sign-off, sign off, signoff, confirm, accept, accepted, approved, "
        "confirmed, approver"
    ),
    "reject": "reject, dismiss, decline, rejected, refuse",
    "wait": "wait, pending, waiting, outstanding, awaiting, open plan",
    "activity": (
        "activity, audit, log, audit trail, audit log, happen, happened, tried, attempted, been "
        "done, worked on, event log, change log, changelog"
    ),
    "undo": "undo, revert, roll back, rollback, take back, reverse, put back",
    "task": "task, todo, to-do, to do, assignment, work item",
    "assign": "assign, hand over, transfer, delegate, assigned, hand, give to, reassign",
    "term": "term, business term, glossary term, terminology",
    "glossary": "glossary, business glossary, vocabulary, dictionary, business vocabulary",
    "meaning": "meaning, mean, definition, defined, official definition, stand for, do we define",
    "contract": "contract, data contract, odcs",
    "keep": (
        "keep, kept, honour, honoured, honored, honor, fulfilled, violated contract, met, "
        "promise"
    ),
    "profile": (
        "profile, statistic, stats, distribution, profiling, value distribution, min and max, "
        "minimum, maximum"
    ),
    "null": "null, empty, blank, missing value, nulls, null rate, completeness",
    "topic": (
        "about, regarding, concerning, related to, relating to, related, relate, mention, deal "
        "with"
    ),
    "unique": "unique, distinct, duplicate value, uniqueness, cardinality",
    "fresh": "fresh, freshness, stale, up to date, up-to-date, recent data, late, staleness",
    "usage": "used, usage, popular, popularity, often, use, most used, queried, unused, frequently",
    "similar": (
        "similar, resemble, look like, alike, duplicate, duplicates, copy of, near duplicate, "
        "redundant"
    ),
    "copy": "clone, copy, duplicate as",
    "schema": "schema, structure, schemas",
    "compare": (
        "compare, difference, differ, diff, versus, vs, comparison, drift, schema drift, schema "
        "change"
    ),
    "domain": "domain, business domain, data domain",
    "product": "data product",
    "dashboard": "dashboard",
    "metric": "metric, kpi, measure",
    "certify": "certify, certified, certification, endorse, endorsement, verified badge",
    "deprecate": "deprecate, deprecated, sunset, obsolete, deprecation",
    "reinstate": "reinstate, bring back, undeprecate, restore",
    "mask": "mask, masked, masking, unmask, unmasked, clear text, in clear",
    "key": "api key, api token, access token, key, api keys",
    "service": (
        "service, external tool, integration, integrated, external system, third-party, outside "
        "system"
    ),
    "outside": "outside, external, third party",
    "review": "review, recertify, recertification, recertify access, certify access",
    "unused": (
        "unused, stale permission, dormant, inactive, excessive, over-privileged, "
        "overprivileged, sod, separation of duties, segregation of duties, stale or unused, "
        "toxic combination, conflict"
    ),
    "disable": (
        "disable, deactivate, offboard, block, switch off, turn off, lock, inactive now, off, "
        "has left"
    ),
    "enable": "enable, activate, switch on, turn on, reactivate",
    "assigned": "assigned to",
    "similarly": "like",
    "slow": "slow, bottleneck, slowest, slows, faster, speed up, performance, optimise, optimize",
    "health": (
        "health, healthy, up, reachable, online, alive, running fine, working, connectivity, "
        "status of service, offline"
    ),
    "system": "system, platform, racine, application, services, installation",
    "connector": "connector, driver, source type, kind of source, connect to",
    "connect": "connect, onboard, attach, hook up, link up, integrate, connection, plug in",
    "discover": (
        "discover, crawl, re-crawl, recrawl, refresh, sync, resync, re-sync, ingest, reload, "
        "introspect, harvest"
    ),
    "export": "export, download, extract, dump",
    "generate": "generate, draft, write, produce, prepare, compile, draw up",
    "suggest": "suggest, recommend, propose, recommendation, suggestion, should i",
    "propagate": "propagate, push down, carry, push, inherit, pass on, cascade, spread",
    "learn": "learn, learned, taught, teach, learnt",
    "row": "row, record, sample, example row, sample data, sample row, top row, entry",
    "preview": "preview, peek",
    "team": "team, squad",
    "role": "role",
    "workspace": "workspace",
    "conversation": "conversation, chat",
    "severity": "severity, criticality",
    "overdue": "overdue, past due, late finding",
    "waive": "waive, waiver, accept risk, accept the risk, risk acceptance, exception, exempt",
    "resolve": "resolve, close, fixed, mark as fixed, mend",
    "why": "why, reason, how come, explain, evidence for, on what evidence",
    "secret": "password, credential, credentials, secret",
    "plan": "plan",
    "sql": "sql, sql statement, sql query",
    "version": "version, revision",
    "big": "big, large, size, biggest, largest",
    "synonym": "synonym, broader, narrower, related term",
}  # fmt: skip
SMALL = words(
    """
    identify analyze analyse investigate determine examine explore
    a an the our your please just also kindly my me us i we you to of in on at for from by with
    within into as and or but so that this these those here it its them they their theirs is are
    was were be been being do does did have has had will would shall should must there all
    every each one ones some if then than too out over across per via let let's now currently
    need want like would could can't cannot again ever still yet already really actually
    whole entire overall data information up quick quickly organisation organization company
    estate landscape among across any due until someone anyone anybody everyone team's side got
    platform's thing things make sure think know please today
    """
)
_MEANS = Phrases(MEANINGS)
KINDS: Mapping[str, str] = {
    "table": "asset", "view": "asset", "column": "column", "source": "source",
    "person": "person", "role": "role", "framework": "framework", "label": "label",
    "label_group": "label", "rule": "rule", "control": "control", "rule_set": "rule_set",
    "tag": "tag", "scan": "scan", "workflow": "workflow", "pipeline": "pipeline",
}  # fmt: skip
# The names that the operations' own examples use, each with its kind.
_SAMPLES = {
    **dict.fromkeys(["crm", "pagila", "shop", "lake", "legacy", "warehouse"], "source"),
    **dict.fromkeys(
        ["film", "customers", "payment", "rental", "orders", "staff", "film_old", "invoices"],
        "asset",
    ),
    **dict.fromkeys(["dana", "ben", "vera", "mia", "jo", "koch", "kim", "moss"], "person"),
    **dict.fromkeys(["gdpr", "hipaa", "pci", "dss"], "framework"),
    **dict.fromkeys(["steward", "stewards", "analyst", "auditor", "administrator"], "role"),
    "weekly-sweep": "workflow",
    "nightly": "pipeline",
    **dict.fromkeys(["tickets", "churn", "finance"], "name"),
}
SAMPLES = 16_384  # sentences that are read once; what ships is a quarter of them
MARK = re.compile(r"\{(\w+)\}")
NAME = re.compile(r"\w*[\d_@/]\w*|\w+[-.:/@]\w[\w.:/@-]*", re.IGNORECASE)
_KIND = "kind_"


def of(tokens: Sequence[Token], named: Mapping[int, str]) -> frozenset[str]:
    """What a sentence speaks of; `named`: the kinds of what some of its tokens name."""
    found = {_KIND + kind for kind in named.values() if kind != "date"}
    run: list[Token] = []
    for i, token in enumerate((*tokens, None)):  # words that a name parts are no phrase
        if token is not None and i not in named:
            run.append(token)
        elif run:
            found |= _meant(run)
            run = []
    return frozenset(found)


def _meant(run: Sequence[Token]) -> set[str]:
    found: set[str] = set()
    covered: set[int] = set()
    for meaning, where in _MEANS.find(run):
        found.add(meaning)
        covered |= where
    for i, token in enumerate(run):
        word = fold(token.word)
        if i not in covered and token.form == "word" and token.word not in SMALL:
            if "-" in token.word and not is_name(token):
                found |= _meant([replace(token, word=one) for one in token.word.split("-")])
                continue
            found.add(_KIND + word[5:] if word.startswith("kind:") else _stem(word))
    return found


# A name that stands for any of its kind, so that only what is asked of it counts.
_STANDS: Mapping[str, str] = {
    "asset": "customers", "column": "email", "source": "crm", "person": "Dana", "tag": "gold",
    "framework": "GDPR", "role": "steward", "workflow": "weekly-sweep", "pipeline": "nightly",
    "rule": "rule", "control": "control", "rule_set": "default", "scan": "scan",
}  # fmt: skip


def unnamed(tokens: Sequence[Token], named: Mapping[int, str]) -> str:
    """A sentence whose names are exchanged for one of each kind; `named` as for `of`."""
    said: list[str] = []
    for i, token in enumerate(tokens):
        word = _STANDS.get(named.get(i, ""))
        if word is None and token.form != "mark":
            said.append(token.word if token.form == "word" else token.text)
        elif word is not None and said[-1:] != [word]:
            said.append(word)
    return " ".join(said)


@lru_cache(maxsize=SAMPLES)
def unnamed_sample(example: str) -> str:
    """The same of an operation's example."""
    tokens = tokenize(MARK.sub(lambda mark: _STANDS.get(mark[1], mark[1]), example))
    return unnamed(tokens, dict(sampled(tokens)))


def strange(tokens: Sequence[Token], spoken: frozenset[str]) -> list[int]:
    """Where a sentence says what an operation doesn't speak of."""
    known: set[int] = set()
    for meaning, where in _MEANS.find(tokens):
        known |= where if meaning in spoken else frozenset()
    return [
        i
        for i, token in enumerate(tokens)
        if i not in known and token.form != "mark" and of([token], {}) - spoken
    ]


def spoken_words() -> frozenset[str]:
    """Every word that stands for a meaning, as it is written there."""
    return frozenset(word for one in MEANINGS.values() for word in re.findall(r"\w+", one))


def is_name(token: Token) -> bool:
    """Whether a word is written like a name: `dim_customer`, `fnd-1`; not "high-severity"."""
    if not NAME.fullmatch(token.text):
        return False
    pieces = token.word.split("-")
    plain = len(pieces) > 1 and all(one.isalpha() for one in pieces)
    return not (plain and any(fold(one) in _MEANS.words for one in pieces))


_QUALIFIED = re.compile(r"[a-z]\w*(\.[a-z]\w*)+", re.IGNORECASE)


def is_qualified(token: Token) -> bool:
    """Whether a word is written like a table's name with its schema: `main.hr.salaries`."""
    return token.form == "word" and _QUALIFIED.fullmatch(token.text) is not None


def is_noun_of_name(tokens: Sequence[Token], at: int, named: Mapping[int, str]) -> bool:
    """Whether a noun stands behind a word that can only be a name: "the refunds table"."""
    if tokens[at].word not in ("table", "dataset", "view") or at < 2 or at - 1 in named:
        return False
    before = tokens[at - 1]
    plain = before.form == "word" and not speaks(before) and before.word not in SMALL
    return plain and tokens[at - 2].word in DETERMINERS


def speaks(token: Token) -> bool:
    """Whether a word means something by itself, so that it names nothing unless it says so."""
    return fold(token.word) in _MEANS.words


@lru_cache(maxsize=SAMPLES)
def of_sample(example: str) -> frozenset[str]:
    """What an operation's example speaks of; `{asset}` stands for any name of that kind."""
    tokens = tokenize(MARK.sub(r"kind:\1", example))
    return of(tokens, dict(sampled(tokens)))


def sampled(tokens: Sequence[Token]) -> Iterable[tuple[int, str]]:
    """The names in an operation's example, each with its kind; "name" where that isn't known."""
    for i, token in enumerate(tokens):
        if token.form == "mark" or token.word.startswith("kind:"):
            continue
        kind = _SAMPLES.get(token.word)
        if kind is not None:
            yield i, kind
        elif is_qualified(token):
            yield i, "asset"
        elif token.opaque or NAME.fullmatch(token.text) or (i and token.text[0].isupper()):
            yield i, "name"


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "ation", "ion", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 4 else word
