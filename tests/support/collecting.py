"""A plugin that has garbage collected between files: passes through all there is took a tenth of
the time. Young objects are collected as ever.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator

import pytest

gc.set_threshold(*gc.get_threshold()[:2], 10_000)
atexit.register(gc.unfreeze)  # extension modules count what is left at the end


def pytest_collection_finish() -> None:
    """What is imported stays, and needn't be gone through again."""
    _keep()


@pytest.fixture(scope="module", autouse=True)
def collected() -> Iterator[None]:
    """What libraries keep of a file's tests, such as statements and routes, stays too."""
    yield
    _keep()


def _keep() -> None:
    gc.collect()
    gc.freeze()
