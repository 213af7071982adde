"""Questions for advice and for a judgement: what to check, whether data can be relied on, how to.

What the tools know of the thing that is named is read at once and told as one (`view`); where
nothing is named, what is generally held to be good is said, with the operation that tells how it
is here. Data; the sentences are read by people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agent.planning.choices import likely
from agent.planning.clause import Clause
from agent.planning.exemplars import asked
from agent.planning.lexicon import Lexicon
from agent.planning.schemas import conform
from agent.planning.sentences import commands, imperative
from agent.planning.slots import Situation
from agent.planning.symptoms import nearest_to, not_here, strange_name
from agent.planning.text import tokenize
from agent.planning.types import Call, Card, Entity, Focus, Understanding

_TRUSTED = re.compile(
    r"\b(?:(?:can|should|could|may) (?:i|we|you|people|anyone|analysts) (?:really |safely |still )?"
    r"(?:trust|rely on|use|depend on|report on|build on)|"
    r"(?:is|are) .{2,60}? (?:reliable|trustworthy|trusted|accurate|fit for|good enough|"
    r"safe to use|ready (?:for|to)|up to date|production[- ]ready|healthy|in good (?:shape|health)|"
    r"any good|ok to use|okay to use|the right (?:table|dataset|data))|"
    r"how (?:reliable|trustworthy|accurate|healthy|good|fresh|complete|mature) (?:is|are)|"
    r"(?:check|show|tell|assess|review|report|what(?:['’]s| is))(?: me)?(?: on| about)? (?:the "
    r")?(?:health|"
    r"reliability|trustworthiness|overall state|status|readiness) of|health (?:check|report|"
    r"score) (?:of|for|on))\b",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    r"\b(?:which|what|suggest|recommend|propose|give me|need|should)\b.*\b(?:quality "
    r")?(?:checks?|tests?|"
    r"assertions?|monitors?|expectations?|validations?)\b.*\b(?:should|need|add|recommend|suggest|"
    r"make sense|useful|appropriate|create|define|have|for)\b|"
    r"\b(?:suggest|recommend|propose)\w*\b.*\b(?:checks?|tests?|assertions?|monitors?|expectations?|"
    r"validations?|test plan)\b|\bhow (?:should|can|do) (?:i|we) (?:test|validate|monitor) ",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:best practices?|good practices?|recommend(?:s|ed|ations? (?:for|on|about))?|"
    r"suggest\w*|advi[cs]e|tips|guidelines?|"
    r"guidance|how (?:should|could|would|best to|to best) (?:i|we|you|one|to)?|what should (?:i|"
    r"we|our|my)|"
    r"should (?:i|we)|what(?:['’]s| is) the best way|what would you|where (?:do|should) (?:i|"
    r"we) (?:start|begin)|"
    r"propose|outline|strategy|ideas|how to (?:improve|increase|reduce|raise|prioriti\w+))\b",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"\b(?:(?:best|good) practices?|tips|guidelines?|"
    r"how (?:can|could|should|do|to|would)(?: (?:we|i|you|one))?(?: best)? (?:improve|increase|"
    r"raise|reduce|"
    r"organi[sz]e|structure|manage|handle|approach|prioriti[sz]e|go about|protect|secure|govern)|"
    r"(?:recommend|suggest|propose)(?: me| us)? (?:an?|some|the|which|what|how)\b|what should "
    r"(?:i|we) "
    r"(?:do|fix|focus|look|prioriti[sz]e|improve|start|clean|work|tackle|address|document|mend)|"
    r"(?:top|biggest|greatest|main|key) (?:\d+ |three |five |ten )?(?:data |governance |"
    r"compliance )?risks?|"
    r"where (?:do|should) (?:i|we) (?:start|begin)|(?:strategy|roadmap|plan) for)\b",
    re.IGNORECASE,
)
_PROPOSING = frozenset({"recommend", "suggest", "propose", "outline", "develop", "plan", "build"})
_ADVISING = ("assistant.recommendations", "assistant.insights", "scan_rule_sets.suggest_rules")
_KINDS = ("table", "view", "registered", "column")


@dataclass(frozen=True)
class Topic:
    """What advice is asked about; `said`: what is held to be good; `operation`: how it is here."""

    pattern: re.Pattern[str]
    said: str
    operation: str
    instead: tuple[str, ...]


def _topic(pattern: str, said: str, operation: str, instead: str) -> Topic:
    return Topic(re.compile(rf"\b(?:{pattern})\b", re.I), said, operation, tuple(instead.split()))


TOPICS = (
    _topic(
        r"glossary|business terms?|glossary terms?|definitions?|vocabulary",
        "I make up no definitions. What has proved itself: one term for one meaning, a singular "
        "noun as people say it, a definition in one sentence without the term itself, an owner and "
        "a domain, synonyms as relations and not as terms of their own, links to the columns that "
        "hold it. Begin with the words that stand in reports and that people argue about. What "
        "there is already:",
        "catalog.list_glossary_terms", "catalog.create_glossary_term catalog.link_glossary_term",
    ),
    _topic(
        r"quality|checks?|tests?|assertions?|monitor\w*|validations?",
        "Begin with tables that are owned and used: keys unique and never null, a freshness check "
        "on the date of loading, a row count, accepted values where there are few, ranges on "
        "amounts. Have them run on a schedule, and let each have somebody to answer for it. How "
        "it is now:",
        "catalog.list_quality_checks", "catalog.define_quality_check catalog.profile_asset",
    ),
    _topic(
        r"retention|keep data|archiv\w+|delet\w+ (?:old|data)",
        "Tag each table of personal data with its period (retention:7y), by the law or contract "
        "that asks for it; rules judge it against the oldest row. I delete nothing. Where it "
        "fails:",
        "compliance.list_findings", "catalog.tag_asset compliance.list_rules",
    ),
    _topic(
        r"access|permissions?|roles?|grants?|least privilege|rights|rbac",
        "Give roles to teams rather than people, on a source or a domain rather than everywhere, "
        "with an end where the need has one; keep administering apart from seeing classified "
        "values; look through all grants every quarter. How the grants stand:",
        "rbac.review_access", "rbac.who_can rbac.list_roles",
    ),
    _topic(
        r"protect\w*|secur\w+|mask\w*|encrypt\w*|dlp|sensitive|personal|pii|privacy|classif\w+|labels?",
        "First know where such data lies and confirm the labels, then have few people see it "
        "unmasked, an owner and a description on each table, encryption of source and connection, "
        "and a retention period. Masking and blocking in other systems is set there; I can't. "
        "Where it lies:",
        "classifications.list_classified_columns", "rbac.who_can compliance.list_findings",
    ),
    _topic(
        r"rules?|polic(?:y|ies)|controls?|compliance|compliant|gdpr|hipaa|pci|audit|frameworks?|regulations?",
        "Serve those controls first that no rule serves yet, and mend what fails by severity; let "
        "each finding have somebody and a day. Where the gaps are:",
        "compliance.find_gaps", "compliance.list_findings compliance.get_posture",
    ),
    _topic(
        r"contracts?|slas?|slos?",
        "Agree on a contract where another team builds on a table: columns, types, keys, checks, "
        "freshness, an owner on both sides. I draft it from the table as it is; edit it, and have "
        "it checked. What there is:",
        "catalog.list_contracts", "catalog.export_contract catalog.check_contract",
    ),
    _topic(
        r"domains?|data mesh|data products?",
        "Cut domains by who answers for the data and not by system, few and stable ones, each with "
        "an owner; put whole sources or schemas in and single tables only where they differ. What "
        "there is:",
        "catalog.list_domains", "catalog.create_domain catalog.set_source_domain",
    ),
    _topic(
        r"tags?|tagging|naming|conventions?",
        "Keep tags few and agreed: one word or key:value (retention:7y, tier:1), never what a "
        "label, an owner or a domain says already. What is tagged:",
        "catalog.list_assets", "catalog.tag_asset",
    ),
    _topic(
        r"owners?|ownership|stewards?|stewardship|responsib\w+|accountab\w+",
        "Let one person who works with the data answer for each table, begin with tables of "
        "personal data and those used most, and hand tables over before somebody leaves. Who owns "
        "what:",
        "catalog.list_owners", "catalog.set_owner catalog.get_usage",
    ),
    _topic(
        r"document\w*|descri\w+|metadata|catalog",
        "Describe first what is used most and what others build on: what a row is, where it comes "
        "from, how fresh it is, what it isn't for. What is used most:",
        "catalog.get_usage", "catalog.describe_asset catalog.list_assets",
    ),
    _topic(
        r"scans?|scanning|schedul\w+",
        "Scan each source once in full, then weekly and only what has changed; confirm or reject "
        "what it suggests, so that the next one learns. What is scheduled:",
        "scan_logic.list_scan_schedules", "scan_logic.schedule_scan scan_logic.estimate_scan",
    ),
    _topic(
        r"govern\w*|improve|priorit\w+|first|next|start|begin|focus|look at|risks?|health|maturity|"
        r"attention|data management|data strategy",
        "By what I see here:",
        "assistant.recommendations", "assistant.insights compliance.find_gaps",
    ),
)  # fmt: skip


def counselled(
    text: str, lexicon: Lexicon, cards: Mapping[str, Card], focus: Focus
) -> Understanding | None:
    """What is to be read and said where a message asks for advice; None where it doesn't."""
    used = _USED_FOR.search(text)
    if used is not None and SEARCH in cards:
        topic = used["topic"].strip(" ?.!")
        return Understanding((Call(SEARCH, {"query": topic}),), heard=text)
    clause = Clause(text, tokenize(text), lexicon)
    kinds = ((_CHECKS, "checks", _FOR_CHECKS), (_TRUSTED, "standing", _FOR_STANDING),
             (_OWNING, "", _FOR_OWNING))  # fmt: skip
    for pattern, view, names in kinds:
        if not pattern.search(text) or not all(name in cards for name in names):
            continue
        found, said, told = _meant(clause, text, focus, lexicon)
        if len(found) > 1:
            question = f"{told or f'Which “{said}” do you mean?'}"
            options = tuple(one.name for one in found)
            return Understanding(question=question, asks=names[0], doubt=said, options=options)
        if found:
            calls = tuple(Call(name, {"asset": _named_in(name, found[0])}) for name in names)
            told = told or (WHO if pattern is _OWNING else "")
            return Understanding(calls, view=view, about=found, heard=text, told=told)
    return None


def _named_in(operation: str, asset: Entity) -> str:
    """How an operation is told of an asset: the log of activity knows names, not ids."""
    return asset.name if operation == "activity.search" else asset.id


def _meant(
    clause: Clause, text: str, focus: Focus, lexicon: Lexicon
) -> tuple[tuple[Entity, ...], str, str]:
    """The tables that are meant, the words for them, and what has to be said of that."""
    found = _of(clause, focus)
    if found:
        mention = next(
            (m for m in clause.mentions if any(one.entity is found[0] for one in m.matches)), None
        )
        said = clause.words(frozenset(range(mention.start, mention.end))) if mention else ""
        return found, said, ""
    strange = None if _RUNS.search(text) else strange_name(text)
    if strange is None:
        return (), "", ""
    near = nearest_to(strange, None, lexicon)
    told = not_here(strange, near)
    if len(near) != 1:
        told += " Which do you mean?"
        near = near or likely(strange, "asset", lexicon)
    return tuple(lexicon.find(one)[0].entity for one in near), strange, told


_RUNS = re.compile(r"\b(?:pipeline|workflow|dag|source|database|service|scan|connection)\b", re.I)
SEARCH = "catalog.search_assets"
WHO = "Who is to own it is for people to say. Those who work with it, and who owns it now:"
_USED_FOR = re.compile(
    r"\b(?:which|what)(?: of (?:our|the))? (?:tables?|datasets?|data sets?|data|views?|sources?) "
    r"(?:should|could|would|can|do|shall|must) (?:i|we|you|one) (?:best )?(?:use|query|look at|"
    r"take|pick|"
    r"need|want|choose|work with) (?:for|to|if i want to|when) (?:analy[sz]e |build |calculate |"
    r"compute |"
    r"report on |get |find |measure |study |create |do |make |an? |the |my |our )*"
    r"(?P<topic>[^?.!]+?)(?: (?:analysis|analytics|reporting|reports?|dashboards?))?[?.!]*$",
    re.IGNORECASE,
)
_OWNING = re.compile(
    r"\bwho (?:should|could|would|ought to|might|is best to) (?:be (?:the )?(?:owner|steward)|"
    r"own|answer|"
    r"take over|look after|steward)",
    re.IGNORECASE,
)
_FOR_CHECKS = ("catalog.get_quality", "catalog.get_asset", "catalog.get_profile")
_FOR_STANDING = (
    "catalog.get_quality", "catalog.get_asset", "compliance.list_findings", "catalog.get_usage",
)  # fmt: skip
_FOR_OWNING = ("catalog.list_owners", "activity.search", "catalog.get_usage")


def held_good(
    found: Understanding, situation: Situation, cards: Mapping[str, Card]
) -> Understanding | None:
    """What is held to be good of what a message asks advice about, and how it is here.

    Args:
        found: what the message comes to otherwise; only plain advice goes before what is clear.
    """
    text = situation.clause.message
    opening = imperative(situation.clause.tokens)
    if commands(opening) and opening[0].word not in _PROPOSING:
        return None
    changes = any(cards[call.operation].effect != "read" for call in found.calls)
    clear = bool(found.calls) and not found.question
    if changes or not (_SURELY if clear else _ADVICE).search(text):
        return None
    if found.smalltalk not in (None, "out_of_scope", "how_to") or found.slot:
        return None
    shaped = any(call.shape is not None for call in found.calls) and "risk" not in text.lower()
    if shaped or any(call.operation in _ADVISING for call in found.calls):
        return None
    if found.smalltalk == "how_to" and not _SURELY.search(text):
        return None
    topic = next((one for one in TOPICS if one.pattern.search(text)), None)
    if topic is None or topic.operation not in cards:
        return None
    card = cards[topic.operation]
    given = conform(asked(situation, card) or {}, card.parameters)
    return Understanding((Call(card.name, given),), told=topic.said, instead=topic.instead)


def _of(clause: Clause, focus: Focus) -> tuple[Entity, ...]:
    """The table or column that is meant; several where its name is that of several."""
    for mention in clause.mentions:
        found = tuple(
            one.entity
            for one in mention.matches
            if one.entity.kind in _KINDS and one.score >= mention.matches[0].score
        )
        if found and not mention.weak and not any(m.within for m in mention.matches):
            tables = tuple(one for one in found if one.kind != "column")
            return tables or found if len(found) == 1 or tables else ()
    return tuple(one for one in focus.entities[:1] if one.kind in _KINDS)
