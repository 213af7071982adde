"""Requests for changes that nothing here makes, each with why, and with what comes nearest.

Asked before anything else is made of them, so that no likeness to what can be done turns
"archive orders" or "rotate her key" into another change. Data; the sentences are read by people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent.planning.clause import Clause
from agent.planning.lexicon import Lexicon
from agent.planning.slots import KINDS
from agent.planning.text import tokenize
from agent.planning.types import Call, Card, Entity, Understanding
from agent.planning.vocabulary import POLITELY


@dataclass(frozen=True)
class Refusal:
    """What can't be done. `look`: a read that helps, with the argument that takes what is named.

    `of`: the kinds of which the request has to name one; empty where it needs none. `choices`: what
    can be done about it, where the answer asks which.
    """

    pattern: re.Pattern[str]
    answer: str
    instead: tuple[str, ...]
    look: tuple[str, str] | None = None
    of: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()


def _refusal(
    pattern: str,
    answer: str,
    *instead: str,
    look: tuple[str, str] | None = None,
    of: str = "",
    choices: tuple[str, ...] = (),
) -> Refusal:
    return Refusal(
        re.compile(rf"{POLITELY}(?:{pattern})", re.IGNORECASE),
        answer,
        instead,
        look,
        frozenset(of.split()),
        choices,
    )


_EVERYTHING = (
    r"(?:everything|every (?:role|grant|right|permission)|all (?:of )?(?:the |his |her |their )?"
    r"(?:roles?|access|grants?|rights|permissions|privileges|entitlements)(?: rights)?)"
)
_ASKS = re.compile(r"[.!;]\s+\S.*\?\s*$", re.DOTALL)
REFUSALS: tuple[Refusal, ...] = (
    _refusal(
        rf"(?:revoke|remove|withdraw|take away|strip|cancel) (?:{_EVERYTHING}|\S+(?: \S+)?'s "
        rf"(?:entire |complete |whole )?access$|{_EVERYTHING} (?:of|from|for))",
        "Roles are revoked one by one, each where it was granted; or the account is disabled, "
        "which "
        "ends all access at once. Which do you want?",
        "rbac.disable_user", "rbac.get_user",
        of="person", choices=("Disable {}", "Which roles does {} have?"),
    ),
    _refusal(
        r"(?:delete|remove|erase) (?:the )?(?:user|account|person|employee|colleague)\b(?!.* from "
        r")",
        "Nobody is deleted, since what they did stays in the trail. An account is disabled, "
        "which ends all access. Is it that?",
        "rbac.disable_user", "rbac.get_user",
        of="person", choices=("Disable {}", "Which roles does {} have?"),
    ),
    _refusal(
        r"(?:rotate|renew|regenerate|refresh|roll|cycle|reissue)\b.*\b(?:api |access |secret )?"
        r"(?:keys?|tokens?)\b",
        "A key is never changed: make a new one (rbac.create_api_key, which shows it once, so that "
        "no plan may carry it), then revoke the old one by its id.",
        "rbac.list_api_keys", "rbac.revoke_api_key",
        look=("rbac.list_api_keys", "user"),
    ),
    _refusal(
        r"(?:archive|retire|mothball|decommission|sunset|freeze|snapshot|back ?up)\b(?!.*\b(?:"
        r"workspace|rule sets?|rule|label|successor|because|replaced|use|dashboard|product|metric|"
        r"report)\b)",
        "I archive, freeze and back up nothing. A table or a column can be deprecated here, with a "
        "reason, what replaces it, and the day on which it goes.",
        "catalog.deprecate_asset", "catalog.analyze_impact",
        of="table view column source",
    ),
    _refusal(
        r"(?:rename|call) (?!.*\b(?:user|person|domain|term|workflow|pipeline|team|role|label|rule|"
        r"dashboard|product|metric|workspace)\b)",
        "I change nothing in your databases, nor what is called what in them. Under a name that "
        "people use, an asset is found once you teach it (“Remember …”); a description or a "
        "glossary term says what it is.",
        "assistant.remember", "catalog.describe_asset",
        of="table view column",
    ),
    _refusal(
        r"escalate\b",
        "Nothing escalates by itself, and nobody is written to. A finding can be assigned to a "
        "person with a due day, or a task be made for them.",
        "compliance.assign_finding", "activity.create_task", "compliance.list_findings",
    ),
    _refusal(
        r"(?:notify|inform|alert|message|page|ping|e-?mail|let(?=.* know\b)) (?:the |all |every |"
        r"our )*"
        r"(?:data )?(?:owners?|stewards?|teams?|stakeholders?|users?|consumers?|everyone|everybody|"
        r"people|managers?|admins?|channel|dpo)\b|"
        r"(?:send|post|share|forward)\b.*\b(?:to|with|in|via|by) (?:the |our |my )*(?:slack|teams|"
        r"e-?mail|channel|owners?|stewards?|team|stakeholders?|everyone|board|manager|dpo|inbox)\b|"
        r"subscribe\b|unsubscribe\b|follow (?:the )?(?:table|dataset|asset)|watch\b|"
        r"(?:set up|create|add|configure|enable) (?:an? |the )*(?:\w+ ){0,3}"
        r"(?:alerts?|alerting|notifications?|subscriptions?|monitors?|monitoring)\b|"
        r"(?:alert|notify|warn|e-?mail|ping) (?:me|us) (?:when|if|whenever|once|on|about|of)\b|"
        r"(?:tell|let) (?:me|us) (?:know )?(?:when|whenever|once|as soon as)\b|"
        r"alert (?:when|if|whenever|on)\b",
        "I write to nobody, and nothing watches by itself. A quality check can say what has to "
        "hold, a workflow can run it on a schedule or on an event, and a task asks a person.",
        "catalog.define_quality_check", "workflows.schedule", "activity.create_task",
    ),
    _refusal(
        r"(?:request|ask for|apply for|get me|give me|i need) (?:\w+ ){0,2}access\b|"
        r"(?:submit|file|raise|open) (?:an? )?access request",
        "There are no requests for access here. Who can grant it can be told, and why something "
        "can't be seen; somebody with the right grants a role, for a time if wanted.",
        "rbac.check_access", "rbac.who_can", "rbac.grant_role",
    ),
    _refusal(
        r"(?:approve|reject|deny|grant) (?:the |an? |all |his |her |their |pending )*access "
        r"requests?",
        "There are no requests for access here: a role is granted, and the plan that grants it is "
        "what gets approved.",
        "assistant.list_plans", "rbac.grant_role",
        look=("assistant.list_plans", ""),
    ),
    _refusal(
        r"(?:deny|forbid|bar|prevent|restrict|limit|hide|protect)\b(?!.*\brole\b)",
        "Nobody is kept from a single table or column by name: access is by roles, on a source, a "
        "domain or up to a level of sensitivity, and values of classified columns are masked for "
        "whoever may not see them. A role can be revoked, or denied: “Deny … the role viewer on "
        "…”.",
        "rbac.check_access", "rbac.who_can", "rbac.grant_role",
        of="person table view column source",
    ),
    _refusal(
        r"(?:reset|change|set|update|recover|expire)\b.*\b(?:passwords?|mfa|2fa|login|sign-in)\b",
        "I don't manage how people sign in. I can show and change who holds which role, and "
        "disable "
        "accounts.",
        "rbac.get_user", "rbac.disable_user", "rbac.list_users",
        of="person",
    ),
    _refusal(
        r"(?:delete|erase|remove|purge|forget|anonymi[sz]e|export|collect|provide|fulfil\w*|process|"
        r"handle|execute) (?:\w+ ){0,4}?(?:(?:personal )?(?:data|information|records)|pii) "
        r"(?:of|about|for|on|belonging to) (?:\S+@\S+|(?:a|the|this|that|one|our) (?:customer|user|"
        r"person|data subject|individual|employee)\b|customer \w*\d)",
        "I don't carry out the requests of data subjects, and delete no data. I can find where "
        "somebody's data lies by an identifier, which columns hold such data, and who owns them.",
        "classifications.find_subject", "classifications.list_classified_columns",
        "catalog.list_owners",
    ),
    _refusal(
        r"(?:create|build|make|design|generate|draw) (?:me |us )?(?:an? |the )?(?:[\w-]+ ){0,3}?"
        r"(?:dashboards?|charts?|graphs?|slides?|slide deck|presentation|visuali[sz]ations?)\b"
        r"(?!.*\b(?:made of|built on|based on|from|using|called|named)\b)",
        "I draw no dashboards and no slides. I can list and rank what is known, export a "
        "compliance "
        "report or the catalog, and register a dashboard that there is.",
        "compliance.export_report", "catalog.register_asset", "compliance.get_posture",
    ),
    _refusal(
        r"(?:remove|clear|unset|delete|drop) (?:the )?(?:owner(?:ship)?|description)s? "
        r"(?:of|from|on|for)\b",
        "An owner and a description are changed here, not taken away: name another owner, or say "
        "what the description should be.",
        "catalog.set_owner", "catalog.describe_asset", "catalog.list_owners",
        of="table view column",
    ),
    _refusal(
        r"(?:add|set|create|define|attach|post|pin|bookmark|star|like|rate|save|favou?rite|follow|"
        r"publish|leave|write)\b.*\b(?:structured propert(?:y|ies)|custom (?:propert(?:y|ies)|"
        r"fields?|attributes?)|announcements?|favou?rites?|bookmarks?|ratings?|stars?|this search|"
        r"(?:link|url) to)\b|(?:pin|bookmark|star|rate|favou?rite)\b",
        "There are no favourites, ratings, announcements, links or fields of one's own on an asset "
        "here. It carries tags, a description, glossary terms, an owner, a domain, and tasks.",
        "catalog.tag_asset", "catalog.describe_asset", "activity.create_task",
    ),
    _refusal(
        r"(?:add|create|draw|define|set|declare|establish|insert|edit|update) (?:an? |the |new |"
        r"manual |column[- ]level |table[- ]level )*(?:lineage|upstream|downstream)\b",
        "No lineage is drawn by hand between tables: it comes from views, from SQL text, from a "
        "dbt "
        "manifest and from OpenLineage events (catalog.ingest_lineage). A dashboard or a data "
        "product is registered with what it is made of.",
        "catalog.get_lineage", "catalog.read_sql_lineage", "catalog.register_asset",
    ),
    _refusal(
        r"(?:remediate|fix|mend|repair|correct|auto-?fix|auto-?remediate) (?:all |the |every |our |"
        r"any |these )*(?:\w+ ){0,2}(?:findings?|violations?|issues?|checks?|problems?|gaps?|"
        r"errors?|tests?)\b|(?:create|write|draft|make|build) (?:an? |the )*remediation plan\b",
        "I mend nothing by myself. Each finding says how it is mended; it can be assigned to a "
        "person with a due day, and resolved or waived with a reason.",
        "compliance.list_findings", "compliance.assign_finding", "activity.create_task",
        look=("compliance.list_findings", ""),
    ),
    _refusal(
        r"(?:export|download|generate|create|produce|extract|archive)\b.*\b(?:audit (?:trail|"
        r"logs?)|"
        r"activity (?:logs?|history)|change ?logs?|access logs?)\b",
        "The audit trail is read here, page by page and by person, day or asset, and its integrity "
        "can be verified; it is no file.",
        "activity.search", "activity.verify_audit_trail",
        look=("activity.search", ""),
    ),
    _refusal(
        r"(?:generate|create|write|draft|produce|prepare|build|conduct|perform|run|complete|fill "
        r"(?:in|out))\b.*\b(?:ropa|records? of processing(?: activities)?|dpia|pia|privacy impact|"
        r"data processing agreement|dpa|privacy (?:policy|notice)|article 30)\b",
        "I keep no records of processing, and write no agreements or impact assessments. I can "
        "list "
        "where personal data lies and who owns it, what it flows to, and export a report with its "
        "evidence.",
        "classifications.list_classified_columns", "compliance.export_report",
        "catalog.list_owners",
    ),
    _refusal(
        r"(?:write|draft|create|generate|prepare|design|define) (?:me |us )?(?:an? |our |the |new "
        r")*"
        r"(?:data |information |enterprise |company )*(?:retention|classification|governance|"
        r"access|"
        r"security|privacy|quality|handling|usage|sharing|protection|management) (?:control )?"
        r"(?:polic(?:y|ies)|standards?|guidelines?|strategy|procedures?|charter)"
        r"(?: documents?)?(?: for (?!.*\b(?:must|should|need|has|have)\b).*)?$",
        "I write no policy documents. A compliance rule states what has to hold, and is evaluated: "
        "“Create a rule that every table with personal data has an owner”.",
        "compliance.create_rule", "compliance.list_rules", "compliance.find_gaps",
    ),
    _refusal(
        r"(?:clean up|cleanup|merge|consolidate|dedup\w*|tidy(?: up)?|remove (?:all )?(?:unused|"
        r"duplicate|redundant))\b.*\b(?:tags?|terms?|glossary|domains?|labels?|catalog|owners?)\b",
        "Tags and terms aren't merged or cleaned up by themselves. I can list what carries a tag, "
        "take it off and put another on, and delete a term or a label by name.",
        "catalog.list_assets", "catalog.untag_asset", "catalog.list_glossary_terms",
    ),
    _refusal(
        r"(?:pause|resume|suspend|disable|enable|stop|abort|kill) (?:the |this |that |my )*"
        r"(?:running |current |last |\w+-\w+ )?(?:workflow|execution|job|dag)\b",
        "An execution is paused, resumed and cancelled where it is shown, under Workflows. Here "
        "its "
        "schedule can be taken away, and what runs be listed.",
        "workflows.list_executions", "workflows.schedules", "workflows.unschedule",
    ),
    _refusal(
        r"(?:grant|revoke|give) (?:the )?(?:select|insert|update|delete|usage|ownership|all "
        r"privileges|execute|modify|manage)\b(?:,? (?:and |select|insert|update|delete|usage)*)? "
        r"(?:on|to|for|privileges?|permissions?)\b|"
        r"(?:create|define|add|set up|write|apply|implement|enforce) (?:an? |the |new )*"
        r"(?:\w+ )?(?:access|masking|row|column|abac|security|dlp|data loss prevention) "
        r"(?:control )?(?:polic(?:y|ies)|rules?|filters?)\b",
        "I write no grants, filters or policies into a database. Access is by roles here: on a "
        "source, a domain, a workspace, or up to a level of sensitivity; values of classified "
        "columns are masked for whoever may not see them.",
        "rbac.grant_role", "rbac.who_can", "rbac.list_roles",
    ),
    _refusal(
        r"(?:create|add|make|set up) (?:an? |the |new |business )*glossary(?: (?:called|named|for|"
        r"with)\b.*|$)",
        "There is one business glossary here; its terms lie in domains. Name a term and say what "
        "it "
        "means, and I propose it.",
        "catalog.create_glossary_term", "catalog.list_glossary_terms", "catalog.create_domain",
    ),
    _refusal(
        r"(?:send|share|forward|mail|e-?mail)\b.*\S@\S",
        "I send nothing to anybody. The file is made here, and is yours to pass on.",
        "compliance.export_report", "catalog.export_catalog",
    ),
    _refusal(
        r"(?:backfill|re-?load|re-?run the (?:load|etl|ingestion)|copy|move|migrate|replicate|load|"
        r"transfer|split|merge|join|dedup\w*|clean(?:se)?(?: up)?|fix the (?:data|rows|values)|"
        r"standardi[sz]e|correct the (?:data|rows|values)|impute)\b(?!.*(?: to /|"
        r"://))(?!.*\b(?:domain|rule set|team|"
        r"workspace|owner|glossary|ownership|collection|community|label|term)s?\b)",
        "I change no data: rows and values stay as they are. I can say what is wrong with them "
        "(quality checks, profiles), who owns them, and what depends on them.",
        "catalog.get_quality", "catalog.profile_asset", "catalog.analyze_impact",
        of="table view column source",
    ),
)  # fmt: skip


def declined(text: str, lexicon: Lexicon, cards: Mapping[str, Card]) -> Understanding | None:
    """Why a request can't be fulfilled, with what helps; None where it is another kind."""
    if _ASKS.search(text):
        return None  # "We want to retire orders. What depends on it?"
    for one in REFUSALS:
        if one.pattern.match(text) is None:
            continue
        clause = Clause(text, tokenize(text), lexicon)
        named = [match.entity for m in clause.mentions if not m.weak for match in m.matches[:1]]
        fitting = [entity for entity in named if entity.kind in one.of]
        if one.of and not fitting:
            continue
        if one.choices:
            options = tuple(choice.format(fitting[0].name) for choice in one.choices)
            return Understanding(
                question=one.answer, asks=one.instead[0], options=options, heard=text
            )
        return replace(_told(one, named, cards), heard=text)
    return None


def _told(one: Refusal, named: list[Entity], cards: Mapping[str, Card]) -> Understanding:
    calls: tuple[Call, ...] = ()
    if one.look is not None and one.look[0] in cards:
        operation, argument = one.look
        kinds = KINDS["person"] if argument == "user" else frozenset()
        found = next((entity.id for entity in named if entity.kind in kinds), None)
        if found is not None or not one.of:
            calls = (Call(operation, {argument: found} if found and argument else {}),)
    return Understanding(calls, honest=one.answer, instead=one.instead, about=tuple(named))
