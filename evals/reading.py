"""Suites read from YAML or JSON Lines; a mistake is told with its file, line and field.

YAML holds one suite. A line of JSON Lines is a case; the suite is called as the file, and a first
line with `suite` gives what all have in common.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from evals.cases import Case, Suite
from tools.errors import CorrectInput

SUITES = Path(__file__).parent / "suites" / "demo"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_suites(wanted: Iterable[str]) -> list[Suite]:
    """The suites of files, folders, or names of those that ship; all that ship for none.

    `shared:NAME` is read from the shared data, `bfcl:FILE` from files of that leaderboard.

    Raises:
        CorrectInput: one can't be found or read, or two cases bear the same id.
    """
    suites = [suite for name in list(wanted) or [""] for suite in _named(name)]
    seen: dict[str, str] = {}
    for suite in suites:
        for case in suite.cases:
            if case.id in seen:
                raise CorrectInput(
                    f"The id {case.id} is in {seen[case.id]} and in {suite.suite}.",
                    "Give each case an id of its own.",
                )
            seen[case.id] = suite.suite
    return suites


def read_suite(path: Path) -> Suite:
    """The suite in a file.

    Raises:
        CorrectInput: it can't be read; the text starts with file:line and names the field.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CorrectInput(f"{path} can't be read: {error.strerror}.", "Name a suite.") from None
    return _from_lines(path, text) if path.suffix == ".jsonl" else _from_yaml(path, text)


def _named(name: str) -> list[Suite]:
    kind, _, rest = name.partition(":")
    if kind == "shared":
        from evals.readers.shared import read_shared

        return [read_shared(rest)]
    if kind == "bfcl":
        from evals.readers.bfcl import read_bfcl

        return [read_bfcl(Path(rest))]
    return [read_suite(path) for path in _paths(name)]


def _paths(name: str) -> list[Path]:
    path = Path(name) if name else SUITES
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.suffix in {".yaml", ".yml", ".jsonl"})
    if path.is_file():
        return [path]
    if (shipped := SUITES / f"{name}.yaml").is_file():
        return [shipped]
    names = ", ".join(sorted(p.stem for p in SUITES.glob("*.yaml")))
    raise CorrectInput(f"There is no suite {name}.", f"Name a file, a folder, or: {names}.")


def _from_yaml(path: Path, text: str) -> Suite:
    try:
        node = yaml.compose(text, Loader=LOADER)
        data = yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _wrong(path, line, "", str(getattr(error, "problem", error))) from None
    if not isinstance(data, dict) or node is None:
        raise _wrong(path, 1, "", "a suite is a mapping with 'suite' and 'cases'")
    try:
        suite = Suite.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = first["loc"]
        raise _wrong(path, _line(node, where), _field(data, where), first["msg"]) from None
    _unique(path, suite, [_line(node, ("cases", n)) for n in range(len(suite.cases))])
    return suite


def _from_lines(path: Path, text: str) -> Suite:
    head: dict[str, Any] = {"suite": path.stem.casefold().replace(" ", "-")}
    cases: list[Case] = []
    lines: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError as error:
            raise _wrong(path, number, "", str(error)) from None
        if isinstance(data, dict) and "suite" in data and not cases:
            head = data
            continue
        try:
            cases.append(Case.model_validate(data))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise _wrong(path, number, _field(data, first["loc"]), first["msg"]) from None
        lines.append(number)
    try:
        suite = Suite.model_validate({**head, "cases": cases})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _wrong(path, 1, ".".join(map(str, first["loc"])), first["msg"]) from None
    _unique(path, suite, lines)
    return suite


def _unique(path: Path, suite: Suite, lines: list[int]) -> None:
    seen: dict[str, int] = {}
    for case, line in zip(suite.cases, lines, strict=True):
        if case.id in seen:
            raise _wrong(path, line, "id", f"{case.id} is that of line {seen[case.id]} as well")
        seen[case.id] = line


def _line(node: yaml.Node, where: tuple[int | str, ...]) -> int:
    """The line of the innermost part of `where` that is written down."""
    for part in where:
        inner = _child(node, part)
        if inner is not None:
            node = inner
    return int(node.start_mark.line) + 1


def _child(node: yaml.Node, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    return None


def _field(data: Any, where: tuple[int | str, ...]) -> str:
    """A place in words: cases by their id, and without the turn that a short case has."""
    words: list[str] = []
    for part in where:
        if isinstance(data, dict) and part == "turns" and "turns" not in data:
            continue
        if part == 0 and isinstance(data, dict):
            continue
        data = _inside(data, part)
        is_case = words == ["cases"] and isinstance(data, dict) and "id" in data
        words = [f"case {data['id']}"] if is_case else [*words, str(part)]
    return ".".join(words)


def _inside(data: Any, part: int | str) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _wrong(path: Path, line: int, field: str, problem: str) -> CorrectInput:
    problem = problem.removeprefix("Value error, ").rstrip(".")
    named = f" {field}:" if field else ""
    return CorrectInput(f"{path}:{line}:{named} {problem}.", "See docs/evaluations.md.")
