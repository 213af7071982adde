"""The arguments that a clause gives an operation, by the names in its schema.

What the lexicon knows is linked; what it can't know (a workflow, a finding) stands beside its noun.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from agent.planning import dates, features
from agent.planning.clause import Clause
from agent.planning.dates import LENGTHS, number
from agent.planning.features import NAME as _NAME
from agent.planning.features import speaks
from agent.planning.frames import IMPERATIVES
from agent.planning.slots import EXTRACTORS, KINDS, NONE, Filled, Situation, identifier, spoken
from agent.planning.text import Token, fold, tokenize, words
from agent.planning.types import Card, Kind
from agent.planning.vocabulary import ACCOUNTS, DETERMINERS, FILLERS

PLAIN = 0.75  # a plain word that names something well
_ID = re.compile(r"[a-z]{2,4}_[0-9a-f]{8,}")  # as records have them
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
# The arguments of operations, each with what extracts it.
ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "asset": ("asset",),
    "other_asset": ("asset",),
    "successor": ("asset",),
    "subject": ("asset",),
    "table": ("relation",),
    "column": ("column",),
    "source": ("source",),
    "framework": ("framework",),
    "regulation": ("framework",),
    "control": ("control",),
    "label": ("label",),
    "rule_set": ("rule_set",),
    "rule": ("rule",),
    "user": ("person",),
    "owner": ("person",),
    "assignee": ("person",),
    "person": ("person",),
    "member": ("person",),
    "role": ("role",),
    "term": ("term",),
    "other": ("term", "asset"),
    "domain": ("domain",),
    "team": ("team",),
    "workflow": ("workflow",),
    "pipeline": ("pipeline",),
    "workspace": ("workspace",),
    "made_of": ("asset",),
    "about": ("scope",),
    "permission": ("permission",),
    "permissions": ("permissions",),
    "location": ("location",),
    "url": ("location",),
    "values": ("values",),
    "examples": ("values",),
    "column_name": ("column_name",),
    "email": ("email",),
    "tag": ("tag",),
    "scan": ("source", "scan"),
    "environment": ("environment",),
    "sample_size": ("sample",),
    "sensitivity": ("sensitivity",),
    "severity": ("severity",),
    "direction": ("direction",),
    "depth": ("depth",),
    "limit": ("limit",),
    "days": ("length",),
    "since": ("since",),
    "until": ("until",),
    "valid_from": ("since",),
    "valid_until": ("until",),
    "sunset_on": ("until",),
    "as_of": ("since",),
    "at": ("since",),
    "before": ("since",),
    "due": ("until",),
    "due_on": ("until",),
    "expires": ("until",),
    "expires_on": ("until",),
    "expires_at": ("until",),
    "query": ("query",),
    "without": ("without",),
    "having": ("having",),
    "labels": ("labels",),
    "without_labels": ("without_labels",),
    "category": ("category", "label_group"),
    "at_least": ("at_least",),
}
# "In the last 90 days" names no column that is called day, nor "use X instead" what is deprecated
_EARLY = frozenset({"days", "successor", "since", "until"})
_SUCCEEDS = re.compile(
    r"\b(?:replaced (?:by|with)|superseded by|in favou?r of|(?:use|take|prefer|switch to|move to|"
    r"migrate to|go with)(?= [\w.]+ (?:instead|from now on))|instead,? use|successor(?: is)?)\b"
)
_TAKES_PLACE = re.compile(r"\b(?:takes? its place|replaces it|is the successor|succeeds it)\b")
# Their values are the same; which of the two is meant, the rest of the clause tells
_DENIABLE = frozenset({"without", "having", "at_least"})
# Arguments that a name stands for which the lexicon doesn't hold, with the nouns that announce it
_NAMED: Mapping[str, tuple[str, ...]] = {
    "workflow": ("workflow",),
    "pipeline": ("pipeline",),
    "schedule": ("schedule", "workflow"),
    "template": ("template",),
    "service": ("service", "system"),
    "finding": ("finding",),
    "activity": ("activity", "change"),
    "execution_id": ("execution", "run"),
    "execution": ("execution", "run"),
    "task": ("task",),
    "policy": ("policy",),
    "rule": ("rule",),
    "rule_set": ("set",),
    "label": ("label",),
    "term": ("term",),
    "team": ("team",),
    "domain": ("domain",),
    "product": ("product",),
    "contract": ("contract",),
    "workspace": ("workspace",),
    "conversation": ("conversation",),
    "scan": ("scan",),
    "name": ("called", "named"),
}
_VALUES = words("values examples")
_ALL = words("registered connected")  # is every source
_DENIALS = words("not never")
_OFF = words("off disable disabled deactivate retire")
_ON = words("on enable enabled activate")
_ORDINALS = {"first": 1, "second": 2, "third": 3}
_OPENS: Mapping[str, tuple[str, ...]] = {
    "reason": ("because", "since", "as", "due"),
    "how": ("because", "since", "as"),
    "description": ("saying", "as", "with"),
    "definition": ("as", "means"),
    "note": ("that",),
    "title": ("to", "that"),
    "detail": ("saying",),
}
# Values of an enumeration by the words that stand for them.
_MEANT: Mapping[str, tuple[str, ...]] = {
    "not_null": (
        "never null",
        "null check",
        "null",
        "nulls",
        "not null",
        "never empty",
        "not empty",
        "mandatory",
        "required",
        "no nulls",
        "always filled",
        "no missing",
        "not be null",
        "not be empty",
        "never be null",
        "never be empty",
        "complete",
        "completeness",
    ),
    "unique": ("unique", "uniqueness", "no duplicates", "distinct"),
    "accepted_values": ("may only be", "only be", "one of", "accepted values", "allowed values"),
    "range": (
        "between",
        "negative",
        "positive",
        "at least",
        "at most",
        "greater than",
        "less than",
        "within range",
        "below",
        "above",
    ),
    "row_count": ("row count", "number of rows", "volume", "rows"),
    "freshness": ("fresh", "freshness", "no older", "older than", "up to date", "stale", "recent"),
    "deny": ("deny", "forbid", "denied"),
    "synonym": ("same as", "synonym", "also called"),
    "approve_gate": ("approve",),
    "reject_gate": ("reject",),
    "data_product": ("data product", "product"),
    "done": ("done", "finished", "completed"),
    "compliance": ("compliant", "comply"),
    "suggested": ("unreviewed", "not reviewed", "pending", "unconfirmed", "suggested"),
    "cancel": ("cancel", "stop", "abort"),
    "certified": ("endorsed", "trusted", "verified", "gold standard", "certification"),
    "deprecated": ("obsolete", "retired", "phased out", "sunset"),
    "failed": ("failing", "broken", "violated"),
    "completed with failures": ("failed", "failing", "with errors", "went wrong"),
    "never run": ("never been run", "not run yet"),
    "pdf": ("pdf",),
    "refused": ("refused", "denied", "rejected"),
}
_PHRASED: Mapping[str, re.Pattern[str]] = {
    "unused": re.compile(
        r"\b(?:unused|stale|dormant|nobody (?:\w+ ){0,2}use\w*|no ?one (?:\w+ ){0,2}use\w*|"
        r"(?:not|never) (?:\w+ ){0,2}(?:used|queried|accessed|opened|touched|looked at)|"
        r"(?:nobody|no ?one) (?:\w+ ){0,2}(?:looks? at|opens?|needs?|touch\w*|queries))\b"
    ),
    "incremental": re.compile(
        r"\b(?:incremental\w*|(?:only|just) (?:the )?(?:what|tables?|changes|changed|new|delta)"
        r"(?: (?:that|which))?(?: (?:is|has|have|are|was))?(?: changed| new)?|what has changed|"
        r"changes only|changed tables)\b"
    ),
}
_ANY_DAY = date(2024, 1, 1)  # only where a day is named matters
_SURELY_OPEN = words(": because")
_STOPS = words(
    """
    with owned made that for in under from by of to on as and is means which at into within has
    because until using called named because
    """
)
_PLAIN_CHECKS = ("not_null", "unique")
_INTRODUCED = words("called named")
_DOING = words("that which who with can may could might to")


def choices(card: Card) -> str:
    required = card.parameters.get("required", [])
    names = [one.replace("_", " ") for one in card.parameters["properties"] if one not in required]
    return ", ".join(names[:-1]) + f" or {names[-1]}" if len(names) > 1 else "".join(names)


def enumerated(card: Card, name: str) -> tuple[str, ...]:
    """The values that an argument may have, where only some may."""
    schema = card.parameters.get("properties", {}).get(name, {})
    return tuple(str(one) for one in _options(schema, card.parameters))


def several(card: Card, name: str) -> bool:
    """Whether an argument is a list."""
    return "array" in _types(card.parameters.get("properties", {}).get(name, {}))


def fill(situation: Situation, card: Card) -> tuple[dict[str, Filled], str | None]:
    """The arguments that the clause gives, and the first needed one that it doesn't."""
    properties: Mapping[str, Any] = card.parameters.get("properties", {})
    required = card.parameters.get("required", [])
    filled: dict[str, Filled] = {}
    taken = situation.taken
    lacking = None
    early = sorted(_EARLY & properties.keys())
    values = [one for one in required if one in _VALUES]  # a code is a value before it is a name
    for name in dict.fromkeys([*values, *early, *required, *properties]):
        schema = properties.get(name, {})
        needed = name in required
        found = _argument(name, schema, situation, taken, card, needed=needed)
        if found is not None:
            filled[name] = found
            taken |= found.tokens
        elif needed and lacking is None:
            lacking = name
    if card.name == "rbac.create_user" and "email" in filled:
        lacking = _invited(filled, situation.clause, lacking)
    if card.name == "catalog.define_quality_check" and "kind" in filled:
        filled["kind"] = replace(filled["kind"], values=_kinds(filled["kind"], situation.clause))
    return filled, lacking


def _invited(filled: dict[str, Filled], clause: Clause, lacking: str | None) -> str | None:
    """What somebody new still lacks who is invited by e-mail: the name stands in the address.

    What was taken for a name may be the role: "invite jane.doe@acme.com as analyst".
    """
    name = filled.get("name")
    if name is not None and fold(str(name.values[0]).lower()) in ACCOUNTS:
        name = None
        del filled["name"]
    role = clause.lexicon.find(str(name.values[0]), KINDS["role"]) if name else ()
    if name is not None and not role:
        return lacking
    if name is not None and role:
        filled["role"] = replace(name, values=(role[0].entity.id,))
        del filled["name"]
    named = name_in(str(filled["email"].values[0]))
    if not named:
        return lacking or "name"
    filled["name"] = Filled((named,), NONE, 0.6, linked=False)
    return None if lacking == "name" else lacking


def name_in(email: str) -> str:
    """The name that an address is made of: jane.doe@… is Jane Doe; empty where it tells none."""
    said = re.findall(r"[a-z]+", email.partition("@")[0].lower())
    return " ".join(said).title() if len(said) > 1 else ""


def _kinds(found: Filled, clause: Clause) -> tuple[object, ...]:
    """Also the other of the two kinds of checks that take nothing else: "unique and never null"."""
    text = " ".join(token.word for token in clause.tokens)
    if found.values[0] not in _PLAIN_CHECKS:
        return found.values
    return tuple(
        kind
        for kind in _PLAIN_CHECKS
        if kind in found.values
        or any(re.search(rf"\b{phrase}s?\b", text) for phrase in _MEANT[kind])
    )


def answer(name: str, situation: Situation, card: Card) -> Filled | None:
    """The argument that a whole message gives, which was asked for it."""
    schema = card.parameters.get("properties", {}).get(name)
    clause = situation.clause
    if schema is None:
        return None
    if identified := _ID.fullmatch(clause.text.strip(" .`'\"")):
        return Filled((identified.group(),), NONE, 1.0)
    found = _argument(name, schema, situation, NONE, card, needed=True)
    if found is not None and len(found.values) == 1 and not found.doubt:
        whole = several(card, name) and not isinstance(found.values[0], list)
        return replace(found, values=([*found.values],)) if whole else found
    if _types(schema) & {"integer", "number"}:
        figures = _FIGURE.findall(clause.text)
        return Filled((float(figures[0]),), NONE, 1.0) if len(figures) == 1 else None
    free = "string" in _types(schema) and name not in ARGUMENTS and name not in _NAMED
    return Filled((clause.text.strip(" ."),), NONE, 0.5) if free and found is None else None


def _argument(
    name: str,
    schema: Mapping[str, Any],
    situation: Situation,
    taken: frozenset[int],
    card: Card,
    *,
    needed: bool,
) -> Filled | None:
    clause = situation.clause
    verb = {0} if clause.tokens[0].word in IMPERATIVES else ()  # "flag …" names no flag
    free = Situation(clause, situation.context, situation.today, taken.union(verb))
    chosen = None if name in _DENIABLE else _chosen(schema, card.parameters, clause, taken)
    if chosen is not None:
        return chosen
    if "boolean" in _types(schema):
        if name in ("enabled", "active"):
            return _switched(clause)
        return _phrased(name, clause) or _told(name, clause)
    if needed and "integer" in _types(schema):
        return _figure(clause, taken)
    if name == "successor":
        return _successor(free)
    if name == "reason" and "successor" in card.parameters.get("properties", {}):
        return _undated(_text(("because", "due", ":"), clause, taken), card) or _replaced(clause)
    extracted = _extracted(name, free, card, needed=needed)
    if extracted is not None:
        return extracted
    if name == "sql":
        return _quoted(clause, taken)
    if name in ("name", "title") and (titled := _title(_kind_nouns(card), clause, taken)):
        return titled
    if name in _NAMED:
        return _name_after(_NAMED[name], clause, taken) or (
            _unlisted(name, clause, taken) if needed else None
        )
    if needed and (name == "asset" or ARGUMENTS.get(name) == ("person",)):
        return _unlisted(name, clause, taken)
    if name in _OPENS or (needed and schema.get("type") == "string" and name not in ARGUMENTS):
        purpose = ("for",) if name == "description" and made(card) else ()
        return _undated(_text((*_OPENS.get(name, ()), *purpose), clause, taken), card)
    return None


_LEADS_TO_DAY = re.compile(
    r"[,;]? *(?:and |with |it |is |a |the |no later than |sunset |due |date |deadline |expir\w+ |"
    r"effective |of |on |by |until |in |which |that )*$",
    re.IGNORECASE,
)


def _undated(found: Filled | None, card: Card) -> Filled | None:
    """A text without the day at its end, where the operation takes that by itself."""
    properties = card.parameters.get("properties", {})
    if found is None or not any(ARGUMENTS.get(name) == ("until",) for name in properties):
        return found
    (said,) = found.values
    text = str(said).rstrip(" .!")
    named = dates.days(text.lower(), _ANY_DAY)
    if named is None or named[1][1] < len(text):
        return found
    rest = _LEADS_TO_DAY.sub("", text[: named[1][0]]).strip(" ,;")
    return replace(found, values=(rest,)) if rest else found


def _extracted(name: str, free: Situation, card: Card, *, needed: bool) -> Filled | None:
    """What the extractors of an argument find."""
    for slot in ARGUMENTS.get(name) or ARGUMENTS.get(name.rpartition("_")[2], ()):
        if (slot == "query" and not needed) or name == made(card):
            continue
        found = EXTRACTORS[slot](free)
        if found is None or not (found.values or found.doubt):
            continue
        if slot in KINDS and not _paired(card):
            found = _with_others(found, KINDS[slot], free.clause, free.taken)
        if needed or found.anchored or found.worth >= PLAIN:
            return found
    return None


def _paired(card: Card) -> bool:
    """Whether an operation takes two of a kind, one in each argument: what is compared, related."""
    return any(name.startswith("other") for name in card.parameters.get("properties", {}))


_JOINTS = words("and & , plus")


def _with_others(
    found: Filled, kinds: frozenset[Kind], clause: Clause, taken: frozenset[int]
) -> Filled:
    """A name with those that are listed beside it: "crm.customers, shop.orders and lake.hr"."""
    if found.doubt or not found.linked:
        return found
    at = max(found.tokens) + 1
    while at < len(clause.tokens) and clause.tokens[at].word in _JOINTS:
        while at < len(clause.tokens) and clause.tokens[at].word in _JOINTS | DETERMINERS:
            at += 1
        beside = next((m for m in clause.mentions if m.start == at and not m.weak), None)
        same = beside.of(kinds) if beside and not beside.tokens & taken else ()
        if beside is not None and len(same) == 1:
            entity, where = same[0].entity, beside.tokens
            found = replace(
                found,
                values=tuple(dict.fromkeys((*found.values, entity.id))),
                tokens=found.tokens | where,
                about=(*found.about, entity),
            )
        elif (
            beside is None and at < len(clause.tokens) and features.is_qualified(clause.tokens[at])
        ):
            where = frozenset({at})
            values = (*found.values, clause.tokens[at].text)  # what isn't here is asked about
            found = replace(found, values=values, tokens=found.tokens | where)
        else:
            break
        at = max(where) + 1
    return found


_TABLES = ("table", "dataset", "view")
_REGISTERED = ("dashboard", "product", "metric", "pipeline", "file", "report")


def made(card: Card) -> str:
    """What an operation makes anew, so that nothing known can be meant by it; "" if nothing."""
    _, creates, noun = card.name.partition(".create_")
    return noun if creates else ""


def _kind_nouns(card: Card) -> tuple[str, ...]:
    """What an operation makes: "term" of `create_glossary_term`, "workspace" of its group."""
    group, _, name = card.name.partition(".")
    noun = name.rpartition("_")[2] if "_" in name else fold(group)
    return _REGISTERED if noun == "asset" else (noun, fold(group))


def _unlisted(name: str, clause: Clause, taken: frozenset[int]) -> Filled | None:
    """A name that nothing goes by, where one is needed."""
    if name == "asset":
        return (
            _title(_REGISTERED, clause, taken)
            or _name_after(_TABLES, clause, taken)
            or _qualified(clause, taken)
        )
    if name in _NAMED:
        return _identifier(clause, taken) or _title(_NAMED[name], clause, taken)
    return _stranger(clause, taken)


def _qualified(clause: Clause, taken: frozenset[int]) -> Filled | None:
    for i, token in enumerate(clause.tokens):
        if i not in taken and features.is_qualified(token):
            return Filled((token.text,), frozenset({i}), 0.6, linked=False)
    return None


def _stranger(clause: Clause, taken: frozenset[int]) -> Filled | None:
    """A person that nobody knows here, by a name with a capital letter; the operation says so."""
    for i, token in enumerate(clause.tokens):
        plain = token.word == "i" or speaks(token)
        named = token.form == "email" or (i and token.text.istitle() and not plain)
        if named and i not in taken:
            return Filled((token.text,), frozenset({i}), 0.4, linked=False)
    return None


def _quoted(clause: Clause, taken: frozenset[int]) -> Filled | None:
    for i, token in enumerate(clause.tokens):
        if token.form == "quote" and i not in taken:
            return Filled((token.text,), frozenset({i}), 0.7, linked=False)
    return None


def _title(nouns: tuple[str, ...], clause: Clause, taken: frozenset[int]) -> Filled | None:
    """What something new is called: after "called", or beside the noun that says what it is."""
    tokens = clause.tokens
    for opening, proper in ((_INTRODUCED, False), (frozenset(nouns), True)):
        for i, token in enumerate(tokens):
            if fold(token.word) not in opening:
                continue
            run = _run(tokens, i + 1, 1, taken, proper) or (
                _run(tokens, i - 1, -1, taken, proper=False) if proper else []
            )
            if run:
                where = frozenset(run)
                noun = where | {i} if proper else where
                return Filled((clause.words(where),), noun, 0.7, linked=False)
    return None


def _run(
    tokens: tuple[Token, ...], start: int, step: int, taken: frozenset[int], proper: bool
) -> list[int]:
    """The tokens of a name from here on; `proper`: it begins with a capital, or is quoted."""
    run: list[int] = []
    i = start
    while 0 <= i < len(tokens) and i not in taken and len(run) < 5:
        token = tokens[i]
        named = token.text[:1].isupper() or token.opaque or "_" in token.text
        stop = token.form == "mark" or token.word in _STOPS | DETERMINERS | {"i"}
        introduced = run and (token.text.isdecimal() or _closes(tokens, i) or _ends(tokens, i))
        introduced = introduced or (not run and proper and _plainly(tokens, i))
        if stop or (proper and not named and not introduced):
            break
        if step < 0 and (speaks(token) or token.word in FILLERS or i == 0):
            break
        run.append(i)
        if token.opaque:
            break
        i += step
    return sorted(run)


def _closes(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a colon stands within the words of a name: "term Active customer: …"."""
    return any(token.word == ":" for token in tokens[start : start + 4])


def _ends(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word is the last of a name: "the label Customer number in …"."""
    after = tokens[at + 1].word if at + 1 < len(tokens) else "."
    return _may_name(tokens[at]) and (after in _STOPS or not after.isalpha())


def _plainly(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a plain word is a name by what it is to do: "a role auditor that may …"."""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return _may_name(tokens[at]) and after in _DOING


def _chosen(
    schema: Mapping[str, Any], root: Mapping[str, Any], clause: Clause, taken: frozenset[int]
) -> Filled | None:
    """The value of an enumeration that the clause names as it is."""
    options = [one for one in _options(schema, root) if isinstance(one, str) and one not in _ALL]
    for option in sorted(options, key=len, reverse=True):
        pieces = tuple(fold(word) for word in re.split(r"[_\s-]", option.lower()))
        spoken = [fold(token.word) for token in clause.tokens]
        for i in range(len(spoken) - len(pieces) + 1):
            where = frozenset(range(i, i + len(pieces)))
            denied = bool(_DENIALS & {*spoken[max(0, i - 1) : i]}) and len(pieces) == 1
            if tuple(spoken[i : i + len(pieces)]) == pieces and not denied and not where & taken:
                return Filled((option,), where, 0.7)
    text = " ".join(token.word for token in clause.tokens)
    for option in options:
        for phrase in _MEANT.get(option, ()):
            if re.search(rf"\b{phrase}s?\b", text):
                said = set(phrase.split())
                where = frozenset(i for i, t in enumerate(clause.tokens) if t.word in said)
                return Filled((option,), where - taken, 0.6)
    return None


def _succession(clause: Clause) -> tuple[int, int] | None:
    """Where a clause says what takes a thing's place: the tokens of that phrase, up to its end."""
    kept = [(i, t.word) for i, t in enumerate(clause.tokens)]
    text = " ".join(word for _, word in kept)
    found = _SUCCEEDS.search(text) or _TAKES_PLACE.search(text)
    if found is None:
        return None
    start = len(text[: found.start()].split())
    return start, start + len(found.group().split())


def _successor(situation: Situation) -> Filled | None:
    """What is to be used in a thing's place, beside the phrase that says so."""
    where = _succession(situation.clause)
    if where is None:
        return None
    start, end = where
    named = [m for m in situation.clause.mentions if m.of(KINDS["asset"]) and not m.weak]
    after = [m for m in named if m.start == end or m.start == end + 1]
    before = [m for m in named if m.end == start]
    beside = max(after or before, key=lambda one: one.end - one.start, default=None)
    if beside is None:
        return None
    found = [one.entity for one in beside.of(KINDS["asset"])]
    tables = [one for one in found if one.kind != "column"] or found
    doubt = tuple(tables) if len(tables) > 1 else ()
    values = () if doubt else (tables[0].id,)
    return Filled(values, beside.tokens, 0.9, () if doubt else (tables[0],), doubt)


def _replaced(clause: Clause) -> Filled | None:
    """That it is replaced, where no other reason is given."""
    where = _succession(clause)
    if where is None:
        return None
    said = clause.words(frozenset(range(where[0], len(clause.tokens)))).strip(" .!")
    return Filled((said,), frozenset(range(*where)), 0.5, linked=False)


def _phrased(name: str, clause: Clause) -> Filled | None:
    """Yes, where a clause says it in one of the phrases for it."""
    found = spoken(_PHRASED[name], clause) if name in _PHRASED else None
    return Filled((True,), found[1], 0.8) if found else None


def _told(name: str, clause: Clause) -> Filled | None:
    """Yes, where a clause says what an option is called: "which plans wait for me"."""
    asked = features.of(tokenize(name.replace("_", " ")), {})
    where = frozenset(
        i for i, t in enumerate(clause.tokens) if t.form == "word" and features.of([t], {}) & asked
    )
    said = frozenset[str]().union(*(features.of([clause.tokens[i]], {}) for i in where))
    return Filled((True,), where, 0.6) if asked and asked <= said else None


def _switched(clause: Clause) -> Filled | None:
    for i, token in enumerate(clause.tokens):
        if token.word in _OFF | _ON:
            return Filled((token.word in _ON,), frozenset({i}), 0.7)
    return None


def _figure(clause: Clause, taken: frozenset[int]) -> Filled | None:
    for i, token in enumerate(clause.tokens):
        count = _ORDINALS.get(token.word) or number(token.word)
        if count is not None and i not in taken:
            return Filled((count,), frozenset({i}), 0.6)
    return None


def _types(schema: Mapping[str, Any]) -> set[str]:
    return {str(one.get("type")) for one in (schema, *schema.get("anyOf", ()))}


def _options(schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[object]:
    found = [*schema.get("enum", ())]
    for choice in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        found += _options(choice, root)
    reference = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    if reference:
        found += _options(root.get("$defs", {}).get(reference, {}), root)
    return found


def _name_after(nouns: tuple[str, ...], clause: Clause, taken: frozenset[int]) -> Filled | None:
    """The name beside a noun: "the workflow weekly-sweep", "the weekly-sweep workflow"."""
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        if fold(token.word) not in nouns or i in taken:
            continue
        for j in (i + 1, i - 1):
            if not 0 <= j < len(tokens) or j in taken:
                continue
            other = tokens[j]
            lasts = j + 1 < len(tokens) and fold(tokens[j + 1].word) in LENGTHS
            if other.text.isdecimal() and lasts:
                continue  # "30 days" names nothing
            beside = j > i and other.form == "word" and _may_name(other)
            if (
                beside
                or (j < i and _introduced(tokens, j))
                or other.form == "quote"
                or _NAME.fullmatch(other.text)
                or (nouns == _TABLES and features.is_noun_of_name(tokens, i, {}) and j < i)
            ):
                return Filled((other.text,), frozenset({i, j}), 0.7, linked=False)
    return None


def _introduced(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word before a noun names it: "the growth team", "into Marketing domain"."""
    token = tokens[at]
    proper = at > 0 and token.text[:1].isupper()
    named = proper or (at > 0 and tokens[at - 1].word in DETERMINERS)
    return named and token.form == "word" and _may_name(token)


def _may_name(token: Token) -> bool:
    word = token.word
    common = word in DETERMINERS or word in FILLERS or speaks(token)
    return not common and len(word) > 2


def _identifier(clause: Clause, taken: frozenset[int]) -> Filled | None:
    known = (m for m in clause.mentions if not m.weak and not m.plain)
    taken |= frozenset(i for m in known for i in m.tokens)  # it names something else
    for i, token in enumerate(clause.tokens):
        named = token.form == "quote" or _NAME.fullmatch(token.text) or identifier(token.text)
        after = clause.tokens[i + 1].word if i + 1 < len(clause.tokens) else ""
        lasts = token.text.isdecimal() and fold(after) in LENGTHS  # "30 days" names nothing
        if i not in taken and token.form in ("word", "quote") and named and not lasts:
            return Filled((token.text,), frozenset({i}), 0.6, linked=False)
    return None


def _text(openings: tuple[str, ...], clause: Clause, taken: frozenset[int]) -> Filled | None:
    """A quotation, or all that stands behind a colon or a word that opens a reason."""
    tokens = clause.tokens
    quoted = _quoted(clause, taken)
    if quoted is not None:
        return quoted
    opening = {":", *openings}
    surely = {i for i, token in enumerate(tokens) if i and token.word in opening & _SURELY_OPEN}
    for i, token in enumerate(tokens):  # "as gold because …" begins at "because"
        opens = token.word == ":" or (token.word in opening and token.form == "word")
        if i in taken or not opens or i + 1 >= len(tokens) or (surely and i not in surely):
            continue
        where = frozenset(range(i, len(tokens)))
        if where - {i} <= taken:
            continue
        if where & taken:  # "to describe crm.customers by Friday": what was taken may stand inside
            said = clause.words(frozenset(range(i + 1, len(tokens))))
            return Filled((said,), where - taken, 0.7, linked=False)
        if not where & taken:
            said = clause.words(frozenset(range(i + 1, len(tokens))))
            return Filled((said,), where, 0.7, linked=False)
    return None
