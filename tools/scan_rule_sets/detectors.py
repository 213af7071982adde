"""Finds what kind of data a column holds, from a sample of its values and from its name.

Pure: no database, no clock, no state but caches. `detect` is the only way in; rule sets are plain
data that people may write. Patterns run in RE2, whose time is linear in the text, so no pattern
can hang a scan. Nothing here puts a value into an error, an explanation or a log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from numbers import Number
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from tools.scan_rule_sets import dictionaries
from tools.scan_rule_sets.checksums import CHECKSUMS
from tools.scan_rule_sets.masking import mask
from tools.scan_rule_sets.matching import Asked, Matcher, why_not
from tools.scan_rule_sets.names import normalise, speaks_against

__all__ = ["Column", "Detection", "Detector", "RuleSet", "detect", "mask"]

DataType = Literal["text", "integer", "number", "date", "datetime", "boolean"]
Share = Annotated[float, Field(ge=0, le=1)]
Pattern = Annotated[str, Field(min_length=1, max_length=2000)]

_LONGEST_VALUE = 512
_NO_VALUES = 0.8  # how much a name is worth where there are no values to agree with it
_FEW = 8  # values that show which detectors can apply at all
_ENOUGH = 26  # values that show what most columns hold
_WHOLE = 64  # so many are all tested: each counts
_CLEAR = 0.05
_GOLDEN = (5**0.5 - 1) / 2
_ABSENT = frozenset(
    {"", "-", "--", ".", "?", "n/a", "na", "nan", "nat", "nil", "none", "null", "\\n"}
)


class Detector(BaseModel):
    """One way to recognise one kind of data, by its values, by the column's name, or by both.

    A value matches if it has the form of any of `patterns` (full match, RE2 syntax) and passes
    `checksum`, `dictionary` and `value_range`, as far as they are given. Fewer matches than
    `minimum_match_ratio` contradict the detector, whatever the column is called. Otherwise

        values = value_weight x matched / tested / expected_match_ratio   (at most value_weight)
        score  = 1 - (1 - values) x (1 - name_weight, if the name matches)

    where a name that tells something else takes `mismatch_penalty` off the values' share: all of
    it if any detector knows the name, half if it is a word that none does, nothing if no word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=1, description="The label it gives, e.g. 'email'")
    name: str = Field(default="", description="Its own name; the label's if left out")
    part: bool = Field(
        default=False,
        description="It recognises a part of what the label names: a given name, not a whole one",
    )
    patterns: tuple[Pattern, ...] = ()
    checksum: str | None = None
    dictionary: str | tuple[str, ...] | None = Field(
        default=None, description="A built-in dictionary's name, or the values themselves"
    )
    dictionary_scope: Literal["value", "word"] = Field(
        default="value", description="The whole value is in the dictionary, or one of its words"
    )
    value_range: tuple[float, float] | None = Field(
        default=None, description="Lowest and highest number, both included"
    )
    column_names: tuple[Pattern, ...] = Field(
        default=(), description="RE2, found between word boundaries of e.g. 'billing postal code'"
    )
    excluded_column_names: tuple[Pattern, ...] = Field(
        default=(), description="Names of columns that the detector never applies to"
    )
    table_names: tuple[Pattern, ...] = Field(
        default=(), description="If given, `column_names` count only in tables so named"
    )
    excluded_table_names: tuple[Pattern, ...] = ()
    data_types: tuple[DataType, ...] = Field(default=(), description="Empty: any")
    minimum_match_ratio: Share = 0.8
    expected_match_ratio: Annotated[float, Field(gt=0, le=1)] = Field(
        default=1.0, description="The share of true values that match; under 1 for a dictionary"
    )
    value_weight: Share = 0.8
    name_weight: Share = 0.7
    mismatch_penalty: Share = 0.0

    @field_validator(
        "patterns", "column_names", "excluded_column_names", "table_names", "excluded_table_names"
    )
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            if reason := why_not(pattern):
                raise ValueError(
                    f"'{pattern}' can't be used: {reason}. Write it in RE2 syntax: no look-around, "
                    "no back-references, repetitions up to 1000."
                )
        return patterns

    @field_validator("checksum")
    @classmethod
    def _known_checksum(cls, name: str | None) -> str | None:
        if name is not None and name not in CHECKSUMS:
            raise ValueError(f"No checksum '{name}'. Known are: {', '.join(CHECKSUMS)}.")
        return name

    @field_validator("dictionary")
    @classmethod
    def _known_dictionary(cls, given: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
        if isinstance(given, str) and given not in dictionaries.NAMES:
            raise ValueError(
                f"No dictionary '{given}'. Known are: {', '.join(dictionaries.NAMES)}. "
                "For values of your own, give a list."
            )
        return given

    @model_validator(mode="after")
    def _detects_something(self) -> Self:
        if not (self.tests_values or self.column_names):
            raise ValueError(
                f"The detector of '{self.label}' would match every column: give it patterns, a "
                "checksum, a dictionary, a value range or column names."
            )
        return self

    @property
    def tests_values(self) -> bool:
        return bool(self.patterns or self.checksum or self.dictionary or self.value_range)


class RuleSet(BaseModel):
    """A versioned list of detectors. Where two score the same, the one listed first comes first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    version: int = Field(ge=1)
    detectors: tuple[Detector, ...]
    sample_size: int = Field(default=200, ge=1, description="Values to sample a column")
    minimum_score: Share = 0.5

    @cached_property
    def labels(self) -> frozenset[str]:
        """What it looks for."""
        return frozenset(detector.label for detector in self.detectors)

    def __hash__(self) -> int:
        # Found in a cache once a column: hashing every detector would cost more than a match
        return hash((self.name, self.version, len(self.detectors)))


@dataclass(frozen=True)
class Column:
    """A column to judge. `name` and `table` may be unknown; `values` is a sample, with Nones."""

    name: str | None
    table: str | None
    data_type: str
    values: Sequence[object]


@dataclass(frozen=True)
class Detection:
    """A label with its evidence. `tested` and `matched` count distinct values, those tested.

    `part`: the values are a part of what the label names, as a given name is of a person's name.
    """

    label: str
    score: float
    tested: int
    matched: int
    name_matched: bool
    detector: str
    explanation: str
    part: bool = False


def detect(column: Column, rule_set: RuleSet) -> list[Detection]:
    """What the column may hold, best first, at most one detection a label, scores above 0.

    Cut it at `rule_set.minimum_score`; below that it is a hint, not a finding.
    """
    matcher = _matcher(rule_set)
    name = normalise(column.name)
    asked = matcher.asked(name, normalise(column.table), column.data_type)
    misnamed = speaks_against(name, known=asked.known)
    candidates, tested = asked.candidates, 0
    matched: dict[int, int] = {}
    best = None
    # Few values rule most detectors out; where the rest leave no doubt, not all are tested
    for texts in _batches(column.values):
        tested += len(texts)
        for index, count in matcher.count(texts, candidates).items():
            matched[index] = matched.get(index, 0) + count
        candidates = matcher.promising(candidates & matched.keys(), matched, tested)
        if not candidates:
            break
        if tested >= _ENOUGH:
            best = _best(matcher, asked, matched, tested, misnamed=misnamed)
            if _is_clear(best, rule_set.minimum_score):
                break
            best = None
    if best is None:
        best = _best(matcher, asked, matched, tested, misnamed=misnamed)
    found = sorted(best.values(), key=lambda finding: -round(finding.score, 4))
    return [finding.detection() for finding in found]


def _best(
    matcher: Matcher, asked: Asked, matched: Mapping[int, int], tested: int, *, misnamed: float
) -> dict[str, _Finding]:
    """What the best detector of each label says. Without values only names speak."""
    speaking = matched.keys() | matcher.by_name_alone if tested else asked.named
    best: dict[str, _Finding] = {}
    for index in sorted(asked.candidates & speaking):
        detector = matcher.detectors[index]
        named = index in asked.named
        finding = _judge(
            detector,
            tested=tested,
            matched=matched.get(index, 0),
            named=named,
            misnamed=0.0 if named else misnamed,
        )
        known = best.get(detector.label)
        if finding.score > (known.score if known else 0):
            best[detector.label] = finding
    return best


def _is_clear(best: Mapping[str, _Finding], minimum: float) -> bool:
    """Whether other values would hardly change which label is best, and whether it is found."""
    first, second, *_ = sorted((0, 0, *(f.score for f in best.values())), reverse=True)
    return first < minimum - _CLEAR or first > max(minimum, second) + _CLEAR


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one detector says of a column; most are beaten, so words are made only for the best."""

    detector: Detector
    score: float
    tested: int
    matched: int
    named: bool

    def detection(self) -> Detection:
        return Detection(
            label=self.detector.label,
            score=round(self.score, 4),
            tested=self.tested,
            matched=self.matched,
            name_matched=self.named,
            detector=self.detector.name or self.detector.label,
            explanation=_explanation(self.detector, self.tested, self.matched, named=self.named),
            part=self.detector.part,
        )


def _judge(
    detector: Detector, *, tested: int, matched: int, named: bool, misnamed: float
) -> _Finding:
    """The formula of `Detector`, with what it leaves out: no values, and few of them."""
    by_values, by_name = 0.0, detector.name_weight if named else 0.0
    if detector.tests_values and not tested:
        by_name *= _NO_VALUES
    elif detector.tests_values and (not matched or matched < detector.minimum_match_ratio * tested):
        by_name = 0.0
    elif detector.tests_values:
        share = min(1.0, matched / tested / detector.expected_match_ratio)
        if detector.dictionary and matched == 1 < tested and detector.expected_match_ratio < 1:
            share /= 2  # one word of several may be in a dictionary by chance
        # Half a value against it: one match of one proves less than twenty of twenty
        by_values = detector.value_weight * share * tested / (tested + 0.5)
        by_values *= 1 - detector.mismatch_penalty * misnamed
    return _Finding(detector, 1 - (1 - by_values) * (1 - by_name), tested, matched, named)


def _explanation(detector: Detector, tested: int, matched: int, *, named: bool) -> str:
    tests = [
        *(["pattern"] if detector.patterns else []),
        *([f"checksum {detector.checksum}"] if detector.checksum else []),
        *(["dictionary"] if detector.dictionary else []),
        *(["value range"] if detector.value_range else []),
    ]
    kind = f"{'part of ' if detector.part else ''}{detector.label.replace('_', ' ')}"
    name = f"the column's name {'reads' if named else 'does not read'} like '{kind}'"
    if not tested:
        return f"There are no values to test, and {name}."
    if not tests:
        return f"The values are not tested, and {name}."
    plural = "value fits" if matched == 1 else "values fit"
    return f"{matched} of {tested} distinct {plural} '{kind}' by {', '.join(tests)}, and {name}."


def _batches(values: Sequence[object]) -> Iterator[list[str]]:
    """The distinct values that are there: a few from all over, then more, then the rest."""
    try:
        distinct: list[object] = list(dict.fromkeys(values))
    except TypeError:  # what is no scalar may have no hash
        distinct = list(dict.fromkeys(map(_text, values)))
    known: set[str] = set()
    for indices in _spread(len(distinct)):
        texts = dict.fromkeys([_text(distinct[i]) for i in indices])
        fresh = [
            text
            for text in texts
            if text and text not in known and not (len(text) < 5 and text.lower() in _ABSENT)
        ]
        known.update(fresh)
        if fresh:
            yield fresh


@lru_cache(maxsize=1024)
def _spread(number: int) -> list[list[int]]:
    """So many items in batches, each from all over, unevenly since data has periods."""
    left = list(range(number))
    batches = []
    for wanted in (_FEW, (_ENOUGH if number > _WHOLE else _WHOLE) - _FEW, number):
        if wanted < len(left):
            picked = dict.fromkeys(int(len(left) * (i * _GOLDEN % 1)) for i in range(wanted))
            batches.append([left[i] for i in picked])
            left = [item for i, item in enumerate(left) if i not in picked]
        else:
            batches.append(left)
            left = []
    return batches


def _text(value: object) -> str | None:
    """A scalar as text, without the ".0" that integers get among missing values; else None."""
    if isinstance(value, str):
        text = value.strip() if value.isascii() else " ".join(value.split())
    elif isinstance(value, Number | dt.date | dt.time | UUID):
        text = str(value)
    else:
        return None
    if text.endswith(".0") and text[:-2].lstrip("-").isdigit():
        return text[:-2]
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE]


@lru_cache(maxsize=32)
def _matcher(rule_set: RuleSet) -> Matcher:
    return Matcher(rule_set.detectors)
