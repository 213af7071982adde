"""Where the external test material lies; tests that need it are skipped, with a reason, without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def shared_data() -> Path:
    """The folder of the shared data."""
    root = Path(os.environ.get("RACINE_SHARED", REPOSITORY.parent / "shared"))
    if not (root / "data").is_dir():
        pytest.skip(f"no shared test data at {root} (set RACINE_SHARED)")
    return root / "data"


def shared(path: str) -> Path:
    """A file or folder of the shared data."""
    return shared_data() / path


def sample_database(name: str) -> Path:
    """One of the shared SQLite databases."""
    return shared(f"databases/{name}.sqlite")
