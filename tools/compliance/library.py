"""The compliance content that comes with the product: frameworks and built-in rules, read once.

Titles and summaries are our own words; a standard's text is never shipped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tools.compliance.rules import Rule, Sentence

CONTENT = Path(__file__).parent / "content"
FRAMEWORK_FILES = (
    "gdpr.json",
    "ccpa.json",
    "pci_dss_4.json",
    "hipaa.json",
    "iso_27001.json",
    "soc_2.json",
    "nist_800_53.json",
)
REPLACEABLE = frozenset({"nist-800-53"})
"""Shipped under OSCAL's own ids: a catalog imported under the same id takes their place."""


class Control(BaseModel):
    """What a framework demands, under its own reference; a heading is not assessable."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9.-]+$")
    ref: str
    title: str = Field(min_length=1, max_length=120)
    summary: Sentence
    parent: str | None
    assessable: bool


class Framework(BaseModel):
    """A regulation or standard in one version; `aliases` are how people call it, in lower case."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    name: str
    version: str
    publisher: str
    aliases: tuple[str, ...]
    controls: tuple[Control, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """The frameworks that come with the product."""
    return tuple(
        Framework.model_validate_json((CONTENT / name).read_bytes()) for name in FRAMEWORK_FILES
    )


class Crosswalk(BaseModel):
    """What one control corresponds to; `through`: its targets correspond to each other by it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    relation: Literal["equal", "subset", "superset", "intersects"]
    targets: tuple[str, ...] = Field(min_length=1)
    through: bool


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """The crosswalks that come with the product.

    Raises:
        ValueError: one names a control that no shipped framework has.
    """
    content = (CONTENT / "crosswalks.json").read_bytes()
    found = TypeAdapter(tuple[Crosswalk, ...]).validate_json(content)
    known = {control.id for framework in frameworks() for control in framework.controls}
    unknown = {name for one in found for name in (one.source, *one.targets)} - known
    if unknown:
        raise ValueError(f"crosswalks.json names unknown controls: {', '.join(sorted(unknown))}")
    return found


@cache
def built_in_rules() -> tuple[Rule, ...]:
    """The rules that come with the product, in the order in which to show them."""
    rules = TypeAdapter(tuple[Rule, ...])
    return rules.validate_json((CONTENT / "rules.json").read_bytes())
