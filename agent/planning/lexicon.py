"""Names to entities: exact before suffix before fuzzy, every candidate kept and ranked.

A `Lexicon` is built once per catalog version and caller and never changes, so any number of
turns may share it. A look-up by name is a dictionary access; only a misspelt one searches.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.planning.text import key, parts
from agent.planning.types import ASSET_KINDS, Entity, Kind
from agent.planning.vocabulary import GENERIC_TAILS, SYNONYMS

EXACT, ALIAS, SUFFIX, COLUMN, PARTIAL, FUZZY = 1.0, 1.0, 0.9, 0.84, 0.8, 0.7
AREA = 0.6  # a schema or folder stands for the tables in it
SPELT = 0.06  # less, where the name itself is abbreviated

SHORT = {
    "cust": "customer", "txn": "transaction", "trx": "transaction", "tx": "transaction",
    "addr": "address", "acct": "account", "acc": "account", "amt": "amount", "qty": "quantity",
    "num": "number", "nbr": "number", "dept": "department", "emp": "employee", "inv": "invoice",
    "prod": "product", "pmt": "payment", "pymt": "payment", "tel": "phone", "dob": "birthdate",
    "mgr": "manager", "org": "organization", "desc": "description", "ord": "order",
    "usr": "user", "pwd": "password", "cntry": "country", "ctry": "country", "cd": "code",
    "admin": "administrator",
    "dt": "date", "ts": "timestamp", "val": "value", "cat": "category", "ref": "reference",
}  # fmt: skip
_ABBREVIATED = {"art": "article", "req": "requirement", "sec": "section", "para": "paragraph"}


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a name may mean; `score` is 1 for an exact name, less for a weaker one."""

    entity: Entity
    score: float

    @property
    def within(self) -> bool:
        """Whether the name is that of the schema or folder in which the entity lies."""
        return self.score == AREA


class Lexicon:
    """The entities that the caller may see, by every name they go by."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        index: defaultdict[str, dict[str, Match]] = defaultdict(dict)
        for entity in entities:
            for name_key, score in _names(entity):
                known = index[name_key].get(entity.id)
                if known is None or known.score < score:
                    index[name_key][entity.id] = Match(entity, score)
            if entity.kind in ASSET_KINDS and any(one in SHORT for one in parts(entity.name)):
                long = Entity(entity.kind, entity.id, ".".join(map(_spelt, entity.name.split("."))))
                for name_key, score in _asset_names(long):
                    index[name_key].setdefault(entity.id, Match(entity, score - SPELT))
        index.pop("", None)
        self._index = {
            name_key: tuple(sorted(found.values(), key=_rank)) for name_key, found in index.items()
        }
        every = {match.entity for found in self._index.values() for match in found}
        self._assets = tuple(
            sorted((one for one in every if one.kind in ASSET_KINDS), key=lambda one: one.name)
        )
        self._ids = frozenset(one.id for one in every)
        named: defaultdict[Kind, set[str]] = defaultdict(set)
        for one in every:
            named[one.kind].add(one.name)
        self._names = {kind: tuple(sorted(names)) for kind, names in named.items()}
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for name_key in self._index:
            self._by_length[len(name_key)].append(name_key)
        self._fuzzy = lru_cache(maxsize=2048)(self._search)

    def named(self, words: tuple[str, ...]) -> tuple[Match, ...]:
        """What goes by exactly this name, best first; `words` as from `text.parts`."""
        return self._index.get(key(words), ()) or self._index.get(key(_long(words)), ())

    def named_as_it_is(self, name: str) -> bool:
        """Whether something goes by exactly this name, or by one that everybody gives it."""
        return any(match.score >= ALIAS for match in self.named(parts(name)))

    def holds(self, id_: str) -> bool:
        """Whether something has this id."""
        return id_ in self._ids

    def names(self, kind: Kind) -> tuple[str, ...]:
        """What all of a kind are called."""
        return self._names.get(kind, ())

    def within(self, outer: Entity, kinds: frozenset[Kind]) -> tuple[Entity, ...]:
        """The assets of some kinds that lie in a source or a table, by name."""
        return tuple(one for one in self._assets if one.kind in kinds and outer.contains(one))

    def resembling(self, words: tuple[str, ...]) -> tuple[Match, ...]:
        """What goes by a name one slip of the keyboard away (two in eight letters or more)."""
        return self._fuzzy(words)

    def find(self, name: str, kinds: frozenset[Kind] | None = None) -> tuple[Match, ...]:
        """What a name on its own may mean, among `kinds`; misspelt names only if nothing fits."""
        words = parts(name)
        for found in (self.named(words), self.resembling(words)):
            fitting = tuple(m for m in found if kinds is None or m.entity.kind in kinds)
            if fitting:
                return fitting
        return ()

    def _search(self, words: tuple[str, ...]) -> tuple[Match, ...]:
        wanted, slips = key(words), _slips(key(words))
        starts = accumulate(map(len, words), initial=0)
        placed = list(zip(words, starts, strict=False)) if len(words) > 1 else []
        if not slips:
            return ()
        near = [
            name
            for length in range(len(wanted) - slips, len(wanted) + slips + 1)
            for name in self._by_length.get(length, ())
            if name[0] == wanted[0]
        ]
        hits = process.extract(
            wanted, near, scorer=OSA.distance, score_cutoff=slips, limit=5, processor=None
        )
        hits = [hit for hit in hits if all(_near(hit[0], *one) for one in placed)]
        closest = min((distance for _, distance, _ in hits), default=0)
        found = [
            Match(match.entity, round(match.score * FUZZY, 3))
            for name, distance, _ in hits
            if distance == closest
            for match in self._index[name]
        ]
        return tuple(sorted(found, key=_rank))


def _slips(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def _near(name: str, word: str, at: int) -> bool:
    """Whether a name has, about where a word stands, something that the word may be a slip for."""
    most = _slips(word)
    places = (name[max(0, at + shift) :][: len(word) + more]
              for shift in (-2, -1, 0, 1, 2) for more in (-1, 0, 1))  # fmt: skip
    return any(OSA.distance(word, place) <= most for place in places)


def _long(words: Sequence[str]) -> tuple[str, ...]:
    """The words with what is usually abbreviated in full."""
    return tuple(SHORT.get(word, word) for word in words)


def _spelt(segment: str) -> str:
    return "_".join(_long(parts(segment)))


def _rank(match: Match) -> tuple[float, str, str]:
    return -match.score, match.entity.name, match.entity.id


def _names(entity: Entity) -> Iterator[tuple[str, float]]:
    """Every key an entity goes by, with what it is worth."""
    words = parts(entity.name)
    own = dict(_asset_names(entity)) if entity.kind in ASSET_KINDS else {key(words): EXACT}
    yield from own.items()
    for alias in entity.aliases:
        name_key = key(parts(alias))
        yield name_key, own.get(name_key, ALIAS)  # a bare name is worth no more as an alias
    if entity.kind in ("table", "view"):
        yield from ((area, AREA) for area in _areas(entity.name) if area not in own)
    elif entity.kind == "person":
        for name in (entity.name, *entity.aliases):
            local, _, _ = name.partition("@")
            yield key(parts(local)), SUFFIX
            for word in name.split() if "@" not in name else ():
                yield key(parts(word)), SUFFIX
    elif entity.kind == "framework":
        for name in (entity.name, *entity.aliases):
            yield from _framework_names(name)
    elif entity.kind in ("label", "label_group"):
        yield from _label_names(entity)
    elif entity.kind == "role" and len(words) > 1:
        yield key(words[-1:]), PARTIAL
    elif entity.kind == "control":
        for name in (entity.name, *entity.aliases):
            yield from _control_names(name)


def _areas(name: str) -> Iterator[str]:
    """The schema or folder of a table, alone and with its source: hr, lake.hr."""
    segments = [parts(one) for one in re.split(r"[./]", name)[:-1]]
    for start in range(len(segments) if len(segments) > 1 else 0):
        yield key([word for one in segments[start:] for word in one])


def _asset_names(entity: Entity) -> Iterator[tuple[str, float]]:
    segments = [parts(segment) for segment in re.split(r"[./]", entity.name)]
    shortest = COLUMN if entity.kind == "column" else SUFFIX
    for start in range(len(segments)):
        tail = [word for segment in segments[start:] for word in segment]
        score = EXACT if start == 0 else SUFFIX if len(segments) - start > 1 else shortest
        yield key(tail), score
    own = 2 if entity.kind == "column" else 1
    if len(segments) > own + 1:  # a schema stands between; people leave it out
        tail = [word for segment in (segments[0], *segments[-own:]) for word in segment]
        yield key(tail), SUFFIX


def _framework_names(name: str) -> Iterator[tuple[str, float]]:
    """`NIST SP 800-53 revision 5` is also NIST 800-53, and 800-53; never just SP or 5."""
    pieces = name.replace("/", " ").replace(":", " ").split()[:7]
    telling = [p for p in pieces if p[:2].isupper() or sum(map(str.isdigit, p)) >= 3]
    for size in range(1, len(pieces) + 1):
        for chosen in combinations(pieces, size):
            worth = sum(len(p) >= 3 for p in chosen if p in telling)
            if worth:
                yield key(parts(" ".join(chosen))), PARTIAL + 0.02 * min(worth, 4)


def _control_names(name: str) -> Iterator[tuple[str, float]]:
    """`Art. 17` is also article 17, `Req. 3.4.1` also requirement 3.4.1, and 3.4.1."""
    words = parts(name)
    yield key([_ABBREVIATED.get(word, word) for word in words]), SUFFIX
    _, _, last = name.strip().rpartition(" ")
    if "." in last.strip("."):
        yield key(parts(last)), PARTIAL


def _label_names(entity: Entity) -> Iterator[tuple[str, float]]:
    own = {key(parts(name)) for name in (entity.name, *entity.aliases)}
    words = parts(entity.name)
    if len(words) > 1 and words[-1] in GENERIC_TAILS:
        yield key(words[:-1]), SUFFIX
        own.add(key(words[:-1]))
    for group in SYNONYMS:
        keys = {key(parts(name)) for name in group}
        if keys & own:
            yield from ((name_key, PARTIAL) for name_key in sorted(keys))
