"""Sheets of Excel and OpenDocument workbooks, as CSV files that DuckDB then reads.

A workbook is looked through for what would burst (an archive that grows without measure) before
it is opened. The first row that holds anything names the columns.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tools.data_sources.inventory import ConnectorError

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
MOST_BYTES = 64_000_000
MOST_EXPANDED = 256_000_000
CHUNK = 1 << 20


def sheets(path: Path) -> list[str]:
    """The names of a workbook's sheets that hold cells."""
    with _opened(path) as workbook:
        names: list[str] = [
            one.name for one in workbook.sheets_metadata if str(one.typ).endswith("WorkSheet")
        ]
        return names


def write_csv(path: Path, sheet: str, target: Path) -> None:
    """Write a sheet's cells to a file."""
    with _opened(path) as workbook:
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
        held = [row for row in rows if any(cell != "" for cell in row)]
        if not held:
            raise ConnectorError("empty", "The sheet is empty.", "Fill it, or remove it.")
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_header(held[0]))
            writer.writerows([_plain(cell) for cell in row] for row in held[1:])


def refuse_bomb(path: Path) -> None:
    """Unpack an archive to nowhere, as far as allowed.

    Raises:
        ConnectorError: it is damaged, lies about its sizes, or holds too much.
    """
    try:
        with ZipFile(path) as archive, path.open("rb") as file:
            left = MOST_EXPANDED
            for member in archive.infolist():
                left -= _expanded(file, member, left)
    except (BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        raise _damaged() from None


def _expanded(file: Any, member: ZipInfo, most: int) -> int:
    """The true size of a member; what the archive says of it may be a lie."""
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or member.flag_bits & 1:
        raise _damaged()
    file.seek(member.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise _damaged()
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    unpacking = zlib.decompressobj(-15) if member.compress_type == ZIP_DEFLATED else None
    size, remaining = 0, member.compress_size
    while remaining > 0 and (chunk := file.read(min(CHUNK, remaining))):
        remaining -= len(chunk)
        while chunk:
            size += len(unpacking.decompress(chunk, CHUNK)) if unpacking else len(chunk)
            chunk = unpacking.unconsumed_tail if unpacking else b""
            if size > most:
                raise ConnectorError(
                    "too_large",
                    f"Unpacked it has more than {MOST_EXPANDED // 1_000_000} MB.",
                    "Split it, or save it as CSV or Parquet.",
                )
    if size != member.file_size:
        raise _damaged()
    return size


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from python_calamine import CalamineWorkbook

    if path.stat().st_size > MOST_BYTES:
        raise ConnectorError(
            "too_large",
            f"It has more than {MOST_BYTES // 1_000_000} MB.",
            "Split it, or save it as CSV or Parquet.",
        )
    if path.suffix.lower() != ".xls":
        refuse_bomb(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            yield workbook
    except (ConnectorError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # a panic of the reader is no Exception
        raise _damaged() from None


def _damaged() -> ConnectorError:
    return ConnectorError(
        "damaged",
        "It is damaged, encrypted or no workbook.",
        "Save it anew, without a password.",
    )


def _header(row: list[Any]) -> list[str]:
    """Names that are all there, and all different."""
    names: dict[str, None] = {}
    for number, cell in enumerate(row, 1):
        wanted = name = " ".join(str(_plain(cell)).split()) or f"column{number}"
        again = 1
        while name.lower() in (known.lower() for known in names):
            again += 1
            name = f"{wanted}_{again}"
        names[name] = None
    return list(names)


def _plain(cell: Any) -> object:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)  # Excel has no integers
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell
