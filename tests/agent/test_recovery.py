"""What a crash leaves in the database, and what the next start makes of it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.support.service import served


@pytest.fixture
def folder(shop_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shop_folder, tmp_path / "data"))


def change(database: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    with sqlite3.connect(database) as connection:
        for statement, values in statements:
            connection.execute(statement, values)
    connection.close()


def test_unfinished_turns_are_taken_up_and_finished_ones_left(folder: Path) -> None:
    with served(folder) as client:
        half = client.say("How many tables?", "c")
        whole = client.say("Who owns shop.orders?", "c")
        waiting = client.say("Which labels are there?", "c")
    unfinished = "UPDATE runs SET status = 'queued', answer = NULL, finished_at = NULL WHERE id = ?"
    change(
        folder / "racine.db",
        (unfinished, (half.run,)),
        (unfinished, (waiting.run,)),
        ("DELETE FROM receipts WHERE run_id != ?", (whole.run,)),  # they come with the end
        ("DELETE FROM events WHERE stream = ? AND sequence > ?", (half.run, len(half.ids) - 3)),
        ("DELETE FROM events WHERE stream = ?", (waiting.run,)),
    )
    with served(folder) as client:
        again = client.follow(half.run)
        answered = client.follow(waiting.run)
        runs = client.call("assistant.get_conversation", conversation_id="c")["runs"]
        assert client.follow(whole.run).raw == whole.raw

    kept = b"".join(block + b"\n\n" for block in half.raw.split(b"\n\n")[: len(half.ids) - 3])
    assert again.raw.startswith(kept)
    assert again.ending == "success"
    assert len(again.of("RUN_STARTED")) == 1
    assert len(again.custom("run_restarted")) == 1
    assert again.text.endswith(half.text)
    assert answered.text == waiting.text
    assert [(run["status"], run["answer"]) for run in runs] == [
        ("done", said.text) for said in (half, whole, waiting)
    ]


@pytest.mark.parametrize("message", ["Describe shop.orders as 'x'", "Who owns shop.orders?"])
def test_an_end_that_was_stored_and_not_told_is_told(folder: Path, message: str) -> None:
    with served(folder) as client:
        said = client.say(message, "c")
    change(folder / "racine.db", ("DELETE FROM events WHERE last", ()))
    with served(folder) as client:
        assert client.follow(said.run).raw == said.raw
        detail = client.call("assistant.get_conversation", conversation_id="c")
    assert len(detail["runs"]) == 1
    assert len(detail["plans"]) == len(said.custom("plan_proposed"))


def test_a_turn_whose_end_cant_be_stored_ends_with_an_error(folder: Path) -> None:
    refuse = "CREATE TRIGGER full BEFORE INSERT ON receipts BEGIN SELECT RAISE(ABORT, 'full'); END"
    with served(folder) as client:
        change(folder / "racine.db", (refuse, ()))
        said = client.say("Who owns shop.orders?", "c")
        runs = client.call("assistant.get_conversation", conversation_id="c")["runs"]

    (error,) = said.of("RUN_ERROR")
    assert (said.ending, error["code"]) == ("RUN_ERROR", "internal_error")
    assert said.run in error["message"]
    assert [(run["status"], run["answer"]) for run in runs] == [("failed", said.text)]
