"""The page and the log of Inspect: whole, harmless whatever was said, and of Inspect's format."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from evals.inspect_log import inspect_log
from evals.page.write import page
from evals.records import Attempt, Heard, Made, Run, Verdict

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'said'"


def attempt(
    case: str, passed: bool | None, text: str = "| a |\n| --- |\n| 1 |", **more: object
) -> Attempt:
    verdict = Verdict(grader="calls", turn=1, passed=passed, why="" if passed else HOSTILE)
    judged = Verdict(grader="judge", turn=1, passed=True, why="arbiter: fine", by="judge")
    heard = Heard(
        said=f"{case}? {HOSTILE}",
        text=text,
        calls=[Made(operation="catalog.get_asset", arguments={"asset": HOSTILE}, result="{}")],
        plan={"steps": [{"operation": "catalog.tag_asset", "arguments": {"tag": HOSTILE}}]},
        citations=[{"n": 1, "title": HOSTILE, "url": "/x"}],
        done="Done.",
        seconds=0.2,
    )
    tried = {"suite": "one", "case": case, "kind": "operations", "turns": [heard]}
    return Attempt.model_validate(
        {**tried, "passed": passed, "verdicts": [verdict, judged], "note": HOSTILE, **more}
    )


RUN = Run(
    id="run_1",
    name="tried",
    url="http://127.0.0.1:8000",
    model="openai:scripted",
    judge="arbiter",
    started_at="2026-11-23T17:00:00+00:00",
    repeat=2,
    attempts=[
        attempt("good", True),
        attempt("bad", False, tokens=120, money=0.01, left=["assets x: tags"]),
        attempt("bad", True, repeat=2),
        attempt("open", None, text="**Ada** owns `crm.x` <b>"),
        attempt("direct", True, suite="two", turns=[Heard(said="catalog.x", result={"a": 1})]),
    ],
)
BEFORE = RUN.model_copy(update={"attempts": [attempt("good", False), attempt("bad", True)]})


def test_the_page_is_whole_and_loads_nothing() -> None:
    text = page(RUN)
    assert "<script>alert" not in text
    assert HOSTILE not in text
    assert not re.search(r"""(?:src|href)\s*=|@import|url\(|https?://(?!127)""", text)
    assert text.count('<details class="case"') == 4
    for said in ("1 of 2 repeats", "judged by a model", "Could not be taken back", "120", "0.01"):
        assert said in text
    assert "could not be graded" in text
    assert "<b>Ada</b> owns <code>crm.x</code> &lt;b&gt;" in text
    compared = page(RUN, BEFORE)
    assert 'data-change="improved"' in compared
    assert "regressed" in compared
    assert "The built-in planner was asked" in page(
        RUN.model_copy(update={"model": "builtin", "name": ""})
    )


def test_nothing_ran() -> None:
    assert "0 cases" in page(RUN.model_copy(update={"attempts": []}))


def test_the_log_has_what_inspect_reads(tmp_path: Path) -> None:
    log = inspect_log(RUN)
    assert [(one["id"], one["epoch"]) for one in log["samples"]] == [
        ("good", 1),
        ("bad", 1),
        ("bad", 2),
        ("open", 1),
        ("direct", 1),
    ]
    assert [one["scores"]["passed"]["value"] for one in log["samples"]] == ["C", "I", "C", "N", "C"]
    for sample in log["samples"]:
        calls = [c["id"] for m in sample["messages"] for c in m.get("tool_calls", ())]
        answered = [m["tool_call_id"] for m in sample["messages"] if m["role"] == "tool"]
        assert calls == answered
        assert sample["messages"][0]["role"] == "user"
    (accuracy,) = log["results"]["scores"]
    assert accuracy["metrics"]["accuracy"]["value"] == pytest.approx(2.5 / 3)
    json.dumps(log)


def test_inspect_itself_reads_the_log(tmp_path: Path) -> None:
    inspect = pytest.importorskip("inspect_ai.log", reason="inspect-ai isn't installed")
    path = tmp_path / "log.json"
    path.write_text(json.dumps(inspect_log(RUN)))
    assert len(inspect.read_eval_log(str(path)).samples) == 5


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_and_filters(width: int, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    path = tmp_path / "run.html"
    path.write_text(page(RUN, BEFORE), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": width, "height": 800})
        problems: list[str] = []
        shown.on("pageerror", lambda error: problems.append(str(error)))
        shown.goto(path.as_uri())
        cases = shown.locator("details.case:visible")
        assert cases.count() == 1
        cases.first.locator("summary").click()
        assert shown.get_by_text("judged by a model").first.is_visible()
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        shown.get_by_label("Which cases").select_option("all")
        assert cases.count() == 4
        shown.get_by_label("Search cases").fill("direct")
        assert cases.count() == 1
        shown.get_by_label("Which suite").select_option("one")
        assert cases.count() == 0
        assert shown.get_by_text("No case fits.").is_visible()
        browser.close()
    assert not problems
