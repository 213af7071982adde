"""A folder of CSV, Parquet, JSON and Excel files, read by a DuckDB that sees nothing else.

A file is a table, named by its path below the folder without its ending; a folder partitioned
the Hive way (`year=2024/…`) is one, and so is each sheet of a workbook. What can't be read is a
warning.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from functools import cached_property
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from tools.data_sources.drivers import excel
from tools.data_sources.drivers.base import Progress, literal, no_such_table, state_of
from tools.data_sources.drivers.duck import CONFIGURATION, DuckReader
from tools.data_sources.inventory import (
    ColumnInfo,
    ConnectorError,
    Inventory,
    TableInfo,
    coarse_type,
)

READERS = {
    ".csv": "read_csv",
    ".tsv": "read_csv",
    ".parquet": "read_parquet",
    ".json": "read_json",
    ".jsonl": "read_json",
    ".ndjson": "read_json",
}
ENDINGS = (*READERS, *excel.ENDINGS)
MOST_TABLES = 5_000


class _Files(NamedTuple):
    """The files of one table, all of one kind. `sheet`: the one of a workbook, or ''."""

    paths: tuple[Path, ...]
    partitioned: bool = False
    sheet: str | None = None

    def read(self, *, as_text: bool) -> str:
        """The table function over them; `as_text`: values of CSV as they stand in the file."""
        reader = READERS[self.paths[0].suffix.lower()]
        paths = ", ".join(literal(escape(str(path))) for path in self.paths)
        options = {"read_parquet": ", union_by_name = true" if self.partitioned else ""}
        options["read_csv"] = ", all_varchar = true" if as_text else ""
        hive = str(self.partitioned).lower()
        return f"{reader}([{paths}], hive_partitioning = {hive}{options.get(reader, '')})"


class FilesConnector(DuckReader):
    """A folder of files, or one file."""

    def discover(self, progress: Progress | None = None) -> Inventory:
        tables: list[TableInfo] = []
        warnings: list[str] = []
        files = self._files
        if len(files) > MOST_TABLES:
            warnings.append(f"Only the first {MOST_TABLES} of {len(files)} files were read.")
        for done, name in enumerate(list(files)[:MOST_TABLES]):
            if progress:
                progress(f"reading {name}", done, min(len(files), MOST_TABLES))
            try:
                tables.append(self._table(name, files[name]))
            except ConnectorError as error:
                failed = error.code == "source_failed"  # its words are of the whole folder
                why = f"It can't be read. {error.remedy}" if failed else error.detail
                warnings.append(f"{files[name].paths[0].relative_to(self._root)}: {why}")
            except OSError as error:
                warnings.append(f"{name}: {error.strerror}.")
        return Inventory(
            tables=tuple(tables),
            dialect="duckdb",
            server_version=self.version(),
            warnings=tuple(warnings),
        )

    def _table(self, name: str, files: _Files) -> TableInfo:
        size = sum(path.stat().st_size for path in files.paths)
        if not size:
            raise ConnectorError("empty", "It is empty.", "Remove it, or write it again.")
        columns = tuple(
            ColumnInfo(
                name=column,
                data_type=data_type,
                coarse_type=coarse_type(data_type),
                nullable=True,
                position=position,
            )
            for position, (column, data_type) in enumerate(self._types(None, name).items(), 1)
        )
        count = f"SELECT count(*) FROM {self._relation(None, name)}"
        return TableInfo(
            schema_name=None,
            name=name,
            kind="table",
            columns=columns,
            row_count=self._rows(count)[0][0],
            bytes=size,
        )

    @property
    def _root(self) -> Path:
        return self._path if self._path.is_dir() else self._path.parent

    @cached_property
    def _files(self) -> dict[str, _Files]:
        """The files of each table by its name; where two would have one name, with the ending."""
        single: list[Path] = []
        partitions: dict[Path, list[Path]] = {}
        for path in self._found():
            parents = path.relative_to(self._root).parent.parts
            first = next((at for at, part in enumerate(parents) if "=" in part), None)
            if first is None or path.suffix.lower() != ".parquet":
                single.append(path)
            else:
                top = self._root.joinpath(*parents[:first])
                partitions.setdefault(top, []).append(path)
        named = []
        for path in single:
            name = _without_ending(path.relative_to(self._root))
            sheets = _sheets(path)
            for sheet in sheets:
                inside = f"{name}/{sheet}" if len(sheets) > 1 else name
                named.append((inside, path, _Files((path,), sheet=sheet)))
        for top, paths in partitions.items():
            name = top.name if top == self._root else top.relative_to(self._root).as_posix()
            named.append((name, top, _Files(tuple(paths), partitioned=True)))
        shared = Counter(name for name, _path, _files in named)
        return {
            name if shared[name] == 1 else path.relative_to(self._root).as_posix(): files
            for name, path, files in sorted(named)
        }

    def _found(self) -> list[Path]:
        if self._path.is_file():
            return [self._path]
        found: list[Path] = []
        for folder, folders, names in os.walk(self._path):  # follows no links to folders
            folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
            paths = (Path(folder, name) for name in names if not name.startswith("."))
            found += (
                path
                for path in paths
                if path.suffix.lower() in ENDINGS
                and path.is_file()
                and path.resolve().is_relative_to(self._path)
            )
        return sorted(found)

    def _types(self, schema: str | None, table: str) -> dict[str, str]:
        files = self._files.get(table)
        if files is None:
            raise no_such_table(schema, table)
        relation = self._relation(schema, table, as_text=False)
        described = self._rows(f"DESCRIBE SELECT * FROM {relation}")
        return {row[0]: row[1] for row in described}

    def _relation(self, schema: str | None, table: str, *, as_text: bool = True) -> str:
        files = self._files[table]
        if files.sheet is not None:
            files = _Files((self._converted(files),))
        return files.read(as_text=as_text)

    def _converted(self, files: _Files) -> Path:
        """A sheet as a CSV file, made when it is first asked for."""
        known = self._sheets.get(files)
        if known is None:
            known = Path(self._own.name, f"{len(self._sheets)}.csv")
            try:
                excel.write_csv(files.paths[0], files.sheet or "", known)
            except OSError as error:
                raise ConnectorError(
                    "unreadable",
                    f"'{files.paths[0].name}' can't be read: {error.strerror}.",
                    "Discover the source again.",
                ) from None
            self._sheets[files] = known
        return known

    def marks(self) -> dict[tuple[str | None, str], str]:
        states = {name: state_of(*files.paths) for name, files in self._files.items()}
        return {
            (None, name): hashlib.sha256(state.encode()).hexdigest()
            for name, state in states.items()
            if state
        }

    def close(self) -> None:
        super().close()
        self._own.cleanup()

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._path.is_file() and self._path.suffix.lower() not in ENDINGS:
            raise ConnectorError(
                "wrong_kind",
                f"'{self._path.name}' is of no kind that can be read.",
                f"Name a folder, or a file ending in {', '.join(ENDINGS)}.",
            )
        self._own = TemporaryDirectory(prefix="racine-sheets-")
        self._sheets: dict[_Files, Path] = {}
        database = duckdb.connect(":memory:", config=CONFIGURATION)
        folders = [self._own.name]
        if self._path.is_dir():
            folders.append(str(self._path))
        else:
            database.execute(f"SET allowed_paths = [{literal(self._path)}]")
        database.execute(f"SET allowed_directories = [{', '.join(map(literal, folders))}]")
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        return database


def _sheets(path: Path) -> list[str | None]:
    """A workbook's sheets; of one that can't be opened '', so that reading it says why."""
    if path.suffix.lower() not in excel.ENDINGS:
        return [None]
    try:
        return [*excel.sheets(path)] or [""]
    except (ConnectorError, OSError):
        return [""]


def _without_ending(path: Path) -> str:
    return path.with_suffix("").as_posix()
