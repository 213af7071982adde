"""What one SQL statement writes, and what that is made of. Pure; reads what sqlglot has parsed.

Reads CREATE … AS, INSERT, UPDATE, MERGE, SELECT … INTO, COPY, LOAD DATA and CACHE, also inside WITH
and procedures. A file is a table whose name is `path:` and its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from tools.catalog.sql_columns import (
    STAR,
    Frame,
    Leaf,
    Output,
    QueryReader,
    Source,
    Temporary,
    table_name,
)
from tools.catalog.sql_parsing import name_of

CHANGES = (exp.Insert, exp.Update, exp.Delete, exp.Merge)
READ = (*CHANGES, exp.Create, exp.MultitableInserts, exp.Copy, exp.LoadData, exp.Cache, exp.Query)
"""The statements that are read."""
RELATIONS = ("TABLE", "VIEW")


@dataclass(frozen=True)
class Write:
    """A table that is written (None: a query alone), its columns, and the tables that are read."""

    target: str | None
    outputs: tuple[Output, ...]
    reads: tuple[str, ...]
    temporary: bool = False


class StatementReader(QueryReader):
    """Reads statements; what one of them makes, the next ones know."""

    def __init__(self, schema: Mapping[str, list[str]], dialect: str = "") -> None:
        self.known = dict(schema)
        super().__init__(self.known, dialect)
        self.temporary: dict[str, Temporary] = {}

    def read(self, tree: exp.Expr) -> list[Write]:
        """What a statement writes; the statements inside it come first."""
        inner = [write for each in _inside(tree) for write in self.read(each)]
        self.tables.clear()
        match tree:
            case exp.Create():
                found = self._create(tree)
            case exp.Insert():
                found = self._insert(tree, {})
            case exp.MultitableInserts():
                return inner + self._inserts(tree)
            case exp.Update():
                return inner + self._update(tree)
            case exp.Merge():
                found = self._merge(tree)
            case exp.Copy():
                found = self._copy(tree)
            case exp.LoadData():
                path = tree.args["inpath"]
                found = Write(table_name(tree.this), (), (f"path:{path.name}",))
            case exp.Cache() if isinstance(tree.expression, exp.Query):
                found = self._written(table_name(tree.this), self.query(tree.expression, {}, None))
            case exp.Query():
                found = self._selected(tree)
            case exp.Declare():
                return [one for item in tree.expressions for one in _declared(item)]
            case _:
                found = None
        return inner + ([found] if found else [])

    def _written(
        self, target: str | None, outputs: Iterable[Output], *, without: str | None = None
    ) -> Write:
        reads = tuple(name for name in self.tables if name != without)
        return Write(target, tuple(outputs), reads)

    # ---- CREATE, SELECT INTO, INSERT --------------------------------------------------------

    def _create(self, tree: exp.Create) -> Write | None:
        kind = str(tree.args.get("kind") or "").upper()
        table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        if kind not in RELATIONS or not isinstance(table, exp.Table):
            return None
        copied = tree.args.get("clone") or tree.find(exp.LikeProperty)
        query = tree.expression
        if isinstance(query, exp.Query):
            if with_ := tree.args.get("with_"):
                query.set("with_", with_)
            outputs = self.query(query, {}, None)
        elif copied is not None:
            frame = Frame(None, {})
            frame.sources.append(self._table(copied.this, frame))
            outputs = frame.sources[0].outputs
        else:
            outputs = []
        names = self._names(tree.this, outputs)
        if isinstance(query, exp.Query) or copied is not None:
            outputs = [Output(name, one.leaves) for name, one in zip(names, outputs, strict=True)]
        else:
            outputs = [Output(name, ()) for name in names]
        passing = tree.find(exp.TemporaryProperty, exp.VolatileProperty)
        temporary = passing is not None or _is_temporary(table)
        kept = tree.find(exp.ToTableProperty)  # what a materialized view of ClickHouse fills
        write = self._written(table_name(kept.this if kept else table), outputs)
        return Write(write.target, write.outputs, write.reads, temporary)

    def _selected(self, tree: exp.Query) -> Write:
        outputs = self.query(tree, {}, None)
        first: exp.Expr = tree
        while isinstance(first, exp.SetOperation | exp.Subquery):
            first = first.this
        into = first.args.get("into")
        if into is None or not isinstance(into.this, exp.Table):
            return self._written(None, outputs)
        write = self._written(table_name(into.this), outputs)
        temporary = bool(into.args.get("temporary")) or _is_temporary(into.this)
        return Write(write.target, write.outputs, write.reads, temporary)

    def _insert(self, tree: exp.Insert, ctes: dict[str, list[Output]]) -> Write | None:
        target, query = tree.this, tree.expression
        name = _target(target)
        if name is None:
            return None
        ctes = self._with_ctes(tree, ctes, None)
        match query:
            case exp.Values():
                return self._written(name, self._values(target, query))
            case exp.Table():
                query = exp.select(STAR).from_(query)
            case exp.Query():
                pass
            case _:
                return self._written(name, ())
        outputs = self.query(query, ctes, None)
        names = (
            [one.name for one in outputs]
            if tree.args.get("by_name")
            else self._names(target, outputs)
        )
        return self._written(
            name, (Output(to, one.leaves) for to, one in zip(names, outputs, strict=True))
        )

    def _values(self, target: exp.Expr, values: exp.Values) -> list[Output]:
        rows = [row.expressions for row in values.expressions if isinstance(row, exp.Tuple)]
        frame = Frame(None, {})
        made = [tuple(self._leaves(one, frame)) for row in rows for one in row]
        width = len(rows[0]) if rows else 0
        by_place = [Output(str(place), ()) for place in range(width)]
        names = self._names(target, by_place)
        leaves: list[dict[Leaf, None]] = [{} for _ in range(width)]
        for number, one in enumerate(made):
            if width:
                leaves[number % width] |= dict.fromkeys(one)
        known = names != [one.name for one in by_place]
        return (
            [Output(n, tuple(one)) for n, one in zip(names, leaves, strict=True)] if known else []
        )

    def _inserts(self, tree: exp.MultitableInserts) -> list[Write]:
        """`FROM t INSERT … INSERT …` of Hive, `INSERT ALL … SELECT …` of Oracle and Snowflake."""
        source = tree.args["source"]
        found = []
        for each in tree.expressions:
            insert = each.this if isinstance(each, exp.ConditionalInsert) else each
            if isinstance(insert.expression, exp.Select):
                self.tables.clear()
                query = insert.expression
                if not query.args.get("from_"):
                    query = query.from_(source.copy())
                insert.set("expression", query)
                write = self._insert(insert, {})
                found += [write] if write else []
                continue
            self.tables.clear()
            frame = Frame(None, {})
            outputs = self.query(source, {}, None)
            frame.sources.append(Source("", outputs))
            if isinstance(insert.expression, exp.Values):
                given = insert.expression.expressions[0].expressions
                outputs = [
                    Output(name_of(one), tuple(dict.fromkeys(self._leaves(one, frame))))
                    for one in given
                ]
            names = self._names(insert.this, outputs)
            made = [Output(to, one.leaves) for to, one in zip(names, outputs, strict=True)]
            found.append(self._written(_target(insert.this), made))
        return found

    # ---- UPDATE, MERGE ----------------------------------------------------------------------

    def _update(self, tree: exp.Update) -> list[Write]:
        frame = Frame(None, self._with_ctes(tree, {}, None))
        from_ = tree.args.get("from_")
        target: exp.Expr = tree.this
        if from_:
            self._relation(from_.this, frame)
            self._joins(tree, frame)
        aliased = next(
            (one.table for one in frame.sources if one.alias.lower() == target.name.lower()), None
        )
        if aliased is None or not isinstance(target, exp.Table) or target.db:
            read = dict(self.tables)
            self._relation(target, frame)
            default = table_name(target) if isinstance(target, exp.Table) else ""
            if default not in read:
                self.tables.pop(default, None)
        else:
            default = aliased  # UPDATE t … FROM table AS t: it isn't read by being there
            self.tables.pop(default, None)
        made: dict[str, list[Output]] = {default: []}
        for assigned in tree.expressions:
            for column, leaves in self._assigned(assigned, frame):
                alias = column.text("table").lower()
                place = next(
                    (
                        one.table
                        for one in frame.sources
                        if one.table and alias and one.alias.lower() == alias
                    ),
                    default,
                )
                made.setdefault(place, []).append(Output(column.name, leaves))
        self._visit(tree.args.get("where"), frame)
        return [
            self._written(place, outputs, without=place if place != default else None)
            for place, outputs in made.items()
            if outputs or place == default
        ]

    def _assigned(
        self, assigned: exp.Expr, frame: Frame
    ) -> Iterator[tuple[exp.Expr, tuple[Leaf, ...]]]:
        """The columns that `SET` names, each with what it gets."""
        left, right = assigned.this, assigned.expression
        if isinstance(left, exp.Tuple | exp.Paren):
            columns = left.expressions or [left.this]
            if isinstance(right, exp.Subquery):
                outputs = self.query(right, frame.ctes, frame)
                made: Sequence[tuple[Leaf, ...]] = [one.leaves for one in outputs]
            else:
                given = right.expressions or [right]
                made = [tuple(dict.fromkeys(self._leaves(one, frame))) for one in given]
            yield from zip(columns, made, strict=False)
        elif isinstance(left, exp.Column) and right is not None:
            yield left, tuple(dict.fromkeys(self._leaves(right, frame)))

    def _merge(self, tree: exp.Merge) -> Write:
        frame = Frame(None, self._with_ctes(tree, {}, None))
        self._relation(tree.args["using"], frame)
        given = [output for source in frame.sources for output in source.outputs]
        both = Frame(None, frame.ctes, list(frame.sources))
        target = table_name(tree.this)
        read = dict(self.tables)
        both.sources.append(self._table(tree.this, both))
        if target not in read:
            self.tables.pop(target, None)
        self._visit(tree.args.get("on"), both)
        made: list[Output] = []
        for when in tree.args["whens"].expressions:
            self._visit(when.args.get("condition"), both)
            then = when.args["then"]
            if isinstance(then, exp.Update):
                for one in then.expressions:
                    if isinstance(one, exp.Star):
                        made += self._fitting(tree.this, given)
                    else:
                        made += [Output(c.name, leaves) for c, leaves in self._assigned(one, both)]
            elif isinstance(then, exp.Insert):
                made += self._merged_insert(then, tree.this, frame, given)
        return self._written(target, made)

    def _merged_insert(
        self, then: exp.Insert, target: exp.Expr, frame: Frame, given: list[Output]
    ) -> list[Output]:
        values = then.expression.expressions if isinstance(then.expression, exp.Tuple) else []
        if not values:  # INSERT *, INSERT ROW
            return self._fitting(target, given)
        made = [
            Output(name_of(one), tuple(dict.fromkeys(self._leaves(one, frame)))) for one in values
        ]
        if isinstance(then.this, exp.Tuple):
            names = [column.name for column in then.this.expressions]
        else:
            names = self._names(target, made)
        return [Output(name, one.leaves) for name, one in zip(names, made, strict=False)]

    def _fitting(self, target: exp.Expr, given: list[Output]) -> list[Output]:
        """What of a MERGE's source the target has as columns; all of it, if it has none of them."""
        columns = self.columns_of(table_name(target)) if isinstance(target, exp.Table) else None
        known = {STAR, *(one.lower() for one in columns or ())}
        return [one for one in given if one.name.lower() in known] or given

    # ---- files ------------------------------------------------------------------------------

    def _copy(self, tree: exp.Copy) -> Write | None:
        places = tree.args.get("files") or []
        if not tree.args.get("kind"):  # COPY … TO
            subject = tree.this
            query = exp.select(STAR).from_(subject) if isinstance(subject, exp.Table) else subject
            outputs = self.query(query, {}, None)
            return self._written(next((f"path:{one.name}" for one in places), None), outputs)
        outputs = []
        for place in places:
            if isinstance(place, exp.Query):
                outputs = self.query(place, {}, None)
            elif isinstance(place, exp.Table):
                self.tables[table_name(place)] = None
            else:
                self.tables[f"path:{place.name}"] = None
        target = _target(tree.this)
        names = self._names(tree.this, outputs)
        return self._written(
            target, (Output(to, one.leaves) for to, one in zip(names, outputs, strict=True))
        )

    # ---- names ------------------------------------------------------------------------------

    def _names(self, target: exp.Expr, outputs: Sequence[Output]) -> list[str]:
        """What a query's columns are called where they arrive: by place, if places are known."""
        own = [output.name for output in outputs]
        if isinstance(target, exp.Schema):
            names = [one.name for one in target.expressions if one.name]
            if not outputs:
                return [one.name for one in target.expressions if isinstance(one, exp.ColumnDef)]
        elif isinstance(target, exp.Table):
            names = self.columns_of(table_name(target)) or []
            partition = target.args.get("partition")
            fixed = {
                one.this.name.lower()
                for one in (partition.expressions if partition else ())
                if isinstance(one, exp.EQ)
            }
            names = [name for name in names if name.lower() not in fixed]
        else:
            names = []
        if STAR in own:
            return own
        return names[: len(own)] if len(names) >= len(own) else own


def _target(target: exp.Expr) -> str | None:
    match target:
        case exp.Schema():
            return _target(target.this)
        case exp.Table():
            return table_name(target)
        case exp.Directory():
            return f"path:{target.this.name}"
    return None


def _declared(item: exp.Expr) -> Iterator[Write]:
    """The tables that a DECLARE keeps in variables."""
    columns = item.args.get("kind")
    if isinstance(columns, exp.Schema):
        outputs = tuple(Output(one.name, ()) for one in columns.expressions if one.name)
        for variable in item.this:
            yield Write(f"@{variable.name}", outputs, (), temporary=True)


def _is_temporary(table: exp.Table) -> bool:
    return table.name.startswith("#") or bool(
        isinstance(table.this, exp.Identifier) and table.this.args.get("temporary")
    )


def _inside(tree: exp.Expr) -> Iterator[exp.Expr]:
    """The statements inside one: of a procedure's body, and the changes in a WITH."""
    if isinstance(tree, exp.Create) and isinstance(tree.expression, exp.Block):
        yield from tree.expression.expressions
    holders = [tree, tree.args.get("expression")] if isinstance(tree, exp.Insert) else [tree]
    for holder in holders:
        with_ = holder.args.get("with_") if isinstance(holder, exp.Expr) else None
        ctes = with_.expressions if with_ else []
        for number, cte in enumerate(ctes):
            if isinstance(cte.this, CHANGES):
                change = cte.this.copy()
                if number and not change.args.get("with_"):
                    before = [one.copy() for one in ctes[:number]]
                    change.set("with_", exp.With(expressions=before))
                yield change
