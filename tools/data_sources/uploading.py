"""Files that people send: looked at, stored in the data folder, and read as a source.

A file is kept only if it is what its name says and can be read. None replaces another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from pydantic import Field, SecretStr
from sqlalchemy import func, select

from tools.context import Context
from tools.data_sources.connectors import Connection, ConnectorError, open_connector
from tools.data_sources.tables import Source
from tools.data_sources.types import DiscoveryReport, UploadedFile
from tools.database import new_id
from tools.errors import CorrectInput, LookAgain, RacineError
from tools.operation import Effect, operation

FOLDER = "uploads"
LONGEST = 960_000
"""Characters of base64 that fit into a request; 720,000 bytes."""
NAME = re.compile(
    r"[^\W_][\w ()-]{0,99}\.(csv|tsv|parquet|json|jsonl|ndjson|xlsx|xlsm|xls|ods)", re.IGNORECASE
)
MAGIC = {
    "parquet": (b"PAR1", b"PAR1"),
    "xlsx": (b"PK\x03\x04", b""),
    "xlsm": (b"PK\x03\x04", b""),
    "ods": (b"PK\x03\x04", b""),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""),
}
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"%pdf")


@operation(
    "data_sources.upload_file",
    permission="data_sources.write",
    effect=Effect.WRITE,
    reaches=True,
    agent=False,
    timeout=120,
    examples=("Upload customers.csv", "Upload budget.xlsx into the source finance_files"),
)
async def upload_file(
    ctx: Context,
    file_name: Annotated[
        str,
        Field(
            min_length=1,
            max_length=120,
            description="The file's name, without a folder: .csv, .tsv, .parquet, .json, .jsonl, "
            ".ndjson, .xlsx, .xlsm, .xls or .ods",
        ),
    ],
    content: Annotated[
        SecretStr,
        Field(min_length=1, description="The file in base64, up to 720,000 bytes before encoding"),
    ],
    source: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,99}$",
            description="The source of uploaded files that it joins; made where there is none",
        ),
    ] = FOLDER,
) -> UploadedFile:
    """Upload a file of data; it becomes a table of a source of files, and is discovered."""
    if not NAME.fullmatch(file_name):
        raise CorrectInput(
            "The file's name is not one that is taken.",
            "Use letters, digits, spaces, brackets, - and _, no folder, and an ending such as "
            ".csv, .parquet, .json or .xlsx.",
            field="file_name",
        )
    data = _decoded(content.get_secret_value())
    found = await ctx.session.scalar(
        select(Source).where(func.lower(Source.name) == source.lower())
    )
    folder = _folder(ctx, found, source)
    digest = hashlib.sha256(data).hexdigest()
    await ctx.outside(
        ("upload", str(folder), file_name, digest, ctx.preview),
        lambda _progress: _keep(folder, file_name, data, only_look=ctx.preview),
        90,
    )
    if found is None:
        found = Source(
            id=new_id("src"),
            name=source,
            kind="files",
            location=str(folder),
            schemas=[],
            status="connected",
        )
        ctx.session.add(found)
        await ctx.session.flush()
    tables: list[str] = []
    if not ctx.preview:  # else the file isn't there yet
        report = await ctx.invoke("data_sources.discover_assets", source=found.id)
        assert isinstance(report, DiscoveryReport)
        of_file = f"{found.name}.{Path(file_name).stem}".lower()
        tables = [
            name
            for name in report.added
            if name.lower() == of_file or re.match(re.escape(of_file) + r"(/[^.]*)?$", name.lower())
        ]
    return UploadedFile(
        source_id=found.id,
        source=found.name,
        file=file_name,
        bytes=len(data),
        sha256=digest,
        tables=tables,
    )


def _decoded(content: str) -> bytes:
    if len(content) > LONGEST:
        raise CorrectInput(
            f"The file has more than {LONGEST // 4 * 3} bytes.",
            "Put it into a folder on the service's machine and register that.",
            field="content",
            code="too_large",
        )
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise CorrectInput(
            "The content is not base64.", "Encode the file's bytes in base64.", field="content"
        ) from None


def _folder(ctx: Context, found: Source | None, name: str) -> Path:
    """Where the source's uploads lie; only one that was made for uploads takes any."""
    root = Path(ctx.services.settings["data_dir"]).resolve() / FOLDER
    folder = root / (found.name if found else name).lower()
    if found is not None and (found.kind != "files" or Path(found.location) != folder):
        raise LookAgain(
            f"'{found.name}' is not a source of uploaded files.",
            "Name a new source, or one that was made by uploading.",
            field="source",
        )
    return folder


def _keep(folder: Path, name: str, data: bytes, *, only_look: bool) -> None:
    with TemporaryDirectory(prefix="racine-upload-") as private:
        path = Path(private, name)
        path.write_bytes(data)
        _refuse_false(path, data)
        clash = _clash(folder, name, data)
        if clash or only_look:
            return
        folder.mkdir(parents=True, exist_ok=True)
        if folder.resolve() != folder:
            raise LookAgain(
                "The folder for uploads is a link.", "Remove the link in the data folder."
            )
        waiting = folder / f".{hashlib.sha256(data).hexdigest()}"
        shutil.copyfile(path, waiting)
        waiting.rename(folder / name)


def _clash(folder: Path, name: str, data: bytes) -> bool:
    """Whether the very same file is there already."""
    stem = Path(name).stem.lower()
    there = list(folder.iterdir()) if folder.is_dir() else []
    for other in there:
        if other.name == name and other.is_file() and other.read_bytes() == data:
            return True
        if other.stem.lower() == stem and not other.name.startswith("."):
            raise LookAgain(
                f"There is already a file '{other.name}'.",
                "Choose another name; an upload replaces no other.",
                field="file_name",
            )
    return False


def _refuse_false(path: Path, data: bytes) -> None:
    """Refuse what isn't what its name says, bursts, or can't be read."""
    ending = path.suffix.lower().removeprefix(".")
    if not _looks_like(ending, data):
        raise _not_what_it_says(ending, "it is something else")
    try:
        connection = Connection(kind="files", location=str(path))
        with open_connector(connection, timeout_seconds=30) as connector:
            inventory = connector.discover()
    except ConnectorError as error:
        raise _not_what_it_says(ending, error.detail) from None
    if not inventory.tables or inventory.warnings:
        raise _not_what_it_says(ending, "; ".join(inventory.warnings)[:300] or "it has no columns")


def _looks_like(ending: str, data: bytes) -> bool:
    if ending in MAGIC:
        head, tail = MAGIC[ending]
        return data.startswith(head) and data.endswith(tail)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if "\x00" in text or data.lstrip()[:9].lower().startswith(MARKUP):
        return False
    try:
        if ending == "json":
            json.loads(text)
        elif ending in ("jsonl", "ndjson"):
            for line in filter(str.strip, text.splitlines()):
                json.loads(line)
    except (ValueError, RecursionError):
        return False
    return bool(text.strip())


def _not_what_it_says(ending: str, why: str) -> RacineError:
    return CorrectInput(
        f"The file can't be read as .{ending}: {why.rstrip('.')}.",
        "Send the file under the ending that it has, whole and in UTF-8.",
        field="content",
        code="wrong_kind",
    )
