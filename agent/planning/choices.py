"""What can be chosen from where a request names nothing, or something that isn't here.

Every name that is offered is one that the caller can see, and takes the place of the words that
are in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice, zip_longest

from rapidfuzz import fuzz, process

from agent.planning import features
from agent.planning.clause import Clause
from agent.planning.concepts import value
from agent.planning.filling import ARGUMENTS, made
from agent.planning.lexicon import Lexicon
from agent.planning.outcome import MOST_OPTIONS
from agent.planning.slots import KINDS, LATEST, NOBODY
from agent.planning.text import Token, fold, parts, tokenize
from agent.planning.types import Call, Card, Focus, Kind, Understanding

_NAME = re.compile(r"[a-z]\w*(?:[._][a-z]\w*)+", re.IGNORECASE)
WHO_CAN, CLASSIFIED = "rbac.who_can", "classifications.list_classified_columns"
LINEAGE = "catalog.get_lineage"
BY_TABLE = "Lineage is known table by table here, also across sources. Which table do you mean?"
LISTS_LABELS, GROUP = "classifications.list_labels", "label_group"
LIKE = 60  # of 100, to be a likely choice
# Kinds whose every name a lexicon holds; who is disabled can still be spoken of.
_WHOLE = frozenset({"source", "table", "person", "role", "framework", "label", "rule_set", "term",
                    "domain", "team", "workflow", "pipeline", "workspace"})  # fmt: skip
_OFFERED: Mapping[str, tuple[Kind, ...]] = {"asset": ("table", "view", "registered")}
_SLOTS: Mapping[str, str] = {"assets": "asset", "those": "asset", "relation": "asset",
                             "category": "label_group"}  # fmt: skip
_PAST = frozenset({"activity.search", "rbac.update_user", "rbac.get_user"})
_NOUNS: Mapping[str, str] = {"asset": "table or column", "source": "data source",
                             "rule_set": "scan rule set", "relation": "table"}  # fmt: skip
_MAKING: Mapping[str, tuple[str, str]] = {
    "domain": ("catalog.create_domain", "Create the domain {}"),
    "team": ("rbac.create_team", "Create a team {}"),
}


def chosen_from(
    found: Understanding, lexicon: Lexicon, cards: Mapping[str, Card], focus: Focus
) -> Understanding:
    """The same with choices for its question, and with a question for names that aren't here."""
    making = cards.get(found.asks or "")
    strange = None if making and made(making) else _stranger(found, lexicon)
    spoken = {one.id for one in (*focus.entities, *focus.last_results)}
    whose = _whose_data(found, lexicon, cards)
    if whose is not None:
        return whose
    if found.question is not None:
        if found.options or not found.slot:
            return found
        if strange is not None and not found.doubt:
            question = f"I know nothing called “{strange}” here. {found.question}"
            found = replace(found, question=question, doubt=strange)
        return _among_labels(found, lexicon, cards) or _with_options(found, lexicon)
    for call in found.calls:
        for name, given in call.arguments.items():
            kind = _kind(name, call)
            if kind is None or not isinstance(given, str) or given in spoken:
                continue
            if _known(given, lexicon):
                continue
            if strange is not None and given != strange and given.isalpha():
                break  # the word that can only be a name is what isn't here
            if re.search(rf"\b{re.escape(given)}[\"”'’`]? (?:table|view|dataset)\b", found.heard):
                kind = "asset"
            asked = _unknown(call, kind, given, lexicon, cards)
            if asked is not None:
                return replace(asked, heard=found.heard, absent=found.absent)
    if strange is not None and found.calls:
        kind = "person" if "@" in strange else "asset"
        asked = _unknown(found.calls[0], kind, strange, lexicon, cards)
        return replace(asked, heard=found.heard, absent=found.absent) if asked else found
    return found


def _stranger(found: Understanding, lexicon: Lexicon) -> str | None:
    """A word that can only be a name, that nothing goes by, and that no call takes."""
    tokens = tokenize(found.heard)
    taken = str([call.arguments for call in found.calls])
    for at, token in enumerate(tokens):
        if not _is_name(tokens, at) or token.text in taken or lexicon.find(token.text):
            continue
        last = lexicon.find(token.text.rpartition(".")[2])
        if not any(one.entity.id in taken or one.entity.name in taken for one in last):
            return token.text
    return None


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word can't be but a name: by its form, or as in "the PAYROLL table"."""
    token = tokens[at]
    if token.form == "quote":
        after = tokens[at + 1].word if at + 1 < len(tokens) else ""
        return bool(_NAME.fullmatch(token.text)) or fold(after) in ("table", "view", "dataset")
    if token.form == "email" or (token.form == "word" and _NAME.fullmatch(token.text)):
        return True
    before_noun = at + 1 < len(tokens) and features.is_noun_of_name(tokens, at + 1, {})
    return before_noun and token.text.isupper()


_POINTED = re.compile(
    r"\b(?:this|these|that particular|the following) (?:[\w-]+ )?(?P<noun>tables?|views?|columns?|"
    r"fields?|datasets?|models?|dashboards?|reports?|metrics?|assets?|numbers?|data)\b",
    re.IGNORECASE,
)
_BESIDE = (
    r"(?:table|view|column|field|dataset|source|database|dashboard|report|metric|domain|team|user|"
    r"role|schema|workspace|workflow|pipeline|term|label|product)"
)
NOWHERE = "There is no"
WHICH_ONE = "Which one do you mean by “{}”? Nothing is in view yet."


def pointed(
    found: Understanding, text: str, lexicon: Lexicon, focus: Focus, cards: Mapping[str, Card]
) -> Understanding | None:
    """The question to "what is this table for?" where nothing was spoken of that it could be."""
    pointing = _POINTED.search(text)
    if pointing is None or focus.entities or focus.last_results or LINEAGE not in cards:
        return None
    clause = Clause(text, tokenize(text), lexicon)
    named = any(not m.weak and (not m.plain or m.noun) for m in clause.mentions)
    changes = any(cards[call.operation].effect != "read" for call in found.calls)
    if named or changes or not (found.calls or found.question) or found.slot:
        return None
    asks = found.asks or (found.calls[0].operation if found.calls else LINEAGE)
    return Understanding(
        question=WHICH_ONE.format(pointing.group()), asks=asks, doubt=pointing.group(),
        options=likely(text, "asset", lexicon),
    )  # fmt: skip


def implausible(found: Understanding, text: str) -> bool:
    """Whether a question is about a name that is no name: a plain word that is no noun's own."""
    doubt = found.doubt
    unknown = (found.question or "").startswith(NOWHERE)
    people = re.search(r"\b(?:team|department|group|division)$", doubt)
    if not unknown or not (people or re.fullmatch(r"[a-z][a-z'-]*", doubt)):
        return False
    said = re.escape(doubt)
    if re.search(rf"\b(?:an?|any|some) {said}\b", text, re.IGNORECASE):
        return True
    beside = (
        rf"\b{said} {_BESIDE}s?\b|\b{_BESIDE} (?:called |named )?[\"“'‘`]?{said}\b|[\"“'‘`]{said}"
    )
    if re.search(beside, text, re.IGNORECASE):
        return False
    placed = re.search(rf"\b(?:of|in|on|from|to|behind|about|into) (?:the |our )?{said}\b", text)
    return placed is None


def _kind(name: str, call: Call) -> str | None:
    """What an argument has to name, if the lexicon holds every such name."""
    kind = next((one for one in ARGUMENTS.get(name, ()) if one in KINDS), None)
    past = kind == "person" and call.operation in _PAST
    return None if kind is None or past or not KINDS[kind] & _WHOLE else kind


def _known(given: str, lexicon: Lexicon) -> bool:
    return given in (LATEST, NOBODY) or lexicon.holds(given) or bool(lexicon.find(given))


def _whose_data(
    found: Understanding, lexicon: Lexicon, cards: Mapping[str, Card]
) -> Understanding | None:
    """Who may see a kind of data: where it lies, and who sees its values unmasked."""
    calls = [call.arguments for call in found.calls if call.operation == WHO_CAN]
    asked = found.asks == WHO_CAN or (calls and not any("asset" in one for one in calls))
    if not asked or CLASSIFIED not in cards:
        return None
    clause = Clause(found.heard, tokenize(found.heard), lexicon)
    worths = [
        (m.worth(KINDS[kind]), m.of(KINDS[kind])[0].entity)
        for m in clause.mentions
        for kind in ("label", GROUP)
        if m.worth(KINDS[kind]) and (not m.weak or clause.tokens[m.start].text.isupper())  # PII
    ]
    if not worths:
        return None
    data = max(worths, key=lambda pair: pair[0])[1]
    source = next((one["source"] for one in calls if "source" in one), None)
    where: dict[str, object] = {"source": source} if source is not None else {}
    named: dict[str, object] = {"category" if data.kind == GROUP else "label": data.id}
    return replace(
        found,
        calls=(Call(WHO_CAN, {"permission": "unmask"} | where), Call(CLASSIFIED, named | where)),
        question=None, asks=None, options=(), doubt="", slot="", not_understood=(),
    )  # fmt: skip


def _among_labels(
    found: Understanding, lexicon: Lexicon, cards: Mapping[str, Card]
) -> Understanding | None:
    """The labels of the level or the kind that is named where one label is needed."""
    if found.slot != "label" or LISTS_LABELS not in cards:
        return None
    said = found.doubt or found.heard
    tokens = tokenize(said)
    group = next((m.entity for m in lexicon.named(parts(said)) if m.entity.kind == GROUP), None)
    level = value("sensitivity", tokens)
    if group is not None:
        chosen: dict[str, object] = {"category": group.id}
        which = f"“{said}” stands for several labels."
    elif level is not None:
        doubt = " ".join(tokens[i].text for i in sorted(level[1]))
        found = replace(found, doubt=found.doubt or doubt)
        chosen = {"sensitivity": level[0]}
        which = f"“{level[0]}” is a level of sensitivity: a column has it by its label."
    else:
        return None
    question = f"{which} Which label should it get? One of these, for example."
    return replace(found, calls=(*found.calls, Call(LISTS_LABELS, chosen)), question=question)


def _with_options(found: Understanding, lexicon: Lexicon) -> Understanding:
    slot = _SLOTS.get(found.slot, found.slot)
    kind = next((one for one in (slot, *ARGUMENTS.get(slot, ())) if one in KINDS), None)
    if kind is None:
        return found
    if found.asks == LINEAGE and found.slot == "asset" and _sources(found.heard, lexicon):
        found = replace(found, question=BY_TABLE)
    return replace(found, options=likely(found.doubt or found.heard, kind, lexicon))


def likely(words: str, kind: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The names of a kind that some words may mean: those that resemble them most, first."""
    names = list(_names(kind, lexicon))
    sources = _sources(words, lexicon) if kind in _OFFERED else []
    if sources:  # of each in turn
        inside = [[n for n in names if n.startswith(f"{one}.")] for one in sources]
        return tuple(n for row in zip_longest(*inside) for n in row if n)[:MOST_OPTIONS]
    near = near_names(words, kind, lexicon)
    if len(near) > 1:
        return near
    said = " ".join(parts(words))
    plain = {name: " ".join(parts(name)) for name in names}
    found = process.extract(said, plain, scorer=fuzz.token_set_ratio, limit=MOST_OPTIONS)
    like = list(dict.fromkeys([*near, *(name for _, score, name in found if score >= LIKE)]))
    if len(like) > 1:
        return tuple(like)
    others = [name for name in _spread(names) if name not in like]
    return (*like, *others[: len(like) + MOST_OPTIONS * (not like) + 1])  # one alone is no choice


# Parts of names that tell nothing of what is in a table.
_PLAIN = frozenset(
    [
        "table",
        "view",
        "dim",
        "fact",
        "fct",
        "stg",
        "raw",
        "int",
        "mart",
        "prod",
        "dev",
        "data",
        "set",
        "v",
        "vw",
        "model",
        "dashboard",
        "report",
        "metric",
        "number",
        "figure",
        "total",
        "the",
        "a",
        "of",
        "in",
        "on",
        "daily",
        "weekly",
        "monthly",
        "public",
        "dbo",
        "main",
        "analytic",
        "analytics",
        "column",
        "field",
        "entry",
        "detail",
        "info",
        "source",
        "database",
        "schema",
        "test",
        "pipeline",
        "dag",
        "chart",
    ]
)


def near_names(words: str, kind: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The names that share a telling part with some words, those that share most first."""
    said = set(parts(words)) - _PLAIN
    if not said:
        return ()
    shared = [
        (-len(said & own), len(own), name)
        for name in _names(kind, lexicon)
        if said & (own := set(parts(re.split(r"[./]", name)[-1])))
    ]
    return tuple(name for _, _, name in sorted(shared)[:MOST_OPTIONS])


def _spread(names: Sequence[str]) -> tuple[str, ...]:
    """Some of all, where none is likelier: of each source in its turn, not the first by letter."""
    groups = [list(held) for _, held in groupby(names, lambda name: name.partition(".")[0])]
    if len(groups) == len(names):
        return tuple(names[:MOST_OPTIONS])
    turns = (name for turn in zip_longest(*groups) for name in turn if name is not None)
    return tuple(islice(turns, MOST_OPTIONS))


def _sources(words: str, lexicon: Lexicon) -> list[str]:
    """The sources that some words name."""
    told = Clause(words, tokenize(words), lexicon).mentions
    return [m.of(KINDS["source"])[0].entity.name for m in told if m.of(KINDS["source"])]


def _names(kind: str, lexicon: Lexicon) -> Iterable[str]:
    offered = _OFFERED.get(kind) or tuple(sorted(KINDS[kind]))
    return dict.fromkeys(name for one in offered for name in lexicon.names(one))


def _unknown(
    call: Call, kind: str, given: str, lexicon: Lexicon, cards: Mapping[str, Card]
) -> Understanding | None:
    """A question about a name that nothing goes by; None where there is nothing to choose from."""
    options = likely(given, kind, lexicon)
    making, request = _MAKING.get(kind, ("", ""))
    if making in cards:
        options = (*options[: MOST_OPTIONS - 1], request.format(given))
    if not options:
        return None
    noun = _NOUNS.get(kind, kind.replace("_", " "))
    question = f"{NOWHERE} {noun} “{given}” here, or none that you may see. Which do you mean?"
    return Understanding(question=question, asks=call.operation, options=options, doubt=given)
