"""What a run of an evaluation leaves behind: JSON Lines, the run first, then every attempt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from tools.errors import CorrectInput

SHOWN = 4_000  # characters of a result that are kept


class Made(BaseModel):
    """A call that the assistant made, with what it got."""

    operation: str
    arguments: dict[str, Any] = {}
    result: str = ""


class Heard(BaseModel):
    """What came of one turn."""

    said: str = ""
    text: str = ""
    calls: list[Made] = []
    citations: list[dict[str, Any]] = []
    plan: dict[str, Any] | None = None
    asked: dict[str, Any] | None = None
    usage: dict[str, Any] = {}
    ending: str = ""
    conversation: str = ""
    activity: str = Field(default="", description="What a direct call is called in the trail")
    status: int = 200
    result: Any = None
    execution: dict[str, Any] | None = None
    done: str = Field(default="", description="What the assistant said once the plan was executed")
    seconds: float = 0.0
    first_seconds: float = 0.0
    raw: str = Field(default="", exclude=True, description="The whole stream; never kept")


class Verdict(BaseModel):
    """What one grader says of one turn; None where it could not be graded."""

    grader: str
    turn: int
    passed: bool | None
    why: str = ""
    by: Literal["exact", "judge"] = "exact"


class Attempt(BaseModel):
    """One case, tried once."""

    suite: str
    case: str
    kind: str
    group: str = ""
    note: str = ""
    repeat: int = 1
    passed: bool | None
    verdicts: list[Verdict] = []
    turns: list[Heard] = []
    seconds: float = 0.0
    tokens: int = 0
    money: float = 0.0
    left: list[str] = Field(default=[], description="Differences that could not be taken back")

    @property
    def failures(self) -> list[Verdict]:
        """The verdicts that speak against it."""
        return [verdict for verdict in self.verdicts if verdict.passed is False]


class Run(BaseModel):
    """What was run, on what, when; with its attempts."""

    id: str
    name: str = ""
    url: str
    model: str = ""
    judge: str = ""
    started_at: str
    seconds: float = 0.0
    repeat: int = 1
    parallel: int = 1
    unread: list[str] = Field(default=[], description="Facets that the service doesn't offer")
    attempts: list[Attempt] = []

    def by_case(self) -> dict[str, list[Attempt]]:
        """The attempts of each case."""
        found: dict[str, list[Attempt]] = {}
        for attempt in self.attempts:
            found.setdefault(attempt.case, []).append(attempt)
        return found


def write_run(run: Run, path: Path) -> None:
    """Write the run; results are cut at `SHOWN` characters."""
    head = run.model_dump(mode="json", exclude={"attempts"})
    lines = [json.dumps({"run": head}, ensure_ascii=False)]
    lines += [json.dumps(_cut(one.model_dump(mode="json")), ensure_ascii=False)
              for one in run.attempts]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """The run in a file.

    Raises:
        CorrectInput: it can't be read, or is no run.
    """
    remedy = "Name a file that 'racine eval run --out' has written."
    try:
        head, *rest = path.read_text(encoding="utf-8").splitlines()
        run = Run.model_validate(json.loads(head)["run"])
        run.attempts = [Attempt.model_validate_json(line) for line in rest if line]
    except OSError as error:
        raise CorrectInput(f"{path} can't be read: {error.strerror}.", remedy) from None
    except (ValueError, KeyError, TypeError, ValidationError):
        raise CorrectInput(f"{path} is no run of an evaluation.", remedy) from None
    return run


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > SHOWN:
        return f"{value[:SHOWN]} … ({len(value)} characters)"
    if isinstance(value, list):
        return [_cut(one) for one in value[:200]]
    if isinstance(value, dict):
        return {key: _cut(one) for key, one in value.items()}
    return value
