"""What an error inside an operation is to whoever asked for it."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import IntegrityError

from tools.errors import LookAgain, RacineError

log = structlog.get_logger(__name__)


def shown(error: Exception, operation: str) -> RacineError:
    """What a step's error is to whoever looks at its preview."""
    if isinstance(error, RacineError):
        return error
    if isinstance(error, IntegrityError):
        return collision(operation)
    log.error("a preview failed", operation=operation, exc_info=error)
    return failure(operation, error, "the time")


def collision(operation: str) -> LookAgain:
    """A write that met another one."""
    return LookAgain(
        f"{operation} collides with something that was written meanwhile.",
        "Look at the present state and try again.",
    )


def failure(operation: str, error: Exception, where: str) -> RacineError:
    """An error of the service's own; what it says stays in the log."""
    return RacineError(
        f"{operation} failed inside the service ({type(error).__name__}).",
        f"Nothing was changed. Try again; if it stays, report {where}.",
    )
