"""A clock beside a call that may never return: when it runs out, what the call waits for is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from typing import Any, TypeVar

T = TypeVar("T")

GRACE = 5.0
"""Seconds that a server gets beyond its own time-out to say so itself."""


class Watch:
    """`expired` once the time was up."""

    expired = False


@contextmanager
def watched(seconds: float, cut: Callable[[], object]) -> Iterator[Watch]:
    """While entered, `cut` is called, in another thread, after these seconds and a grace."""
    watch = Watch()

    def expire() -> None:
        watch.expired = True
        with suppress(Exception):  # it may have ended at this moment
            cut()

    timer = Timer(seconds + GRACE, expire)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()


def within(seconds: float, work: Callable[[], T], late: Callable[[T], object]) -> T:
    """The result of work that nothing can cut: past its time it is left to itself.

    Args:
        late: what to do with a result that nobody waits for any more.

    Raises:
        TimeoutError: it took longer.
    """
    results: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()
    given_up = False

    def run() -> None:
        try:
            result: Any = work()
        except Exception as error:
            results.put((None, error))
            return
        results.put((result, None))
        if given_up:
            late(result)

    Thread(target=run, daemon=True).start()
    try:
        result, error = results.get(timeout=seconds)
    except Empty:
        given_up = True
        raise TimeoutError from None
    if error is not None:
        raise error
    done: Any = result
    return done  # type: ignore[no-any-return]
