"""Superlatives, rankings and counts by group, over any list: "the three biggest tables".

What says how the list is to be told is taken out of the request, and the rest is understood as any
request is. What a list can be told by is data (`FIELDS`); what it can't be told by is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agent.planning.dates import LENGTHS, NUMBERS, number
from agent.planning.shares import MOST_READ, share
from agent.planning.text import fold
from agent.planning.types import Shape, Understanding

COUNTED = "=^</"
MOST_OF = {"catalog.search_assets": 50}  # where an operation gives fewer
_POSTURE = "compliance.get_posture"
_N = r"(?:\d{1,3}|" + "|".join(word for word, figure in NUMBERS.items() if figure) + ")"
# What a word of degree ranks by, and whether the greatest comes first.
_DEGREES: Mapping[str, tuple[str, bool]] = {
    **dict.fromkeys(("biggest", "largest", "longest", "hugest", "widest"), ("size", True)),
    **dict.fromkeys(("smallest", "tiniest", "shortest"), ("size", False)),
    **dict.fromkeys(("oldest", "earliest", "first ever"), ("time", False)),
    **dict.fromkeys(("newest", "latest", "most recent", "youngest"), ("time", True)),
    **dict.fromkeys(("slowest", "longest running", "longest-running", "took the longest",
                     "takes the longest", "take the longest"), ("duration", True)),
    **dict.fromkeys(("fastest", "quickest"), ("duration", False)),
    **dict.fromkeys(("most severe", "gravest", "most serious", "most urgent", "most critical"),
                    ("severity", True)),
    **dict.fromkeys(("least documented", "worst documented", "most undocumented"),
                    ("tables without description", True)),
    **dict.fromkeys(("best documented", "most documented"), ("tables without description", False)),
    **dict.fromkeys(("most sensitive",), ("sensitive columns", True)),
    **dict.fromkeys(("riskiest", "worst", "most violated", "least compliant", "most problematic"),
                    ("findings", True)),
}  # fmt: skip
_MORE = "most|highest|greatest|largest|biggest|maximum|best"
_LESS = "fewest|least|lowest|smallest|minimum|worst|poorest"
_MEASURE = r"(?:number of |amount of |count of |total |volume of |open )?(?P<measure>[a-z][\w -]*?)"
_ENDS = (
    r"(?=\s+(?:in|of|on|for|from|across|within|under|right now|at the moment|today|yesterday|this|"
    r"last|since|during|over)\b|[?.!,]|$)"
)
_DEGREE = re.compile(
    rf"\b(?:the )?(?:top )?(?:(?P<n>{_N}) )?(?P<degree>"
    + "|".join(sorted(_DEGREES, key=len, reverse=True))
    + rf")\b(?: (?P<n2>{_N})\b)?",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:which|what|the|show(?: me)?|list|give me|name|find) (?:our |the )?"
    rf"(?P<n>{_N})(?= [a-z]+s\b)",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"\b(?P<verb>with|that have|which have|that has|have|has|having|holds?|contains?|owns?|"
    r"looks? after|stores?|gets?|by|caused|causes?|did|made|"
    r"makes?|ran|runs?|raised|raises?|takes?|took|used?)"
    rf" (?:the )?(?P<degree>{_MORE}|{_LESS}) {_MEASURE}{_ENDS}",
    re.IGNORECASE,
)
_TOP = re.compile(rf"\b(?:the )?(?P<degree>top|bottom)(?: (?P<n>{_N}))?\b", re.IGNORECASE)
_SORTED = re.compile(
    r",?\s*\b(?:and )?(?:sorted|ordered|ranked|sort|order|rank)(?: (?:them|it|all))? by "
    r"(?:the |their )?"
    rf"{_MEASURE}(?P<up>,? (?:asc\w*|lowest first|smallest first))?(?:,? (?:desc\w*|"
    r"highest first|biggest first|largest first))?(?=[?.!]|$)",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"(?<!ed )\b(?:by|in terms of|according to) (?:the |their )?{_MEASURE}{_ENDS}", re.IGNORECASE
)
_ORDERS = re.compile(
    r"\s*(?:please |can you |could you )*"
    r"(?:rank|sort|order|list|show(?: me)?)\b",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"\b(?:the )?(?:numbers?|amounts?|counts?|break ?down|distribution|split) of\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r",?\s*\b(?:are there |do we have |is there )?(?<!ed )(?:per|by|for each|in each|of each|"
    r"for every|in every|each|grouped by|group(?:ed)? (?:them )?by|broken down by|split by|across)"
    r" (?:the |data |business |our )?(?P<group>[a-z][\w-]*)"
    r"(?: (?:has|have|(?:are |is )?there|do we have))?(?=[?.!,]|$)",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:how many|how much|numbers? of|counts?|count of|break ?down|distribution|split|group)\b",
    re.IGNORECASE,
)
# "… and what falls under each": what a list of these is a list of, in groups.
_UNDER = re.compile(
    r",?\s*\b(?:and )?(?:what|which|the|with|their|its)(?: of)?(?: (?P<noun>[a-z]+))?(?: that)? "
    r"(?:falls?|belongs?|comes?|goes?|are|is|lies?) (?:under|to|in|into|within|of) "
    r"(?:each|every|them|it)(?: of them)?(?: (?P<group>[a-z]+))?",
    re.IGNORECASE,
)
# "Which regulations apply to crm.customers?": its labels by the regulations that they touch.
_APPLIES = re.compile(
    r"\b(?:which|what) (?:(?:data|privacy|legal) )?(?:regulations?|laws?|frameworks?|standards?)\b"
    r"[^,;]*?\b(?:appl(?:y|ies|icable)|relevant|concern|cover|govern|affect|touch|fall|subject)"
    r"(?:e?s|ed)?\b(?: (?:to|for|under|on))?(?P<on> [\w./-]+)?",
    re.IGNORECASE,
)
# "Which tables contain PII?": the columns that do, by their tables.
_CLASSIFIED = "classifications.list_classified_columns"
_HOLDERS = re.compile(
    r"^\W*(?:(?:can|could) you |please )*(?:which|what|show|list|find|give|identify|name|get)\b"
    r"(?: me| us)? (?:of |all |any |every |the |our )*(?P<noun>tables?|data ?sets?|databases?|"
    r"(?:data )?sources?|views?|systems?) (?:that |which )?(?:might |may |could |do |actually )?"
    r"(?:contain|hold|have|has|with|store|include|keep|carry|expose)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:does|do|is|are|must|should) (?:the |our )?(?P<on>[\w./-]+)", re.IGNORECASE
)
_MEMBERS: Mapping[str, str] = {
    "sensitivity": "labels", "category": "labels", "domain": "assets", "severity": "findings",
    "kind=": "assets", "source=": "tables", "status": "findings",
}  # fmt: skip
_SUBJECT = re.compile(r"\b(?:which|what|who|whose|the|show|list|find|rank)\b", re.IGNORECASE)

MANY = re.compile(
    r"\b(?:with|having|that have|which have|that has|has|have|of|is|are)? ?"
    r"(?:(?P<over>more than|over|above|greater than|bigger than|larger than|exceeding)|"
    r"(?P<least>at least|no less than|minimum of)|"
    r"(?P<under>less than|fewer than|under|below|smaller than)|"
    rf"(?P<most>at most|no more than|up to)) (?P<n>\d[\d,._]*(?:k|m)?|{_N}) {_MEASURE}{_ENDS}",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:that |which )?(?:(?:were|was|have|has|are|is)? ?(?:never|not (?:yet )?)|haven['’]t|"
    r"hasn['’]t|weren['’]t|wasn['’]t|aren['’]t) ?(?:yet |ever )?(?:been )?"
    r"(?P<verb>scanned|discovered|synced|run)"
    r"(?: yet)?(?: (?:for|in|within|since|over|this|during)(?: the)?(?: (?:last|past))?"
    r"(?: (?P<n>\d{1,3}))? ?(?P<unit>day|week|month|year|quarter)?s?)?",
    re.IGNORECASE,
)
_DONE: Mapping[str, str] = {"scanned": "scanned_at", "discovered": "discovered_at",
                            "synced": "synced_at", "run": "last_at"}  # fmt: skip

# What stands for the same in people's words.
_SAME: Mapping[str, str] = {
    "database": "source=", "db": "source=", "system": "source=", "dataset": "table",
    "record": "row", "people": "person", "user": "person", "who": "person", "policy": "rule=",
    "violation": "finding", "issue": "finding", "problem": "finding", "failure": "finding",
    "gap": "finding", "field": "column", "attribute": "column", "account": "person",
    "folder": "schema", "regulation": "framework", "standard": "framework", "age": "time",
    "date": "time", "byte": "size", "volume": "size", "length": "duration", "member": "member",
    "steward": "owner=", "everyone": "person", "each": "person", "type": "kind=",
    "classification": "label=", "category": "category=", "level": "sensitivity",
    "hit": "found", "priority": "severity", "criticality": "severity",
    "dependency": "dependent", "consumer": "dependent", "downstream": "dependent",
    "child": "dependent", "score": "posture", "compliance": "posture", "compliant": "posture",
}  # fmt: skip
# For each list, by what its items can be told: ranked by a plain field; only counted by `field=`,
# by `field^` up to its first dot (the source), by `field/` up to a slash (a control's framework),
# by `field<` without its last part (the table of a column, the schema of a table).
_ASSET = {"row": "row_count", "size": "row_count", "label": "labels", "tag": "tags",
          "dependent": "dependents", "source": "qualified_name^", "owner": "owner=",
          "person": "owner=", "domain": "domain=", "kind": "kind=", "table": "qualified_name<",
          "schema": "qualified_name<"}  # fmt: skip
FIELDS: Mapping[str, Mapping[str, str]] = {
    "catalog.list_assets": _ASSET,
    "catalog.search_assets": _ASSET,
    "catalog.get_usage": {"people": "people", "change": "changes", "look": "looks",
                          "run": "runs", "source": "asset^", "time": "last_used_at"},
    "catalog.list_domains": {"asset": "assets", "table": "assets", "size": "assets",
                             "owner": "owner="},
    "catalog.list_glossary_terms": {"status": "status=", "domain": "domain=", "owner": "owner="},
    "catalog.list_contracts": {"source": "source=", "table": "tables", "time": "at"},
    "classifications.list_classified_columns": {
        "source": "column^", "table": "column<", "label": "label=", "category": "category=",
        "sensitivity": "sensitivity", "status": "status=", "score": "score",
        "framework": "regulations"},
    "classifications.list_labels": {"column": "columns", "size": "columns",
                                    "category": "category=", "sensitivity": "sensitivity"},
    "compliance.list_findings": {
        "source": "subject^", "rule": "rule=", "severity": "severity", "status": "status=",
        "control": "controls", "framework": "controls/", "owner": "owner=", "person": "owner=",
        "time": "opened_at",
        "table": "subject=", "asset": "subject=", "due": "due_on"},
    "compliance.get_posture": {"source": "by_source", "framework": "score"},
    "compliance.list_rules": {"finding": "open_findings", "severity": "severity",
                              "control": "controls"},
    "compliance.list_frameworks": {"control": "controls", "size": "controls", "rule": "covered"},
    "data_sources.list_sources": {"time": "scanned_at", "kind": "kind=", "owner": "owner=",
                                  "person": "owner=", "environment": "environment=",
                                  "status": "status=", "tag": "tags"},
    "integration.list_services": {"operation": "operations", "time": "synced_at"},
    "workflows.schedules": {"run": "runs", "time": "last_at", "workflow": "workflow="},
    "scan_logic.list_scans": {
        "time": "started_at", "duration": "seconds", "size": "tables", "column": "columns",
        "table": "tables", "found": "found", "classification": "found", "label": "found",
        "source": "source=", "person": "started_by=", "status": "status="},
    "scan_rule_sets.list_rule_sets": {"detector": "detectors", "size": "detectors"},
    "rbac.list_users": {"role": "roles"},
    "rbac.list_roles": {"person": "holders", "holder": "holders", "permission": "permissions",
                        "size": "permissions"},
    "rbac.list_teams": {"member": "members", "person": "members", "size": "members"},
    "rbac.list_api_keys": {"person": "user=", "time": "created_at"},
    "workspaces.list": {"source": "sources", "size": "sources", "kind": "kind="},
    "workflows.list": {"step": "steps", "size": "steps", "time": "created_at",
                       "person": "created_by="},
    "workflows.list_executions": {"time": "created_at", "status": "status=",
                                  "workflow": "workflow=", "step": "steps"},
    "pipelines.list": {"step": "steps", "size": "steps", "stage": "stages", "time": "updated_at"},
    "activity.search": {"person": "user=", "operation": "operation=", "outcome": "outcome=",
                        "time": "at", "duration": "milliseconds", "day": "at"},
    "activity.list_tasks": {"person": "assignee=", "owner": "assignee=", "status": "status=",
                            "time": "created_at", "due": "due_on"},
}  # fmt: skip
_DATED = ("data_sources.list_sources", "integration.list_services", "workflows.schedules")
_OWN_ORDER = {"catalog.list_owners": (("table", True), ("asset", True))}


@dataclass(frozen=True)
class Wanted:
    """What a request says of how its list is to be told, and what is left of it.

    `subject`: what is ranked; `measure`: in its own words, what ranks it; `tail`: what follows.
    `named`: what is in each group is told.
    """

    rest: str
    measure: str = ""
    descending: bool = True
    top: int | None = None
    group: str = ""
    subject: str = ""
    tail: str = ""
    named: bool = False
    bounds: tuple[int | None, int | None] = (None, None)


_ONLY = re.compile(
    r",? (?:but )?(?:only|just)(?: show| list| for)?(?: me)?(?: the| those| ones)*(?: that| who| which)?"
    r"(?: with| have| has| having| own)? (?P<many>(?:more|less|fewer) than \w+|at (?:least|most) \w+)"
    r"(?: of them| tables| each)?(?=[?.!,]|$)",
    re.IGNORECASE,
)


def shaped(text: str, hear: Callable[[str], Understanding], today: date) -> Understanding | None:
    """What a request for a ranked, counted or bounded list asks for; None where it is none.

    Args:
        hear: what a request comes to that speaks of no ranking.
    """
    tail = _THEN.search(text)
    if tail is not None:
        first = shaped(text[: tail.start()], hear, today)
        said = (
            f"“{tail['asked'].strip()}”: ask me that of the one you mean, once you see which it is."
        )
        return None if first is None else replace(first, told=said, heard=text)
    bounded = (
        share(text, hear)
        or _applying(text, hear)
        or _holding(text, hear)
        or _since_then(text, hear)
        or _average(text, hear)
        or _bounded(text, hear)
        or _many_of_each(text, hear)
        or _longest_ago(text, hear)
        or _not_done(text, hear, today)
    )
    if bounded is not None:
        return replace(bounded, heard=text)
    for wanted in _wanted(text):
        if _ordered(wanted, hear(text)):
            continue
        found = _ranked(wanted, hear) or _counted(wanted, hear)
        if found is not None:
            return replace(found, heard=text)
    return None


# "…, and who owns it?": of what comes first, which isn't known before the list is read.
_THEN = re.compile(
    r",? (?:and|then) (?P<asked>(?:who|what|which|how|where|when|why)\b[^,;]*\b(?:it|them|that|those|they|"
    r"its|their)\b[^,;?.!]*)[?.!]*$",
    re.IGNORECASE,
)


def _applying(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """The labels of something by the regulations that they touch."""
    asked = _APPLIES.search(text)
    named = [one["on"].strip() for one in (asked, asked and _DOES.search(asked.group())) if one
             and one["on"]]  # fmt: skip
    for name in named:
        heard = hear(f"which columns of {name} are classified")
        if _fields(heard) is not None and heard.calls[0].arguments.keys() & {"asset", "source"}:
            return _told(heard, Shape(group="regulations", noun="regulation", named=True))
    return None


def _holding(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """The tables, or the sources, that hold what is asked for, with the columns in which it is."""
    asked = _HOLDERS.match(text)
    heard = hear(text) if asked else None
    if asked is None or heard is None or not heard.calls or heard.calls[0].operation != _CLASSIFIED:
        return None
    field = FIELDS[_CLASSIFIED].get(noun := _noun(asked["noun"]))
    return _told(heard, Shape(group=field, noun=noun, named=True)) if field else None


_CHANGED = re.compile(
    r"\b(?:changed?|chang\w+|compar\w+|versus|vs|than|better|worse|improv\w+|develop\w*|progress\w*)\b",
    re.IGNORECASE,
)


def _since_then(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """How a posture stood and how it stands, where it is asked how that has changed."""
    heard = hear(text) if _CHANGED.search(text) else None
    if heard is None or [one.operation for one in heard.calls] != [_POSTURE]:
        return None
    then = heard.calls[0]
    if "as_of" not in then.arguments:
        return None
    now = {name: value for name, value in then.arguments.items() if name != "as_of"}
    return replace(heard, calls=(then, replace(then, arguments=now)))


def _bounded(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """A list of what has more, or less, of something than a figure."""
    found = MANY.search(text)
    if found is None:
        return None
    heard = _listed(_without(text, found), _noun(found["measure"]), hear)
    field = (_fields(heard) or {}).get(_noun(found["measure"]))
    figure = _figure(found["n"])
    if field is None or field[-1] in COUNTED or figure is None:
        return None
    least, most = _bounds(found, figure)
    return _told(heard, Shape(field, found["measure"], least is not None, least=least, most=most))


_AVERAGE = re.compile(
    r"\b(?:average|mean|typical|avg)(?: number| count| amount)? of (?P<what>.+?) "
    r"(?:per|by|for each|for every|in each|in a|of each|of a|each|does an?|do) (?P<group>[a-z]+)|"
    r"\bhow many (?P<what2>.+?) (?:does|do|has|have) (?:an?|each|every|the average|our) "
    r"(?P<group2>[a-z]+) (?:have |has |hold |own )?on average",
    re.IGNORECASE,
)
# "Which owners have more than three tables": a list of the latter, counted by the former.
_OF_EACH = re.compile(
    r"\b(?:which|what|who|list|show(?: me)?|find)\b(?: all| the| our)*(?P<group>(?: [a-z]+){0,3}?) "
    r"(?:have|has|with|having|that have|that has|own|owns|hold|holds|contain|contains)$",
    re.IGNORECASE,
)
_LONGEST_AGO = re.compile(
    r"\b(?:(?:has|have|was|were|is|are)?(?:n['’]t| not) (?:been )?(?P<verb>scanned|discovered|synced)"
    r" (?:for|in|since) the longest(?: time| period)?|(?P<verb2>scanned|discovered|synced) (?:the )?"
    r"(?:longest ago|least recently)|least recently (?P<verb3>scanned|discovered|synced))",
    re.IGNORECASE,
)


def _average(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """A list counted by group, of which the mean is asked for."""
    found = _AVERAGE.search(text)
    if found is None:
        return None
    noun = _noun(found["group"] or found["group2"])
    heard = hear(f"list all {found['what'] or found['what2']}{text[found.end() :]}".strip(" ?.!"))
    field = (_fields(heard) or {}).get(noun)
    return _told(heard, Shape(group=field, noun=noun, average=True)) if field else None


def _many_of_each(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """Groups that hold more, or less, of what is listed than a figure."""
    found = MANY.search(text)
    if found is None:
        return None
    opened = _OF_EACH.search(f"{text[: found.start()].rstrip()} {found.group().split()[0]}")
    figure = _figure(found["n"])
    if opened is None or figure is None:
        return None
    group = _subject(opened["group"] or "who") or "person"
    heard = hear(f"list all {found['measure']}{text[found.end() :]}".strip(" ?.!"))
    field = (_fields(heard) or {}).get(group)
    least, most = _bounds(found, figure)
    if field is None:
        return None
    return _told(heard, Shape(group=field, noun=group, least=least, most=most))


def _longest_ago(text: str, hear: Callable[[str], Understanding]) -> Understanding | None:
    """What was never done, or done longest ago, first."""
    found = _LONGEST_AGO.search(text)
    if found is None:
        return None
    heard = _listed(_without(text, found), "time", hear)
    if _fields(heard) is None or heard.calls[0].operation not in _DATED:
        return None
    verb = (found["verb"] or found["verb2"] or found["verb3"]).lower()
    return _told(heard, Shape(_DONE[verb], verb, descending=False))


def _bounds(found: re.Match[str], figure: int) -> tuple[int | None, int | None]:
    least = figure + 1 if found["over"] else figure if found["least"] else None
    most = figure - 1 if found["under"] else figure if found["most"] else None
    return least, most


def _not_done(text: str, hear: Callable[[str], Understanding], today: date) -> Understanding | None:
    """A list of what was never scanned, or not for so many days."""
    found = _NOT_DONE.search(text)
    if found is None:
        return None
    heard = _listed(_without(text, found), "time", hear)
    if _fields(heard) is None or heard.calls[0].operation not in _DATED:
        return None
    unit = found["unit"]
    days = int(found["n"] or 1) * LENGTHS[unit.lower()] if unit else None
    most = today - timedelta(days) if days else None
    shape = Shape(_DONE[found["verb"].lower()], found["verb"], False, most=most, empty=days is None)
    return _told(heard, shape)


def _figure(said: str) -> int | None:
    plain = re.sub(r"[,._]", "", said.lower())
    scale = {"k": 1000, "m": 1_000_000}.get(plain[-1:], 1)
    value = number(plain.rstrip("km"))
    return None if value is None else value * scale


def _listed(rest: str, noun: str, hear: Callable[[str], Understanding]) -> Understanding:
    """The list that a request comes to, as it stands or as one for a list, told by a noun."""
    ways = [hear(rest), hear(f"list {rest}")]
    return next((one for one in ways if noun in (_fields(one) or {})), ways[1])


def _ordered(wanted: Wanted, plain: Understanding) -> bool:
    """Whether an operation's own order answers it: the ten most used tables, who owns most."""
    if not wanted.measure and not wanted.group:
        return any("limit" in call.arguments for call in plain.calls)
    asked = _noun(wanted.measure), wanted.descending
    return any(asked in _OWN_ORDER.get(call.operation, ()) for call in plain.calls)


def _wanted(text: str) -> Iterator[Wanted]:
    """The ways to read a request as one for a ranked or counted list."""
    under = _UNDER.search(text)
    group = _noun(under["group"] or "") or _last(text[: under.start()]) if under else ""
    if under and group in _MEMBERS:
        yield Wanted(f"list {under['noun'] or _MEMBERS[group]}", group=group, named=True)
    some = _SOME.search(text)
    if some is not None:
        text = f"{text[: some.start('n')]}{text[some.end('n') :].lstrip()}"
    only = _ONLY.search(text)
    bound = MANY.search(f"with {only['many']} of them") if only else None
    figure = _figure(bound["n"]) if bound else None
    if only is not None and bound is not None and figure is not None:
        text = f"{text[: only.start()]}{text[only.end() :]}"
    per = _PER.search(text)
    if per and _COUNTS.search(text) and not _COUNTS.search(text, per.start()):
        bounds = _bounds(bound, figure) if bound and figure is not None else (None, None)
        rest = _COUNTING.sub("all", _without(text, per))
        yield Wanted(rest, group=_noun(per["group"]), bounds=bounds)
    ranks = _SORTED.search(text) or _HAVING.search(text)
    top = _TOP.search(text)
    if ranks is None and (top is not None or _ORDERS.match(text)):
        ranks = _BY.search(text, top.end() if top else 0)
    counts = (found["n"] for found in (top, some) if found and found["n"])
    count = next((number(one.lower()) for one in counts), None)
    if ranks is not None:
        said = ranks.groupdict()
        degree = str(said.get("degree") or "most").lower()
        rest = _DEGREE.sub("", _without(text, ranks))
        yield Wanted(
            _TOP.sub("", rest, count=1) if top else rest,
            ranks["measure"].strip(),
            not (said.get("up") or degree in _LESS or (top and top["degree"] == "bottom")),
            count,
            subject=_subject(text[: ranks.start()]),
            tail=text[ranks.end() :].strip(" ?.!"),
        )
    found = _DEGREE.search(text)
    if found is not None:
        measure, descending = _DEGREES[" ".join(found["degree"].lower().split())]
        n = found["n"] or found["n2"]
        rest = re.sub(r"\b(?:is|are)\s*$|\b(?:is|are)(?=\s*[?.!]|\s*$)", "", _without(text, found))
        for one in dict.fromkeys((measure, "severity" if measure == "findings" else measure)):
            yield Wanted(
                rest, one, descending, number(n.lower()) if n else count,
                subject=_subject(text[found.end() :]) or _subject(text[: found.start()]),
            )  # fmt: skip
    if top is not None and count is not None and ranks is None and found is None:
        yield Wanted(_without(text, top), top=count)


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).replace(" ?", "?")


def _noun(words: str) -> str:
    """The last of some words as what `FIELDS` calls it; "row count" is rows."""
    said = re.sub(r"\b(?:counts?|numbers?|totals?)$", "", words.lower().strip()).split()
    word = fold(said[-1]) if said else ""
    return _SAME.get(word, word)


_KNOWN = frozenset(word for fields in FIELDS.values() for word in fields) | {"who"}


def _subject(words: str) -> str:
    """What is spoken of in words: the first noun that some list can be told by."""
    nouns = (_noun(word) for word in re.findall(r"[a-z]+", words.lower()))
    return next((one for one in nouns if one in _KNOWN), "")


def _last(words: str) -> str:
    """The last noun that some list can be told by."""
    nouns = [_noun(word) for word in re.findall(r"[a-z]+", words.lower())]
    return next((one for one in reversed(nouns) if one in _KNOWN), "")


def _ranked(wanted: Wanted, hear: Callable[[str], Understanding]) -> Understanding | None:
    """The list that is asked for, ranked by a field of its own, or counted by one."""
    heard = _listed(wanted.rest, wanted.group or _noun(wanted.measure), hear)
    fields = _fields(heard)
    if fields is None:
        return None
    if wanted.group:
        field = fields.get(wanted.group)
        least, most = wanted.bounds
        shape = Shape(group=field, noun=wanted.group, named=wanted.named, least=least, most=most)
        return _told(heard, shape) if field else None
    if not wanted.measure and fields.get("severity") == "severity":
        return _told(heard, Shape("severity", "severity", top=wanted.top))
    if not wanted.measure:
        call = heard.calls[0]
        limited = replace(call, arguments={**call.arguments, "limit": wanted.top})
        return replace(heard, calls=(limited, *heard.calls[1:]))
    field = fields.get(_noun(wanted.measure))
    if field is None or field[-1] in COUNTED:
        return None
    shape = Shape(field, wanted.measure, wanted.descending, wanted.top)
    return _told(heard, shape)


def _counted(wanted: Wanted, hear: Callable[[str], Understanding]) -> Understanding | None:
    """What ranks them as the list, counted by what is ranked: "the source with most findings"."""
    if not wanted.measure or not wanted.subject:
        return None
    measure = "tables" if wanted.measure == "size" else wanted.measure
    heard = hear(f"list {measure} {wanted.tail}")
    field = (_fields(heard) or {}).get(wanted.subject)
    if field is None:
        return None
    shape = Shape(
        measure=measure, descending=wanted.descending, top=wanted.top, group=field,
        noun=wanted.subject,
    )  # fmt: skip
    return _told(heard, shape)


def _fields(heard: Understanding) -> Mapping[str, str] | None:
    """By what the list that is heard can be told; None where no list is heard."""
    if not heard.calls or heard.question or heard.not_understood or heard.calls[0].shape:
        return None
    return FIELDS.get(heard.calls[0].operation)


def _told(heard: Understanding, shape: Shape) -> Understanding:
    first = heard.calls[0]
    most = {"limit": MOST_OF.get(first.operation, MOST_READ)} if first.operation != _POSTURE else {}
    whole = replace(first, arguments={**first.arguments, **most}, shape=shape)
    return replace(heard, calls=(whole, *heard.calls[1:]))
