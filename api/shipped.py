"""`make vectors`: makes the vectors that ship (`knowledge.shipped`) of today's texts."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from agent.likeness import examples
from agent.planning.types import Card
from knowledge.embeddings import MiniLM
from knowledge.index import Index
from knowledge.shipped import write
from tools.context import Services
from tools.database import Database
from tools.indexing import records, render
from tools.invoke import Kernel
from tools.migrate import upgrade
from tools.registry import Registry
from tools.secrets import SecretBox
from tools.seed import seed


async def texts(database: Database, registry: Registry) -> set[str]:
    """The texts that every Racine embeds: what a database holds from the start, and examples."""
    async with database.reading() as session:
        documents, _ = await render(session, registry, await records(session, registry))
    cards = [
        Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
        for one in registry
        if one.agent
    ]
    return {one.passage for one in documents} | {said for _, said in examples(cards)}


async def _fresh(folder: Path) -> set[str]:
    url = f"sqlite:///{folder / 'racine.db'}"
    await asyncio.to_thread(upgrade, url)
    database, registry = Database(url), Registry()
    services = Services(SecretBox("nothing is sealed"), Index(None, MiniLM()))
    kernel = Kernel(registry, database, services)
    try:
        await seed(kernel)
        return await texts(database, registry)
    finally:
        await kernel.close()
        await database.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        count = write(asyncio.run(_fresh(Path(folder))), MiniLM(threads=2).embed)
    sys.stdout.write(f"{count} vectors\n")
