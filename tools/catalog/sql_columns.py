"""The columns that a query gives, and what each is made of. Pure; for `sql_lineage` only.

Reads a parsed query from the inside out: each relation in a FROM becomes the list of its columns,
each with the table columns that it is made of, and the SELECT around it is read with those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from logging import CRITICAL, getLogger

from sqlglot import exp

from tools.catalog.sql_parsing import name_of

getLogger("sqlglot").setLevel(CRITICAL)  # it logs the SQL that it can't read, with its values

STAR = "*"
LATERAL = ("", "clickhouse", "databricks", "duckdb", "redshift", "snowflake", "spark", "teradata")
"""Where one column of a SELECT may be made of another's alias."""
DEFINED = (exp.ColumnDef, exp.JSONColumnDef, exp.OpenJSONColumnDef)
"""How the columns of a table function are defined in its call."""
FILES = ("avro", "binaryfile", "csv", "delta", "json", "orc", "parquet", "text", "xml")

Leaf = tuple[str, str]
"""A table's name and one of its columns."""


@dataclass(frozen=True)
class Output:
    """A column of a relation; named `*`, all the unknown columns of the tables in its leaves."""

    name: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Source:
    """What stands in a FROM under an alias."""

    alias: str
    outputs: list[Output]
    table: str | None = None
    made: tuple[Leaf, ...] = ()
    """Of what a table function makes its columns, whatever they are called."""


@dataclass(frozen=True)
class Temporary:
    """A table that only a script knows: its columns, and the tables that it is made of."""

    outputs: tuple[Output, ...]
    tables: tuple[str, ...]


@dataclass
class Frame:
    """What a SELECT's expressions can name: its sources, its own aliases, what is around it."""

    outer: Frame | None
    ctes: dict[str, list[Output]]
    sources: list[Source] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)
    """Columns that JOIN … USING makes one of, in lower case."""
    outputs: list[Output] = field(default_factory=list)
    windows: dict[str, exp.Expr] = field(default_factory=dict)
    """What WINDOW names, by its name in lower case."""


class QueryReader:
    """Reads queries from the inside out; gathers tables and warnings, in order, as keys."""

    def __init__(self, schema: Mapping[str, list[str]], dialect: str = "") -> None:
        self.schema = schema
        self.dialect = dialect
        self.temporary: Mapping[str, Temporary] = {}
        self.tables: dict[str, None] = {}
        self.warnings: dict[str, None] = {}

    # ---- queries ----------------------------------------------------------------------------

    def query(
        self, query: exp.Expr, ctes: dict[str, list[Output]], outer: Frame | None
    ) -> list[Output]:
        """The columns that a query gives."""
        ctes = self._with_ctes(query, ctes, outer)
        match query:
            case exp.Subquery() | exp.Paren():
                return self.query(query.this, ctes, outer)
            case exp.SetOperation():
                left = self.query(query.this, ctes, outer)
                right = self.query(query.expression, ctes, outer)
                return _united(left, right, by_name=bool(query.args.get("by_name")))
            case exp.Select():
                return self._select(query, Frame(outer, ctes))
            case exp.Table():
                frame = Frame(outer, ctes)
                return self._table(query, frame).outputs
            case exp.Insert() | exp.Update() | exp.Delete() | exp.Merge():
                return self._returned(query, Frame(outer, ctes))
        return []

    def _returned(self, change: exp.Expr, frame: Frame) -> list[Output]:
        """The columns that a change in a WITH gives back."""
        returning, table = change.args.get("returning"), change.this
        table = table.this if isinstance(table, exp.Schema) else table
        if returning is None or not isinstance(table, exp.Table):
            return []
        frame.sources.append(self._table(table, frame))
        return [one for each in returning.expressions for one in self._projected(each, frame)]

    def _with_ctes(
        self, query: exp.Expr, ctes: dict[str, list[Output]], outer: Frame | None
    ) -> dict[str, list[Output]]:
        with_ = query.args.get("with_")
        if with_ is None:
            return ctes
        for cte in with_.expressions:
            name, body = cte.alias.lower(), cte.this
            if with_.recursive and isinstance(body, exp.SetOperation):
                # What refers to itself is, at that place, what it starts from
                start = self.query(body.this, ctes, outer)
                ctes = {**ctes, name: _renamed(start, cte.alias_column_names)}
            outputs = self.query(body, ctes, outer)
            ctes = {**ctes, name: _renamed(outputs, cte.alias_column_names)}
        return ctes

    def _select(self, select: exp.Select, frame: Frame) -> list[Output]:
        from_ = select.args.get("from_")
        if from_:
            self._relation(from_.this, frame)
        self._joins(select, frame)
        for lateral in select.args.get("laterals") or ():
            self._relation(lateral, frame)
        frame.windows = {one.name.lower(): one for one in select.args.get("windows") or ()}
        for projection in select.expressions:
            frame.outputs += self._projected(projection, frame)
        for part in ("where", "group", "having", "qualify", "order"):
            self._visit(select.args.get(part), frame)
        return frame.outputs

    # ---- FROM -------------------------------------------------------------------------------

    def _relation(self, node: exp.Expr, frame: Frame) -> None:
        """Add what stands at one place of a FROM."""
        node = node.this if isinstance(node, exp.Final) else node  # of ClickHouse
        alias, names = node.alias_or_name, node.alias_column_names
        match node:
            case exp.Table(this=exp.Func()) if places := _files(node.this):
                self.tables |= dict.fromkeys(places)
                read = tuple((place, STAR) for place in places)
                frame.sources.append(Source(alias, _renamed([Output(STAR, read)], names)))
            case exp.Table(this=exp.Func()):
                frame.sources.append(self._made(alias, node.this, names, frame))
            case exp.Table():
                frame.sources.append(self._table(node, frame))
            case exp.Subquery() if isinstance(node.unnest(), exp.Table):  # (a JOIN b)
                inner = Frame(frame.outer, frame.ctes)
                self._relation(node.this, inner)
                self._joins(node, inner)
                if alias:
                    joined = [output for one in inner.sources for output in one.outputs]
                    inner.sources = [Source(alias, _renamed(joined, names))]
                frame.sources += inner.sources
                frame.merged |= inner.merged
                return
            case exp.Subquery():
                outputs = self._pivoted(node, self.query(node, frame.ctes, frame))
                alias = _pivot_alias(node) or alias
                frame.sources.append(Source(alias, _renamed(outputs, names)))
            case exp.Lateral(this=exp.Subquery()):
                outputs = self.query(node.this, frame.ctes, frame)
                frame.sources.append(Source(alias, _renamed(outputs, names)))
            case exp.Values():
                frame.sources.append(Source(alias, [Output(name, ()) for name in names]))
            case exp.UDTF():
                frame.sources.append(self._made(alias, node, names, frame))
        self._joins(node, frame)

    def _joins(self, node: exp.Expr, frame: Frame) -> None:
        for join in node.args.get("joins") or ():
            before = [output for source in frame.sources for output in source.outputs]
            start = len(frame.sources)
            self._relation(join.this, frame)
            frame.merged |= {column.name.lower() for column in join.args.get("using") or ()}
            if join.method == "NATURAL":
                after = [output for one in frame.sources[start:] for output in one.outputs]
                frame.merged |= {one.name.lower() for one in before} & {
                    one.name.lower() for one in after
                } - {STAR}
            self._visit(join.args.get("on"), frame)

    def _table(self, node: exp.Table, frame: Frame) -> Source:
        alias = _pivot_alias(node) or node.alias_or_name
        if not node.db and node.name.lower() in frame.ctes:
            outputs = self._pivoted(node, frame.ctes[node.name.lower()])
            return Source(alias, _renamed(outputs, node.alias_column_names))
        name = table_name(node)
        if known := self.temporary.get(name.lower()):
            self.tables |= dict.fromkeys(known.tables)
            outputs = self._pivoted(node, list(known.outputs))
            return Source(alias, _renamed(outputs, node.alias_column_names))
        self.tables[name] = None
        columns = self.columns_of(name) or [STAR]
        outputs = self._pivoted(node, [Output(column, ((name, column),)) for column in columns])
        return Source(alias, _renamed(outputs, node.alias_column_names), name)

    def _pivoted(self, node: exp.Expr, outputs: list[Output]) -> list[Output]:
        """A relation's columns after its PIVOT or UNPIVOT."""
        for pivot in node.args.get("pivots") or ():
            frame = Frame(None, {}, [Source("", outputs)])
            fields = [each for each in pivot.args.get("fields") or () if isinstance(each, exp.In)]
            if pivot.args.get("unpivot"):
                parts = [one for each in fields for one in each.expressions]
                keys = [Output(each.this.name, ()) for each in fields]
                names = [one.name for one in pivot.expressions]
            else:
                parts, keys = [*pivot.expressions, *(each.this for each in fields)], []
                names = [one.name for one in pivot.args.get("columns") or ()]
            leaves = tuple(
                dict.fromkeys(leaf for one in parts for leaf in self._leaves(one, frame))
            )
            gone = {one.name.lower() for part in parts for one in part.find_all(exp.Column)}
            kept = [one for one in outputs if one.name.lower() not in gone]
            outputs = kept + keys + [Output(name, leaves) for name in names]
        return outputs

    def columns_of(self, table: str) -> list[str] | None:
        """The columns of a table by its name, with less of it, or with more if only one fits."""
        if known := self.temporary.get(table.lower()):
            return [one.name for one in known.outputs if one.name != STAR]
        parts = table.lower().split(".")
        for start in range(len(parts)):
            if columns := self.schema.get(".".join(parts[start:])):
                return columns
        ending = f".{table.lower()}"
        found = [columns for name, columns in self.schema.items() if name.endswith(ending)]
        return found[0] if len(found) == 1 else None

    def _made(self, alias: str, function: exp.Expr, names: list[str], frame: Frame) -> Source:
        """A table function: all its columns are made of its arguments."""
        leaves = tuple(dict.fromkeys(self._leaves(function, frame)))
        names = names or [one.name for one in function.find_all(*DEFINED)] or [function.alias]
        return Source(alias, [Output(name, leaves) for name in names], made=leaves)

    # ---- expressions ------------------------------------------------------------------------

    def _projected(self, projection: exp.Expr, frame: Frame) -> list[Output]:
        if isinstance(projection, exp.Star):
            return self._starred(projection, frame.sources, frame)
        if isinstance(projection, exp.Column) and isinstance(projection.this, exp.Star):
            sources = [one for one in frame.sources if _same(one.alias, projection.table)]
            return self._starred(projection.this, sources, frame)
        if isinstance(projection, exp.Columns):
            if isinstance(projection.this, exp.Star):
                return self._starred(projection.this, frame.sources, frame)
            self.warnings["Which columns COLUMNS(…) stands for isn't worked out."] = None
            return []
        leaves = tuple(dict.fromkeys(self._leaves(projection, frame)))
        if isinstance(projection, exp.Aliases):  # explode(m) AS (k, v)
            return [Output(one.name, leaves) for one in projection.expressions]
        return [Output(name_of(projection), leaves)]

    def _starred(self, star: exp.Star, sources: list[Source], frame: Frame) -> list[Output]:
        """The columns that `*` stands for, with its EXCEPT, REPLACE and RENAME."""
        outputs: list[Output] = []
        for source in sources:
            for output in source.outputs:
                once = output.name.lower() in frame.merged
                if not (once and any(_same(one.name, output.name) for one in outputs)):
                    outputs.append(output)
        dropped = {each.name.lower() for each in star.args.get("except_") or ()}
        replaced = {
            each.alias.lower(): tuple(dict.fromkeys(self._leaves(each, frame)))
            for each in star.args.get("replace") or ()
        }
        renamed = {each.this.name.lower(): each.alias for each in star.args.get("rename") or ()}
        return [
            Output(
                renamed.get(output.name.lower(), output.name),
                replaced.get(output.name.lower(), output.leaves),
            )
            for output in outputs
            if output.name.lower() not in dropped
        ]

    def _leaves(self, node: exp.Expr, frame: Frame) -> Iterator[Leaf]:
        """The columns that an expression's value is made of."""
        for part in node.walk(bfs=False, prune=_is_query_or_column):
            match part:
                case exp.Query():
                    for output in self.query(part, frame.ctes, frame):
                        yield from output.leaves
                case exp.Column():
                    yield from self._resolved(part, frame)
                case exp.Window() if window := frame.windows.get(part.alias.lower()):
                    for each in (*window.args["partition_by"], window.args.get("order")):
                        yield from self._leaves(each, frame) if each else ()
                case exp.Parameter() if self.dialect == "snowflake":  # $1, a column by its place
                    yield from self._bare(f"${part.name}", frame)
                case exp.Star(parent=exp.Count()) if len(frame.sources) == 1:
                    yield from ((name, STAR) for name in [frame.sources[0].table] if name)

    def _visit(self, node: exp.Expr | None, frame: Frame) -> None:
        """Read the queries in a condition for the tables that they read, and no more."""
        for part in node.walk(bfs=False, prune=_is_query) if node else ():
            if isinstance(part, exp.Query):
                self.query(part, frame.ctes, frame)

    def _resolved(self, column: exp.Column, frame: Frame) -> Iterable[Leaf]:
        first, *rest = (
            f"${part.name}" if isinstance(part, exp.Parameter) else part.name
            for part in column.parts
        )
        around: Frame | None = frame
        while around and rest:
            for source in around.sources:
                # schema.table.column, or alias.column.field: what follows the alias is the column
                for qualifier, name in pairwise((first, *rest)):
                    if _same(qualifier, source.alias):
                        return self._within(source, name)
            around = around.outer
        return self._bare(first, frame)

    def _within(self, source: Source, name: str) -> Iterable[Leaf]:
        """What a source's column is made of; with `*`, what its whole row is made of."""
        if name == STAR:
            return [leaf for output in source.outputs for leaf in output.leaves]
        for output in source.outputs:
            if _same(output.name, name):
                return output.leaves
        return source.made or self._one_of(_unknown(source.outputs), name)

    def _bare(self, name: str, frame: Frame | None) -> Iterable[Leaf]:
        """A column without its table: of the source that has it, or of the one that may."""
        while frame:
            outputs = [output for source in frame.sources for output in source.outputs]
            if known := [output for output in outputs if _same(output.name, name)]:
                kept = known if name.lower() in frame.merged else known[:1]
                return [leaf for output in kept for leaf in output.leaves]
            for source in frame.sources:
                if _same(source.alias, name):
                    return self._within(source, STAR)
            tables = _unknown(outputs)
            own = len(tables) == 1 and (
                self.dialect not in LATERAL
                or any((tables[0], name) in output.leaves for output in frame.outputs)
            )
            for output in frame.outputs if not own else ():
                if _same(output.name, name):  # an alias, used beside its definition
                    return output.leaves
            if tables:
                return self._one_of(tables, name)
            if made := [source.made for source in frame.sources if source.made]:
                return made[0] if len(made) == 1 else ()
            frame = frame.outer
        return []

    def _one_of(self, tables: list[str], name: str) -> list[Leaf]:
        """The column of the only table that may have it."""
        if len(tables) > 1:
            among = " or ".join(tables)
            self.warnings[f"The column {name} may be of {among}; it is left out."] = None
        return [(table, name) for table in tables] if len(tables) == 1 else []


def _pivot_alias(node: exp.Expr) -> str:
    return next((one.alias for one in reversed(node.args.get("pivots") or ()) if one.alias), "")


def _is_query(node: exp.Expr) -> bool:
    return isinstance(node, exp.Query)


def _is_query_or_column(node: exp.Expr) -> bool:
    return isinstance(node, exp.Query | exp.Column)


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _unknown(outputs: list[Output]) -> list[str]:
    """The tables of which not all columns are known."""
    leaves = (leaf for output in outputs if output.name == STAR for leaf in output.leaves)
    return list(dict.fromkeys(table for table, _star in leaves))


def _renamed(outputs: list[Output], names: list[str]) -> list[Output]:
    """The columns under the names that an alias gives them, by place."""
    if not names:
        return outputs
    if any(output.name == STAR for output in outputs):
        leaves = tuple(leaf for output in outputs for leaf in output.leaves)
        return [Output(name, leaves) for name in names]
    given = [Output(*pair) for pair in zip(names, (each.leaves for each in outputs), strict=False)]
    return given + outputs[len(given) :] or [Output(name, ()) for name in names]


def _united(left: list[Output], right: list[Output], *, by_name: bool) -> list[Output]:
    """The columns of a UNION: the first query's, made of both queries'."""
    if by_name or any(output.name == STAR for output in left + right):
        matched = [next((r for r in right if _same(r.name, one.name)), None) for one in left]
        extra = [one for one in right if not any(_same(one.name, each.name) for each in left)]
    else:
        matched, extra = [*right[: len(left)], *[None] * (len(left) - len(right))], []
    return [
        Output(one.name, tuple(dict.fromkeys(one.leaves + (other.leaves if other else ()))))
        for one, other in zip(left, matched, strict=True)
    ] + extra


def _files(function: exp.Expr) -> list[str]:
    """The files that `read_csv('…')`, `read_parquet(['…'])` and their like read."""
    name = function.name if isinstance(function, exp.Anonymous) else function.key
    if not name.lower().startswith(("read", "parquet_scan")):
        return []
    first = function.this if not isinstance(function, exp.Anonymous) else None
    first = first or next(iter(function.expressions), None)
    listed = first.expressions if isinstance(first, exp.Array) else [first]
    return [f"path:{one.name}" for one in listed if isinstance(one, exp.Literal)]


def table_name(table: exp.Table) -> str:
    """A table's name as it is qualified in the SQL; a file's is `path:` and its place."""
    if "://" in table.name or (table.db.lower() in FILES and "/" in table.name):
        return f"path:{table.name}"
    name = ".".join(part.name for part in table.parts)
    if isinstance(table.this, exp.Parameter):  # a variable that holds a table
        return f"@{name}"
    temporary = isinstance(table.this, exp.Identifier) and table.this.args.get("temporary")
    return f"#{name}" if temporary and not name.startswith("#") else name
