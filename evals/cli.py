"""`racine eval`: run suites against a service, compare two runs, tell one as a page.

Light to import, since the command line always does; everything else is imported where it is used.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tools.errors import RacineError

if TYPE_CHECKING:
    from evals.cases import Suite
    from evals.records import Attempt, Run
    from evals.runner import Settings

app = typer.Typer(no_args_is_help=True, help="Evaluations.")
console = Console()
RunFile = Annotated[Path, typer.Argument(help="What 'racine eval run --out' has written")]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except RacineError as error:
        Console(stderr=True).print(
            f"[red]{escape(error.detail)}[/] {escape(error.remedy)}", highlight=False
        )
        raise typer.Exit(2) from None


@app.command("run")
def run_(
    suites: Annotated[
        list[str] | None, typer.Argument(help="Files, folders or names of suites; else all")
    ] = None,
    url: Annotated[str, typer.Option(help="The service")] = "http://127.0.0.1:8000",
    key: Annotated[
        str, typer.Option(envvar="RACINE_ADMIN_TOKEN", help="An administrator's API key")
    ] = "",
    demo: Annotated[
        bool, typer.Option(help="Start a demo for this run alone, instead of --url")
    ] = False,
    repeat: Annotated[int, typer.Option(min=1, help="How often each case is tried")] = 1,
    parallel: Annotated[int, typer.Option(min=1, max=64, help="Cases at once")] = 4,
    out: Annotated[Path, typer.Option(help="Where the run is written")] = Path("run.jsonl"),
    name: Annotated[str, typer.Option(help="What the run is called; else the model")] = "",
    kind: Annotated[list[str] | None, typer.Option(help="Only cases of these kinds")] = None,
    case: Annotated[list[str] | None, typer.Option(help="Only these cases")] = None,
    gate: Annotated[
        Path | None, typer.Option(help="A baseline or a run: exit 1 where a case got worse")
    ] = None,
    save_baseline: Annotated[Path | None, typer.Option(help="Write a baseline for --gate")] = None,
    person: Annotated[
        list[str] | None, typer.Option(help="ALIAS=KEY, where --key may not make keys")
    ] = None,
    judge_url: Annotated[str, typer.Option(help="An OpenAI-compatible endpoint that judges")] = "",
    judge_model: Annotated[str, typer.Option(help="Its model")] = "",
    judge_key: Annotated[str, typer.Option(envvar="RACINE_JUDGE_KEY", help="Its key")] = "",
) -> None:
    """Run suites against a running service."""
    from evals.comparison import baseline, read_baseline, regressions
    from evals.reading import read_suites
    from evals.records import write_run
    from evals.runner import Settings

    with _told():
        chosen = _only(read_suites(suites or []), set(kind or ()), set(case or ()))
        held_to = read_baseline(gate) if gate else {}
        settings = Settings(
            url=url,
            key=key,
            repeat=repeat,
            parallel=parallel,
            name=name,
            judge_url=judge_url,
            judge_model=judge_model,
            judge_key=judge_key,
            keys=dict(one.split("=", 1) for one in person or () if "=" in one),
        )
        run = _on_own_demo(chosen, settings) if demo else _run(chosen, settings)
        write_run(run, out)
    _show(run)
    console.print(f"Written to {out}.", highlight=False)
    if save_baseline:
        text = json.dumps({"model": run.model, "suites": baseline(run)}, indent=1, sort_keys=True)
        save_baseline.write_text(text + "\n", encoding="utf-8")
    worse = regressions(run, held_to)
    for line in worse:
        console.print(f"[red]regressed[/] {escape(line)}", highlight=False, soft_wrap=True)
    if worse:
        raise typer.Exit(1)


def _only(suites: list[Suite], kinds: set[str], cases: set[str]) -> list[Suite]:
    from tools.errors import CorrectInput

    left = []
    for suite in suites:
        wanted = [
            one for one in suite.cases
            if (not kinds or one.kind in kinds) and (not cases or one.id in cases)
        ]  # fmt: skip
        if wanted:
            left.append(suite.model_copy(update={"cases": wanted}))
    if not left:
        raise CorrectInput("No case is left to run.", "Choose other kinds or cases.")
    return left


def _on_own_demo(suites: list[Suite], settings: Settings) -> Run:
    from dataclasses import replace

    from evals.own_demo import own_demo

    console.print("Starting a demo.")
    with own_demo() as (url, key):
        return _run(suites, replace(settings, url=url, key=key))


def _run(suites: list[Suite], settings: Settings) -> Run:
    from evals.runner import run_suites

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    ) as progress:
        task = progress.add_task("reading the state", total=None)
        failed = 0

        def tell(tried: Attempt, done: int, total: int) -> None:
            nonlocal failed
            failed += tried.passed is False
            said = f"{tried.suite}, {failed} failed" if failed else tried.suite
            progress.update(task, description=said, completed=done, total=total)

        return asyncio.run(run_suites(suites, settings, tell))


def _show(run: Run) -> None:
    from evals.scores import by_suite, score

    table = Table("suite", "passed", "share", "95 %", "median", "p95")
    for one in [*by_suite(run), score("all", run.attempts)]:
        ungraded = f" ({one.ungraded} ungraded)" if one.ungraded else ""
        table.add_row(
            one.name,
            f"{one.passed:g}/{one.cases}{ungraded}",
            f"{one.rate:.1%}",
            f"{one.low:.0%} to {one.high:.0%}",
            f"{1000 * one.median:.0f} ms",
            f"{1000 * one.slow:.0f} ms",
        )
    console.print(table)
    for tried in run.attempts:
        for verdict in tried.failures[:1]:
            why = escape(f"{tried.suite}/{tried.case}: {verdict.grader}: {verdict.why}")
            console.print(f"[red]failed[/] {why}", highlight=False, soft_wrap=True)
        if tried.left:
            console.print(f"[yellow]left[/] {tried.case}: {escape(tried.left[0])}", highlight=False)


@app.command("schema")
def schema_() -> None:
    """Print the JSON Schema of a suite, for editors."""
    from evals.cases import Suite

    console.print_json(json.dumps(Suite.model_json_schema()))


@app.command("compare")
def compare_(before: RunFile, after: RunFile) -> None:
    """Compare two runs, or two models: by suite, with significance, and the cases that changed."""
    from evals.comparison import compare
    from evals.records import read_run

    with _told():
        old, new = read_run(before), read_run(after)
    table = Table("suite", "cases", "before", "after", "change (95 %)", "p")
    compared = compare(old, new)
    for one in compared:
        change = f"{one.after - one.before:+.1%} ({one.low:+.1%} to {one.high:+.1%})"
        p = f"{one.p:.3f}{' *' if one.significant else ''}"
        table.add_row(one.suite, str(one.cases), f"{one.before:.1%}", f"{one.after:.1%}", change, p)
    console.print(f"{old.name or before} → {new.name or after}", highlight=False)
    console.print(table)
    for one in compared:
        if one.suite == "all" and len(compared) > 1:
            continue
        for case in one.regressed:
            console.print(f"[red]regressed[/] {one.suite}/{case}", highlight=False)
        for case in one.improved:
            console.print(f"[green]improved[/] {one.suite}/{case}", highlight=False)


@app.command("report")
def report_(
    run: RunFile,
    html: Annotated[bool, typer.Option(help="Write one page to read")] = False,
    inspect: Annotated[bool, typer.Option(help="Write Inspect's log format")] = False,
    against: Annotated[Path | None, typer.Option(help="An earlier run to compare with")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to; else beside the run")] = None,
) -> None:
    """Tell a run: in the terminal, as a page, or as a log of Inspect."""
    from evals.records import read_run

    with _told():
        read = read_run(run)
        other = read_run(against) if against else None
    if not html and not inspect:
        _show(read)
    if html:
        from evals.page.write import page

        target = out or run.with_suffix(".html")
        target.write_text(page(read, other), encoding="utf-8")
        console.print(f"Written to {target}.", highlight=False)
    if inspect:
        from evals.inspect_log import inspect_log

        target = out if out and not html else run.with_suffix(".inspect.json")
        target.write_text(json.dumps(inspect_log(read), ensure_ascii=False), encoding="utf-8")
        console.print(f"Written to {target}.", highlight=False)
