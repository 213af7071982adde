"""What searching the catalog returns: hits with facets, and what resembles an asset."""

from __future__ import annotations

from tools.catalog.types import AssetSummary
from tools.values import Page, Result


class SearchHit(AssetSummary):
    """An asset found, with how well it fits."""

    score: float


class SimilarAsset(AssetSummary):
    """An asset that resembles another, how much (0 to 1), and why."""

    score: float
    reasons: list[str]


class FacetValue(Result):
    """A value that found assets have, and how many have it; `label` is how people call it."""

    value: str
    label: str
    count: int


class Facet(Result):
    """The values of one property over all that was found, most frequent first, 50 at most.

    A filter by the property itself is left out of account, so that the alternatives are seen.
    """

    name: str
    values: list[FacetValue]
    values_total: int
    truncated: bool


class AssetSearch(Page[SearchHit]):
    """Assets found, with facets over all of them. `capped`: there are more than were counted.

    `by_words`: how many of `total` hold every word of the query; the rest is near by meaning.
    """

    by_words: int = 0
    capped: bool = False
    facets: list[Facet] = []
