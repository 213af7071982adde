"""A contract's rules as aggregates that a source computes, and how their numbers are judged. Pure.

A rule that can't be run read-only over its own table, in one pass, isn't run: the reason is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, or_
from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from tools.catalog import measures as m

OPERATORS: dict[str, str] = {
    "mustBe": "must be {0}",
    "mustNotBe": "must not be {0}",
    "mustBeGreaterThan": "must be greater than {0}",
    "mustBeGreaterOrEqualTo": "must be at least {0}",
    "mustBeLessThan": "must be less than {0}",
    "mustBeLessOrEqualTo": "must be at most {0}",
    "mustBeBetween": "must be between {0} and {1}",
    "mustNotBeBetween": "must not be between {0} and {1}",
}
AGGREGATES = (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max)
HOURS = {
    "d": 24.0, "day": 24.0, "days": 24.0, "h": 1.0, "hr": 1.0, "hour": 1.0, "hours": 1.0,
    "m": 1 / 60, "min": 1 / 60, "minute": 1 / 60, "minutes": 1 / 60, "w": 168.0, "week": 168.0,
    "weeks": 168.0, "month": 730.0, "months": 730.0, "y": 8760.0, "yr": 8760.0, "year": 8760.0,
    "years": 8760.0, "s": 1 / 3600, "sec": 1 / 3600, "second": 1 / 3600, "seconds": 1 / 3600,
}  # fmt: skip


class CannotRun(Exception):  # noqa: N818 - a reason, not an error
    """Why a rule can't be checked here."""


def expectation(rule: Mapping[str, Any]) -> tuple[str, Any]:
    """A rule's operator and its bound.

    Raises:
        CannotRun: it has none.
    """
    for name in OPERATORS:
        if name in rule:
            return name, rule[name]
    raise CannotRun("It doesn't say what the number has to be.")


def in_words(operator: str, bound: Any) -> str:
    """`must be at most 5`."""
    return OPERATORS[operator].format(*(bound if isinstance(bound, list) else [bound]))


def holds(operator: str, bound: Any, number: float) -> bool:
    """Whether a number is what it must be."""
    match operator:
        case "mustBeBetween" | "mustNotBeBetween":
            inside = bound[0] <= number <= bound[1]
            return bool(inside) == (operator == "mustBeBetween")
        case "mustBe" | "mustNotBe":
            return bool(number == _number(bound)) == (operator == "mustBe")
        case "mustBeGreaterThan":
            return bool(number > bound)
        case "mustBeGreaterOrEqualTo":
            return bool(number >= bound)
        case "mustBeLessThan":
            return bool(number < bound)
    return bool(number <= bound)


def library(
    rule: Mapping[str, Any], column: str | None, coarse: str | None, kind: str
) -> tuple[ColumnElement[Any], list[str]]:
    """What a metric of the standard's library counts, and the columns that it reads."""
    metric = rule.get("metric") or rule.get("rule")
    given = rule.get("arguments") or {}
    if metric == "rowCount":
        return m.rows(), []
    if metric == "duplicateValues" and column is None:
        names = [str(one).rpartition(".")[2] for one in given.get("properties") or ()]
        if not names:
            raise CannotRun("It doesn't say of which properties the values may not repeat.")
        return repeated_together(names), names
    if column is None:
        raise CannotRun(f"The metric {metric} is of a property, and this is a table.")
    of = m.named(column)
    value = m.as_text(of) if coarse not in m.NUMERIC else of
    match metric:
        case "nullValues":
            return m.nulls(of), [column]
        case "duplicateValues":
            return m.repeated(m.as_text(of) if coarse not in m.COUNTABLE[1:] else of), [column]
        case "missingValues":
            missing = given.get("missingValues") or [None]
            listed = _values([one for one in missing if one is not None], coarse)
            return m.where(or_(of.is_(None), value.in_(listed))), [column]
        case "invalidValues" if valid := given.get("validValues"):
            return m.where(of.is_not(None) & value.not_in(_values(valid, coarse))), [column]
        case "invalidValues" if pattern := given.get("pattern"):
            return m.where(of.is_not(None) & ~matches(of, str(pattern), kind)), [column]
    raise CannotRun(f"The metric {metric} with these arguments isn't known.")


def matches(of: ColumnElement[Any], pattern: str, kind: str) -> ColumnElement[bool]:
    """Whether a text has a pattern, by the source itself."""
    match kind:
        case "duckdb" | "files":
            return func.regexp_matches(m.as_text(of), pattern) == True  # noqa: E712 - SQL's own
        case "postgresql":
            return m.as_text(of).op("~")(pattern)
        case "mysql":
            return m.as_text(of).op("REGEXP")(pattern)
    raise CannotRun(f"A source of the kind {kind} has no patterns.")


def repeated_together(names: list[str]) -> ColumnElement[int]:
    """How many rows repeat the values that these columns have together in another row."""
    together: ColumnElement[Any] = m.as_text(m.named(names[0]))
    for name in names[1:]:
        together = together.concat("\x1f").concat(m.as_text(m.named(name)))
    return m.repeated(together)


def query(
    text: str, table: str, column: str | None, columns: Mapping[str, bool], dialect: str
) -> tuple[ColumnElement[Any], list[str]]:
    """What a rule's SQL counts, as an aggregate over its table, and the columns that it reads.

    Only one number over the table's own rows is taken: nothing that joins, calls functions of the
    database, or shows a value. `columns` are the table's, each with whether its values are hidden.
    """
    filled = text
    quote = "`" if dialect == "mysql" else '"'
    for name, value in (
        ("object", table),
        ("table", table),
        ("property", column),
        ("column", column),
    ):
        for form in (f"${{{name}}}", f"{{{name}}}") if value is not None else ():
            filled = filled.replace(form, f"{quote}{value}{quote}")
    try:
        trees = [tree for tree in parse(filled, dialect=dialect) if tree is not None]
    except (SqlglotError, RecursionError, ValueError):
        raise CannotRun("Its SQL can't be parsed.") from None
    if len(trees) != 1 or not isinstance(trees[0], exp.Select):
        raise CannotRun("Its SQL isn't one SELECT.")
    select = trees[0]
    extra = {name for name, value in select.args.items() if value} - {
        "expressions", "from_", "where", "kind",
    }  # fmt: skip
    from_ = select.args.get("from_")
    source = from_.this if from_ else None
    if (
        extra
        or len(select.expressions) != 1
        or not isinstance(source, exp.Table)
        or source.args.get("joins")
        or source.name.lower() != table.lower()
        or len(list(select.find_all(exp.Select))) != 1
    ):
        raise CannotRun("Its SQL does more than count over the rows of its own table.")
    known = {name.lower(): name for name in columns}
    reads = []
    for each in select.find_all(exp.Column):
        if each.name.lower() not in known:
            raise CannotRun(f"There is no column '{each.name}'.")
        reads.append(known[each.name.lower()])
        each.replace(exp.column(known[each.name.lower()], quoted=True))
    value = select.expressions[0].unalias()
    if any(columns[name] for name in reads) and any(value.find_all(exp.Min, exp.Max)):
        raise CannotRun("It would show a value of a classified column.")
    for called in select.find_all(exp.Anonymous, exp.AnonymousAggFunc):
        raise CannotRun(f"It calls the function {called.name}.")
    condition = select.args.get("where")
    aggregates = list(value.find_all(exp.AggFunc))
    if not aggregates or any(not isinstance(one, AGGREGATES) for one in aggregates):
        raise CannotRun("Its SQL counts nothing.")
    if condition is not None:
        for one in aggregates:
            _under(one, condition.this)
    return literal_column(value.sql(dialect=dialect)), sorted(set(reads))


def _under(aggregate: exp.Expr, condition: exp.Expr) -> None:
    """Let an aggregate take only rows that fulfil a condition."""
    subject = aggregate.this
    distinct = subject if isinstance(subject, exp.Distinct) else None
    if distinct is not None:
        if len(distinct.expressions) != 1:
            raise CannotRun("It counts several columns together.")
        subject = distinct.expressions[0]
    taken = exp.Literal.number(1) if isinstance(subject, exp.Star) else subject.copy()
    chosen = exp.Case(ifs=[exp.If(this=condition.copy(), true=taken)])
    aggregate.set("this", exp.Distinct(expressions=[chosen]) if distinct is not None else chosen)


def hours_of(value: Any, unit: Any) -> float:
    """A service level's time in hours.

    Raises:
        CannotRun: it is no time.
    """
    factor = HOURS.get(str(unit or "").lower())
    number = _number(value)
    if factor is None or not isinstance(number, int | float) or isinstance(number, bool):
        raise CannotRun("Its value and unit are no time.")
    return float(number) * factor


def _number(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _values(values: list[Any], coarse: str | None) -> list[Any]:
    if coarse in m.NUMERIC:
        return [one for one in map(_number, values) if isinstance(one, int | float)]
    return [str(one) for one in values]
