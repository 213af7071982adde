"""Lineage out of SQL scripts: text in, what each statement writes and reads out. Pure.

It never raises on SQL: each statement that isn't understood is told with its line and the reason,
and the others are read. No sentence holds any of the SQL's values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlglot import Dialect, exp
from sqlglot.errors import ParseError, SqlglotError

from tools.catalog.sql_columns import STAR, Output, Temporary, table_name
from tools.catalog.sql_parsing import parsed
from tools.catalog.sql_splitting import OTHERS, PROCEDURE, body, split, unseparated
from tools.catalog.sql_statements import READ, StatementReader, Write

NAMES = {
    "ansi": "",
    "files": "duckdb",
    "greenplum": "postgres",
    "impala": "hive",
    "mariadb": "mysql",
    "mssql": "tsql",
    "postgresql": "postgres",
    "sparksql": "spark",
    "sqlserver": "tsql",
    "vertica": "postgres",
}
SILENT = re.compile(
    r"\s*(alter|analyze|begin|close|cluster|comment|commit|deallocate|declare|desc|describe|drop|end"
    r"|explain|fetch|go|grant|invalidate|kill|leave|lock|msck|open|optimize|pragma|print|raise"
    r"|refresh|reindex|remove|reset|return|revoke|rollback|set|show|start|truncate|uncache|unlock"
    r"|unset|use|vacuum)\b|\s*create\s+(or\s+replace\s+)?(temporary\s+)?(function|index|schema"
    r"|database|role|user|sequence|extension|type|stage|warehouse)\b",
    re.IGNORECASE,
)
UNLOAD = re.compile(
    r"\s*\(\s*(?:'((?:[^']|'')*)'\s*|((?:select|with)\b.*?))\)\s*to\s+'([^']*)'",
    re.IGNORECASE | re.DOTALL,
)
FILLED_BY_CALL = re.compile(
    r"\s*insert\s+(?:into\s+)?((?:\[[^\]]*\]|[^\s(\[])+)(?:\s*\([^)]*\)\s*|\s+)exec(?:ute)?\b",
    re.IGNORECASE,
)
UNNAMED = "?"
"""What sqlglot names a table whose name is a template's."""
RENAME = re.compile(r"([^\s,]+)\s+to\s+([^\s,]+)", re.IGNORECASE)
MOVE = re.compile(
    r"\s*table\s+(\S+)\s+(?:append\s+from|exchange\s+partition.*?\bwith\s+table)\s+([^\s;]+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Flow:
    """A column that is made of another; `*` where the columns aren't known."""

    source_table: str
    source_column: str
    target_table: str
    target_column: str


@dataclass(frozen=True)
class Statement:
    """What one statement writes (None: nothing) and reads, temporary tables looked through."""

    line: int
    target: str | None
    reads: tuple[str, ...]
    columns: tuple[Flow, ...]


@dataclass(frozen=True)
class Problem:
    """What was not understood, or not wholly, and where."""

    line: int
    reason: str


@dataclass(frozen=True)
class Script:
    """A script's lineage. `count`: how many statements it has, `unread` of them not understood."""

    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]
    count: int
    unread: int


def dialect_of(name: str) -> str | None:
    """sqlglot's name of a dialect, by that or another name; None if it isn't known."""
    known = NAMES.get(name.strip().lower(), name.strip().lower())
    return known if not known or Dialect.get(known) else None


def read_script(
    sql: str,
    dialect: str,
    schema: Mapping[str, list[str]],
    *,
    through: bool = True,
) -> Script:
    """The lineage of a script.

    Args:
        dialect: sqlglot's name of the dialect; empty for standard SQL, where a statement that is
            none is tried as other dialects.
        schema: columns by dotted table name in lower case.
        through: look through temporary tables; else they are tables as others are.
    """
    return _ScriptReader(dialect, schema, through=through).read(sql)


class _ScriptReader:
    def __init__(self, dialect: str, schema: Mapping[str, list[str]], *, through: bool) -> None:
        self.dialect = dialect
        self.through = through
        self.reader = StatementReader(schema, dialect)
        self.statements: list[Statement] = []
        self.problems: list[Problem] = []
        self.unread = 0
        self.dropped: dict[str, int] = {}
        self.line, self.place = 1, 0

    def read(self, sql: str) -> Script:
        texts = list(split(sql, self.dialect))
        if not texts and sql.strip():
            self._tell("It can't be read: a quote or comment may not be closed.")
        trees = [pair for line, text in texts for pair in self._parse(line, text)]
        for place, (_, tree) in enumerate(trees):
            for table in tree.find_all(exp.Table) if isinstance(tree, exp.Drop) else ():
                self.dropped[table_name(table).lower()] = place
        for place, (line, tree) in enumerate(trees):
            self.line, self.place = line, place
            try:
                self._take(tree)
            except RecursionError:
                self._tell("It is nested too deeply.")
            except Exception:  # sqlglot's trees have forms that nobody has seen
                self._tell("It has a form that isn't understood.")
        problems = sorted(dict.fromkeys(self.problems), key=lambda one: one.line)
        return Script(tuple(self.statements), tuple(problems), len(texts), self.unread)

    def _parse(self, line: int, text: str) -> list[tuple[int, exp.Expr]]:
        """The statement's tree, or its parts' trees; why there is none is told."""
        if PROCEDURE.match(text) and (parts := body(text)):
            return [one for skipped, part in parts for one in self._parse(line + skipped, part)]
        tree, fault = self._tree(line, text, self.dialect)
        if isinstance(tree, READ):
            return [(line, tree)]
        if len(parts := unseparated(text)) > 1:
            found = [self._tree(line + skipped, part, self.dialect) for skipped, part in parts]
            if any(tree for tree, _ in found):
                self.problems += [why for _, why in found if why]
                pairs = zip(parts, found, strict=True)
                return [(line + skipped, tree) for (skipped, _), (tree, _) in pairs if tree]
        if tree is not None:
            return [(line, tree)]
        if fault is None:
            return []
        for name in OTHERS:
            tree, _ = self._tree(line, text, name)
            if isinstance(tree, READ):
                if self.dialect:
                    told = f"It can't be parsed as {self.dialect} and was read as {name}."
                    self.problems.append(Problem(line, told))
                return [(line, tree)]
        self.problems.append(fault)
        self.unread += 1
        return []

    def _tree(self, line: int, text: str, name: str) -> tuple[exp.Expr | None, Problem | None]:
        """The tree of one statement; or why there is none, unless it has no lineage."""
        fault = None
        if (called := FILLED_BY_CALL.match(text)) and len(unseparated(text)) < 2:
            told = "What a procedure gives that fills a table isn't known."
            self.problems.append(Problem(line, told))
            text = f"INSERT INTO {called[1]} DEFAULT VALUES"
        try:
            tree = next(iter(parsed(text, name)), None)
        except ParseError as error:
            where = error.errors[0] if error.errors else {}
            told = _plain(str(where.get("description") or ""))
            fault = Problem(line + int(where.get("line") or 1) - 1, f"It can't be parsed: {told}")
        except (SqlglotError, RecursionError, ValueError, AttributeError, TypeError):
            fault = Problem(line, "It can't be parsed.")
        else:
            if isinstance(tree, exp.Command) and not _is_read(tree):
                fault = Problem(line, f"A statement {tree.name.upper()[:40]} isn't understood.")
            elif isinstance(tree, exp.Condition | exp.Alias) and not isinstance(tree, exp.Query):
                fault = Problem(line, "It isn't a statement.")
            else:
                return tree, None
        return None, None if SILENT.match(text) else fault

    # ---- statements -------------------------------------------------------------------------

    def _take(self, tree: exp.Expr) -> None:
        match tree:
            case exp.Command():
                self._command(tree)
            case exp.Alter():
                self._alter(tree)
            case exp.Execute():
                self._tell("What a procedure does that is called isn't known.")
            case exp.Create() if str(tree.args.get("kind")).upper() in ("FUNCTION", "TRIGGER"):
                self._tell("The body of a function or trigger isn't read.")
            case _:
                for write in self.reader.read(tree):
                    self._record(write)
                for warning in self.reader.warnings:
                    self._tell(warning)
                self.reader.warnings.clear()

    def _record(self, write: Write) -> None:
        if UNNAMED in (write.target, *write.reads):
            self._tell("A template stands where a table's name should; that table is left out.")
            if write.target == UNNAMED:
                return
            write = replace(write, reads=tuple(one for one in write.reads if one != UNNAMED))
        outputs, name = write.outputs, (write.target or "").lower()
        if write.target is not None:
            temporary = write.temporary or name in self.reader.temporary or name.startswith("#")
            temporary |= self.dropped.get(name, 0) > self.place
            if self.through and temporary:
                known = self.reader.temporary.get(name, Temporary((), ()))
                self.reader.temporary[name] = Temporary(
                    _joined(known.outputs, outputs),
                    tuple(dict.fromkeys((*known.tables, *write.reads))),
                )
                return
            if outputs and name not in self.reader.known:
                columns = [output.name for output in outputs]
                if STAR not in columns:
                    self.reader.known[name] = columns
        flows = (
            Flow(table, column, write.target or "", output.name)
            for output in outputs
            for table, column in output.leaves
        )
        columns_made = tuple(dict.fromkeys(flows))
        self.statements.append(Statement(self.line, write.target, write.reads, columns_made))

    def _command(self, command: exp.Command) -> None:
        rest = command.text("expression")
        match command.name.upper():
            case "UNLOAD":
                if unloaded := UNLOAD.match(rest):
                    query = unloaded[2] or unloaded[1].replace("''", "'")
                    for _, tree in self._parse(self.line, query):
                        for write in self.reader.read(tree):
                            self._record(replace(write, target=f"path:{unloaded[3]}"))
                else:
                    self._tell("An UNLOAD is read only with its query in brackets.")
            case "RENAME":
                for old, new in RENAME.findall(rest.partition(" ")[2]):
                    self._renamed({_bare(old): _bare(new)})
            case _ if found := MOVE.match(rest):
                self.statements.append(
                    Statement(self.line, _bare(found[1]), (_bare(found[2]),), ())
                )

    def _alter(self, tree: exp.Alter) -> None:
        if not isinstance(tree.this, exp.Table):
            return
        here = ".".join(part.name for part in tree.this.parts)
        for action in tree.args.get("actions") or ():
            if isinstance(action, exp.AlterRename | exp.SwapTable):
                there = ".".join(part.name for part in action.this.parts)
                if len(action.this.parts) == 1 and tree.this.db:
                    there = f"{here.rpartition('.')[0]}.{there}"
                swapped = {there: here} if isinstance(action, exp.SwapTable) else {}
                written = {one.target.lower() for one in self.statements if one.target}
                if swapped and not written & {here.lower(), there.lower()}:
                    self.statements.append(Statement(self.line, here, (there,), ()))
                else:
                    self._renamed({here: there} | swapped)

    def _renamed(self, names: Mapping[str, str]) -> None:
        """What was written under one name is, from here on, under another."""
        lower = {old.lower(): new for old, new in names.items()}

        def now(name: str) -> str:
            return lower.get(name.lower(), name)

        self.statements = [
            replace(
                one,
                target=now(one.target) if one.target else None,
                columns=tuple(replace(c, target_table=now(c.target_table)) for c in one.columns),
            )
            for one in self.statements
        ]
        _move(self.reader.known, lower)
        _move(self.reader.temporary, lower)
        for new in lower.values():
            kept = self.reader.temporary.get(new.lower())
            if self.through and kept and self.dropped.get(new.lower(), 0) < self.place:
                # A temporary table that is given a lasting name is written by that
                del self.reader.temporary[new.lower()]
                self._record(Write(new, kept.outputs, kept.tables))

    def _tell(self, reason: str) -> None:
        self.problems.append(Problem(self.line, reason))


def _move(known: dict[str, Any], names: Mapping[str, str]) -> None:
    moved = {new.lower(): known[old] for old, new in names.items() if old in known}
    for old in names:
        known.pop(old, None)
    known.update(moved)


def _is_read(command: exp.Command) -> bool:
    word, rest = command.name.upper(), command.text("expression")
    return word in ("UNLOAD", "RENAME") or (word == "ALTER" and MOVE.match(rest) is not None)


def _plain(description: str) -> str:
    """The parser's description, without what it may quote."""
    told = re.sub(r"<class '[\w.]*\.(\w+)'>", r"\1", description).partition("\n")[0]
    told = re.sub(r"(?<=Unexpected token).*", "", told).rstrip(". ")
    return f"{told[:1].lower()}{told[1:120]}." if told else "it isn't SQL of this dialect."


def _bare(name: str) -> str:
    return re.sub(r"[\"'`\[\];]", "", name)


def _joined(known: Sequence[Output], more: Sequence[Output]) -> tuple[Output, ...]:
    """The columns of a table that is written twice: by name."""
    outputs = {output.name.lower(): output for output in known}
    for output in more:
        before = outputs.get(output.name.lower())
        leaves = tuple(dict.fromkeys((before.leaves if before else ()) + output.leaves))
        outputs[output.name.lower()] = Output(before.name if before else output.name, leaves)
    return tuple(outputs.values())
