"""The command line, as a process of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse

from api import cli
from api.accounts import command_token
from api.local import Ask, chat_once
from api.settings import Settings
from tests.support.process import FORKED, command
from tests.support.service import Client, served
from tests.support.serving import HttpServer
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
    narrow = racine("operations", COLUMNS="80", FORCE_COLOR="1").stdout
    assert max(len(re.sub("\x1b[^m]*m", "", line)) for line in narrow.splitlines()) <= 80
    assert len(narrow.splitlines()) < 4 * len(told.stdout.splitlines())


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


@pytest.fixture
def beside(folder: Path) -> Iterator[Client]:
    """The service that has the commands' folder open."""
    with served(folder) as client:
        yield client


def port_of(client: Client) -> str:
    return client.url.rpartition(":")[2]


def test_people_are_added_and_get_keys_and_links(racine: Run, beside: Client) -> None:
    uma, port = "uma@example.com", port_of(beside)

    def user(*words: str) -> Told:
        return racine("user", *words, RACINE_PORT=port)

    wrong = user("create", uma, "--name", "Uma", "--role", "stewart")
    assert wrong.returncode == 1
    assert "steward" in wrong.stderr
    made = user("create", uma, "--name", "Uma", "--role", "steward")
    assert made.returncode == 0, made.stderr  # nothing was there of the first try
    assert user("key", uma).stdout.startswith("rcn_")
    assert "/?token=" in user("link", uma).stdout
    assert user("disable", uma).returncode == 0
    listed = user("list").stdout
    assert re.search(r"uma@example\.com.*steward.*disabled", listed), listed


def test_commands_speak_to_the_service_that_has_the_folder(racine: Run, beside: Client) -> None:
    port = port_of(beside)
    called = racine("call", "catalog.get_asset", "--asset", "shop.orders", RACINE_PORT=port)
    assert json.loads(called.stdout)["qualified_name"] == "shop.orders", called.stderr
    unknown = racine("call", "catalog.get_aset", RACINE_PORT=port)
    assert (unknown.returncode, "catalog.get_asset" in unknown.stderr) == (1, True)
    assert int(racine("index", "rebuild", RACINE_PORT=port).stdout.split()[0]) > 20
    assert racine("user", "key", "nobody@example.com", RACINE_PORT=port).returncode == 1
    link = racine("user", "link", RACINE_PORT=port).stdout.strip()
    assert link.startswith(beside.url)
    signed_in = httpx.post(
        f"{beside.url}/api/auth/sign-in", json={"token": link.partition("token=")[2]}
    )
    assert signed_in.status_code == 204
    assert f"at {beside.url}" in " ".join(racine("doctor", RACINE_PORT=port).stdout.split())


def test_what_is_wrong_beside_a_service_names_folder_and_address(
    racine: Run, beside: Client, folder: Path
) -> None:
    closed = racine("chat", "Hello", RACINE_PORT="1")
    assert closed.returncode == 1
    assert str(folder) in "".join(closed.stderr.split("\n"))
    assert "nothing answers at http://127.0.0.1:1" in closed.stderr
    with HttpServer(PlainTextResponse("a site of somebody else")) as other:
        stranger = racine("chat", "Hello", RACINE_PORT=other.address.rpartition(":")[2])
    assert "is not its Racine" in stranger.stderr
    foreign = racine("chat", "Hello", RACINE_PORT=port_of(beside), RACINE_SECRET_KEY="x" * 32)
    assert "is not its Racine" in foreign.stderr


def test_a_commands_token_is_good_for_nothing_else(beside: Client, folder: Path) -> None:
    token = command_token(Settings(data_dir=folder).key())
    bearer = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{beside.url}/api/auth/me", headers=bearer).json()["channel"] == "cli"
    key = beside.http.get("/api/auth/me").json()
    assert key["channel"] == "api"
    forged = {"Authorization": f"Bearer {command_token('k' * 48)}"}
    assert httpx.get(f"{beside.url}/api/auth/me", headers=forged).status_code == 401
    assert httpx.get(f"{beside.url}/api/auth/me", cookies={"racine_session": token}).is_error
    answer = httpx.post(f"{beside.url}/api/auth/sign-in", json={"token": token})
    assert answer.status_code == 401


async def say(settings: Settings, message: str, ask: Ask | None) -> str:
    written: list[str] = []
    await chat_once(settings, message, written.append, ask)
    return "".join(written)


@pytest.mark.parametrize("is_served", [True, False])
async def test_a_plan_is_approved_on_a_terminal(folder: Path, *, is_served: bool) -> None:
    asked: list[str] = []

    def agree(question: str) -> bool:
        asked.append(question)
        return True

    settings = Settings(data_dir=folder)
    with served(folder) if is_served else nullcontext() as client:
        if client is not None:
            settings = Settings(data_dir=folder, port=int(port_of(client)))
        tag = "beside" if is_served else "alone"
        told = await say(settings, f"Tag shop.orders as {tag}", agree)
        assert "updates 1 asset" in told
        assert "s1 catalog.tag_asset done" in told
        assert "Done:" in told
        assert tag in told.partition("Done:")[2]
        left = await say(settings, "Tag shop.orders as refused", lambda _question: False)
        assert "Nothing is done" in left
        assert "refused" not in await say(settings, "Describe shop.orders", agree)
    assert len(asked) == 1


def test_a_plain_command_finds_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RACINE_DATA_DIR", raising=False)
    monkeypatch.delenv("RACINE_DATABASE_URL", raising=False)
    assert cli._settings().data_dir == Path("racine-data")
    Path("racine-demo").mkdir()
    assert cli._settings().data_dir == Path("racine-demo")
    assert Settings().data_dir == Path("racine-data")  # of what serves
    Path("racine-data").mkdir()
    assert cli._settings().data_dir == Path("racine-data")
    monkeypatch.setenv("RACINE_DATA_DIR", "elsewhere")
    assert cli._settings().data_dir == Path("elsewhere")
