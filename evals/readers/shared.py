"""Cases from the shared data (`RACINE_SHARED`, else ../shared), which is never copied.

`prompts`: what users of other products ask. `columns`: labelled columns. `lineage`: SQL with its
edges. `retrieval`: questions with their tables. `compliance`: controls by their own text.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from evals.cases import Call, Case, Check, Edges, Expect, Ranked, Suite, Turn
from tools.errors import CorrectInput

OUTCOMES = Path(__file__).parents[1] / "suites" / "planner_prompts.json"
NIST = re.compile(r"[A-Z]{2}-\d+")
QUERY = 400


def read_shared(name: str) -> Suite:
    """One of the suites that the shared data gives.

    Raises:
        CorrectInput: there is no such suite, or no shared data.
    """
    if name not in READERS:
        raise CorrectInput(f"There is no shared suite {name!r}.", f"Name: {', '.join(READERS)}.")
    root = Path(os.environ.get("RACINE_SHARED", Path(__file__).parents[3] / "shared"))
    if not (root / "data").is_dir():
        raise CorrectInput(f"There is no shared data at {root}.", "Set RACINE_SHARED.")
    return READERS[name](root / "data")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def prompts(data: Path) -> Suite:
    """By what each prompt should come to here: an operation, a question back, an honest no."""
    outcomes = json.loads(OUTCOMES.read_text(encoding="utf-8"))
    cases = [
        Case(
            id=f"prompt-{row['id']}",
            kind="operations",
            group=row["intent"],
            note=f"from {row['source']}",
            turns=[
                Turn(
                    say=row.get("filled") or row["prompt"],
                    expect=Expect(first=_outcomes(outcomes[row["id"]]), may_plan=True),
                )
            ],
        )
        for row in _rows(data / "prompts" / "governance_prompts.jsonl")
        if row["id"] in outcomes
    ]
    return Suite(suite="shared-prompts", about="Prompts that vendors publish", cases=cases)


def _outcomes(names: list[str]) -> list[str]:
    """Operations, a question back, or else words without a call, such as `out_of_scope`."""
    return [name if "." in name or name == "ask" else "unsupported" for name in names]


def columns(data: Path) -> Suite:
    """The best label of a column's values and name, or none for a negative of its source."""
    label_map = json.loads((data / "columns" / "label_map.json").read_text(encoding="utf-8"))["map"]
    cases = []
    for number, row in enumerate(_rows(data / "columns" / "labelled_columns.jsonl")):
        key = f"{row['label_scheme']}|{row['label']}"
        if key not in label_map or label_map[key] is None:
            continue  # a missing label is no proof that there is nothing
        own = row["label_scheme"].startswith("synthea")  # there, the name is the label
        arguments = {"values": row["values"]} | ({} if own else {"column_name": row["column"]})
        cases.append(
            _direct(
                f"column-{number}",
                "classification",
                Call(operation="scan_rule_sets.test_rule_set", arguments=arguments),
                Expect(result=[Check(pick="found[].label", holds=[label_map[key]])]),
            )
        )
    return Suite(suite="shared-columns", about="Columns that others labelled", cases=cases)


def lineage(data: Path) -> Suite:
    """Exact tables and columns of single SQL statements."""
    cases = []
    for number, row in enumerate(_rows(data / "lineage" / "sql_lineage_cases.jsonl")):
        one_statement = ";" not in row["sql"].strip().rstrip(";")
        if not (row.get("verified") and one_statement) or row.get("schema"):
            continue
        arguments = {"sql": row["sql"]} | (
            {} if row["dialect"] == "ansi" else {"dialect": row["dialect"]}
        )
        cases.append(
            _direct(
                f"sql-{number}",
                "lineage",
                Call(operation="catalog.read_sql_lineage", arguments=arguments),
                _tables(row) if row["kind"] == "table" else _column_edges(row),
            )
        )
    return Suite(suite="shared-lineage", about="SQL with its lineage (sqllineage)", cases=cases)


def _tables(row: dict[str, Any]) -> Expect:
    checks = [Check(pick="items[].reads[]", set=row["sources"])]
    if row["targets"]:
        checks.append(Check(pick="items[].writes", set=row["targets"]))
    return Expect(result=checks)


def _column_edges(row: dict[str, Any]) -> Expect:
    def end(one: dict[str, Any]) -> str:
        return ".".join(part for part in (one["table"], one["column"]) if part)

    edges = [f"{end(edge['from'])} -> {end(edge['to'])}" for edge in row["column_edges"]
             if edge["from"]["table"]]  # fmt: skip
    return Expect(
        edges=Edges(
            pick="columns",
            upstream="source_table+source_column",
            downstream="target_table+target_column",
            exactly=edges,
        )
    )


def retrieval(data: Path) -> Suite:
    """Tables from questions: all databases of Spider are registered here, and removed again.

    The service has to be on this machine, since it reads the databases that are written for it.
    """
    folder = Path(mkdtemp(prefix="racine-evals-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    databases: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(data / "retrieval" / "table_corpus.jsonl"):
        if not row["table"].startswith("sqlite_"):
            databases[row["db"]].append(row)
    before, after = [], []
    for name, tables in databases.items():
        _database(folder / f"{name}.sqlite", tables)
        place = {"name": name, "kind": "sqlite", "location": str(folder / f"{name}.sqlite")}
        before.append(Call(operation="data_sources.register_source", arguments=place))
        before.append(Call(operation="data_sources.discover_assets", arguments={"source": name}))
        after.append(Call(operation="data_sources.remove_source", arguments={"source": name}))
    known = {f"{db}.{t['table']}".lower(): f"{db}.{t['table']}"
             for db, tables in databases.items() for t in tables}  # fmt: skip
    cases = [
        _direct(
            row["id"],
            "retrieval",
            Call(
                operation="catalog.search_assets",
                arguments={"query": row["question"], "kind": "table"},
            ),
            Expect(ranked=Ranked(gold=gold)),
        )
        for row in _rows(data / "retrieval" / "table_questions.jsonl")
        if all(gold := [known.get(f"{row['db']}.{t}".lower(), "") for t in row["gold_tables"]])
    ]
    about = "Spider's questions, all databases mixed"
    return Suite(suite="shared-retrieval", about=about, before=before, after=after, cases=cases)


def _database(path: Path, tables: list[dict[str, Any]]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in tables:
            names = dict.fromkeys(c["name"].casefold() for c in table["columns"])
            quoted = ", ".join(f'"{name}" TEXT' for name in names)
            connection.execute(f'CREATE TABLE IF NOT EXISTS "{table["table"]}" ({quoted})')


def compliance(data: Path) -> Suite:
    """Our control among the first five, from the words of the framework itself: NIST 800-53."""
    cases = [
        _direct(
            f"control-{row['ref_id'].casefold()}",
            "retrieval",
            Call(
                operation="compliance.search_controls",
                arguments={"query": row["text"][:QUERY], "framework": "nist-800-53"},
            ),
            Expect(ranked=Ranked(pick="items[].id", gold=[f"nist-800-53/{row['ref_id'].lower()}"])),
        )
        for row in _rows(data / "compliance" / "frameworks.jsonl")
        if row["framework"] == "NIST-SP-800-53-rev5"
        and NIST.fullmatch(row["ref_id"])
        and row.get("text")
        and "withdrawn" not in row["text"].casefold()[:40]
    ]
    return Suite(suite="shared-compliance", about="Controls from their own text", cases=cases)


def _direct(name: str, kind: Any, call: Call, expect: Expect) -> Case:
    return Case(id=name, kind=kind, turns=[Turn(call=call, expect=expect)])


READERS: dict[str, Callable[[Path], Suite]] = {
    "prompts": prompts,
    "columns": columns,
    "lineage": lineage,
    "retrieval": retrieval,
    "compliance": compliance,
}
