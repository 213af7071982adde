"""What is configured, and what is wrong with it."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from api.local import is_open
from api.settings import Settings
from knowledge.embeddings import make_embedder


@dataclass(frozen=True)
class Finding:
    """The state of one part: `ok`, `note` (works, but know this) or `wrong`."""

    part: str
    state: Literal["ok", "note", "wrong"]
    text: str


async def diagnose(settings: Settings) -> list[Finding]:
    """Look at every part; nothing is changed."""
    findings = [_python(), _data(settings), _model(settings), _secret(settings)]
    findings.append(await asyncio.to_thread(_service, settings))
    findings.append(await asyncio.to_thread(_database, settings))
    findings.append(await asyncio.to_thread(_embeddings, settings))
    return findings


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    return Finding("python", "ok" if fine else "wrong", f"{version}; 3.11 or newer is needed")


def _data(settings: Settings) -> Finding:
    folder = settings.data_dir.resolve()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(existing, os.W_OK):
        return Finding("data folder", "wrong", f"{folder} can't be written; set RACINE_DATA_DIR")
    free = shutil.disk_usage(existing).free // 2**20
    state: Literal["ok", "note"] = "ok" if free > 500 else "note"
    return Finding("data folder", state, f"{folder}, {free} MB free")


def _service(settings: Settings) -> Finding:
    if not is_open(settings):
        return Finding("service", "ok", "not running; commands open the folder themselves")
    try:
        ready = httpx.get(f"{settings.address}/readyz", trust_env=False).status_code == 200
    except httpx.TransportError:
        ready = False
    if not ready:
        return Finding(
            "service",
            "note",
            f"the folder is open, but nothing is ready at {settings.address}; set RACINE_HOST and "
            "RACINE_PORT as for the service",
        )
    return Finding("service", "ok", f"at {settings.address}; commands speak to it")


def _model(settings: Settings) -> Finding:
    if settings.model == "builtin":
        return Finding("model", "ok", "the built-in planner: no key, no network")
    if settings.model.startswith("openai:"):
        if not os.environ.get("OPENAI_API_KEY"):
            return Finding(
                "model", "wrong", "OPENAI_API_KEY is not set; set it, or RACINE_MODEL=builtin"
            )
        return Finding("model", "ok", settings.model)
    return Finding("model", "note", f"{settings.model}, through init_chat_model")


def _secret(settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return Finding("secret key", "ok", "from RACINE_SECRET_KEY")
    return Finding("secret key", "ok", "made and kept in the data folder; back it up with the data")


def _database(settings: Settings) -> Finding:
    url = make_url(settings.database)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        return Finding("database", "ok", shown)
    if find_spec("psycopg") is None:
        return Finding(
            "database", "wrong", "psycopg is missing; install racine-assistant[postgres]"
        )
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": 5}
        )
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        engine.dispose()
    except SQLAlchemyError as error:
        return Finding("database", "wrong", f"{shown} can't be opened ({type(error).__name__})")
    return Finding("database", "ok", shown)


def _embeddings(settings: Settings) -> Finding:
    try:
        embedder = make_embedder(settings.embeddings)
        embedder.embed(["probe"])
    except Exception as error:
        return Finding("embeddings", "wrong", f"{settings.embeddings}: {error}")
    return Finding("embeddings", "ok", f"{embedder.name}, {embedder.dimension} dimensions")
