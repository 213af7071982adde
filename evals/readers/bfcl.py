"""Cases from files in the format of the Berkeley Function Calling Leaderboard.

A line of the questions has `id`, `question` (turns of messages) and `function`; a line of the
answers, `id` and `ground_truth`: calls whose arguments list every right value, "" meaning that the
argument may be left out. A question without an answer file expects no call (their `irrelevance`).
Functions are operations of the service, by their names or their tools' names.
"""

from __future__ import annotations

import json
import re
from itertools import permutations
from pathlib import Path
from typing import Any

from evals.cases import Call, Case, Expect, Suite, Turn
from tools.errors import CorrectInput

MOST = 4  # parallel calls, of which every order is right


def read_bfcl(questions: Path) -> Suite:
    """The suite of a file of questions, its answers in `possible_answer/` beside it or in it.

    Raises:
        CorrectInput: a line isn't of that format, or has several turns.
    """
    asked = _lines(questions)
    answers = {str(row.get("id")): row for _, row in _lines(_answers(questions))}
    cases = [_case(questions, line, row, answers) for line, row in asked]
    if not cases:
        raise CorrectInput(f"{questions} holds no questions.", "Name a file of questions.")
    name = re.sub(r"[^a-z0-9]+", "-", questions.stem.casefold()).strip("-")
    return Suite(suite=name, about=f"BFCL: {questions.name}", cases=cases)


def _answers(questions: Path) -> Path:
    beside = questions.parent / "possible_answer" / questions.name
    return beside if beside.is_file() else questions


def _case(path: Path, line: int, row: dict[str, Any], answers: dict[str, dict[str, Any]]) -> Case:
    try:
        turns = row["question"]
        name = re.sub(r"[^a-z0-9._-]+", "-", str(row["id"]).casefold())
        groups = {_tool(one["name"]): one["name"] for one in row["function"]}
        if len(turns) != 1 or not isinstance(turns[0], list):
            raise _wrong(path, line, "question", "it has several turns, which aren't read")
        said = [one["content"] for one in turns[0] if one["role"] == "user"][-1]
        truth = answers.get(str(row["id"]), {}).get("ground_truth", [])
        calls = [_call(function, given) for one in truth for function, given in one.items()]
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise _wrong(path, line, str(error).strip("'"), "it isn't of BFCL's format") from None
    orders = [list(one) for one in permutations(calls)] if len(calls) <= MOST else [calls]
    expect = Expect(calls=orders[0] if orders else [], or_calls=orders[1:], may_plan=True)
    note = f"functions: {', '.join(sorted(groups.values()))}"
    return Case(id=name, kind="operations", note=note, turns=[Turn(say=said, expect=expect)])


def _call(function: str, given: dict[str, list[Any]]) -> Call:
    arguments = {}
    for name, values in given.items():
        right = [None if value == "" else _value(value) for value in values]
        arguments[name] = {"one_of": right}
    return Call(operation=_operation(function), arguments=arguments)


def _value(value: Any) -> Any:
    """Inside an object, too, every value is a list of right ones."""
    if isinstance(value, dict):
        return {
            name: {"one_of": [None if one == "" else _value(one) for one in values]}
            if isinstance(values, list)
            else values
            for name, values in value.items()
        }
    return value


def _tool(function: str) -> str:
    return function.replace(".", "_")


def _operation(function: str) -> str:
    """`catalog.tag_asset` of `catalog_tag_asset` and of itself."""
    from tools.registry import Registry

    if "." in function:
        return function
    known = {one.tool_name: one.name for one in Registry()}
    return known.get(function, function.replace("_", ".", 1))


def _lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    found = []
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CorrectInput(f"{path} can't be read: {error.strerror}.", "Name a file.") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise _wrong(path, number, "", str(error)) from None
            if not isinstance(row, dict):
                raise _wrong(path, number, "", "it is no object")
            found.append((number, row))
    return found


def _wrong(path: Path, line: int, field: str, problem: str) -> CorrectInput:
    return CorrectInput(
        f"{path}:{line}: {field + ': ' if field else ''}{problem}.", "See docs/evaluations.md."
    )
