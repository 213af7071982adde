"""A model that cheats, behind the whole service: its answers fail, whatever way it chooses."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.reading import read_suite
from evals.records import Attempt
from evals.runner import Settings, run_suites
from tests.support.openai_server import Call, Calls, Reply, ScriptedOpenAI, Text
from tests.support.service import TOKEN, Client, served

Model = Callable[[dict[str, Any]], Reply]
HONEST = "They are in the column shop.customers.email"
CHEATS: dict[str, Model] = {
    "repeats the question": lambda body: Text(str(body["messages"][-1]["content"])),
    "cites nothing": lambda _: Text("shop.customers holds them, as everybody knows."),
    "cites what is not there": lambda _: Text("It is shop.customers.email [1]."),
    "lists everything": lambda _: Text(
        "shop.customers shop.products shop.orders shop.v_revenue shop.v_top "
        "shop.customers.email shop.v_revenue.email shop.v_top.email shop.customers.phone [1]"
    ),
    "calls something else": lambda body: (
        Text("Done [1].")
        if any(message["role"] == "tool" for message in body["messages"])
        else Calls(Call("catalog_list_owners", {}))
    ),
}
ASKED = """
suite: tried
cases:
  - id: asked
    kind: grounding
    say: Where are e-mail addresses of buyers?
    expect:
      answer: {names: [{of: columns, exactly: [shop.customers.email]}]}
      citations: {hold: [shop.customers.email]}
"""


class Mind:
    """What the model does at present."""

    way: Model = staticmethod(lambda _: Text(HONEST))


def answer(body: dict[str, Any]) -> Reply:
    return Mind.way(body)


@pytest.fixture(scope="module")
def racine(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("cheated") / "data"))
    with ScriptedOpenAI(answer) as model, pytest.MonkeyPatch.context() as env:
        env.setenv("OPENAI_API_KEY", "sk-test")
        env.setenv("OPENAI_BASE_URL", model.url)
        with served(folder, model="openai:scripted") as client:
            yield client
    assert model.requests


async def asked(racine: Client, folder: Path, way: Model) -> Attempt:
    Mind.way = staticmethod(way)
    (folder / "tried.yaml").write_text(ASKED, encoding="utf-8")
    suites = [read_suite(folder / "tried.yaml")]
    run = await run_suites(suites, Settings(racine.url, TOKEN), lambda *_: None)
    return run.attempts[0]


@pytest.mark.parametrize("cheat", CHEATS)
async def test_a_model_that_cheats_fails(cheat: str, racine: Client, tmp_path: Path) -> None:
    tried = await asked(racine, tmp_path, CHEATS[cheat])
    assert tried.passed is False
    assert {"answer", "citations"} & {one.grader for one in tried.failures}


async def test_a_model_that_looks_and_cites_passes(racine: Client, tmp_path: Path) -> None:
    def looks(body: dict[str, Any]) -> Reply:
        found = [message for message in body["messages"] if message["role"] == "tool"]
        if found:
            lines = found[-1]["content"].splitlines()
            told = next(line for line in lines if "shop.customers.email" in line)
            marks = re.findall(r"\[\d+\]", told)
            return Text(f"{HONEST} {marks[0]}.")
        return Calls(Call("classifications_list_classified_columns", {"label": "email"}))

    tried = await asked(racine, tmp_path, looks)
    assert tried.passed, [(one.grader, one.why) for one in tried.failures]
    assert tried.tokens > 0
