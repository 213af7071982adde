"""What the assistant tells without being asked: recommendations, insights, anomalies."""

from __future__ import annotations

from datetime import datetime

from tools.steps import Step
from tools.values import Citation, Cited, Page, Result


class Recommendation(Cited):
    """Something to do, what speaks for it, and the steps that would do it.

    `weight`: how much it matters, 0 to 1; `question`: what a person has to say first.
    """

    id: str
    kind: str
    title: str
    evidence: str
    why: str
    about: str
    about_id: str
    about_kind: str
    weight: float
    question: str | None
    steps: list[Step]
    source_id: str | None

    def citation(self) -> Citation:
        return Citation(
            id=self.about_id,
            kind=self.about_kind,
            title=self.about,
            url="",
            snippet=self.evidence,
        )


class Recommendations(Page[Recommendation]):
    """What to do next, what matters most first."""


class Ground(Cited):
    """A record that an insight rests on; `told`: what it has to do with it."""

    id: str
    kind: str
    title: str
    told: str

    def citation(self) -> Citation:
        return Citation(id=self.id, kind=self.kind, title=self.title, url="", snippet=self.told)


class Insight(Result):
    """What the records of several groups tell together, and the steps that would mend it.

    `weight`: how much it matters, 0 to 1; `question`: what a person has to say first.
    """

    id: str
    kind: str
    groups: list[str]
    title: str
    evidence: str
    why: str
    weight: float
    rests_on: list[Ground]
    question: str | None
    steps: list[Step]
    source_id: str | None


class Insights(Page[Insight]):
    """What several groups tell together, what matters most first."""


class RecommendationDecided(Result):
    """What was said to a recommendation or insight, and the steps to propose if it was accepted.

    `question`: what a person has to say before there can be steps.
    """

    id: str
    title: str
    decision: str
    reason: str | None
    question: str | None
    steps: list[Step]


class Measured(Result):
    """A value, and when it was measured."""

    at: datetime
    value: float


class Anomaly(Cited):
    """A value that the history of its series doesn't explain.

    Expected was from `low` to `high`; `score`: how far off the value is, 1 or -1 at those limits.
    `values`: how many the series has, of which `recent` are the last. Shares are from 0 to 1.
    """

    kind: str
    title: str
    about: str
    about_id: str
    about_kind: str
    at: datetime
    value: float
    expected: float
    low: float
    high: float
    score: float
    values: int
    recent: list[Measured]
    why: str
    steps: list[Step]
    source_id: str | None

    def citation(self) -> Citation:
        return Citation(
            id=self.about_id,
            kind=self.about_kind,
            title=self.about,
            url="",
            snippet=f"{self.title}: {self.value:g}, expected {self.low:g} to {self.high:g}",
        )


class Anomalies(Page[Anomaly]):
    """What is off, most first; so many `series` of the kinds `watched` had history enough."""

    series: int
    watched: list[str]
