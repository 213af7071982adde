"""What goes into the index and what comes out, and who may see it. Plain values, no store.

`Scope.admits` is the one definition of visibility; SQL and Chroma filters restate it and the
tests hold them to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import NamedTuple

from pydantic import BaseModel, Field


class Stamp(NamedTuple):
    """What is kept beside a vector: which text it is of, and who may find it."""

    fingerprint: str
    source_id: str | None
    kind: str


class Document(BaseModel, frozen=True):
    """Something that can be looked up and cited.

    `kind` is "asset", "control", "rule", "finding", "operation", "label", "source", "framework", …
    `source_id` None means visible to everybody signed in. `names` are the identifiers by which
    people call it ("customer.email", "pagila"); `data` is carried along and not searched.
    """

    id: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    title: str
    text: str
    url: str
    source_id: str | None = Field(default=None, min_length=1)
    names: tuple[str, ...] = ()
    data: dict[str, str] = {}

    @property
    def passage(self) -> str:
        """The text that is embedded."""
        return f"{self.title}\n{self.text}"

    @property
    def stamp(self) -> Stamp:
        digest = hashlib.sha256(self.passage.encode()).hexdigest()
        return Stamp(digest[:32], self.source_id, self.kind)


class Passage(BaseModel, frozen=True):
    """A document found, with its place (from 1) and its score: comparable within one answer."""

    document: Document
    score: float
    rank: int


class Visibility(BaseModel, frozen=True):
    """The sources whose documents a caller may see; None means all."""

    sources: frozenset[str] | None


class Scope(NamedTuple):
    """What one search may find: the caller's visibility, narrowed to kinds."""

    sources: frozenset[str] | None
    kinds: frozenset[str] | None

    @classmethod
    def of(cls, visible: Visibility, kinds: Collection[str] | None) -> Scope:
        return cls(visible.sources, None if kinds is None else frozenset(kinds))

    def admits(self, source_id: str | None, kind: str) -> bool:
        seen = self.sources is None or source_id is None or source_id in self.sources
        return seen and (self.kinds is None or kind in self.kinds)
