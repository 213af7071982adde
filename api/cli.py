"""The command line: `racine serve`, `demo`, `chat`, `call`, `operations`, `doctor`, …"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Column, Table

from api import logs
from api.doctor import diagnose
from api.settings import Settings
from evals.cli import app as evaluations
from tools.errors import RacineError
from tools.registry import Registry

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Racine Assistant.",
    pretty_exceptions_enable=False,
)
index = typer.Typer(no_args_is_help=True, help="The knowledge index.")
db = typer.Typer(no_args_is_help=True, help="The database.")
user = typer.Typer(no_args_is_help=True, help="People, their keys and sign-in links.")
app.add_typer(index, name="index")
app.add_typer(db, name="db")
app.add_typer(user, name="user")
app.add_typer(evaluations, name="eval")
console = Console()
DEMO = Path("racine-demo")


def _settings() -> Settings:
    """The settings of a command: of the demo's folder, where only that is there."""
    settings = Settings()
    named = settings.model_fields_set & {"data_dir", "database_url"}
    if named or settings.data_dir.exists() or not DEMO.exists():
        return settings
    Console(stderr=True).print(
        f"Using the demo's folder, {DEMO}; RACINE_DATA_DIR names another.", style="dim"
    )
    return settings.model_copy(update={"data_dir": DEMO})


@contextmanager
def told() -> Iterator[None]:
    """Errors as one sentence each, and exit code 1."""
    try:
        yield
    except RacineError as error:
        Console(stderr=True).print(f"[red]{error.detail}[/] {error.remedy}", highlight=False)
        raise typer.Exit(1) from None


@app.command()
def serve() -> None:
    """Serve the API and the panel."""
    with told():
        _serve(Settings(), demo=False)


@app.command()
def demo() -> None:
    """Serve with a sample company, and print a sign-in link."""
    with told():
        _serve(Settings(), demo=True)


@app.command()
def worker(
    name: Annotated[str, typer.Option(help="This worker's own name on this machine")] = "worker",
) -> None:
    """Carry out executions beside the service, on the same PostgreSQL database."""
    from api.worker import work

    with told():
        logs.configure()
        asyncio.run(work(Settings(), name))


@app.command()
def chat(message: Annotated[str, typer.Argument(help="What to say")]) -> None:
    """Say something to the assistant, and print its answer; on a terminal, approve its plan."""
    from api.local import chat_once

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    ask = typer.confirm if sys.stdin.isatty() and sys.stdout.isatty() else None
    with told():
        asyncio.run(chat_once(_settings(), message, write, ask))
    sys.stdout.write("\n")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def call(
    context: typer.Context,
    operation: Annotated[str, typer.Argument(help="An operation, such as catalog.search_assets")],
) -> None:
    """Invoke an operation: `racine call catalog.get_asset --asset crm.customers`."""
    from api.local import called

    with told():
        arguments = _arguments(context.args)
        (result,) = asyncio.run(called(_settings(), (operation, arguments)))
    console.print_json(json.dumps(result, default=str))


@app.command()
def operations(
    markdown: Annotated[bool, typer.Option(help="Print the reference page instead")] = False,
) -> None:
    """List every operation: with all there is to say where it isn't for a terminal."""
    if markdown:
        from api.reference import reference

        sys.stdout.write(reference(Registry(), commands()))
        return
    if not console.is_terminal:
        for one in Registry():
            facts = (one.name, one.effect.value, one.permission, one.summary)
            sys.stdout.write("\t".join(facts) + "\n")
        return
    table = Table(Column("operation", no_wrap=True), "what it does", box=None)
    for one in Registry():
        table.add_row(one.name, one.summary)
    console.print(table)


@app.command()
def doctor() -> None:
    """Say what is configured, and what is wrong."""
    table = Table("part", "state", "what there is to say")
    findings = asyncio.run(diagnose(_settings()))
    for finding in findings:
        colour = {"ok": "green", "note": "yellow"}.get(finding.state, "red")
        table.add_row(finding.part, f"[{colour}]{finding.state}[/]", finding.text)
    console.print(table)
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


@index.command("rebuild")
def rebuild() -> None:
    """Build the index anew from the database."""
    from api.local import rebuild_index

    with told():
        count = asyncio.run(rebuild_index(_settings()))
    console.print(f"{count} documents indexed.")


@db.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to this release's schema."""
    from tools.migrate import upgrade

    settings = _settings()
    with told():
        upgrade(settings.database)
    console.print("The database is up to date.")


Person = Annotated[str, typer.Argument(help="A person's e-mail address, name or id")]


@user.command("list")
def list_users() -> None:
    """List people, their roles and whether they may sign in."""
    from api.local import called

    with told():
        (people,) = asyncio.run(called(_settings(), ("rbac.list_users", {"limit": 200})))
    table = Table("name", Column("e-mail", overflow="fold"), "roles", "state")
    for one in people["items"]:
        state = "active" if one["active"] else "disabled"
        table.add_row(one["name"], one["email"], ", ".join(one["roles"]), state)
    console.print(table)
    if people["truncated"]:
        console.print(f"{people['returned']} of {people['total']} people.")


@user.command("create")
def create_user(
    email: Annotated[str, typer.Argument(help="The address by which they are known")],
    name: Annotated[str, typer.Option(help="What they are called")],
    role: Annotated[str | None, typer.Option(help="A role that they get everywhere")] = None,
) -> None:
    """Add a person: `racine user create ann@example.com --name "Ann Lee" --role steward`."""
    from api.local import called

    calls: list[tuple[str, dict[str, Any]]] = [("rbac.create_user", {"email": email, "name": name})]
    if role is not None:  # looked up first, so that nobody is added with a role that isn't there
        calls.insert(0, ("rbac.get_role", {"role": role}))
        calls.append(("rbac.grant_role", {"user": email, "role": role}))
    with told():
        asyncio.run(called(_settings(), *calls))
    console.print(f"{name} was added. `racine user link {email}` prints a sign-in link.")


@user.command("key")
def create_key(
    person: Person,
    name: Annotated[str, typer.Option(help="What the key is for")] = "command line",
) -> None:
    """Make an API key for a person, and print it this once."""
    from api.local import called

    with told():
        (made,) = asyncio.run(
            called(_settings(), ("rbac.create_api_key", {"user": person, "name": name}))
        )
    sys.stdout.write(f"{made['key']}\n")


@user.command("link")
def sign_in_link(person: Annotated[str | None, typer.Argument(help="Whose")] = None) -> None:
    """Print a link that signs a person in, by default the administrator; good for 24 hours."""
    from api.local import link_for

    settings = _settings()
    with told():
        sys.stdout.write(f"{asyncio.run(link_for(settings, person))}\n")


@user.command("disable")
def disable_user(person: Person) -> None:
    """End a person's access: sessions and keys answer no more."""
    from api.local import called

    with told():
        asyncio.run(called(_settings(), ("rbac.disable_user", {"user": person})))
    console.print(f"{person} is disabled.")


def commands() -> list[tuple[str, str]]:
    """Every command with the first line of its help."""
    named = [
        *((one, "") for one in app.registered_commands),
        *((one, "index ") for one in index.registered_commands),
        *((one, "db ") for one in db.registered_commands),
        *((one, "user ") for one in user.registered_commands),
        *((one, "eval ") for one in evaluations.registered_commands),
    ]
    return sorted(
        (group + str(one.name or getattr(one.callback, "__name__", "")), _first_line(one.callback))
        for one, group in named
    )


def _first_line(function: object) -> str:
    return (function.__doc__ or "").strip().split("\n", 1)[0]


def _serve(settings: Settings, *, demo: bool) -> None:
    import uvicorn

    from api.app import create_app
    from api.runtime import build

    logs.configure()
    if demo and "data_dir" not in settings.model_fields_set:
        settings = settings.model_copy(update={"data_dir": DEMO})
    runtime = build(settings)
    application = create_app(settings, runtime)
    gc.collect()
    gc.freeze()  # what is loaded stays: passes of the collector needn't halt the loop for it
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            # Longer than clients and balancers keep an idle connection (mostly 60 s): the one who
            # uses a connection must be the one who closes it, or its next request is lost.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=3,
        )
    )

    async def run() -> None:
        async with asyncio.TaskGroup() as group:
            serving = group.create_task(server.serve())
            if not demo:
                return
            while not (server.started or serving.done()):  # noqa: ASYNC110 - uvicorn has no event
                await asyncio.sleep(0.05)
            if serving.done():
                return
            try:
                await _prepare(runtime, settings)
            except BaseException:
                server.should_exit = True
                raise

    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(run())


async def _prepare(runtime: Any, settings: Settings) -> None:
    from api.demo import prepare
    from api.local import sign_in_url

    with Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), console=console
    ) as progress:
        task = progress.add_task("starting", total=None)
        await prepare(
            runtime,
            settings.data_dir / "company",
            lambda what, done, total: progress.update(
                task, description=what, completed=done, total=total
            ),
        )
    user_id = await runtime.accounts.ensure_administrator(None)
    link = sign_in_url(settings, user_id)
    sys.stdout.write(f"\nReady. Open this link to sign in (good for 24 hours):\n\n  {link}\n\n")
    sys.stdout.flush()


def _arguments(words: list[str]) -> dict[str, Any]:
    """`--name value` pairs; JSON is taken as such, and `@path` as the text of that file."""
    arguments: dict[str, Any] = {}
    waiting = list(words)
    while waiting:
        name = waiting.pop(0)
        if not name.startswith("--"):
            raise typer.BadParameter(f"'{name}' is not an option. Write --name value.")
        name, _, value = name[2:].partition("=")
        if not value:
            value = waiting.pop(0) if waiting and not waiting[0].startswith("--") else "true"
        if value.startswith("@"):
            arguments[name.replace("-", "_")] = Path(value[1:]).read_text("utf-8")
            continue
        try:
            arguments[name.replace("-", "_")] = json.loads(value)
        except json.JSONDecodeError:
            arguments[name.replace("-", "_")] = value
    return arguments


if __name__ == "__main__":
    app()
