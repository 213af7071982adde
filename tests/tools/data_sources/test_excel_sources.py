"""Workbooks in a folder: each sheet a table, typed; what bursts or is broken is a warning."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tools.catalog.measures import ROWS, rows
from tools.data_sources.connectors import Connection, ConnectorError, open_connector
from tools.data_sources.drivers import excel


def workbook(path: Path, **sheets: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    book.save(path)
    book.close()


PEOPLE: list[list[object]] = [
    ["id", "mail", "born", "seen", "height", "ok", "mail", None],
    [1, "a@b.c", date(2001, 2, 3), datetime(2026, 1, 2, 3, 4), 1.75, True, 'say "hi"\nnow', None],
    [2, None, date(2002, 2, 3), None, 1.5, False, "x" * 300, None],
]


def test_each_sheet_is_a_table(tmp_path: Path) -> None:
    workbook(tmp_path / "one.xlsx", Sheet1=PEOPLE)
    workbook(tmp_path / "two.xlsx", first=[["a"], [1]], second=[["b"], ["x"], ["y"]])
    with open_connector(Connection(kind="files", location=str(tmp_path))) as connector:
        inventory = connector.discover()
        assert inventory.warnings == ()
        found = {one.name: one for one in inventory.tables}
        assert {name: one.row_count for name, one in found.items()} == {
            "one": 2,
            "two/first": 1,
            "two/second": 2,
        }
        assert [(one.name, one.coarse_type) for one in found["one"].columns] == [
            ("id", "integer"),
            ("mail", "text"),
            ("born", "date"),
            ("seen", "datetime"),
            ("height", "number"),
            ("ok", "boolean"),
            ("mail_2", "text"),
        ]
        _, (first, second) = connector.preview(None, "one", 5)
        assert first[:4] == ["1", "a@b.c", "2001-02-03", "2026-01-02 03:04:00"]
        assert second[1] is None and len(str(second[6])) == 200
        assert connector.sample(None, "two/second", ["b"], 5)["b"] == ["x", "y"]
        assert connector.measure(None, "one", ["id"], {ROWS: rows()}) == {ROWS: 2}


def test_one_workbook_is_a_source_too(tmp_path: Path) -> None:
    workbook(tmp_path / "one.xlsx", Sheet1=PEOPLE)
    with open_connector(Connection(kind="files", location=str(tmp_path / "one.xlsx"))) as connector:
        assert [one.name for one in connector.discover().tables] == ["one"]


def test_what_is_broken_is_a_warning_and_the_rest_is_read(tmp_path: Path) -> None:
    workbook(tmp_path / "good.xlsx", Sheet1=PEOPLE)
    workbook(tmp_path / "empty.xlsx", Sheet1=[])
    (tmp_path / "text.xlsx").write_text("no workbook")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    cut = (tmp_path / "good.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(cut[: len(cut) // 2])
    with open_connector(Connection(kind="files", location=str(tmp_path))) as connector:
        inventory = connector.discover()
    assert [one.name for one in inventory.tables] == ["good"]
    assert [warning.partition(":")[0] for warning in inventory.warnings] == [
        "cut.xlsx",
        "empty.xlsx",
        "old.xls",
        "text.xlsx",
    ]


def test_an_archive_that_bursts_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w") as member,
    ):
        for _ in range(excel.MOST_EXPANDED // excel.CHUNK + 1):
            member.write(bytes(excel.CHUNK))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(ConnectorError) as error:
        excel.sheets(path)
    assert error.value.code == "too_large"


def test_an_archive_that_lies_about_its_sizes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", bytes(100_000))
    honest = path.read_bytes()
    path.write_bytes(honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(ConnectorError) as error:
        excel.sheets(path)
    assert error.value.code == "damaged"
