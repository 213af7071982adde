"""Parts of a requested workflow: what was said about how they run, and the words that are left."""

from __future__ import annotations

import pytest

from agent.structure import Part, parts_of


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (
            "Scan crm and shop side by side, then evaluate GDPR",
            [Part("Scan crm and shop", together=True), Part("evaluate GDPR")],
        ),
        (
            "Scan crm, retry up to 3 times, time out after 10 minutes",
            [Part("Scan crm", attempts=4, timeout=600.0)],
        ),
        (
            "Discover crm, and if that fails open a task for Ada",
            [Part("Discover crm"), Part("open a task for Ada", after="failure")],
        ),
        (
            "run the checks on crm.a and tag crm.a as bad if they fail",
            [Part("run the checks on crm.a"), Part("tag crm.a as bad", after="failure")],
        ),
        (
            "Ask Ada Winter for approval and then deprecate crm.a",
            [Part("deprecate crm.a", agreed_by="Ada Winter")],
        ),
        (
            "Scan crm, then, after Ada's approval, evaluate GDPR",
            [Part("Scan crm"), Part("evaluate GDPR", agreed_by="Ada")],
        ),
        ("For each source, scan it, one after the other", [Part("scan crm", each=True)]),
        ("scan all sources in parallel", [Part("scan crm", together=True, each=True)]),
        (
            "Make a workflow that scans crm and then judges it by GDPR",
            [Part("scan crm and then judge it by GDPR")],
        ),
        ("Scan crm and then evaluate GDPR", [Part("Scan crm and then evaluate GDPR")]),
    ],
)
def test_parts(request_: str, expected: list[Part]) -> None:
    assert parts_of(request_, "crm") == expected


def test_what_is_said_of_nothing_is_not_dropped() -> None:
    said = [one.words for one in parts_of("Scan shop and crm at once; retry it twice; tag x", None)]
    assert said == ["Scan shop and crm", "retry it twice", "tag x"]
