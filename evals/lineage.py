"""Measures lineage on other people's cases: exact edges of SQL, dbt manifests, OpenLineage events.

Run by people and CI: `python -m evals.lineage [--shared DIR | --data DIR] [--wrong]`. Reads only;
needs the shared data (`RACINE_SHARED` or `<repository>/../shared`). A case counts if its edges are
exactly the expected ones, from end to end of its script.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tools.catalog.dbt import read_manifest
from tools.catalog.openlineage import read_event
from tools.catalog.sql_script import Script, dialect_of, read_script

Edge = tuple[str, str]
PROMISES = {"table": 0.95, "column": 0.90, "dbt": 1.0, "openlineage": 1.0}


def shared_data() -> Path:
    """The folder `data` of the shared material, which may not exist."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    return Path(os.environ.get("RACINE_SHARED", beside)) / "data"


def read_case(case: dict[str, Any]) -> Script:
    """The case's script, temporary tables kept: the cases tell of the whole script's ends.

    Where a case needs metadata that it doesn't bring, its own edges' columns stand for it.
    """
    schema: dict[str, list[str]] = {
        name.lower(): list(columns) for name, columns in (case.get("schema") or {}).items()
    }
    if case.get("needs_metadata") and not schema:
        for end in (end for edge in case["column_edges"] for end in (edge["from"], edge["to"])):
            known = schema.setdefault((end["table"] or "").lower(), [])
            known += [end["column"]] if end["column"] not in known else []
    return read_script(case["sql"], dialect_of(case["dialect"]) or "", schema, through=False)


def tables(script: Script) -> tuple[set[str], set[str]]:
    """The tables where the script's lineage begins and where it ends."""
    reads = {name.lower() for one in script.statements for name in one.reads}
    writes = {one.target.lower() for one in script.statements if one.target}
    own = {
        one.target.lower()
        for one in script.statements
        if one.target and one.target.lower() in {name.lower() for name in one.reads}
    }
    return (reads - writes) | own, (writes - reads) | own


def columns(script: Script) -> set[tuple[str, str]]:
    """The columns where the script's lineage begins, with those where it ends."""
    above: dict[str, set[str]] = defaultdict(set)
    for flow in (flow for one in script.statements for flow in one.columns):
        above[f"{flow.target_table}.{flow.target_column}".lower()].add(
            f"{flow.source_table}.{flow.source_column}".lower()
        )
    passed = {name for end, names in above.items() for name in names if name != end}
    return {(root, end) for end in set(above) - passed for root in _roots(end, above, frozenset())}


def _roots(column: str, above: dict[str, set[str]], seen: frozenset[str]) -> Iterator[str]:
    for name in above[column] - seen:
        if name in above and name != column:
            yield from _roots(name, above, seen | {column})
        else:
            yield name


def judge_sql(case: dict[str, Any]) -> bool:
    """Whether the edges are exactly the expected ones; an ambiguous column has no table there."""
    script = read_case(case)
    if case["kind"] == "table":
        expected = tuple({name.lower() for name in case[end]} for end in ("sources", "targets"))
        return tables(script) == expected
    wanted = {
        tuple(f"{edge[end]['table']}.{edge[end]['column']}".lower() for end in ("from", "to"))
        for edge in case["column_edges"]
        if edge["from"]["table"]
    }
    query = {(f, t.removeprefix(".") if t.startswith(".") else t) for f, t in columns(script)}
    return query == wanted


def judge_dbt(folder: Path) -> Iterator[tuple[str, bool]]:
    """Each manifest: are its edges those of `depends_on`, read here without our reader?"""
    for path in sorted(folder.glob("*manifest*.json")):
        raw = json.loads(path.read_text())
        nodes = {**raw.get("nodes", {}), **raw.get("sources", {}), **raw.get("exposures", {})}
        kinds = {"model", "seed", "snapshot", "source", "exposure"}
        wanted = {
            (parent, name)
            for name, node in nodes.items()
            for parent in (node.get("depends_on") or {}).get("nodes", [])
            if name.split(".")[0] in kinds and parent.split(".")[0] in kinds
        }
        manifest = read_manifest(raw)
        found = {(edge.parent, edge.child) for edge in manifest.edges}
        yield path.name, found == wanted and not manifest.problems


def judge_events(path: Path) -> Iterator[tuple[str, bool]]:
    """Each event: is it accepted if it is valid, and reported if it isn't?

    Many are their publisher's expectations of events; what those leave open is filled in first.
    """
    for line in path.read_text().splitlines():
        case = json.loads(line)
        accepted = not isinstance(read_event(filled(case["event"])), str)
        yield case["path"], accepted == case["valid"]


def filled(event: dict[str, Any]) -> dict[str, Any]:
    """The event with its envelope whole: a job's name, a time, who made it."""
    made = {
        "eventTime": "2026-01-01T00:00:00Z",
        "producer": "https://example.org",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
    } | event
    if not made["eventTime"][:1].isdigit():  # a placeholder
        made["eventTime"] = "2026-01-01T00:00:00Z"
    if "dataset" in made and "job" not in made:
        return made
    job = {"namespace": "left open", "name": "left open"}
    return made | {"job": job | made.get("job", {})}


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=None, help="the shared folder")
    parser.add_argument("--data", type=Path, default=None, help="a folder like data/lineage")
    parser.add_argument("--wrong", action="store_true", help="list every case judged otherwise")
    arguments = parser.parse_args(given)
    data = arguments.shared / "data" if arguments.shared else shared_data()
    folder = arguments.data or data / "lineage"
    if not folder.is_dir():
        sys.stderr.write(f"No {folder}. Set RACINE_SHARED, --shared or --data to the folder.\n")
        return 2
    judged: dict[str, list[tuple[str, bool]]] = {}
    if (cases := folder / "sql_lineage_cases.jsonl").is_file():
        for case in map(json.loads, cases.read_text().splitlines()):
            judged.setdefault(case["kind"], []).append((case["source"], judge_sql(case)))
    if (events := folder / "openlineage_events.jsonl").is_file():
        judged["openlineage"] = list(judge_events(events))
    judged["dbt"] = list(judge_dbt(folder / "dbt"))
    return report(judged, wrong=arguments.wrong)


def report(judged: dict[str, list[tuple[str, bool]]], *, wrong: bool) -> int:
    """Print the shares; 1 if one is below its promise."""
    kept = True
    for kind, cases in judged.items():
        right = sum(good for _, good in cases)
        share = right / len(cases) if cases else 1.0
        kept &= share >= PROMISES[kind]
        sys.stdout.write(f"{kind:<12}{right:>4} of {len(cases):<4}{share:>7.1%}\n")
        for name, good in cases if wrong else ():
            sys.stdout.write("" if good else f"  {name}\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
