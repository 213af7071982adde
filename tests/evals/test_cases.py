"""Cases: what ships is large and complete; one that could be gamed is refused, with its place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from evals.cases import Kind
from evals.reading import read_suite, read_suites
from tools.errors import CorrectInput
from tools.registry import Registry

SHIPPED = read_suites([])
CASES = [case for suite in SHIPPED for case in suite.cases]


def test_over_250_cases_of_every_kind_over_every_group() -> None:
    assert len(CASES) >= 250
    assert {case.kind for case in CASES} == set(get_args(Kind))
    groups = Counter(case.group for case in CASES)
    assert {operation.group for operation in Registry()} <= set(groups)
    assert min(groups.values()) >= 1


def test_every_question_is_another() -> None:
    asked = [(case.kind, case.as_, *(turn.say for turn in case.turns)) for case in CASES]
    again = [one for one, count in Counter(asked).items() if count > 1 and one[2] is not None]
    assert not again


def write(folder: Path, cases: str, head: str = "suite: tried\n") -> Path:
    path = folder / "tried.yaml"
    path.write_text(f"{head}cases:\n{cases}", encoding="utf-8")
    return path


REFUSED = {
    "an answer that repeats the question would pass": (
        "  - {id: echo, kind: grounding, say: 'Is Omar it?', expect: {answer: {says: [omar]}}}\n",
        "tried.yaml:3: case echo:",
    ),
    "has to expect one of: asks, calls": (
        "  - {id: soft, kind: operations, say: Hello, expect: {judge: {question: 'Is it polite?',"
        " because: Politeness is not counted}}}\n",
        "tried.yaml:3: case soft:",
    ),
    "Extra inputs are not permitted": (
        "  - id: typo\n    kind: operations\n    say: Hello\n    expect:\n      cals: []\n",
        "tried.yaml:7: case typo.expect.cals:",
    ),
    "say one of 'say' and 'call'": (
        "  - {id: mute, kind: operations, expect: {calls: []}}\n",
        "tried.yaml:3: case mute",
    ),
    "only an approved plan or a direct call may change the state": (
        "  - id: early\n    kind: approvals\n    say: Tag it\n    expect:\n      plan: []\n"
        "      state: {changes: [{of: assets, name: a, field: tags, to: []}]}\n",
        "tried.yaml:",
    ),
    "'people' doesn't say who viewer is": (
        "  - {id: who, kind: operations, as: viewer, say: Hello, expect: {calls: []}}\n",
        "tried.yaml:1:",
    ),
    "twice is that of line 3 as well": (
        "  - {id: twice, kind: operations, say: Hello, expect: {calls: []}}\n" * 2,
        "tried.yaml:4: id:",
    ),
    "expected ',' or '}'": ("  - {id: broken\n", "tried.yaml:"),
}


@pytest.mark.parametrize("problem", REFUSED)
def test_a_bad_case_is_told_by_file_line_and_field(problem: str, tmp_path: Path) -> None:
    cases, place = REFUSED[problem]
    with pytest.raises(CorrectInput) as refused:
        read_suite(write(tmp_path, cases))
    assert problem in refused.value.detail
    assert place in refused.value.detail


def test_lines_of_json_are_a_suite_too(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    good = '{"id": "hello", "kind": "operations", "say": "Hello", "expect": {"calls": []}}'
    path.write_text(f'{{"suite": "lines", "group": "assistant"}}\n\n{good}\n')
    suite = read_suite(path)
    assert [(case.id, case.group) for case in suite.cases] == [("hello", "assistant")]
    path.write_text(f'{good}\n{{"id": "bad", "kind": "poetry", "say": "Hello"}}\n')
    with pytest.raises(CorrectInput, match=r"lines\.jsonl:2: kind: Input should be") as refused:
        read_suite(path)
    assert "poetry" not in refused.value.detail


def test_an_unknown_suite_names_those_that_ship() -> None:
    with pytest.raises(CorrectInput, match="There is no suite poems") as refused:
        read_suites(["poems"])
    assert "catalog" in refused.value.remedy
