"""Many vectors into a new Chroma directory, by a process of its own.

Chroma holds the interpreter's lock while it writes, thirty milliseconds and more at a time: in the
serving process a rebuild would make every answer stutter. Run: python -m knowledge.bulk FOLDER NAME
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from knowledge.documents import Stamp
from knowledge.embeddings import Vectors
from knowledge.errors import MendIndexStore

VECTORS, STAMPS = "vectors.npy", "stamps.jsonl"


def write_apart(
    folder: Path,
    name: str,
    ids: Sequence[str],
    vectors: Vectors,
    stamps: Sequence[Stamp],
    go_on: Callable[[], None],
) -> None:
    """Fill the collection of that name in `folder`/chroma. `go_on` may raise to end it."""
    np.save(folder / VECTORS, vectors)
    with (folder / STAMPS).open("w") as file:  # line by line, so that others have their turn
        for id_, stamp in zip(ids, stamps, strict=True):
            file.write(json.dumps([id_, *stamp]) + "\n")
    root = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    worker = subprocess.Popen(  # noqa: S603 - this module
        [sys.executable, "-m", "knowledge.bulk", str(folder), name],
        env={**os.environ, "PYTHONPATH": path},
    )
    with worker:
        try:
            while worker.poll() is None:
                go_on()
                with suppress(subprocess.TimeoutExpired):
                    worker.wait(0.2)
        except BaseException:
            worker.kill()
            raise
    if worker.returncode:
        raise MendIndexStore(
            f"The process that writes the index in {folder} ended with {worker.returncode}. See "
            "its output and the disk; what was there before is still in use."
        )
    for part in (VECTORS, STAMPS):
        (folder / part).unlink()


def main() -> None:
    from knowledge.vectors import VectorStore, connect

    folder, name = Path(sys.argv[1]), sys.argv[2]
    vectors = np.load(folder / VECTORS, mmap_mode="r")
    listed = [json.loads(line) for line in (folder / STAMPS).read_text().splitlines()]
    store = VectorStore(connect(folder / "chroma", None), name, vectors.shape[1], owned=True)
    store.write([id_ for id_, *_ in listed], vectors, [Stamp(*stamp) for _, *stamp in listed])
    store.close()


if __name__ == "__main__":
    main()
