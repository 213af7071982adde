"""Who asks, and what an operation is handed: its session, its services, and ways to call on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from tools.policy import Decision, Entitlements

if TYPE_CHECKING:
    from knowledge.index import Index
    from tools.invoke import Kernel
    from tools.secrets import SecretBox

T = TypeVar("T")
Channel = Literal["panel", "api", "cli", "assistant", "workflow", "system"]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Caller:
    """The person, and through what they act. `masked`: what is returned goes to a model.

    `plan_id`: the approved plan that is carried out; only the engine sets it.
    """

    user_id: str
    channel: Channel
    masked: bool = False
    run_id: str | None = None
    plan_id: str | None = None


@dataclass(frozen=True)
class Authored:
    """What was made of a request for a workflow. `start`: arguments of `workflows.schedule`.

    `said`: the answer or the question where no step came of it. `complete`: nothing of the request
    was left out.
    """

    title: str
    steps: list[dict[str, Any]]
    start: dict[str, Any] | None
    assumptions: list[str]
    said: str
    complete: bool = True


# The calls that the built-in planner reads out of a message, said with that focus in a conversation
Reader = Callable[[str, Caller, dict[str, Any], str], Awaitable[list[dict[str, Any]]]]


@dataclass
class Services:
    """What operations need beside the database; built once at the root."""

    secret_box: SecretBox
    index: Index
    settings: Mapping[str, Any] = field(default_factory=dict)
    health: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = field(default_factory=dict)
    author: Callable[[str, Caller], Awaitable[Authored]] | None = None
    reader: Reader | None = None


class NeedsOutside(Exception):  # noqa: N818 - a signal to the kernel, not an error
    """An operation wants work outside the system that isn't done yet."""

    def __init__(self, key: Hashable, work: Callable[[Progress], Any], timeout: float) -> None:
        self.key, self.work, self.timeout = key, work, timeout


@dataclass
class Context:
    """What an operation gets as its first argument. `key`: the idempotency key, if any."""

    caller: Caller
    entitlements: Entitlements
    decision: Decision
    session: AsyncSession
    services: Services
    kernel: Kernel
    outside_results: dict[Hashable, Any]
    preview: bool = False
    key: str | None = None

    async def outside(
        self, key: Hashable, work: Callable[[Progress], T], timeout: float = 300.0
    ) -> T:
        """The result of blocking work on a system outside, done in a thread.

        No transaction is open meanwhile: where the work isn't done yet the kernel rolls back,
        does it, and runs the operation again from its start. So `key` must name the work by
        what it reads, and everything before the call must be repeatable.
        """
        if key not in self.outside_results:
            raise NeedsOutside(key, work, timeout)
        result: T = self.outside_results[key]
        return result

    async def invoke(self, name: str, /, **arguments: Any) -> BaseModel:
        """Call another operation for the same caller, in the same transaction."""
        return await self.kernel.nested(self, name, arguments)
