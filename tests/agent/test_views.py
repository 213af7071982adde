"""What several calls find, told as one, and what is only guessed, over HTTP."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.service import Client, served


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("views") / "data"))
    with served(folder) as client:
        yield client


def test_a_symptom_is_answered_by_what_could_be_behind_it(client: Client) -> None:
    said = client.say("Why is shop.orders empty since yesterday?")
    assert said.calls[0] == "catalog_get_lineage"
    assert "**What shows nothing unusual**" in said.text
    assert "The source shop answers" in said.text
    assert "it has no quality checks" in said.text
    assert "“Profile " in said.text


def test_advised_checks_can_be_said_as_they_stand(client: Client) -> None:
    said = client.say("Which quality checks should I add to shop.orders?")
    assert "By its keys, types and labels I would add" in said.text
    first = said.text.split("“", 1)[1].split("”")[0]
    assert "I have put together a plan" in client.say(first).text


def test_whether_to_rely_on_a_table_says_what_isnt_known(client: Client) -> None:
    said = client.say("Can I trust shop.orders?")
    assert "**with care**" in said.text
    assert "**Not known**: nobody has certified it" in said.text


def test_a_meaning_needs_no_call_and_is_an_answer(client: Client) -> None:
    said = client.say("What is a data contract?")
    assert said.calls == []
    assert said.text.startswith("**Data contract**: ")
    found = client.call("assistant.list_unanswered")["items"]
    assert "What is a data contract?" not in [one["question"] for one in found]


def test_a_guess_is_told_and_stays_a_question_for_stewards(client: Client) -> None:
    text = "Which department has the worst data quality?"
    said = client.say(text)
    assert said.text.startswith("I'm not sure that I understand this")
    assert "Or do you mean one of these?" in said.text
    found = {one["question"]: one for one in client.call("assistant.list_unanswered")["items"]}
    assert found[text]["reason"] == "not understood"


def test_an_error_names_what_can_be_said_and_no_operation(client: Client) -> None:
    said = client.say("Show the profile of shop.orders")
    assert "has no profile yet" in said.text
    assert "catalog.profile_asset" not in said.text
