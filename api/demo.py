"""The demo: a company's data, generated, registered, discovered, scanned and judged for real."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from api.runtime import Runtime
from tools.context import Caller
from tools.data_sources.tables import Source
from tools.demo.company import generate
from tools.demo.people import DESCRIPTIONS, OWNERS, PEOPLE, SOURCES, TAGS, WORKSPACES
from tools.errors import RacineError

Tell = Callable[[str, int, int], None]


async def prepare(runtime: Runtime, folder: Path, tell: Tell) -> None:
    """Bring the demo company into an empty Racine; does nothing where it is there already.

    Args:
        folder: where the company's databases and files are generated.
        tell: told `(what, done, total)` as it goes on.
    """
    async with runtime.database.reading() as session:
        if await session.scalar(select(Source.id).limit(1)) is not None:
            return
    total = await fill(runtime, folder, tell)
    await runtime.follower.caught_up()
    tell("ready", total, total)


async def fill(runtime: Runtime, folder: Path, tell: Tell) -> int:
    """Generate the company and bring it into Racine, whose index follows; in how many parts."""
    administrator = await runtime.accounts.ensure_administrator(None)
    work = _Work(runtime, Caller(administrator, "system"), tell)
    tell("generating the company's data", 0, work.total)
    await asyncio.to_thread(generate, folder)
    await work.run(folder)
    return work.total


class _Work:
    def __init__(self, runtime: Runtime, caller: Caller, tell: Tell) -> None:
        self._kernel, self._caller, self._tell = runtime.kernel, caller, tell
        self.done = 0
        self.total = 1 + len(SOURCES) * 3 + 3

    async def run(self, folder: Path) -> None:
        for source in SOURCES:
            await self._do(
                f"registering {source.name}",
                "data_sources.register_source",
                name=source.name,
                kind=source.kind,
                location=str((folder / source.path).resolve()),
                environment=source.environment,
            )
            await self._do(
                f"discovering {source.name}", "data_sources.discover_assets", source=source.name
            )
            await self._do(f"scanning {source.name}", "scan_logic.start_scan", source=source.name)
        await self._people()
        await self._curation()
        await self._do("judging compliance", "compliance.evaluate_compliance")

    async def _people(self) -> None:
        self._step("inviting people")
        for name, sources in WORKSPACES.items():
            await self._call("workspaces.create", name=name)
            for source in sources:
                await self._call("workspaces.link_resource", workspace=name, source=source)
        for person in PEOPLE:
            await self._call("rbac.create_user", name=person.name, email=person.email)
            scope = {} if person.scope[0] == "everything" else {person.scope[0]: person.scope[1]}
            await self._call("rbac.grant_role", user=person.email, role=person.role, **scope)

    async def _curation(self) -> None:
        self._step("writing down what is known")
        for (source, name), owner in OWNERS.items():
            await self._call("catalog.set_owner", asset=_qualified(source, name), owner=owner)
        for (source, name), description in DESCRIPTIONS.items():
            await self._call(
                "catalog.describe_asset", asset=_qualified(source, name), description=description
            )
        for (source, name), tags in TAGS.items():
            for tag in tags:
                await self._call("catalog.tag_asset", asset=_qualified(source, name), tag=tag)

    def _step(self, what: str) -> None:
        self.done += 1
        self._tell(what, self.done, self.total)

    async def _do(self, what: str, operation: str, **arguments: object) -> None:
        self._step(what)
        await self._call(operation, **arguments)

    async def _call(self, operation: str, **arguments: object) -> None:
        try:
            await self._kernel.invoke(operation, arguments, self._caller)
        except RacineError as error:
            raise RacineError(
                f"The demo stopped at {operation}: {error.detail}", error.remedy
            ) from error


def _qualified(source: str, name: str) -> str:
    """`hr/file.csv:column` of the demo as the catalog calls it."""
    path, _, column = name.partition(":")
    table = path.rsplit(".", 1)[0] if "/" in path else path
    return ".".join(filter(None, [source, table, column]))
