"""Where a clause mentions entities, and which of several candidates it means.

A clause keeps every reading of its words; a slot later picks the mention of its own kinds, so
that "email" can be a label for one operation and a column for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.planning.concepts import GRAMMAR_WORDS
from agent.planning.lexicon import Lexicon, Match
from agent.planning.spelling import well_spelt
from agent.planning.text import Token, fold, parts, words
from agent.planning.types import ASSET_KINDS, Entity, Kind
from agent.planning.vocabulary import COMPOUNDS, DETERMINERS, FILLERS, KIND_NOUNS

LONGEST = 7
ACRONYM = 4  # letters; "MRR" is no slip for "Mira"
MENDED = 40  # in longer clauses names have to be spelt right: looking for slips takes time
_SCOPES: tuple[frozenset[Kind], ...] = (
    frozenset({"table", "view"}),
    frozenset({"source", "framework"}),
)
MOST_WITHIN = 12
CLOSE = 0.045  # candidates nearer than this in score are equally meant

_EDGES = DETERMINERS | words(
    """
    is are was were be do does did has have had to of in on at for from by with into and or it
    its this that these those they them what which who where when how why me i you we us
    """
)
_PREPOSITIONS = words("in of on from for about to within inside into against with")


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` up to `end` and what they may name; `noun` holds a token like "table"."""

    start: int
    end: int
    matches: tuple[Match, ...]
    weak: bool = False
    noun: tuple[int, ...] = ()
    anchored: bool = False
    plain: bool = False

    @property
    def tokens(self) -> frozenset[int]:
        return frozenset(range(self.start, self.end)) | frozenset(self.noun)

    def of(self, kinds: frozenset[Kind]) -> tuple[Match, ...]:
        """The best candidates among `kinds`, all those that score about the same."""
        fitting = [m for m in self.matches if m.entity.kind in kinds]
        best = max((m.score for m in fitting), default=0.0)
        return tuple(m for m in fitting if m.score > best - CLOSE)

    def worth(self, kinds: frozenset[Kind]) -> float:
        """How well the mention stands for one of `kinds`; 0 if it does not."""
        found = self.of(kinds)
        if not found:
            return 0.0
        extra = 0.12 * (self.end - self.start - 1) + 0.15 * bool(self.noun)
        return found[0].score + extra - 0.5 * self.weak


def mentions(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Every run of tokens that names something, longer and shorter ones side by side."""
    found: list[Mention] = []
    words = [parts(token.text) if token.form != "mark" else () for token in tokens]
    for start, first in enumerate(tokens):
        if not words[start] or (first.word in _EDGES and not first.opaque):
            continue
        run: tuple[str, ...] = ()
        for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            last = tokens[end - 1]
            if not words[end - 1] or (last.opaque and end > start + 1):
                break
            run += words[end - 1]
            if last.word in _EDGES and not last.opaque:
                continue
            matches = lexicon.named(run)
            if run == ("domain",):  # of the business; that of the web is a label
                matches = tuple(one for one in matches if one.entity.kind != "label")
            if matches and len(run) <= 3 * LONGEST:
                found.append(_mention(tokens, start, end, matches))
            if last.opaque or last.possessive:
                break
    if len(tokens) <= MENDED:
        covered = {i for m in found for i in range(m.start, m.end)}
        found.extend(_misspelt(tokens, words, covered, lexicon))
    return tuple(found)


def _misspelt(
    tokens: Sequence[Token],
    words: Sequence[tuple[str, ...]],
    covered: set[int],
    lexicon: Lexicon,
) -> Iterable[Mention]:
    def strange(i: int) -> bool:
        token = tokens[i]
        short = token.text.isupper() and len(token.text) <= ACRONYM
        named = i in covered or not words[i] or token.form in ("path", "email")
        return not (named or short or well_spelt(token))

    for i in filter(strange, range(len(tokens))):
        for end in (i + 1, i + 2):  # both words of "emial adress" may be misspelt
            if end == i + 1 or (end <= len(tokens) and strange(i + 1)):
                matches = lexicon.resembling(tuple(w for run in words[i:end] for w in run))
                if matches:
                    yield _mention(tokens, i, end, matches)


def _mention(tokens: Sequence[Token], start: int, end: int, matches: tuple[Match, ...]) -> Mention:
    noun, kinds = _noun(tokens, start, end)
    narrowed = tuple(m for m in matches if m.entity.kind in kinds)
    if not narrowed:
        noun = ()
    first = tokens[start]
    plain = end == start + 1 and first.form == "word" and len(parts(first.text)) == 1
    known = fold(first.word) in GRAMMAR_WORDS or first.word in FILLERS or _ours(tokens, start)
    common = plain and (known or first.word.isdecimal())
    before = _previous(tokens, min((start, *noun)))
    return Mention(
        start,
        end,
        narrowed or matches,
        weak=common and not noun,
        noun=noun,
        plain=plain,
        anchored=bool(noun)
        or not plain
        or (before is not None and tokens[before].word in _PREPOSITIONS),
    )


def _ours(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is half of what things are called here: the products of "data products"."""
    pairs = zip(tokens[max(0, at - 1) : at + 1], tokens[max(1, at) : at + 2], strict=False)
    return any((one.word, other.word) in COMPOUNDS for one, other in pairs)


def _previous(tokens: Sequence[Token], index: int) -> int | None:
    index -= 1
    while index >= 0 and tokens[index].word in DETERMINERS:
        index -= 1
    return index if index >= 0 else None


def _noun(
    tokens: Sequence[Token], start: int, end: int
) -> tuple[tuple[int, ...], tuple[Kind, ...]]:
    """The noun beside a name that says what it is: "table film", "the film table"."""
    after = tokens[end].word if end < len(tokens) else ""
    before = _previous(tokens, start)
    if after == "rule" and end + 1 < len(tokens) and tokens[end + 1].word == "set":
        return (end, end + 1), ("rule_set",)
    if before and tokens[before].word == "set" and tokens[before - 1].word == "rule":
        return (before - 1, before), ("rule_set",)
    if after == "data" and end + 1 < len(tokens) and tokens[end + 1].word == "source":
        return (end, end + 1), ("source",)
    if after in KIND_NOUNS:
        return (end,), KIND_NOUNS[after]
    if before is not None and fold(tokens[before].word) in KIND_NOUNS:
        singular = tokens[before].word in KIND_NOUNS
        return (before,) if singular else (), KIND_NOUNS[fold(tokens[before].word)]
    return (), ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a slot takes from a clause: one entity, or several that it can't tell apart."""

    entities: tuple[Entity, ...]
    tokens: frozenset[int]
    worth: float
    anchored: bool
    within: bool  # they are all that lies in the schema or folder that is named
    exact: bool  # qualified, quoted, or with its noun: more than one plain word

    @property
    def certain(self) -> bool:
        return len(self.entities) == 1


def choose(
    found: Sequence[Mention],
    kinds: frozenset[Kind],
    taken: frozenset[int] = frozenset(),
    near: Sequence[Entity] = (),
) -> Choice | None:
    """The entity of `kinds` that the mentions name, outside the tokens already `taken`.

    Other mentions narrow it ("email column of customer in pagila"), then what is `near`, newest
    first: the source and the table that the conversation is about.
    """
    free = [m for m in found if not m.tokens & taken]
    ranked = sorted(
        ((m.worth(kinds), m) for m in free if m.of(kinds)),
        key=lambda pair: (-pair[0], pair[1].start),
    )
    if not ranked or ranked[0][0] < 0.35:
        return None
    worth, target = ranked[0]
    if kinds & ASSET_KINDS and "column" in kinds:
        target = _deepest(target, free, kinds)
    candidates = [m.entity for m in target.of(kinds)]
    tokens = target.tokens
    candidates, tokens = _scoped(candidates, tokens, target, free)
    candidates = _nearest(candidates, near)
    return Choice(
        tuple(candidates),
        tokens,
        worth,
        target.anchored,
        within=all(m.within for m in target.of(kinds)) and 1 < len(candidates) <= MOST_WITHIN,
        exact=not target.plain or bool(target.noun),
    )


def _deepest(target: Mention, free: Sequence[Mention], kinds: frozenset[Kind]) -> Mention:
    """Of "phone of customer", the column; the table only says where it lies."""
    tables = [m.entity for m in target.of(kinds) if m.entity.kind != "column"]
    for other in free:
        inner = [m.entity for m in other.of(frozenset({"column"}))]
        outside = not other.tokens & target.tokens
        if outside and not other.weak and any(t.contains(c) for t in tables for c in inner):
            return other
    return target


def _scoped(
    candidates: list[Entity], tokens: frozenset[int], target: Mention, free: Sequence[Mention]
) -> tuple[list[Entity], frozenset[int]]:
    for kinds in _SCOPES:
        for other in free:
            if other.tokens & target.tokens or other.weak:
                continue
            outer = [m.entity for m in other.of(kinds)]
            inside = [c for c in candidates if any(o.contains(c) for o in outer)]
            if inside:
                candidates, tokens = inside, tokens | other.tokens
                break
    return candidates, tokens


def _nearest(candidates: list[Entity], near: Sequence[Entity]) -> list[Entity]:
    if len(candidates) < 2:
        return candidates
    for entity in near:
        inside = [c for c in candidates if entity.contains(c) or c.id == entity.id]
        if inside:
            return inside if len(inside) == 1 else _nearest(inside, ())
    for entity in near:
        beside = [c for c in candidates if c.source == entity.source]
        if beside and entity.source is not None:
            return beside
    return candidates
