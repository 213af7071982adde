"""Errors that say the next move. Every surface maps `RacineError`, and nothing else, to its form.

A class is named after what the caller should do. `detail` names the key and the value, `remedy`
the way out; neither ever holds a secret or a value of a classified column.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, ClassVar


class RacineError(Exception):
    """What any surface may show: a stable `code`, an HTTP `status`, `detail`, `remedy`, `field`."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(
        self, detail: str, remedy: str, *, field: str | None = None, code: str | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy
        self.field = field
        self.problem_code = code or self.code

    def problem(self) -> dict[str, Any]:
        """The error as an RFC 9457 problem document."""
        problem: dict[str, Any] = {
            "type": f"about:blank#{self.problem_code}",
            "title": self.problem_code.replace("_", " ").capitalize(),
            "status": self.status,
            "code": self.problem_code,
            "detail": self.detail,
            "remedy": self.remedy,
        }
        if self.field is not None:
            problem["field"] = self.field
        return problem

    def __str__(self) -> str:
        return f"{self.detail} {self.remedy}"


class CorrectInput(RacineError):
    """An argument can't be used as it is."""

    code = "invalid_input"
    status = 422


class SendLess(RacineError):
    """The body or the text is larger than can be stored."""

    code = "too_large"
    status = 413


class SignIn(RacineError):
    """Nobody is known behind the request."""

    code = "not_signed_in"
    status = 401


class AskForAccess(RacineError):
    """The caller is known and may not do this."""

    code = "forbidden"
    status = 403


class AskForApproval(RacineError):
    """It may be done, but only once others have agreed to it as a plan."""

    code = "approval_required"
    status = 403


class ChooseAnother(RacineError):
    """What was named doesn't exist, or isn't visible to the caller."""

    code = "not_found"
    status = 404


class BeMoreExact(RacineError):
    """What was named fits several things."""

    code = "ambiguous"
    status = 409


class LookAgain(RacineError):
    """The state has changed, or forbids it: look at it before trying again."""

    code = "conflict"
    status = 409


class FindOut(RacineError):
    """What was done outside may have happened: it must be found out, not done again."""

    code = "outcome_unknown"
    status = 502


class ProposeAgain(RacineError):
    """A plan is no longer what it was when it was proposed."""

    code = "plan_stale"
    status = 410


class MendSource(RacineError):
    """A system outside can't be reached or answers with an error."""

    code = "source_failed"
    status = 502


class TryLater(RacineError):
    """A part that is needed isn't there now, or took too long."""

    code = "unavailable"
    status = 503


class MendDeclaration(Exception):
    """A declaration contradicts itself: start-up stops and says how to mend it."""


def nearest(word: str, known: list[str]) -> str:
    """The sentence that offers the nearest known names, or how to list them all."""
    close = get_close_matches(word, known, n=3, cutoff=0.5)
    if close:
        return "Did you mean " + " or ".join(f"'{name}'" for name in close) + "?"
    shown = ", ".join(known[:8])
    return (
        f"Known are: {shown}{', …' if len(known) > 8 else ''}." if known else "There is none yet."
    )
