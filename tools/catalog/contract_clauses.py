"""The clauses of a contract's object: what the catalog alone decides, and what is to be measured.

Pure. A clause's path is its place in the contract: `schema[0].properties[2].required`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func

from tools.catalog import contract_rules as rules
from tools.catalog import measures as m
from tools.catalog.contract_rules import CannotRun
from tools.catalog.contract_types import Clause
from tools.catalog.sql_script import dialect_of
from tools.catalog.tables import Asset

FITS = {
    "string": ("text",),
    "integer": ("integer",),
    "number": ("integer", "number"),
    "boolean": ("boolean",),
    "date": ("date",),
    "timestamp": ("datetime",),
    "time": ("other", "text"),
    "object": ("other", "text"),
    "array": ("other", "text"),
}
FRESH = ("freshness", "latency", "frequency")


class Table(NamedTuple):
    """A catalogued table that a contract is about. `hidden`: columns whose values are."""

    id: str
    called: str
    schema: str | None
    name: str
    kind: str
    columns: Mapping[str, Asset]
    hidden: set[str]

    def column(self, name: str) -> Asset | None:
        """A column, in any case."""
        return next((one for key, one in self.columns.items() if key.lower() == name.lower()), None)


@dataclass(frozen=True)
class Ask:
    """A clause that the source has to measure. `operator` and `bound`: what the number must be."""

    path: str
    what: str
    wanted: str
    measure: ColumnElement[Any]
    columns: tuple[str, ...]
    operator: str
    bound: Any
    percent: bool = False
    hours: float | None = None


def clauses_of(
    document: Mapping[str, Any], place: int, table: Table | None
) -> tuple[list[Clause], list[Ask]]:
    """What is decided already, and what is to be measured."""
    described = document["schema"][place]
    path = f"schema[{place}]"
    if table is None:
        missing = Clause(
            path=path,
            what=f"There is a table {described['name']}.",
            status="failed",
            detail="The catalog has no such table in the source.",
        )
        return [missing], []
    done: list[Clause] = []
    asks: list[Ask] = []
    listed: set[str] = set()
    keys: list[tuple[int, str]] = []
    for number, one in enumerate(described.get("properties") or ()):
        here = f"{path}.properties[{number}]"
        name = str(one.get("physicalName") or one["name"])
        column = table.column(name)
        done.append(_said(table, here, f"There is a column {name}.", column is not None))
        if column is None:
            continue
        listed.add(column.name)
        done += _types(table, here, one, column)
        if one.get("primaryKey"):
            keys.append((int(one.get("primaryKeyPosition") or number), column.name))
        for ask in _of_column(table, here, one, column):
            (asks if isinstance(ask, Ask) else done).append(ask)  # type: ignore[arg-type]
    if extra := [name for name in table.columns if name not in listed and listed]:
        told = f"{len(extra)} more than the contract has: {', '.join(extra[:20])}."
        done.append(_clause(table, f"{path}.properties", "There are other columns.", "noted", told))
    if len(keys) > 1:
        names = [name for _, name in sorted(keys)]
        asks.append(
            Ask(
                f"{path}.properties",
                f"The primary key {', '.join(names)} is unique.",
                "0 rows that repeat it",
                rules.repeated_together(names),
                tuple(names),
                "mustBe",
                0,
            )
        )
    for number, rule in enumerate(described.get("quality") or ()):
        _take(_rule(table, f"{path}.quality[{number}]", rule, None), done, asks)
    for number, level in enumerate(document.get("slaProperties") or ()):
        for found in _level(document, described, table, f"slaProperties[{number}]", level):
            _take(found, done, asks)
    return done, asks


def judged(ask: Ask, answer: Mapping[str, Any] | str, moment: datetime, table: Table) -> Clause:
    """What the source's answer means."""
    if isinstance(answer, str):
        return _clause(table, ask.path, ask.what, "unchecked", answer)
    rows, found = int(answer[m.ROWS]), answer["it"]
    if ask.hours is not None:
        at = m.as_moment(found)
        if at is None:
            return _clause(table, ask.path, ask.what, "failed", f"None of {rows} rows says when.")
        age = max((moment - at).total_seconds() / 3600, 0)
        status = "passed" if age <= ask.hours else "failed"
        told = f"The newest row is {'within' if status == 'passed' else 'beyond'} {ask.hours:g} h."
        if not set(ask.columns) & table.hidden:
            told = f"The newest row is {age:.1f} hours old; {ask.hours:g} are allowed."
        return _clause(table, ask.path, ask.what, status, told)
    try:
        number = float(found if found is not None else 0)
    except (TypeError, ValueError):
        return _clause(table, ask.path, ask.what, "unchecked", "It gives no number.")
    if ask.percent:
        number = round(100 * number / rows, 6) if rows else 0.0
    kept = rules.holds(ask.operator, ask.bound, number)
    unit = " %" if ask.percent else ""
    told = f"Found {number:g}{unit} in {rows} rows; it {rules.in_words(ask.operator, ask.bound)}."
    return _clause(table, ask.path, ask.what, "passed" if kept else "failed", told)


def _take(found: Clause | Ask, done: list[Clause], asks: list[Ask]) -> None:
    if isinstance(found, Ask):
        asks.append(found)
    else:
        done.append(found)


def _types(
    table: Table, path: str, described: Mapping[str, Any], column: Asset
) -> Iterator[Clause]:
    physical, logical = described.get("physicalType"), described.get("logicalType")
    found = f"It is {column.data_type}."
    if physical:
        same = _type(str(physical)) == _type(str(column.data_type))
        told = f"{column.name} is of the type {physical}."
        yield _said(table, f"{path}.physicalType", told, same, found)
    if logical:
        fits = column.coarse_type in FITS.get(str(logical), ())
        article = "an" if logical[:1] in "aio" else "a"
        told = f"{column.name} is logically {article} {logical}."
        yield _said(table, f"{path}.logicalType", told, fits, found)


def _of_column(
    table: Table, path: str, described: Mapping[str, Any], column: Asset
) -> Iterator[Clause | Ask]:
    of, name, coarse = m.named(column.name), column.name, column.coarse_type
    key = bool(described.get("primaryKey"))
    alone = key and described.get("primaryKeyPosition") in (None, -1, 1)
    if described.get("required") or key:
        yield _none(f"{path}.required", f"{name} has no nulls.", m.nulls(of), name)
    if described.get("unique"):
        value = of if coarse in m.COUNTABLE and coarse != "text" else m.as_text(of)
        yield _none(f"{path}.unique", f"{name} is unique.", m.repeated(value), name)
    elif alone and not described.get("unique") and described.get("primaryKeyPosition") is None:
        yield _none(
            f"{path}.primaryKey", f"The key {name} is unique.", m.repeated(m.as_text(of)), name
        )
    for option, bound in (described.get("logicalTypeOptions") or {}).items():
        yield _option(table, f"{path}.logicalTypeOptions.{option}", option, bound, column)
    for number, rule in enumerate(described.get("quality") or ()):
        yield _rule(table, f"{path}.quality[{number}]", rule, column)


def _none(path: str, what: str, measure: ColumnElement[Any], *columns: str) -> Ask:
    return Ask(path, what, "none", measure, columns, "mustBe", 0)


def _option(table: Table, path: str, option: str, bound: Any, column: Asset) -> Clause | Ask:
    of, text = m.named(column.name), m.as_text(m.named(column.name))
    numeric = column.coarse_type in m.NUMERIC and isinstance(bound, int | float)
    what = f"{column.name} has {option} {bound}."
    match option:
        case "minLength":
            return _none(path, what, m.where(func.length(text) < bound), column.name)
        case "maxLength":
            return _none(path, what, m.where(func.length(text) > bound), column.name)
        case "minimum" if numeric:
            return _none(path, what, m.where(of < bound), column.name)
        case "maximum" if numeric:
            return _none(path, what, m.where(of > bound), column.name)
        case "exclusiveMinimum" if numeric:
            return _none(path, what, m.where(of <= bound), column.name)
        case "exclusiveMaximum" if numeric:
            return _none(path, what, m.where(of >= bound), column.name)
        case "pattern":
            try:
                wrong = m.where(of.is_not(None) & ~rules.matches(of, str(bound), table.kind))
            except CannotRun as reason:
                return _clause(table, path, what, "unchecked", str(reason))
            return _none(path, what, wrong, column.name)
    return _clause(table, path, what, "unchecked", f"'{option}' of this column isn't measured.")


def _rule(table: Table, path: str, rule: Mapping[str, Any], column: Asset | None) -> Clause | Ask:
    """A quality rule. Its type is `library` unless it says otherwise."""
    kind = str(rule.get("type") or "library")
    name = column.name if column else None
    what = str(rule.get("name") or rule.get("description") or rule.get("metric") or kind)[:300]
    try:
        if kind == "text":
            raise CannotRun("It is written for people.")
        if kind == "custom":
            raise CannotRun(f"The engine {str(rule.get('engine'))[:60]} isn't run here.")
        operator, bound = rules.expectation(rule)
        if kind == "sql":
            dialect = dialect_of("duckdb" if table.kind == "files" else table.kind) or ""
            hidden = {one: one in table.hidden for one in table.columns}
            measure, columns = rules.query(str(rule["query"]), table.name, name, hidden, dialect)
        else:
            coarse = column.coarse_type if column else None
            measure, columns = rules.library(rule, name, coarse, table.kind)
            lost = [one for one in columns if table.column(one) is None]
            if lost:
                raise CannotRun(f"There is no column '{lost[0]}'.")
    except CannotRun as reason:
        return _clause(table, path, what, "unchecked", str(reason))
    percent = str(rule.get("unit") or "").lower() in ("percent", "%")
    wanted = rules.in_words(operator, bound)
    written = f"{rule.get('query')}{rule.get('arguments')}"
    return Ask(path, what, wanted + written, measure, tuple(columns), operator, bound, percent)


def _level(
    document: Mapping[str, Any],
    described: Mapping[str, Any],
    table: Table,
    path: str,
    level: Mapping[str, Any],
) -> Iterator[Clause | Ask]:
    """A service level: of this object if its element is one of its columns."""
    element = str(level.get("element") or document.get("slaDefaultElement") or "")
    names = {str(described["name"]).lower(), table.name.lower()}
    what = f"{level['property']}: {level['value']} {level.get('unit') or ''}".strip()
    own = [
        part.strip().rpartition(".")
        for part in element.split(",")
        if part.strip().rpartition(".")[0].lower() in names
    ]
    if not own:
        if document["schema"][0] is described and "." not in element:
            told = "It isn't something that a column shows."
            yield _clause(table, path, what, "unchecked", told)
        return
    for _, _, name in own:
        column = table.column(name)
        try:
            if str(level["property"]).lower() not in FRESH:
                raise CannotRun("Whether it is kept isn't seen in the data.")
            if column is None:
                raise CannotRun(f"There is no column '{name}'.")
            if column.coarse_type not in m.TEMPORAL and table.kind != "sqlite":
                raise CannotRun(f"{name} holds no times.")
            hours = rules.hours_of(level["value"], level.get("unit"))
        except CannotRun as reason:
            yield _clause(table, path, what, "unchecked", str(reason))
            continue
        newest = m.latest(m.named(column.name), table.kind)
        yield Ask(path, what, f"{hours} h", newest, (column.name,), "mustBe", 0, hours=hours)


def _type(name: str) -> str:
    short = re.sub(r"\s+", "", name.lower())
    same = {
        "int": "integer", "int4": "integer", "int8": "bigint", "bool": "boolean",
        "charactervarying": "varchar", "character": "char", "decimal": "numeric",
        "timestampwithouttimezone": "timestamp", "timestampwithtimezone": "timestamptz",
        "float8": "doubleprecision", "double": "doubleprecision", "string": "varchar",
    }  # fmt: skip
    base, bracket, rest = short.partition("(")
    return same.get(base, base) + bracket + rest


def _said(table: Table, path: str, what: str, kept: bool, detail: str = "") -> Clause:
    told = detail or ("It is there." if kept else "It isn't there.")
    return _clause(table, path, what, "passed" if kept else "failed", told)


def _clause(table: Table, path: str, what: str, status: Any, detail: str) -> Clause:
    return Clause(path=path, what=what, status=status, detail=detail, asset=table.called)
