"""A dbt manifest (`target/manifest.json`, versions 1 to 12), as far as it tells of lineage. Pure.

Every edge of `depends_on` between models, seeds, snapshots, sources and exposures is told. Columns
come from compiled SQL where the manifest has it. What can't be read is a problem, told once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tools.catalog.sql_columns import Leaf
from tools.catalog.sql_script import dialect_of, read_script

TABLES = ("model", "seed", "snapshot", "source")
KINDS = (*TABLES, "exposure")
ADAPTERS = {"sqlserver": "tsql", "synapse": "tsql", "fabric": "tsql", "glue": "spark"}


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True)


class DependsOn(_Read):
    """What a node is made of."""

    nodes: list[str] = []


class Owner(_Read):
    """Who owns an exposure."""

    name: str | None = None
    email: str | list[str] | None = None


class Node(_Read):
    """A node of a manifest: something with lineage, or a test, macro or analysis without."""

    unique_id: str
    resource_type: str
    name: str
    database: str | None = None
    schema_: Annotated[str | None, Field(alias="schema")] = None
    alias: str | None = None
    identifier: str | None = None
    description: str | None = None
    type: str | None = None
    url: str | None = None
    owner: Owner | None = None
    columns: dict[str, dict[str, Any]] = {}
    compiled_code: str | None = None
    compiled_sql: str | None = None
    depends_on: DependsOn = DependsOn()

    @property
    def table(self) -> str:
        """The table's name in its database: schema and name."""
        name = self.identifier or self.alias or self.name
        return ".".join(part for part in (self.schema_, name) if part)


@dataclass(frozen=True)
class Edge:
    """A node that another depends on."""

    parent: str
    child: str


@dataclass(frozen=True)
class ColumnFlow:
    """A column of a node that is made of a column of another."""

    parent: str
    parent_column: str
    child: str
    child_column: str


@dataclass
class Manifest:
    """What was read. `problems`: each node that wasn't, with the reason."""

    project: str
    dialect: str
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    columns: list[ColumnFlow] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def read_manifest(raw: Mapping[str, Any]) -> Manifest:
    """Read a manifest.

    Raises:
        ValueError: it isn't one; the sentence says why.
    """
    metadata = raw.get("metadata")
    if not isinstance(metadata, Mapping) or not isinstance(raw.get("nodes"), Mapping):
        raise ValueError("It has no 'metadata' and 'nodes', as a dbt manifest has.")
    adapter = str(metadata.get("adapter_type") or "")
    manifest = Manifest(
        project=str(metadata.get("project_name") or metadata.get("project_id") or "dbt"),
        dialect=dialect_of(ADAPTERS.get(adapter, adapter)) or "",
    )
    for part in ("nodes", "sources", "exposures"):
        for name, one in (raw.get(part) or {}).items():
            _take(manifest, str(name), one)
    for child, node in manifest.nodes.items():
        for parent in dict.fromkeys(node.depends_on.nodes):
            if parent in manifest.nodes:
                manifest.edges.append(Edge(parent, child))
            elif parent.partition(".")[0] in KINDS:
                manifest.problems.append((child, f"It depends on {parent}, which is not there."))
    _trace(manifest)
    return manifest


def _take(manifest: Manifest, name: str, raw: object) -> None:
    kind = name.partition(".")[0]
    if kind not in KINDS:
        return
    try:
        node = Node.model_validate(raw)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "it"
        manifest.problems.append((name, f"'{where}': {fault['msg']}."))
        return
    manifest.nodes[name] = node


def _trace(manifest: Manifest) -> None:
    """The columns' lineage of the nodes that have compiled SQL, parents first."""
    schema: dict[str, list[str]] = {}
    places = {node.table.lower(): name for name, node in manifest.nodes.items()}
    known = {name: list(node.columns) for name, node in manifest.nodes.items()}
    for name in _in_order(manifest):
        node = manifest.nodes[name]
        sql = node.compiled_code or node.compiled_sql
        if node.resource_type == "seed" or not sql:
            columns = known[name]
        else:
            script = read_script(sql, manifest.dialect, schema)
            manifest.problems += [
                (name, f"Line {problem.line}: {problem.reason}") for problem in script.problems
            ]
            flows = [flow for one in script.statements[-1:] for flow in one.columns]
            for flow in flows:
                parent = _parent(flow.source_table, places)
                if parent is not None and parent != name:
                    leaf: Leaf = (parent, flow.source_column)
                    manifest.columns.append(ColumnFlow(*leaf, name, flow.target_column))
            made = list(dict.fromkeys(flow.target_column for flow in flows))
            columns = known[name] if "*" in made or len(known[name]) > len(made) else made
        if columns:
            schema[node.table.lower()] = columns


def _parent(table: str, places: Mapping[str, str]) -> str | None:
    parts = table.lower().split(".")
    return next(
        (
            places[".".join(parts[start:])]
            for start in range(len(parts))
            if ".".join(parts[start:]) in places
        ),
        None,
    )


def _in_order(manifest: Manifest) -> list[str]:
    """Nodes after those that they depend on; a circle is broken where it is met."""
    order: dict[str, None] = {}
    for start in manifest.nodes:
        waiting = [(start, False)]
        entered: set[str] = set()
        while waiting:
            name, done = waiting.pop()
            if done:
                order[name] = None
            elif name not in order and name not in entered:
                entered.add(name)
                waiting.append((name, True))
                parents = manifest.nodes[name].depends_on.nodes
                waiting += [(parent, False) for parent in parents if parent in manifest.nodes]
    return list(order)
