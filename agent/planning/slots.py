"""One extractor per kind of argument: from a clause to a value and the words that carry it.

Every extractor has the same shape and knows no operation; which operation takes which slots is
data in `intents` and `frames`. What can't be told apart is returned as doubt, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from agent.planning import dates
from agent.planning.clause import PLURAL, SINGULAR, Clause, Context, Pending, pick, reference
from agent.planning.concepts import GRAMMAR_WORDS, Span, value
from agent.planning.linking import Choice
from agent.planning.permissions import group_of, permissions
from agent.planning.text import Token, fold, parts, words
from agent.planning.types import Entity, Kind
from agent.planning.vocabulary import FILLERS, KIND_NOUNS

KINDS: Mapping[str, frozenset[Kind]] = {
    "asset": frozenset({"table", "view", "column", "registered"}),
    "relation": frozenset({"table", "view"}),
    "column": frozenset({"column"}),
    "source": frozenset({"source"}),
    "person": frozenset({"person"}),
    "role": frozenset({"role"}),
    "framework": frozenset({"framework"}),
    "label": frozenset({"label"}),
    "label_group": frozenset({"label_group"}),
    "rule": frozenset({"rule"}),
    "control": frozenset({"control"}),
    "rule_set": frozenset({"rule_set"}),
    "tag": frozenset({"tag"}),
    "scan": frozenset({"scan"}),
    "registered": frozenset({"registered"}),
    "term": frozenset({"term"}),
    "domain": frozenset({"domain"}),
    "team": frozenset({"team"}),
    "workflow": frozenset({"workflow"}),
    "pipeline": frozenset({"pipeline"}),
    "workspace": frozenset({"workspace"}),
}
NONE: Span = frozenset()
LATEST, NOBODY = "latest", "nobody"  # taken by operations whose schema says so
LONGEST_QUERY = 5
IMPLIED = 0.5  # the worth of "this" as what it lies in: of a table, its source


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot's value, or values for one call each; `doubt` holds what it can't tell apart."""

    values: tuple[object, ...]
    tokens: Span
    worth: float
    about: tuple[Entity | Pending, ...] = ()
    doubt: tuple[Entity, ...] = ()
    anchored: bool = True
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    """What every extractor gets: the clause, what came before, what is taken, and the day."""

    clause: Clause
    context: Context
    today: date
    taken: Span = NONE


_OF_COLUMNS = ("catalog.get_asset", "classifications.get_asset_classification")


def entity(kinds: frozenset[Kind], situation: Situation) -> Filled | None:
    """An entity that is named, or that "it" or "those" refers to."""
    clause, context = situation.clause, situation.context
    choice = pick(clause, context, kinds, situation.taken)
    if choice is not None:
        if choice.within:
            found_in = tuple(one.id for one in choice.entities)
            return Filled(found_in, choice.tokens, choice.worth, choice.entities)
        if choice.certain:
            found = choice.entities[0]
            beside = _beside(clause, choice, kinds)
            if beside is not None:
                both = (found.id, beside[0].id)
                return Filled(both, choice.tokens | beside[1], choice.worth, (found, beside[0]))
            return Filled(
                (found.id,), choice.tokens, choice.worth, (found,), anchored=choice.anchored
            )
        return Filled(
            (), choice.tokens, choice.worth, doubt=choice.entities, anchored=choice.anchored
        )
    if kinds == KINDS["person"] and (self_ := _oneself(situation)) is not None:
        return self_
    back = reference(clause.tokens)
    if back is None or back.open or back.tokens & situation.taken:
        return None
    wanted = kinds & frozenset(back.kinds) if back.kinds else kinds
    held = back.kinds == ("column",) and context.focus.last_operation in _OF_COLUMNS
    if not wanted and held and kinds == KINDS["relation"]:
        wanted = kinds  # "those columns" are of the table that was shown
    if not wanted:
        return None
    if back.plural:
        two = any(clause.tokens[i].word == "both" for i in back.tokens)
        things = context.both(wanted) if two else context.several(wanted)
    else:
        one = context.one(wanted)
        things = (one,) if one is not None else ()
    if not things:
        return None
    values = tuple(t.value if isinstance(t, Pending) else t.id for t in things)
    worth = 0.9 if back.kinds or context.spoken_of(things[0]) else IMPLIED
    return Filled(values, back.tokens, worth, things)


_ONESELF = words("me myself mine i")
_TO_ONESELF = words("to by of")
_ONES_OWN = words("task asset table dashboard finding grant key role product term domain plan")
_OF_ONE = words("own did do have am made changed")


def _oneself(situation: Situation) -> Filled | None:
    """Who asks, where a clause speaks of them: "assigned to me", "my tasks", "do I own"."""
    tokens, me = situation.clause.tokens, situation.context.focus.me
    for i, token in enumerate(tokens):
        before = tokens[i - 1].word if i else ""
        after = tokens[i + 1].word if i + 1 < len(tokens) else ""
        spoken = token.word in _ONESELF and (
            len(tokens) == 1
            or (token.word == "i" and after in _OF_ONE)
            or (token.word != "i" and before in _TO_ONESELF)
        )
        owned = token.word == "my" and any(
            fold(one.word) in _ONES_OWN for one in tokens[i + 1 : i + 3]
        )
        if me is not None and i not in situation.taken and (spoken or owned):
            return Filled((me.id,), frozenset({i}), 0.8, (me,))
    return None


_PAIRS = words("and or vs versus against & than with to")
_AGAIN = words("with to by of in from for than against under the our")
_PAIRED: tuple[frozenset[Kind], ...] = tuple(
    frozenset({kind}) for kind in ("source", "framework", "person")
)


def _beside(clause: Clause, choice: Choice, kinds: frozenset[Kind]) -> tuple[Entity, Span] | None:
    """What is named together with a source, framework or person: "crm vs shop"."""
    if kinds not in _PAIRED:
        return None
    last = max(choice.tokens)
    joined = last + 2 < len(clause.tokens) + 1 and clause.tokens[last + 1 : last + 2]
    if not joined or joined[0].word not in _PAIRS:
        return None
    after = last + 2
    while after < len(clause.tokens) and clause.tokens[after].word in _AGAIN:
        after += 1  # "with HIPAA or with PCI"
    for mention in clause.mentions:
        other = mention.of(kinds)
        if mention.start == after and len(other) == 1 and not mention.weak:
            return other[0].entity, mention.tokens
    return None


def _named(kind: str) -> Callable[[Situation], Filled | None]:
    return lambda situation: entity(KINDS[kind], situation)


def _closed(name: str) -> Callable[[Situation], Filled | None]:
    def extract(situation: Situation) -> Filled | None:
        found = value(name, situation.clause.tokens, situation.taken)
        return Filled((found[0],), found[1], 0.7) if found else None

    return extract


def spoken(
    pattern: re.Pattern[str], clause: Clause, beside: str = "", *, marks: bool = False
) -> tuple[re.Match[str], Span] | None:
    """A phrase in a clause, and the tokens of its words and of those that may stand `beside` it.

    Args:
        marks: whether a mark inside the phrase parts it.
    """
    kept = [(i, t.word) for i, t in enumerate(clause.tokens) if marks or t.form != "mark"]
    found = pattern.search(" ".join(word for _, word in kept))
    if found is None:
        return None
    said = {*found.group().split(), *beside.split()}
    return found, frozenset(i for i, word in kept if word in said)


_NOBODY = re.compile(r"\b(?:nobody|no one|unassigned|without (?:an? )?(?:assignee|owner))\b")


def _nobody(situation: Situation) -> Filled | None:
    """That somebody is missing: "findings that nobody is assigned to"."""
    found = spoken(_NOBODY, situation.clause, "is has been assigned to for", marks=True)
    return Filled((NOBODY,), found[1], 0.8) if found else None


def _permission(situation: Situation) -> Filled | None:
    """What somebody may do: a verb, and the group whose things it is done to if it says so."""
    found = _closed("permission")(situation)
    if found is None or found.values[0] not in _CHANGING:
        return found
    group = group_of(situation.clause.tokens, situation.taken)
    if group is None:
        return found
    name, where = group
    return replace(found, values=(f"{name}.{found.values[0]}",), tokens=found.tokens | where)


_CHANGING = words("write delete")
_SAMPLE = re.compile(
    r"\bsampl\w*(?: (?:of|size|only|just))* (?P<of>\d+)|"
    r"(?P<values>\d+) (?:values|rows|samples) (?:per|of|for|from|in|a) (?:each |every )?column"
)


def _sample(situation: Situation) -> Filled | None:
    """How many values of each column are to be sampled."""
    beside = "sample sampling with values rows per each every column of a"
    found = spoken(_SAMPLE, situation.clause, beside, marks=True)
    return Filled((int(found[0]["of"] or found[0]["values"]),), found[1], 1.0) if found else None


def _asset_kind(situation: Situation) -> Filled | None:
    head = situation.clause.head
    if head not in ("table", "view", "column"):
        return None
    said = {fold(situation.clause.tokens[i].word) for i in situation.clause.concepts[head]}
    if said & {"dataset", "set"}:
        return None  # a table or a view
    return Filled((head,), situation.clause.concepts[head], 0.5)


def _concept(name: str) -> Callable[[Situation], Filled | None]:
    def extract(situation: Situation) -> Filled | None:
        where = situation.clause.concepts.get(name)
        return Filled((True,), where, 1.5) if where else None

    return extract


_LATE = re.compile(r"overdue|late|past due")


def _overdue(situation: Situation) -> Filled | None:
    where = frozenset(
        i for i, token in enumerate(situation.clause.tokens) if _LATE.fullmatch(token.word)
    )
    return Filled((True,), where, 0.7) if where else None


_COLUMNWISE = re.compile(r"column(?:[- ]level|-wise)?s? (?:level )?lineage|(?:by|per|each) column")


def _by_column(situation: Situation) -> Filled | None:
    """Whether lineage is wanted column by column."""
    tokens = situation.clause.tokens
    if not _COLUMNWISE.search(" ".join(t.word for t in tokens)):
        return None
    where = frozenset(i for i, t in enumerate(tokens) if t.word.startswith("column"))
    return Filled((True,), where, 0.6)


def _without(situation: Situation) -> Filled | None:
    clause = situation.clause
    found = value("without", clause.tokens, situation.taken)
    lack = clause.concepts.get("lack")
    if lack and not found:  # a role's name, but nobody looks for tables without a role
        where = {i for i, t in enumerate(clause.tokens) if t.word == "steward"}
        found = ("owner", frozenset(where)) if where and min(where) > min(lack) else None
    return Filled((found[0],), found[1] | lack, 1.5) if found and lack else None


_HAS = words("have has having with got bear carry")


def _having(situation: Situation) -> Filled | None:
    """What assets are to have: "tables that have an owner", "which columns are classified"."""
    clause = situation.clause
    found = value("without", clause.tokens, situation.taken)
    if found is None or clause.concepts.keys() & {"lack", "uncovered"}:
        return None
    if found[0] == "classification" and clause.head == "column":
        return None  # these have a list of their own, with their labels
    first, following = min(found[1]), max(found[1]) + 1
    tagged = range(following, following + 1 + (found[0] == "tag"))
    if clause.content & frozenset(tagged):
        return None  # "tagged gold" is about one tag
    verb = next((i for i in range(first) if fold(clause.tokens[i].word) in _HAS), None)
    done = clause.tokens[first].word.endswith("ed")
    if verb is None and not done:
        return None
    return Filled((found[0],), found[1] | ({verb} if verb is not None else NONE), 1.0)


_DENIES = words("no not without lack lacking nor never")
_NEAR = 3  # words from a denial to what it denies


def _labels(*, denied: bool) -> Callable[[Situation], Filled | None]:
    """The labels that one table is to hold together, or to hold none of: "email but no phone"."""

    def extract(situation: Situation) -> Filled | None:
        clause, tokens = situation.clause, situation.clause.tokens
        sides: dict[bool, dict[str, Entity]] = {True: {}, False: {}}
        where: dict[bool, Span] = {True: NONE, False: NONE}
        for mention in sorted(clause.mentions, key=lambda one: one.start - one.end):
            named = clause.words(frozenset(range(mention.start, mention.end)))
            found = mention.of(KINDS["label"]) or clause.lexicon.find(named, KINDS["label"])
            if (
                mention.weak
                or len(found) != 1
                or mention.tokens & (situation.taken | where[True] | where[False])
            ):
                continue
            before = range(max(0, mention.start - _NEAR), mention.start)
            says = frozenset(i for i in before if tokens[i].word in _DENIES)
            sides[bool(says)][found[0].entity.id] = found[0].entity
            where[bool(says)] |= mention.tokens | says
        where[denied] |= frozenset(i for i, token in enumerate(tokens) if token.word == "both")
        either = any(token.word == "or" for token in tokens)
        if either or not sides[denied] or not (sides[True] or len(sides[False]) > 1):
            return None
        held = tuple(sides[denied].values())
        return Filled((list(sides[denied]),), where[denied], 1.0, held)

    return extract


def _sensitive(situation: Situation) -> Filled | None:
    """The level from which on data is called sensitive, where no level is named."""
    where = situation.clause.concepts.get("sensitive")
    return Filled(("confidential",), where, 0.5) if where else None


def _personal(situation: Situation) -> Filled | None:
    """The group of personal data, which people name by the adjective alone."""
    concepts = situation.clause.concepts
    where = NONE if "tag" in concepts else concepts.get("personal", NONE) - situation.taken
    found = situation.clause.lexicon.find("personal data", KINDS["label_group"]) if where else ()
    return Filled((found[0].entity.id,), where, 0.8, (found[0].entity,)) if found else None


_UNREVIEWED = re.compile(
    r"(?:nobody|no ?one|none of us|never|not|yet to be|still to be|has to be)(?: \w+){0,3} "
    r"(?:reviewed|confirmed|checked|approved|looked at|decided)"
)


def _status(situation: Situation) -> Filled | None:
    """A classification's status, also where it is said by what nobody has done."""
    found = spoken(_UNREVIEWED, situation.clause)
    return Filled(("suggested",), found[1], 1.0) if found else _closed("status")(situation)


def _days(side: int) -> Callable[[Situation], Filled | None]:
    def extract(situation: Situation) -> Filled | None:
        kept = [(i, t.word) for i, t in enumerate(situation.clause.tokens) if t.form != "mark"]
        text = " ".join(word for _, word in kept)
        found = dates.days(text, situation.today)
        if found is None:
            return None
        span, (start, end) = found
        position, where = 0, set()
        for i, word in kept:
            if start <= position < end:
                where.add(i)
            position += len(word) + 1
        day = span[side]
        return Filled((day.isoformat(),) if day else (), frozenset(where), 0.6)

    return extract


def _length(situation: Situation) -> Filled | None:
    """How many days a length of time has: "for 90 days", "in the last three months"."""
    for i, (count, unit) in enumerate(pairwise(situation.clause.tokens)):
        number, length = dates.number(count.word), dates.LENGTHS.get(fold(unit.word))
        if number and length and not {i, i + 1} & situation.taken:
            return Filled((number * length,), frozenset({i, i + 1}), 0.8)
    return None


def _past_day(situation: Situation) -> Filled | None:
    """The last day of what is named, where it is over: a posture of today needs no day."""
    found = _days(1)(situation)
    if found is None or not found.values or str(found.values[0]) >= str(situation.today):
        return None
    return found


_UNITS = (*dates.LENGTHS, "hour", "minute")


def _count(nouns: str, worth: float = 0.6) -> Callable[[Situation], Filled | None]:
    near = frozenset(nouns.split())

    def extract(situation: Situation) -> Filled | None:
        tokens = situation.clause.tokens
        for i, token in enumerate(tokens):
            number = dates.number(token.word)
            around = {t.word for t in tokens[max(0, i - 2) : i + 3]}
            timed = any(fold(t.word) in _UNITS for t in tokens[i + 1 : i + 2])
            if number is not None and not timed and near & around and i not in situation.taken:
                beside = range(max(0, i - 2), min(len(tokens), i + 3))
                said = {
                    j for j in beside if tokens[j].word in near and tokens[j].word not in FILLERS
                }
                return Filled((number,), frozenset({i, *said} - situation.taken), worth)
        return None

    return extract


def _after(marker: str) -> Callable[[Situation], Filled | None]:
    """The name that follows a word: the tag in "tagged as gold"."""
    opening = re.compile(marker)

    def extract(situation: Situation) -> Filled | None:
        tokens = situation.clause.tokens
        text = ""
        for i, token in enumerate(tokens):
            joint = token.word in ("as", "with", "named", "called")
            fits = i not in situation.taken and token.form != "mark" and not joint
            if fits and opening.search(text):
                return Filled((token.text,), frozenset({i}), 0.5, linked=False)
            text += token.word + " "
        return None

    return extract


def _first(
    *extractors: Callable[[Situation], Filled | None],
) -> Callable[[Situation], Filled | None]:
    def extract(situation: Situation) -> Filled | None:
        return next((f for e in extractors if (f := e(situation)) is not None), None)

    return extract


def _identifier(pattern: str) -> Callable[[Situation], Filled | None]:
    form = re.compile(pattern, re.IGNORECASE)

    def extract(situation: Situation) -> Filled | None:
        for i, token in enumerate(situation.clause.tokens):
            if i not in situation.taken and form.fullmatch(token.text):
                return Filled((token.text,), frozenset({i}), 0.6, linked=False)
        return None

    return extract


_VALUE = re.compile(
    r"[+\d][\d\s./-]{5,}|[A-Z]{2}\d{2}\w{8,}|\d{5,}|(?=(?:\D*\d){3})[A-Z]{1,6}[-_/]?\d[\w/-]*"
)
_FIGURES = re.compile(r"\d[\d-]*")
LEAST_DIGITS = 7  # of a number in groups: "4111 1111 1111 1111", "+49 170 1234567"


def _values(situation: Situation) -> Filled | None:
    """Values to test: what is quoted, e-mail addresses, codes, and long figures, also in groups."""
    clause = situation.clause
    named = frozenset(
        i for m in clause.mentions for kind in ("rule_set", "control")
        if m.of(KINDS[kind]) and not m.weak
        for i in m.tokens
    )  # fmt: skip
    runs: list[list[int]] = []
    for i, token in enumerate(clause.tokens):
        if i in named | situation.taken or token.form not in ("word", "quote", "email"):
            continue
        grouped = token.form == "word" and _FIGURES.fullmatch(token.text) is not None
        if (
            grouped
            and runs
            and runs[-1][-1] == i - 1
            and _FIGURES.fullmatch(clause.tokens[i - 1].text)
        ):
            runs[-1].append(i)
        elif grouped or token.form != "word" or _VALUE.fullmatch(token.text):
            runs.append([i])
    told = {run[0]: said for run in runs if (said := _value(clause, run))}
    where = frozenset(i for run in runs if run[0] in told for i in run)
    return Filled((list(told.values()),), where, 1.0) if told else None


def _value(clause: Clause, run: list[int]) -> str:
    """A value as it stands in the message; "" for figures that are too few to be one."""
    first = clause.tokens[run[0]]
    if first.form != "word" or (len(run) == 1 and _VALUE.fullmatch(first.text)):
        return first.text
    start, end = first.start, clause.tokens[run[-1]].end
    plus = clause.message[start - 1 : start] == "+"
    said = clause.message[start - plus : end]
    return said if len(run) > 1 and sum(c.isdigit() for c in said) >= LEAST_DIGITS else ""


_SAYING = words("say cover require demand prescribe mandate state regulate govern")


def _said(situation: Situation) -> Filled | None:
    """What a control is said to say: "which article says that people can have data erased"."""
    clause = situation.clause
    if not clause.concepts.keys() & {"control", "framework"}:
        return None
    for i, token in enumerate(clause.tokens[:-1]):
        where = clause.content & frozenset(range(i + 1, len(clause.tokens))) - situation.taken
        if fold(token.word) in _SAYING and where:
            words_ = clause.words(frozenset(range(min(where), max(where) + 1)))
            return Filled((words_,), where | {i}, -0.3, linked=False)
    return None


def _query(situation: Situation) -> Filled | None:
    """What is to be searched for: a quotation, or the words that nothing else explains."""
    clause = situation.clause
    if said := _said(situation):
        return said
    for i, token in enumerate(clause.tokens):
        if token.form == "quote" and i not in situation.taken:
            return Filled((token.text,), frozenset({i}), 0.4, linked=False)
    runs = []
    for run in clause.residues(situation.taken):
        while run and clause.tokens[max(run)].word in KIND_NOUNS:
            run -= {max(run)}
        if run:
            runs.append(run)
    where = NONE.union(*runs)
    if not where or len(runs) > 2 or len(where & clause.content) > LONGEST_QUERY:
        return None  # that much unexplained is no query but a request for something else
    plain = all(fold(clause.tokens[i].word) in GRAMMAR_WORDS for i in where & clause.content)
    words_ = " ".join(clause.words(run) for run in runs)
    return Filled((words_,), where, -0.9 if plain else -0.3, linked=False)


_TURNED = words(
    """
    feed populate load depend use consume rely reference draw supply
    """
)


def _takes_from(situation: Situation, where: Span) -> bool:
    """Whether something is derived *from* what is named, as in "what is built from orders"."""
    tokens, last = situation.clause.tokens, max(where)
    if tokens[last].word != "from" or last + 1 >= len(tokens):
        return False
    named = any(m.end <= min(where) for m in situation.clause.mentions if not m.weak)
    points = tokens[last + 1].word in SINGULAR | PLURAL
    begins = any(m.start > last for m in situation.clause.mentions if not m.weak)
    return points or (begins and not named)


def _joined(tokens: Sequence[Token], one: Span, other: Span) -> bool:
    """Whether two words stand side by side in an enumeration: "feeds and reads from"."""
    first, second = sorted((one, other), key=min)
    return any(token.word in ("and", "or", "&") for token in tokens[max(first) + 1 : min(second)])


def _direction(situation: Situation) -> Filled | None:
    """Up or down; "what does it feed" and "what does it depend on" turn the verb round."""
    tokens = situation.clause.tokens
    both = [i for i, t in enumerate(tokens) if t.word in ("upstream", "downstream")]
    if len({tokens[i].word for i in both}) > 1:
        return Filled(("both",), frozenset(both), 0.7)
    found = value("direction", tokens, situation.taken)
    if found is None:
        return None
    meaning, where = found
    other = value("direction", tokens, situation.taken | where)
    if other is not None and other[0] != meaning and _joined(tokens, where, other[1]):
        return Filled(("both",), where | other[1], 0.7)
    verb = min(where)
    if _takes_from(situation, where):
        return Filled(("downstream",), where, 0.7)
    asked = [i for i, t in enumerate(tokens[:verb]) if t.word in ("do", "does")]
    if asked and asked[0] < verb - 1 and fold(tokens[verb].word) in _TURNED:
        meaning = {"upstream": "downstream", "downstream": "upstream"}.get(meaning, meaning)
    return Filled((meaning,), where, 0.7)


_SCAN_ID = _identifier(r"sca?n[-_]?(?=\w*\d)\w+")
_TAGGED = _after(r"\btag(ged|s)?( as| with| named| called)? $")


_NO_TAGS = SINGULAR | PLURAL | words("are is was were have has there exist")


_TAGGED_THINGS = words("table dataset data asset view column set source dashboard")


def _tag_of_things(situation: Situation) -> Filled | None:
    """A tag that stands before what carries it, and means nothing else: "gold tables"."""
    clause = situation.clause
    for mention in clause.mentions:
        after = clause.tokens[mention.end].word if mention.end < len(clause.tokens) else ""
        tag = mention.of(KINDS["tag"])
        known = any(m.entity.kind != "tag" and not m.within for m in mention.matches)
        free = not mention.tokens & situation.taken
        if fold(after) in _TAGGED_THINGS and len(tag) == 1 and free and not (mention.weak or known):
            return Filled((tag[0].entity.id,), mention.tokens, 0.8, (tag[0].entity,))
    return None


def _tag(situation: Situation) -> Filled | None:
    """A tag, where the clause speaks of tags: "pii" alone is a kind of data; or "gold tables"."""
    if "tag" not in situation.clause.concepts:
        return _tag_of_things(situation)
    found = entity(KINDS["tag"], situation) or _TAGGED(situation)
    said = str(found.values[0]).lower() if found and found.values else ""
    level = _closed("sensitivity")(situation)
    if found is not None and level is not None and level.tokens & found.tokens and not found.about:
        return None
    return None if said in _NO_TAGS | FILLERS | _TO_ONESELF else found


def identifier(name: str) -> bool:
    """Whether a word is written like a name in a catalog: `daily_revenue`, `fctSales`."""
    return bool(re.search(r"\w[._:]\w", name)) or (len(parts(name)) > 1 and " " not in name)


_HANDLE = re.compile(r"@[\w.-]+|[\w.+-]+@[\w.-]+|[a-z]+\.[a-z]+", re.IGNORECASE)
_DEEDS = words(
    """
    touched did do done made changed make has have accessed read
    """
)


def _actor(situation: Situation) -> Filled | None:
    """A person, or a handle or e-mail address of someone that the lexicon doesn't know."""
    tokens = situation.clause.tokens
    if any(t.word == "who" for t in tokens[:2]):
        return None  # "who granted Bob a role": Bob did nothing
    known = entity(KINDS["person"], situation)
    if known is not None:
        return known
    for i, token in enumerate(tokens):
        beside = {t.word for t in (*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2])}
        handle = _HANDLE.fullmatch(token.text) is not None
        if handle and (beside & _DEEDS or "@" in token.text) and i not in situation.taken:
            return Filled((token.text,), frozenset({i}), 0.6, linked=False)
    return None


def _scan(situation: Situation) -> Filled | None:
    """A scan by name or id, or the latest, where no source is named that it would have to be of."""
    clause, concepts = situation.clause, situation.clause.concepts
    known = entity(KINDS["scan"], situation)
    given = known or _SCAN_ID(situation)
    where = concepts.get("scan", NONE)
    if given is not None:
        return replace(given, tokens=given.tokens | where)
    spoken = where and concepts.keys() & {"latest", "result", "progress"}
    single = any(clause.tokens[i].word == "scan" for i in where)
    if not spoken or not single or any(m.worth(KINDS["source"]) for m in clause.mentions):
        return None
    return Filled((LATEST,), where | concepts.get("latest", NONE), 0.6)


def _category(situation: Situation) -> Filled | None:
    """What stands beside "category": "in the category payment", "a payment category"."""
    clause, free = situation.clause, situation.clause.content - situation.taken
    at = next((i for i, token in enumerate(clause.tokens) if token.word == "category"), None)
    if at is None:
        return None
    for mention in clause.mentions:
        group = mention.of(KINDS["label_group"])
        if group and at in (mention.start - 1, mention.end):
            return Filled((group[0].entity.id,), mention.tokens | {at}, 0.8)
    beside = next((i for i in (at + 1, at - 1) if i in free), None)
    if beside is None:
        return None
    word = clause.tokens[beside].word
    return Filled((word,), frozenset({beside, at}), 0.7, linked=False)


def _permissions(situation: Situation) -> Filled | None:
    found = permissions(situation.clause.tokens, situation.taken)
    return Filled((found[0],), found[1], 0.8) if found else None


def _opaque(form: str) -> Callable[[Situation], Filled | None]:
    def extract(situation: Situation) -> Filled | None:
        for i, token in enumerate(situation.clause.tokens):
            if token.form == form and i not in situation.taken:
                return Filled((token.text,), frozenset({i}), 0.8, linked=False)
        return None

    return extract


EXTRACTORS: Mapping[str, Callable[[Situation], Filled | None]] = {
    **{kind: _named(kind) for kind in KINDS},
    "label_group": _first(_personal, _named("label_group")),
    "scope": _first(_named("asset"), _named("source")),
    "control": _first(_named("control"), _identifier(r"[A-Z]{2}-\d+(\(\d+\))?|\d+(\.\d+)+")),
    "tag": _tag,
    "scan": _scan,
    "actor": _actor,
    "source_kind": _closed("source_kind"),
    "environment": _closed("environment"),
    "sample": _sample,
    "assignee": _first(_nobody, _named("person")),
    "sensitivity": _closed("sensitivity"),
    "status": _status,
    "scan_status": _closed("scan_status"),
    "at_least": _sensitive,
    "severity": _closed("severity"),
    "overdue": _overdue,
    "permission": _permission,
    "permissions": _permissions,
    "category": _category,
    "direction": _direction,
    "deed": _closed("deed"),
    "asset_kind": _asset_kind,
    "by_column": _by_column,
    "without": _without,
    "having": _having,
    "labels": _labels(denied=False),
    "without_labels": _labels(denied=True),
    "uncovered": _concept("uncovered"),
    "since": _days(0),
    "until": _days(1),
    "past_day": _past_day,
    "limit": _count("row rows record records first top last sample samples line lines entries of"),
    "length": _length,
    "depth": _count("level levels hop hops depth deep step steps"),
    "execution": _identifier(r"(?=.*\d)[\w-]+"),
    "column_name": _after(r"\b(column named|column called|column name|field named|field called) $"),
    "values": _values,
    "location": _opaque("path"),
    "email": _opaque("email"),
    "query": _query,
}
