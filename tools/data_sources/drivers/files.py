"""A folder of CSV, Parquet and JSON files, read in place by a DuckDB that sees nothing else.

A file is a table, named by its path below the folder without its ending; a folder partitioned
the Hive way (`year=2024/…`) is one. What can't be read is a warning.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cached_property
from glob import escape
from pathlib import Path
from typing import NamedTuple

import duckdb

from tools.data_sources.drivers.base import Progress, literal, no_such_table
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
MOST_TABLES = 5_000


class _Files(NamedTuple):
    """The files of one table, all of one kind."""

    paths: tuple[Path, ...]
    partitioned: bool = False

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
                warnings.append(f"{files[name].paths[0].relative_to(self._root)}: {error.detail}")
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
        count = f"SELECT count(*) FROM {files.read(as_text=True)}"
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
        named = [
            (_without_ending(path.relative_to(self._root)), path, _Files((path,)))
            for path in single
        ]
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
                if path.suffix.lower() in READERS
                and path.is_file()
                and path.resolve().is_relative_to(self._path)
            )
        return sorted(found)

    def _types(self, schema: str | None, table: str) -> dict[str, str]:
        files = self._files.get(table)
        if files is None:
            raise no_such_table(schema, table)
        described = self._rows(f"DESCRIBE SELECT * FROM {files.read(as_text=False)}")
        return {row[0]: row[1] for row in described}

    def _relation(self, schema: str | None, table: str, *, as_text: bool = True) -> str:
        return self._files[table].read(as_text=as_text)

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._path.is_file() and self._path.suffix.lower() not in READERS:
            raise ConnectorError(
                "wrong_kind",
                f"'{self._path.name}' is of no kind that can be read.",
                f"Name a folder, or a file ending in {', '.join(READERS)}.",
            )
        database = duckdb.connect(":memory:", config=CONFIGURATION)
        setting = "allowed_directories" if self._path.is_dir() else "allowed_paths"
        database.execute(f"SET {setting} = [{literal(self._path)}]")
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        return database


def _without_ending(path: Path) -> str:
    return path.with_suffix("").as_posix()
