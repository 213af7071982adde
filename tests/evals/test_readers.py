"""Readers of other formats: BFCL's, and the shared data where it is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.readers.bfcl import read_bfcl
from evals.reading import read_suites
from tests.support.shared import shared_data
from tools.errors import CorrectInput


def question(number: int, text: str, *functions: str) -> str:
    row = {
        "id": f"simple_{number}",
        "question": [[{"role": "user", "content": text}]],
        "function": [{"name": name, "description": "", "parameters": {}} for name in functions],
    }
    return json.dumps(row)


def test_bfcl_with_its_answers_beside_it(tmp_path: Path) -> None:
    questions = tmp_path / "BFCL_v3_simple.json"
    questions.write_text(
        question(0, "Tag crm.customers as gold", "catalog_tag_asset")
        + "\n"
        + question(1, "Show the owners of crm and of shop", "catalog.list_owners")
        + "\n"
        + question(2, "What is the weather?", "catalog.list_owners")
    )
    answers = tmp_path / "possible_answer" / questions.name
    answers.parent.mkdir()
    tag = {"catalog_tag_asset": {"asset": ["crm.customers", "customers"], "tag": ["gold"]}}
    owners = [
        {"catalog.list_owners": {"source": [name], "asset": [""]}} for name in ("crm", "shop")
    ]
    answers.write_text(
        "\n".join(
            json.dumps({"id": f"simple_{number}", "ground_truth": truth})
            for number, truth in enumerate([[tag], owners])
        )
    )
    (suite,) = read_suites([f"bfcl:{questions}"])
    first, second, third = (case.turns[0].expect for case in suite.cases)
    assert suite.suite == "bfcl-v3-simple"
    assert first.calls is not None
    assert first.calls[0].operation == "catalog.tag_asset"
    assert first.calls[0].arguments["asset"] == {"one_of": ["crm.customers", "customers"]}
    assert second.calls is not None
    assert second.calls[0].arguments["asset"] == {"one_of": [None]}
    assert [[c.arguments["source"]["one_of"] for c in way] for way in second.or_calls] == [
        [["shop"], ["crm"]]
    ]
    assert third.calls == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"id": "a", "question": [[], []], "function": []}', "question: it has several turns"),
        ('{"id": "a"}', "1: question: it isn't of BFCL's format"),
        ("[1]", "it is no object"),
        ("{", "Expecting"),
        ("", "holds no questions"),
    ],
)
def test_what_is_not_bfcl_is_told_with_its_line(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "questions.json"
    path.write_text(text)
    with pytest.raises(CorrectInput, match=problem):
        read_bfcl(path)


@pytest.mark.parametrize(
    ("name", "least"),
    [("prompts", 70), ("columns", 20), ("lineage", 80), ("compliance", 250), ("retrieval", 500)],
)
def test_the_shared_data_gives_cases(name: str, least: int) -> None:
    shared_data()
    (suite,) = read_suites([f"shared:{name}"])
    assert len(suite.cases) >= least
    assert len({case.id for case in suite.cases}) == len(suite.cases)
    assert bool(suite.before) == (name == "retrieval")


def test_an_unknown_part_of_the_shared_data() -> None:
    with pytest.raises(CorrectInput, match="There is no shared suite 'poems'"):
        read_suites(["shared:poems"])


def test_no_shared_data_says_how_to_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RACINE_SHARED", str(tmp_path))
    with pytest.raises(CorrectInput, match="no shared data") as refused:
        read_suites(["shared:prompts"])
    assert "RACINE_SHARED" in refused.value.remedy
