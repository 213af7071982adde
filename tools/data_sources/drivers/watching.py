"""A clock beside a call that may never return: when it runs out, what the call waits for is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer

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
