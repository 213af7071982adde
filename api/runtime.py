"""The composition: every part built from the settings, started and stopped in order."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from langchain_core.language_models import BaseChatModel
from langsmith import set_runtime_overrides
from sqlalchemy.engine import make_url

from agent.assistant import Assistant
from agent.authoring import Author
from agent.executions import Narrator
from agent.meter import Limits, Meter
from agent.planner import NAME as BUILTIN
from agent.planner import Planner
from agent.plans import Plans
from agent.runs import Runs
from agent.turn import TurnRunner
from api.accounts import Accounts
from api.settings import Settings
from knowledge.embeddings import make_embedder
from knowledge.index import Index
from tools import models as _tables  # noqa: F401 - undo needs every table
from tools.context import Services
from tools.database import Database
from tools.errors import CorrectInput, LookAgain
from tools.events import EventLog
from tools.follower import Follower
from tools.invoke import Kernel
from tools.migrate import upgrade
from tools.racine.workflows.emission import LineageReporter
from tools.racine.workflows.engine import Engine
from tools.racine.workflows.schedules.runner import Runner
from tools.registry import Registry
from tools.secrets import SecretBox
from tools.seed import seed


@dataclass
class Runtime:
    """Everything that runs, as one."""

    settings: Settings
    database: Database
    kernel: Kernel
    events: EventLog
    index: Index
    follower: Follower
    runs: Runs
    plans: Plans
    engine: Engine
    schedules: Runner
    accounts: Accounts
    model: BaseChatModel
    owner: FileLock
    is_worker: bool = False
    ready: bool = False

    async def start(self) -> None:
        """Bring the schema up, seed, and start what works in the background."""
        # Middleware hooks pass LangSmith's tracer, which takes a thread each even when it is off.
        set_runtime_overrides(aio_to_thread=_in_this_thread)
        try:
            self.owner.acquire(timeout=0)
        except Timeout:
            raise LookAgain(
                f"Another process uses the folder '{Path(self.owner.lock_file).parent}'.",
                "Stop it, set RACINE_DATA_DIR to another folder, or give the worker a name.",
            ) from None
        await asyncio.to_thread(upgrade, self.settings.database)
        await seed(self.kernel)
        await self.accounts.ensure_administrator(self.settings.admin_token)
        self.kernel.after_commit.append(self.follower.poke)
        await self.follower.start()
        await self.engine.start()
        if self.engine.carries:
            await self.schedules.start()
        if not self.is_worker:  # turns belong to those who serve
            await self.runs.recover()
        self.ready = True

    async def stop(self) -> None:
        """Stop in the opposite order; what isn't finished goes on at the next start."""
        self.ready = False
        await self.runs.close()
        if (close := getattr(self.model, "aclose", None)) is not None:
            await close()
        await self.schedules.stop()
        await self.engine.stop()
        await self.follower.stop()
        await self.kernel.close()
        await self.events.close()
        await asyncio.to_thread(self.index.close)
        await self.database.close()
        self.owner.release()


async def _in_this_thread(
    _default: Any, context: Context, function: Callable[..., Any], /, *args: Any, **kwargs: Any
) -> Any:
    return context.run(function, *args, **kwargs)


def build(
    settings: Settings, worker: str | None = None, database: Database | None = None
) -> Runtime:
    """Build every part; nothing is opened yet.

    Args:
        worker: the name of a process that only carries out executions; it keeps an index of its
            own, since one process owns an embedded Chroma directory.
        database: one that was used before and closed; it keeps what it has compiled.

    Raises:
        CorrectInput: a worker's database is one that a single process writes.
    """
    if worker is not None and make_url(settings.database).get_backend_name() == "sqlite":
        raise CorrectInput(
            "Workers share a database, and SQLite has one process that writes.",
            "Set RACINE_DATABASE_URL to a PostgreSQL database.",
            field="RACINE_DATABASE_URL",
        )
    folder = settings.data_dir / "workers" / worker if worker else settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    database = database or Database(settings.database)
    secret_box = SecretBox(settings.key())
    index = Index(folder / "index", make_embedder(settings.embeddings), settings.chroma_url)
    registry = Registry()
    services = Services(
        secret_box,
        index,
        {
            "model": settings.model,
            "data_dir": str(settings.data_dir),
            "tokens_per_person": settings.tokens_per_person,
        },
    )
    kernel = Kernel(registry, database, services)
    events = EventLog(database)
    follower = Follower(database, index, registry, folder / "index.sequence")
    plans = Plans(kernel)
    model = make_model(settings.model, settings.model_timeout)
    limits = Limits(
        settings.tokens_per_answer,
        settings.tokens_per_person,
        settings.tokens_per_workspace,
        settings.prices,
    )
    meter = Meter(database, settings.model, limits)
    mind = Assistant(kernel, index, model, meter)
    services.author = Author(kernel, mind)
    services.reader = mind.read
    runner = TurnRunner(kernel, index, mind, plans, meter, settings.answer_timeout)
    engine = Engine(
        kernel,
        database,
        LineageReporter(Narrator(kernel, events), kernel, settings.openlineage_url),
        settings.engine_database,
        executor_id=f"{socket.gethostname()}:{folder.resolve()}",
        shared=not database.is_sqlite,
        carries=worker is not None or settings.executes,
    )

    async def index_health() -> dict[str, Any]:
        return {
            "documents": await asyncio.to_thread(index.count),
            "lag_seconds": round(follower.lag_seconds, 3),
            "rebuilding": "{} of {}".format(*follower.progress) if follower.progress else "no",
        }

    async def engine_health() -> dict[str, Any]:
        beats = [f"{one.id}, {one.beat_at:%H:%M:%S} UTC" for one in await engine.workers()]
        return {"executor": "this process"} if database.is_sqlite else {"workers": beats}

    async def model_health() -> dict[str, Any]:
        return {"name": settings.model}

    services.health |= {"index": index_health, "engine": engine_health, "model": model_health}
    return Runtime(
        settings=settings,
        database=database,
        kernel=kernel,
        events=events,
        index=index,
        follower=follower,
        runs=Runs(database, events, runner, secret_box),
        plans=plans,
        engine=engine,
        schedules=Runner(kernel),
        accounts=Accounts(kernel, settings.key()),
        model=model,
        owner=FileLock(folder / settings.lock.name, thread_local=False),
        is_worker=worker is not None,
    )


def make_model(name: str, timeout: float = 60.0) -> BaseChatModel:
    """The chat model of that name.

    Args:
        name: `builtin`, `openai:NAME` (any OpenAI-compatible endpoint), or what
            `langchain.chat_models.init_chat_model` takes.
        timeout: seconds of silence after which an OpenAI-compatible endpoint is given up.
    """
    if name == BUILTIN:
        return Planner()
    provider, _, model = name.partition(":")
    if provider == "openai" and model:
        from agent.openai_chat import OpenAIChat

        return OpenAIChat(model=model, timeout=timeout)
    from langchain.chat_models import init_chat_model

    chosen: BaseChatModel = init_chat_model(name)
    return chosen
