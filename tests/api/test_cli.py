"""The command line, as a process of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.process import FORKED, command
from tests.support.shared import REPOSITORY


@dataclass
class Told:
    """What a command said."""

    returncode: int | None
    stdout: str
    stderr: str


Run = Callable[..., Told]


@pytest.fixture(scope="module")
def folder(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("cli") / "data"))


@pytest.fixture
def racine(folder: Path, tmp_path: Path) -> Run:
    def run(*words: str, **environment: str) -> Told:
        out, err = tmp_path / "out", tmp_path / "err"
        for file in (out, err):
            file.write_text("")
        settings = {"RACINE_DATA_DIR": str(folder), "COLUMNS": "200", **environment}
        process = FORKED.Process(target=command, args=(settings, str(out), str(err), *words))
        process.start()
        process.join(60)
        return Told(process.exitcode, out.read_text(), err.read_text())

    return run


def test_it_is_a_program(folder: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "api.cli", "--help"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "index" in told.stdout


def test_operations_are_listed(racine: Run) -> None:
    told = racine("operations")
    assert told.returncode == 0, told.stderr
    assert "catalog.search_assets" in told.stdout
    assert "data_sources.register_source" in told.stdout


def test_an_operation_is_called(racine: Run) -> None:
    told = racine("call", "catalog.get_asset", "--asset", "shop.orders")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["qualified_name"] == "shop.orders"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("call", "catalog.get_aset"), "catalog.get_asset"),
        (("call", "catalog.get_asset"), "'asset' is needed"),
        (("call", "catalog.get_asset", "shop.orders"), "Write --name value"),
        (("none",), "No such command"),
        (("chat",), "Missing argument"),
    ],
)
def test_bad_words_say_what_to_do(racine: Run, words: tuple[str, ...], said: str) -> None:
    told = racine(*words)
    assert told.returncode in (1, 2)
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_the_assistant_answers(racine: Run) -> None:
    asked = racine("chat", "Which tables hold personal data?")
    assert asked.returncode == 0, asked.stderr
    assert "shop.customers" in asked.stdout
    planned = racine("chat", "Describe shop.orders as 'by CLI'")
    assert "Approve it" in planned.stdout
    assert "updates 1 asset" in planned.stdout


def test_the_index_is_rebuilt_and_the_schema_is_up(racine: Run) -> None:
    told = racine("index", "rebuild")
    assert told.returncode == 0, told.stderr
    assert int(told.stdout.split()[0]) > 20
    assert "up to date" in racine("db", "upgrade").stdout


def test_the_doctor_finds_what_is_wrong(racine: Run) -> None:
    well = racine("doctor")
    assert well.returncode == 0, well.stdout
    assert "built-in planner" in well.stdout
    ill = racine(
        "doctor",
        RACINE_MODEL="openai:gpt",
        OPENAI_API_KEY="",
        RACINE_DATABASE_URL="postgresql://u:hunter2@127.0.0.1:1/x",
        RACINE_EMBEDDINGS="nothing",
    )
    assert ill.returncode == 1
    assert "OPENAI_API_KEY is not set" in ill.stdout
    assert "can't be opened" in ill.stdout
    assert "hunter2" not in ill.stdout + ill.stderr


def test_people_are_added_and_get_keys_and_links(racine: Run) -> None:
    uma = "uma@example.com"
    wrong = racine("user", "create", uma, "--name", "Uma", "--role", "stewart")
    assert wrong.returncode == 1
    assert "steward" in wrong.stderr
    made = racine("user", "create", uma, "--name", "Uma", "--role", "steward")
    assert made.returncode == 0, made.stderr  # nothing was there of the first try
    assert racine("user", "key", uma).stdout.startswith("rcn_")
    assert "/?token=" in racine("user", "link", uma).stdout
    assert racine("user", "disable", uma).returncode == 0
    listed = racine("user", "list").stdout
    assert re.search(r"uma@example\.com.*steward.*disabled", listed), listed
