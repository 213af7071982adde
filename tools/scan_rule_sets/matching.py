"""Matches many detectors against many texts at once. Used by `detectors` alone.

The patterns of a rule set are a few RE2 automata and its dictionaries one index, so a text is read
a few times however many detectors there are, in time linear in its length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import re2

from tools.scan_rule_sets import dictionaries
from tools.scan_rule_sets.checksums import CHECKSUMS

if TYPE_CHECKING:
    from tools.scan_rule_sets.detectors import Detector

_LONGEST_ENTRY = 80  # dictionaries are of names and terms, not of sentences
_LETTER = re.compile(r"[^\x00-@\[-`{-\x7f]")  # or what isn't ASCII
_PRESCREENED = 5
_PROMISING = 0.35  # of the least share of matches, among the few values tested first
_MEMORY = 64 << 20
_UNBOUNDED_TOGETHER = 24
_UNBOUNDED = re.compile(r"(?:(?<!\\)[.\]]|\\[SWw])[*+]")  # any character, or any of a class

Owners = frozenset[int]
_NOBODY: Owners = frozenset()


@lru_cache(maxsize=4096)  # rule sets are validated whenever they are read
def why_not(pattern: str) -> str | None:
    """Why RE2 refuses the pattern, or None if it takes it."""
    try:
        re2.compile(pattern, _options())
    except re2.error as error:
        reason = error.args[0]
        return reason.decode() if isinstance(reason, bytes) else str(reason)
    return None


class Asked(NamedTuple):
    """The detectors that a column's names speak for, and those that could score at all.

    A name is known if any detector has it, even as one that it never applies to.
    """

    named: Owners
    candidates: Owners
    known: bool


class Matcher:
    """Detectors ready to match. An owner of a pattern or an entry is a detector's index."""

    def __init__(self, detectors: Sequence[Detector]) -> None:
        numbered = list(enumerate(detectors))
        self.detectors = detectors
        self._forms = _automata(
            ((p, i) for i, d in numbered if d.value_weight for p in d.patterns),
            ((p, i) for i, d in numbered if not d.value_weight for p in d.patterns),
        )
        self._entries = _Entries(numbered)
        self._columns = _bounded((p, i) for i, d in numbered for p in d.column_names)
        self._not_columns = _bounded((p, i) for i, d in numbered for p in d.excluded_column_names)
        self._tables = _bounded((p, i) for i, d in numbered for p in d.table_names)
        self._not_tables = _bounded((p, i) for i, d in numbered for p in d.excluded_table_names)
        self.by_name_alone = frozenset(i for i, d in numbered if not d.tests_values)
        self._in_any_table = frozenset(i for i, d in numbered if not d.table_names)
        self._formless = frozenset(i for i, d in numbered if d.tests_values and not d.patterns)
        self._checked = frozenset(i for i, d in numbered if d.checksum or d.value_range)
        self._together: dict[tuple[Owners, ...], Owners] = {}
        self._ratios = [d.minimum_match_ratio for d in detectors]
        self._looking_up = frozenset(i for i, d in numbered if d.dictionary)
        self._by_values = frozenset(i for i, d in numbered if d.value_weight and d.tests_values)
        self._typed: dict[str, Owners] = {
            data_type: frozenset(i for i, d in numbered if data_type in d.data_types)
            for data_type in {data_type for d in detectors for data_type in d.data_types}
        }
        self._untyped = frozenset(i for i, d in numbered if not d.data_types)

    @lru_cache(maxsize=4096)  # noqa: B019 - matchers are few, and live as long as their rule set
    def asked(self, column: str, table: str, data_type: str) -> Asked:
        """The detectors to ask about a column of such normalised names and of such a type."""
        placed = self._in_any_table | self._tables.owners(table)
        meant, not_meant = self._columns.owners(column), self._not_columns.owners(column)
        named = meant & placed
        vetoed = not_meant | self._not_tables.owners(table)
        typed = self._untyped | self._typed.get(data_type, _NOBODY)
        candidates = ((named | self._by_values) - vetoed) & typed
        return Asked(named, candidates, known=bool(meant or not_meant))

    def count(self, texts: Sequence[str], candidates: Owners) -> dict[int, int]:
        """How many of the distinct texts match, for each candidate that any of them matches."""
        formed = self._formed(texts, candidates)
        possible = candidates & (formed.keys() | self._formless)
        held = self._entries.held(texts) if possible & self._looking_up else {}
        matched = {}
        for index in possible:
            fitting: Sequence[str] = formed.get(index, texts)
            if index in self._looking_up:
                found = held.get(index, ())
                fitting = [text for text in fitting if text in found] if found else ()
            if index in self._checked:
                passing = _passing(self.detectors[index], fitting)
            else:
                passing = len(fitting)
            if passing:
                matched[index] = passing
        return matched

    def promising(self, of: Owners, matched: Mapping[int, int], tested: int) -> Owners:
        """Those of the detectors that might reach their ratio, if other values match more often."""
        least = _PROMISING * tested
        return frozenset(i for i in of if matched[i] >= least * self._ratios[i])

    def _formed(self, texts: Sequence[str], candidates: Owners) -> dict[int, list[str]]:
        """For each candidate the texts that have the form of any of its patterns."""
        encoded = [text.encode("utf-8", "replace") for text in texts]  # lone surrogates have none
        read = [each.read(encoded) for each in self._forms if each.owned & candidates]
        alike: defaultdict[tuple[Owners, ...], list[str]] = defaultdict(list)
        for text, owners in zip(texts, zip(*read, strict=True), strict=bool(read)):
            alike[owners].append(text)
        formed: dict[int, list[str]] = {}
        for several, found in alike.items():
            if several not in self._together:
                self._together[several] = _NOBODY.union(*several)
            for owner in candidates & self._together[several]:
                formed[owner] = formed[owner] + found if owner in formed else found
        return formed


def _passing(detector: Detector, texts: Sequence[str]) -> int:
    """How many of the texts lie in the detector's range and pass its checksum."""
    if detector.value_range is not None:
        lowest, highest = detector.value_range
        texts = [text for text in texts if lowest <= _number(text) <= highest]
    if detector.checksum is None or not texts:
        return len(texts)
    check = CHECKSUMS[detector.checksum]
    # Checksums are the slow part. Where five values are too poor, 200 are too
    screened = sum(map(check, islice(texts, _PRESCREENED)))
    if 2 * screened < int(detector.minimum_match_ratio * min(_PRESCREENED, len(texts))):
        return 0
    return screened + sum(map(check, islice(texts, _PRESCREENED, None)))


def _number(text: str) -> float:
    """NaN, which lies in no range, for what is no number."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    return options


class _Patterns:
    """Patterns of several owners, matched in one pass over a text."""

    def __init__(self, patterns: re2.Set, owned: Iterable[tuple[str, int]]) -> None:
        owners: defaultdict[str, set[int]] = defaultdict(set)
        for pattern, owner in owned:
            owners[pattern].add(owner)
        for pattern in owners:
            patterns.Add(pattern)
        patterns.Compile()
        self.owned = _NOBODY.union(*owners.values())
        # Without the wrapper, which is half the time of a short text
        self._match: Callable[[bytes], Iterable[int]] = attrgetter("_set.Match")(patterns)
        self._owners = list(owners.values())
        self._united: dict[tuple[int, ...], Owners] = {(): _NOBODY}

    def read(self, texts: Iterable[bytes]) -> list[Owners]:
        """For each text the owners of the patterns that match."""
        match, known = self._match, self._united
        return [
            known[found] if (found := tuple(match(text))) in known else self._unite(found)
            for text in texts
        ]

    def _unite(self, found: tuple[int, ...]) -> Owners:
        united = self._united[found] = _NOBODY.union(*(self._owners[match] for match in found))
        return united

    def owners(self, text: str) -> Owners:
        return self.read([text.encode("utf-8", "replace")])[0] if text and self._owners else _NOBODY


def _automata(*owned: Iterable[tuple[str, int]]) -> list[_Patterns]:
    """Patterns that texts match in full, each group by itself, and apart those without a bound.

    In one automaton with all others these would multiply its states past any memory, and RE2
    falls back to what takes thirty times as long.
    """
    automata = []
    for group in owned:
        bounded: list[tuple[str, int]] = []
        unbounded: list[tuple[str, int]] = []
        for pattern, owner in group:
            (unbounded if _UNBOUNDED.search(pattern) else bounded).append((pattern, owner))
        size = _UNBOUNDED_TOGETHER
        parts = [bounded, *(unbounded[i : i + size] for i in range(0, len(unbounded), size))]
        automata += [_Patterns(re2.Set.FullMatchSet(_options()), part) for part in parts if part]
    return automata


def _bounded(owned: Iterable[tuple[str, int]]) -> _Patterns:
    # RE2 knows no \b beyond ASCII, and normalised names are words with single spaces between
    words = ((rf"(?:^| )(?:{pattern})(?:$| )", owner) for pattern, owner in owned)
    return _Patterns(re2.Set.SearchSet(_options()), words)


class _Entries:
    """The dictionaries of several owners, looked up together."""

    def __init__(self, numbered: Iterable[tuple[int, Detector]]) -> None:
        # Tuples of numbers, unlike lists, are nothing that the garbage collector comes back to
        self._values: dict[str, tuple[int, ...]] = {}
        self._words: dict[str, tuple[int, ...]] = {}
        for owner, detector in numbered:
            index = self._words if detector.dictionary_scope == "word" else self._values
            for entry in _entries(detector):
                index[entry] = (*index.get(entry, ()), owner)
        letterless = [entry for entry in (*self._values, *self._words) if not _LETTER.search(entry)]
        self._longest_letterless = max(map(len, letterless), default=0)

    def held(self, texts: Iterable[str]) -> Mapping[int, Set[str]]:
        """For each owner the texts that are in its dictionary, or have a word that is."""
        held: defaultdict[int, set[str]] = defaultdict(set)
        short = [
            text
            for text in texts
            if len(text) <= self._longest_letterless
            or (len(text) <= _LONGEST_ENTRY and _LETTER.search(text))
        ]
        for text, folded in zip(short, dictionaries.fold_all(short), strict=True):
            for owner in self._values.get(folded, ()):
                held[owner].add(text)
            words = folded.split()
            if not self._words.keys().isdisjoint(words):
                for word in words:
                    for owner in self._words.get(word, ()):
                        held[owner].add(text)
        return held


def _entries(detector: Detector) -> frozenset[str]:
    if isinstance(detector.dictionary, str):
        return dictionaries.dictionary(detector.dictionary)
    return dictionaries.folded(detector.dictionary or ())
