"""CPU milliseconds per turn of this service and of bare LangChain, side by side in one run.

    python -m benchmarks.turn [--turns 100] [--at-once 20] [--tool NAME --tool NAME] [--only bare]

The scripted model, the yardstick and the service are processes of their own; only the CPU time of
the server's process and its children counts (user and system, from /proc, so Linux only). A turn
is two tool calls and a hundred streamed tokens in a conversation of its own, and counts only if
the whole answer arrived.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.scripted_model import ANSWER, TOKENS
from tests.support.service import CHAT, Client

REPOSITORY = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


class Unfit(Exception):  # noqa: N818 - what the reader is to look into
    """The run can't be measured; the message says what to look at."""


@dataclass
class Side:
    """One server under measurement."""

    name: str
    process: subprocess.Popen[str]
    url: str
    headers: dict[str, str]

    async def turn(self, client: httpx.AsyncClient, number: int) -> float:
        """Run one turn to its end; seconds. Raises `Unfit` unless all of the answer came."""
        began = time.perf_counter()
        text, last = "", ""
        body = {"message": f"List the data sources, and which tables hold customers ({number})"}
        try:
            async with client.stream("POST", self.url, json=body, headers=self.headers) as response:
                if response.status_code != 200:
                    answer = (await response.aread()).decode(errors="replace")
                    last = f"HTTP {response.status_code}: {answer}"
                async for line in response.aiter_lines():
                    if not line.startswith("data:"):
                        continue
                    last = line[5:].strip()
                    if last == "[DONE]":
                        break
                    event: dict[str, Any] = json.loads(last)
                    if event.get("type") in ("RUN_FINISHED", "RUN_ERROR"):
                        break
                    if event.get("type") in (None, "TEXT_MESSAGE_CONTENT"):
                        text += event["delta"]
        except httpx.HTTPError as error:
            raise Unfit(f"{self.name} broke off ({type(error).__name__}) after {last}") from error
        if ANSWER not in text:
            raise Unfit(f"{self.name} did not stream the answer; it ended with {last[:500]}")
        return time.perf_counter() - began


@dataclass
class Measure:
    """Per turn: CPU milliseconds and the median of the wall clock's; per second: turns."""

    cpu: float
    median: float
    rate: float


async def measure(side: Side, turns: int, at_once: int) -> Measure:
    """Run `turns` turns, `at_once` of them at any time."""
    limit = asyncio.Semaphore(at_once)
    connections = httpx.Limits(max_connections=at_once)
    async with httpx.AsyncClient(timeout=120, limits=connections, trust_env=False) as client:

        async def one(number: int) -> float:
            async with limit:
                return await side.turn(client, number)

        spent, began = cpu_seconds(side.process.pid), time.perf_counter()
        walls = await asyncio.gather(*(one(number) for number in range(turns)))
        wall, spent = time.perf_counter() - began, cpu_seconds(side.process.pid) - spent
    return Measure(spent * 1000 / turns, statistics.median(walls) * 1000, turns / wall)


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and of its children, living and dead."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(int(ticks) for ticks in fields[11:15]) / TICKS
    return own + sum(cpu_seconds(child) for child in _children(pid))


def memory_mb(pid: int) -> float:
    """Resident memory of a process and of its children."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    own = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return own + sum(memory_mb(child) for child in _children(pid))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = []
    for task in tasks:
        with contextlib.suppress(FileNotFoundError):  # a thread that ended meanwhile
            children += [int(child) for child in (task / "children").read_text().split()]
    return children


@contextlib.contextmanager
def process(
    command: list[str], env: dict[str, str], log: Path, *, cwd: Path = REPOSITORY
) -> Iterator[subprocess.Popen[str]]:
    """A Python module as a process for the time of the run, what it says going to `log`."""
    with log.open("w") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=cwd,
            env={**os.environ, **env},
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield running
        finally:
            running.terminate()
            try:
                running.wait(15)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def until(
    ready: Callable[[], str | None], running: subprocess.Popen[str], log: Path, wait: float = 90
) -> str:
    """What `ready` returns once it returns something; `Unfit` if the process ends before."""
    deadline = time.monotonic() + wait
    while (found := ready()) is None:
        if running.poll() is not None or time.monotonic() > deadline:
            state = "is not ready" if running.poll() is None else f"ended ({running.returncode})"
            raise Unfit(f"{log.stem} {state}")
        time.sleep(0.1)
    return found


@contextlib.contextmanager
def announced(command: list[str], env: dict[str, str], log: Path) -> Iterator[tuple[str, Any]]:
    """A process that says its URL on its first line."""

    def first_line() -> str | None:
        line, end, _ = log.read_text().partition("\n")
        return line if end and line.startswith("http") else None

    with process(command, env, log) as running:
        yield until(first_line, running, log), running


@contextlib.contextmanager
def service(repository: Path, env: dict[str, str], folder: Path) -> Iterator[Side]:
    """This service on a fresh data folder, its index filled."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    token, address = secrets.token_urlsafe(32), f"http://127.0.0.1:{port}"
    settings = {
        "RACINE_MODEL": "openai:scripted",
        "RACINE_DATA_DIR": str(folder / "data"),
        "RACINE_HOST": "127.0.0.1",
        "RACINE_PORT": str(port),
        "RACINE_ADMIN_TOKEN": token,
        "RACINE_SECRET_KEY": secrets.token_urlsafe(32),
    }

    def ready() -> str | None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{address}/readyz", trust_env=False).status_code == 200:
                return address
        return None

    log = folder / "service.log"
    command = ["api.cli", "serve"]
    with process(command, {**env, **settings}, log, cwd=repository) as running:
        until(ready, running, log)
        Client(address, token).filled()
        yield Side("ours", running, address + CHAT, {"Authorization": f"Bearer {token}"})


@contextlib.contextmanager
def yardstick(options: argparse.Namespace, env: dict[str, str], folder: Path) -> Iterator[Side]:
    """Bare LangChain with the same tools' names."""
    named = [part for tool in options.tool for part in ("--tool", tool)]
    command = ["benchmarks.bare_langchain", *named, "--tools", str(options.bare_tools)]
    with announced(command, env, folder / "bare.log") as (url, running):
        yield Side("bare", running, url, {})


def side(
    name: str, options: argparse.Namespace, env: dict[str, str], folder: Path
) -> contextlib.AbstractContextManager[Side]:
    """The side of that name, ready to be started."""
    if name == "bare":
        return yardstick(options, env, folder)
    return service(options.repository, env, folder)


def compare(options: argparse.Namespace, folder: Path) -> dict[str, dict[str, float]]:
    """Measure each side alone, one after the other; the figures by the side's name."""
    named = [part for tool in options.tool for part in ("--tool", tool)]
    command = ["benchmarks.scripted_model", *named, *(["--parallel"] if options.parallel else [])]
    figures: dict[str, dict[str, float]] = {}
    with announced(command, {}, folder / "model.log") as (model_url, _):
        env = {"OPENAI_BASE_URL": model_url, "OPENAI_API_KEY": "scripted"}
        for name in (options.only,) if options.only else ("bare", "ours"):
            with side(name, options, env, folder) as server:
                figures[name] = asyncio.run(figures_of(server, options))
    return figures


async def figures_of(side: Side, options: argparse.Namespace) -> dict[str, float]:
    """Warm up, then one at a time, then many at once."""
    idle = memory_mb(side.process.pid)
    await measure(side, options.warm_up, options.at_once)
    single = await measure(side, options.turns, 1)
    many = await measure(side, options.turns * 2, options.at_once)
    return {
        "CPU ms a turn, one at a time": single.cpu,
        f"CPU ms a turn, {options.at_once} at once": many.cpu,
        "ms a turn, one at a time": single.median,
        f"turns a second, {options.at_once} at once": many.rate,
        "MB at the start": idle,
        "MB at the end": memory_mb(side.process.pid),
    }


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures side by side, with ours as a multiple of the yardstick's."""
    names = list(figures)
    both = {"bare", "ours"} <= figures.keys()
    lines = [
        f"{'':<34}" + "".join(f"{name:>10}" for name in names) + ("  ours/bare" if both else "")
    ]
    for row in next(iter(figures.values())):
        cells = "".join(f"{figures[name][row]:>10.1f}" for name in names)
        ratio = f"{figures['ours'][row] / figures['bare'][row]:>11.2f}" if both else ""
        lines.append(f"{row:<34}{cells}{ratio}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print; exit 1 with the reason if a side can't be measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--warm-up", type=int, default=20)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--tool", action="append", help="a reading tool to call; repeat it")
    parser.add_argument("--parallel", action="store_true", help="both tool calls in one answer")
    parser.add_argument("--bare-tools", type=int, default=12, help="tools bound to the yardstick")
    parser.add_argument("--only", choices=["bare", "ours"])
    parser.add_argument("--repository", type=Path, default=REPOSITORY)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    options.tool = options.tool or ["catalog_search_assets", "data_sources_list_sources"]
    with tempfile.TemporaryDirectory(prefix="racine-turn-") as folder:
        try:
            figures = compare(options, Path(folder))
        except Unfit as unfit:
            said = [
                f"--- {log.name}\n{log.read_text()[-2000:]}" for log in Path(folder).glob("*.log")
            ]
            sys.exit("\n".join([str(unfit), *said]))
    rounds = "one round" if options.parallel else "a round each"
    print(f"{len(options.tool)} tool calls ({rounds}), {TOKENS} tokens, {options.turns} turns\n")
    print(table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
