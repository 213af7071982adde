"""Uploads: a file becomes a table; what isn't what it says, or goes elsewhere, is refused."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.audit import ActivityRow
from tools.errors import AskForAccess, CorrectInput, LookAgain
from tools.steps import Step

CSV = b"id,email\n1,julia@example.org\n2,omar@example.org\n"


async def upload(world: World, name: str, data: bytes, who: str | None = None, **more: Any) -> Any:
    content = base64.b64encode(data).decode()
    return await world.call(
        "data_sources.upload_file", who, file_name=name, content=content, **more
    )


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    for cells in (["name", "amount"], ["Lamp", 12.5]):
        book.worksheets[0].append(cells)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


async def test_a_file_becomes_a_table(world: World) -> None:
    stored = await upload(world, "customers.csv", CSV)
    assert (stored.source, stored.bytes) == ("uploads", len(CSV))
    assert stored.tables == ["uploads.customers"]
    rows = await world.call("data_sources.preview_rows", asset="uploads.customers")
    assert rows.rows[0][1] == "julia@example.org"
    stored = await upload(world, "budget.xlsx", xlsx(), source="finance")
    assert stored.tables == ["finance.budget"]
    stored = await upload(world, "more (2).json", b'[{"a": 1}]')
    assert stored.tables == ["uploads.more (2)"]
    listed = await world.call("data_sources.list_sources", kind="files")
    assert [one.name for one in listed.items] == ["finance", "uploads"]


async def test_the_same_again_changes_nothing_and_another_replaces_none(world: World) -> None:
    await upload(world, "customers.csv", CSV)
    await upload(world, "customers.csv", CSV)
    for name in ("customers.csv", "customers.tsv", "Customers.csv"):
        with pytest.raises(LookAgain, match="already a file"):
            await upload(world, name, CSV + b"3,x\n")


@pytest.mark.parametrize(
    "name",
    [
        "../customers.csv",
        "/etc/cron.d/x.csv",
        "a/b.csv",
        "a\\b.csv",
        "..csv",
        ".hidden.csv",
        "_x.csv",
        "year=2024.csv",
        "x.csv.exe",
        "x.exe",
        "x.zip",
        "x.csv\n",
        "x.tar.csv",
        "[x].csv",
    ],
)
async def test_names_that_go_elsewhere(world: World, name: str) -> None:
    with pytest.raises(CorrectInput) as refusal:
        await upload(world, name, CSV)
    assert refusal.value.field == "file_name"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.parquet", CSV),
        ("x.parquet", b"PAR1" + bytes(50) + b"PAR1"),
        ("x.xlsx", CSV),
        ("x.xlsx", b"PK\x03\x04 and no more"),
        ("x.xls", xlsx()),
        ("x.csv", xlsx()),
        ("x.csv", b"%PDF-1.7 text"),
        ("x.csv", b"<!DOCTYPE html><html></html>"),
        ("x.csv", b"MZ\x00\x01"),
        ("x.csv", "näme\n".encode("latin-1")),
        ("x.csv", b"  \n"),
        ("x.csv", b""),
        ("x.json", b"{not json"),
        ("x.jsonl", b'{"a": 1}\n{nope}\n'),
    ],
)
async def test_what_is_not_what_it_says(world: World, name: str, data: bytes) -> None:
    with pytest.raises(CorrectInput) as refusal:
        await upload(world, name, data)
    assert refusal.value.field == "content"
    assert (await world.call("data_sources.list_sources")).total == 0


async def test_archives_that_burst_content_that_is_none_and_too_much(world: World) -> None:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w") as member,
    ):
        for _ in range(258):
            member.write(bytes(1_000_000))
    with pytest.raises(CorrectInput, match=r"Unpacked it has more"):
        await upload(world, "bomb.xlsx", held.getvalue())
    with pytest.raises(CorrectInput, match="not base64"):
        await world.call("data_sources.upload_file", file_name="x.csv", content="***")
    with pytest.raises(CorrectInput) as refusal:
        await upload(world, "x.csv", bytes(800_000))
    assert refusal.value.problem_code == "too_large"


async def test_uploads_go_only_where_uploads_are(world: World) -> None:
    await world.source("shop")
    with pytest.raises(LookAgain, match="not a source of uploaded files"):
        await upload(world, "x.csv", CSV, source="shop")
    data_dir = Path(world.runtime.kernel.services.settings["data_dir"])
    elsewhere = world.folder / "elsewhere"
    elsewhere.mkdir()
    (data_dir / "uploads").mkdir(parents=True)
    (data_dir / "uploads" / "linked").symlink_to(elsewhere)
    with pytest.raises(LookAgain, match="is a link"):
        await upload(world, "x.csv", CSV, source="linked")
    assert list(elsewhere.iterdir()) == []


async def test_who_may_not_write_uploads_nothing_and_the_trail_holds_no_content(
    world: World,
) -> None:
    await world.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess):
        await upload(world, "x.csv", CSV, "vera")
    await upload(world, "x.csv", CSV)
    await world.runtime.kernel.close()
    async with world.runtime.database.reading() as session:
        kept = [str(row.arguments) for row in await session.scalars(select(ActivityRow))]
    assert not any(base64.b64encode(CSV).decode()[:30] in one for one in kept)


async def test_a_preview_stores_nothing(world: World) -> None:
    step = Step(
        id="one",
        operation="data_sources.upload_file",
        arguments={"file_name": "x.csv", "content": base64.b64encode(CSV).decode()},
    )
    preview = await world.runtime.kernel.preview([step], world.administrator)
    assert preview.steps[0].error is None
    data_dir = Path(world.runtime.kernel.services.settings["data_dir"])
    assert not (data_dir / "uploads").exists()
    assert (await world.call("data_sources.list_sources")).total == 0
