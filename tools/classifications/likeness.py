"""When columns are alike: same name, type and form of values, in the same family of sources.

Pure. What a person decided of one column is taken for a like one, and for no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tools.scan_rule_sets.names import is_telling, normalise

# What tells one copy of a system from another: crm_prod and crm-staging are one family
_COPIES = frozenset(
    {"prod", "production", "live", "preprod", "staging", "stage", "stg", "test", "testing", "qa"}
    | {"uat", "dev", "development", "sandbox", "replica", "copy", "backup", "archive", "old", "v"}
)
_RUN = re.compile(r"[\w•…]+")
_LETTERS = re.compile(r"[^\W\d_]*(?:•••)?…?")  # `mask` makes three dots of any run of letters
_REPEATED = re.compile(r"([a9])(?: \1)+")


@dataclass(frozen=True)
class Trait:
    """What of a column is compared. `forms`: of some masked values, empty where none are known."""

    family: str
    words: str
    data_type: str
    forms: frozenset[str]

    @property
    def place(self) -> tuple[str, str, str]:
        """What has to be equal; the forms have only to meet."""
        return self.family, self.words, self.data_type


def trait(source: str, column: str, data_type: str | None, samples: Iterable[str]) -> Trait:
    """A column's trait, from its source's name, its own name and type, and masked values."""
    return Trait(
        family=family(source),
        words=normalise(column),
        data_type=data_type or "text",
        forms=forms_of(samples),
    )


def forms_of(samples: Iterable[str]) -> frozenset[str]:
    """How masked values are built, those that there are."""
    return frozenset(form(sample) for sample in samples if sample)


def alike(one: Trait, other: Trait) -> bool:
    """Whether the columns are alike; without values to compare only a telling name will do."""
    if one.place != other.place:
        return False
    if one.forms and other.forms:
        return bool(one.forms & other.forms)
    return is_telling(one.words)


def form(masked: str) -> str:
    """How a masked value is built: "J••• •••" → "a a", "+•• •••• ••••" → "+9 9"."""
    runs = _RUN.sub(lambda run: "a" if _LETTERS.fullmatch(run[0]) else "9", masked)
    return _REPEATED.sub(r"\1 \1", " ".join(runs.split()))


def family(source: str) -> str:
    """The name of a source without what tells its copies apart: "CRM-staging2" → "crm"."""
    parts = re.findall(r"[^\W\d_]+", source.lower())
    kept = [part for part in parts if part not in _COPIES]
    return " ".join(kept) or source.lower()
