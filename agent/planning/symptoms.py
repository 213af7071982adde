"""Stories of something wrong with data: "orders is empty since last night, what could it be?".

Nobody can say the cause from the words. So everything that is known of what could be behind it is
read at once, of the table that is named or of everything, and told as one (`view`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from agent.planning import dates
from agent.planning.choices import near_names
from agent.planning.clause import Clause
from agent.planning.lexicon import Lexicon
from agent.planning.linking import Mention
from agent.planning.text import parts, tokenize, words
from agent.planning.types import Call, Card, Entity, Focus, Kind, Understanding

VIEW = "diagnosis"
MOST_READ = 500
DAYS = 7  # looked back where no day is named
_WRONG = (
    r"empty|blank|(?:shows?|has|have|contains?|returns?|displays?|got|getting) (?:nothing|no "
    r"(?:data|"
    r"rows|records|values|results|figures|numbers)|nulls?|zeros?|(?:too (?:many|few)|fewer|more|"
    r"duplicated?|wrong|old|strange|weird|missing|bad|negative|unexpected|inconsistent) [\w ]+)|"
    r"(?:is|are|was|were|went|been|has) (?:all )?nulls?|wrong|incorrect|inconsistent|inaccurate|"
    r"(?:is|are|look|looks|looking|seem|seems|be|being|been|was|were|slightly|way) (?:so |very |"
    r"too |"
    r"completely |a bit |way )?(?:off|odd|weird|strange|suspicious|low|high|different|bad|broken|"
    r"late|stale|old|missing|down|incomplete|corrupt(?:ed)?)|not (?:match\w*|updat\w+|refresh\w+|"
    r"load\w+|add(?:ing)? up|arriv\w+|up to date|correct|right|complete)|"
    r"(?:doesn['’]t|don['’]t|didn['’]t|do not|does not|did not|no longer|stopped|hasn['’]t|"
    r"haven['’]t|"
    r"isn['’]t|aren['’]t|has not|never) (?:been )?(?:match\w*|updat\w+|refresh\w+|load\w+|arriv\w+|"
    r"add(?:ing)? up|agree|come|show\w*|populat\w+|tie|run|ran|working|work)|out of (?:date|sync)|"
    r"stale|outdated|delayed|missing|mismatch\w*|discrepanc\w+|doubled|spiked?|spikes|tripled|jumped|"
    r"duplicat\w+|dropped (?:by|to|off|from|on|in|\d+)|drop(?:ped)? (?:in|of)|dip(?:ped)?|"
    r"fell|fallen|"
    r"decreas\w+|increas\w+|plummet\w+|surg\w+|anomal\w+|unexpected(?:ly)?|null since|"
    r"(?:drop|fall|rise|increase|decrease|jump|spike|shrink|grow|go (?:up|down))(?:s|ped)?(?: by)? "
    r"(?:\d+|half|so much|a lot|sharply|suddenly|yesterday|overnight|today)|"
    r"broke|broken|fail(?:ed|s|ing|ure)?|alert(?:ed|ing|s)?|incidents?|corrupt\w*|crash\w*|"
    r"(?:data|row|volume) (?:loss|drop)|(?:half|twice|double) (?:of )?(?:the|what|as)"
)
_CAUSE = (
    r"why|how come|what(?:['’]s| is| has| did| could have)? (?:happen\w*|gone wrong|went wrong|"
    r"going on|"
    r"causing|behind)|what (?:could|might|may|can|would|changed|caused|broke)|caus(?:e|es|ed|ing)|"
    r"reasons?|root[- ]cause|investigat\w+|diagnos\w+|debug\w*|troubleshoot\w*|triag\w+|rca|"
    r"figure out|find out|look into|get to the bottom|track down|trace (?:the|this|it)|explain|"
    r"help (?:me )?(?:understand|find|figure)|where (?:did|does|do) (?:it|this|that|the problem)|"
    r"what should (?:i|we) (?:check|look)|how (?:do|can|should) (?:i|we) (?:fix|investigate|debug|"
    r"find|check|trace)|need to handle|handle (?:it|this)|check (?:it|this)|any idea|what now"
)
_ORDERED = re.compile(
    r"^(?:(?:please|can you|could you|help me|i need to|let['’]s|i want to)[, ]+)*(?:to "
    r")?(?:investigat"
    r"\w+|diagnos\w+|debug\w*|troubleshoot\w*|triag\w+|root[- ]cause|rca|find the (?:root )?cause|"
    r"run (?:an? )?(?:rca|root[- ]cause)|do (?:an? )?(?:rca|root[- ]cause)|perform (?:an? )?(?:rca|"
    r"root[- ]cause)|what(?:['’]s| is) the (?:root )?cause|what (?:went wrong|broke|is going "
    r"wrong)|"
    r"what happened to (?:our|the|my) data)\b",
    re.IGNORECASE,
)
_SYMPTOM = re.compile(rf"\b(?:{_WRONG})\b", re.IGNORECASE)
_ASKED = re.compile(rf"\b(?:{_CAUSE})\b", re.IGNORECASE)
_DATA = re.compile(
    r"\b(?:data|tables?|views?|columns?|fields?|rows?|row counts?|records?|dashboards?|reports?|"
    r"numbers?|figures?|totals?|metrics?|kpis?|volumes?|values?|feeds?|loads?|models?|datasets?|"
    r"assertions?|charts?|nulls?|duplicates?|refresh(?:es)?|freshness|pipelines?|dags?|alerts?|"
    r"incidents?|quality)\b",
    re.IGNORECASE,
)
# What has a reason of its own that an operation tells: a scan, a right, a posture, a label.
_OTHER = re.compile(
    r"\b(?:scans?|scanned|access|permissions?|roles?|see|compliant|compliance|non[- ]?compliant|"
    r"gdpr|"
    r"hipaa|pci|classif\w+|labell?(?:ed)?|mask\w*|controls?|rules?|findings?|plans?|workflows?|"
    r"executions?|owners?|descriptions?|documentation|connect\w*|sign[- ]?in|login|keys?|tags?|"
    r"document\w*|certif\w+|glossary|terms?|posture|policy|policies|sensitive|personal|pii)\b",
    re.IGNORECASE,
)
# The thing that is spoken of, where nothing of that name is here.
_THING = re.compile(
    r"\b(?:the|our|my|this|in|on|of)\s+(?P<name>(?:[\w.&-]+\s+){0,3}?[\w.&-]+)\s+(?P<noun>dashboard|"
    r"report|table|view|metric|kpi|numbers?|figures?|totals?|model|dataset|pipeline|dag|chart|feed)\b",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b[a-z]\w*(?:\.[a-z]\w*)+\b|\b[a-z]\w*_\w+\b", re.IGNORECASE)
LINEAGE = "catalog.get_lineage"
_TABLES: tuple[Kind, ...] = ("table", "view", "registered")
_EMPTY = words("the our my this that a an in on of for is are why all some")


def symptom(
    text: str, lexicon: Lexicon, cards: Mapping[str, Card], focus: Focus, today: date
) -> Understanding | None:
    """What is to be read for the cause of what a message tells; None where it tells no symptom."""
    ordered = _ORDERED.search(text)
    if not ordered and not (_SYMPTOM.search(text) and _ASKED.search(text)):
        return None
    clause = Clause(text, tokenize(text), lexicon)
    subject, strange = _named(clause, text)
    if _OTHER.search(text) and (subject is None or subject.kind == "source"):
        return None
    if subject is None and strange is None and not (ordered or _DATA.search(text)):
        return None
    if subject is None and strange is None:
        subject = next((one for one in focus.entities if one.kind in (*_TABLES, "source")), None)
    near = nearest_to(strange, subject, lexicon) if strange else ()
    told, options = not_here(strange, near) if strange else "", near
    if len(near) == 1:
        subject, options = lexicon.find(near[0])[0].entity, ()
    calls = tuple(call for call in _calls(subject, _since(text, today)) if call.operation in cards)
    if not calls:
        return None
    found = Understanding(
        calls, view=VIEW, heard=text, told=told, about=(subject,) if subject else ()
    )
    if not options:
        return found
    question = "If it is one of these, I can look at what it is made of. Which is it?"
    return replace(found, asks=LINEAGE, doubt=strange or "", question=question, options=options)


def _named(clause: Clause, text: str) -> tuple[Entity | None, str | None]:
    """The table, view or source that is named, and the name that nothing goes by."""
    mentions = [m for m in clause.mentions if not m.weak]
    sure = _best(m for m in mentions if not m.plain or m.noun)
    if sure is not None and sure.kind != "source":
        return sure, None
    strange = strange_name(text)
    return (sure, strange) if strange or sure else (_best(mentions), None)


def _best(mentions: Iterable[Mention]) -> Entity | None:
    """A table or view of the mentions, else a source."""
    found = [
        (one.entity.kind == "source", -one.score, one.entity)
        for mention in mentions
        for one in mention.matches[:1]
        if one.entity.kind in (*_TABLES, "source")
    ]
    return min(found, key=lambda one: one[:2])[2] if found else None


def nearest_to(strange: str, subject: Entity | None, lexicon: Lexicon) -> tuple[str, ...]:
    """Tables of nearly that name; of the source that is named, if there are any."""
    near = near_names(strange, "asset", lexicon)
    own = parts(strange.rpartition(".")[2])
    same = tuple(one for one in near if parts(re.split(r"[./]", one)[-1]) == own)
    near = same if len(same) == 1 else near
    inside = tuple(one for one in near if subject and one.startswith(f"{subject.name}."))
    return inside or near


def not_here(strange: str, near: Sequence[str]) -> str:
    """That nothing goes by a name; and what is taken for it, where only one thing comes near."""
    said = f"There is no “{strange}” here, or none that you may see"
    return (
        f"{said}; `{near[0]}` comes nearest, so this is about it." if len(near) == 1 else f"{said}."
    )


def strange_name(text: str) -> str | None:
    """What is spoken of under a name that nothing goes by."""
    dotted = _DOTTED.search(text)
    if dotted is not None:
        return dotted.group()
    thing = _THING.search(text)
    if thing is None:
        return None
    said = thing["name"].split()
    last = max((i for i, word in enumerate(said) if word.lower() in _EMPTY), default=-1)
    name = " ".join(said[last + 1 :])
    return f"{name} {thing['noun']}" if name else None


def _since(text: str, today: date) -> date:
    named = dates.days(text.lower(), today)
    first = named[0][0] if named else None
    return min(first or today, today - timedelta(1)) if first else today - timedelta(DAYS)


def _calls(subject: Entity | None, since: date) -> Iterator[Call]:
    day = since.isoformat()
    source = subject.source if subject else None
    where: dict[str, object] = {"source": source} if source else {}
    if subject is not None and subject.kind != "source":
        about: dict[str, object] = {"asset": subject.id}
        yield Call(LINEAGE, {**about, "direction": "upstream"})
        yield Call("catalog.get_quality", about)
        if subject.kind in ("table", "view"):
            yield Call("catalog.compare_schemas", {**about, "since": day})
        yield Call("activity.search", {"asset": subject.name, "effect": "write", "since": day})
    elif source:
        yield Call("catalog.compare_schemas", {**where, "since": day})
    if source:
        yield Call("data_sources.check_health", where)
    else:
        yield Call("compliance.list_findings", {"limit": MOST_READ})
    yield Call("catalog.list_quality_checks", {"status": "failed", **where})
    yield Call("scan_logic.list_scans", where)
    yield Call("workflows.list_executions", {"status": "failed"})
    yield Call("assistant.anomalies", where)
    if subject is None:
        yield Call("activity.search", {"effect": "write", "since": day})
