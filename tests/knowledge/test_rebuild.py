"""A rebuild or purge goes on beside searches and writes; what was deleted is nowhere on disk."""

from __future__ import annotations

import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from knowledge.documents import Document
from knowledge.embeddings import Vectors
from knowledge.errors import MendIndexStore
from knowledge.index import Index
from knowledge.vectors import APART
from tests.knowledge.conftest import OpenIndex
from tests.knowledge.support import ALL, Letters, document, ids, sees

SHOP = [document(f"d{number}", f"all about the matter {number}") for number in range(150)]
SECRET = document("secret", "the quokkasecret and the wombatsecret", names=("numbatsecret",))


def on_disk(directory: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in directory.rglob("*") if file.is_file())


class Signs(Letters):
    """Vectors that stay the same to the bit when they are brought to length one again."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        drawn = [np.random.default_rng(zlib.crc32(text.encode())) for text in texts]
        rows = [one.choice([-0.125, 0.125], self.dimension) for one in drawn]
        return np.array(rows, dtype=np.float32)


def test_a_purge_leaves_neither_text_nor_vector_of_what_was_deleted(
    tmp_path: Path, open_index: OpenIndex
) -> None:
    index = open_index(embedder=Signs())
    index.upsert([*SHOP, SECRET])
    replaced = SHOP[0].model_copy(update={"text": "the echidnasecret"})
    index.upsert([replaced])
    index.upsert([SHOP[0]])
    gone, changed, kept = (
        row.tobytes() for row in Signs().embed([SECRET.passage, replaced.passage, SHOP[5].passage])
    )
    stored = on_disk(tmp_path)
    assert gone in stored and changed in stored
    assert index.delete(["secret"]) == 1
    stored = on_disk(tmp_path)
    assert b"quokka" not in stored and b"numbat" not in stored
    assert gone in stored and index.outdated() == 3
    before = index.search("matter 77", ALL)
    assert index.purge() == len(SHOP)
    assert index.outdated() == 0 and index.search("matter 77", ALL) == before
    index.close()
    stored = on_disk(tmp_path)
    assert gone not in stored and changed not in stored and b"secret" not in stored
    assert kept in stored


def test_a_rebuild_embeds_nothing_twice(open_index: OpenIndex) -> None:
    embedder = Letters()
    index = open_index(embedder=embedder)
    index.upsert(SHOP)
    embedder.embedded.clear()
    moved = SHOP[1].model_copy(update={"source_id": "shop"})
    changed = SHOP[2].model_copy(update={"text": "another matter"})
    assert index.rebuild([SHOP[0], moved, changed]) == 3
    assert embedder.embedded == [changed.passage]
    assert "d1" in ids(index.search("matter", sees("shop")))
    assert "d1" not in ids(index.search("matter", sees("other")))


def test_answers_never_lack_a_document_and_writes_are_kept(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    ready, go_on = Event(), Event()

    def documents() -> Iterator[Document]:
        yield from SHOP[:75]
        ready.set()
        assert go_on.wait(30)
        yield from SHOP[75:]

    with ThreadPoolExecutor(2) as pool:
        rebuilt = pool.submit(index.rebuild, documents())
        assert ready.wait(30)
        index.upsert(
            [document("new", "written meanwhile"), SHOP[3].model_copy(update={"text": ""})]
        )
        assert index.delete(["d7", "d140"]) == 2
        expected = {one.id for one in SHOP} - {"d7", "d140"} | {"new"}
        go_on.set()
        searched = 0
        while True:
            over = rebuilt.done()
            assert set(ids(index.search("all matter", ALL, limit=500))) == expected
            searched += 1
            if over:
                break
    assert searched > 1 and rebuilt.result() == index.count() == len(expected)
    assert index.search("written meanwhile", ALL)[0].document.id == "new"
    found = index.search("d3", ALL, limit=500)
    assert next(one.document.text for one in found if one.document.id == "d3") == ""


def test_closing_ends_a_rebuild_and_keeps_the_old_index(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    ready, closing = Event(), Event()

    def documents() -> Iterator[Document]:
        ready.set()
        assert closing.wait(30)
        while True:
            yield from SHOP[:70]

    with ThreadPoolExecutor(2) as pool:
        rebuilt = pool.submit(index.rebuild, documents())
        assert ready.wait(30)
        closed = pool.submit(index.close)
        closing.set()
        with pytest.raises(MendIndexStore, match="closed"):
            rebuilt.result(30)
        closed.result(30)
    assert open_index().count() == len(SHOP)


MANY = [document(f"m{number}", f"matter {number}") for number in range(APART + 50)]


def test_a_large_rebuild_is_written_by_a_process_of_its_own(
    tmp_path: Path, open_index: OpenIndex
) -> None:
    embedder = Letters()
    index = open_index(embedder=embedder)
    index.rebuild(MANY)
    index.upsert([document("new", "written later")])
    index.delete(["m7"])
    before = index.search("matter 1234", ALL)
    index.close()
    again = open_index(embedder=embedder)
    embedder.embedded.clear()
    assert again.count() == len(MANY) and again.search("matter 1234", ALL) == before
    assert embedder.embedded == ["matter 1234"]
    assert not list(tmp_path.rglob("*.npy"))


def test_a_large_rebuild_ends_with_its_index(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    told: list[int] = []
    writing = Event()

    def tell(done: int) -> None:
        if told and told[-1] == done == len(MANY):
            writing.set()
        told.append(done)

    with ThreadPoolExecutor(2) as pool:
        rebuilt = pool.submit(index.rebuild, MANY, tell)
        assert writing.wait(60)
        index.close()
        with pytest.raises(MendIndexStore, match="closed"):
            rebuilt.result(30)
    assert open_index().count() == len(SHOP)


KILLED = """
import sys
from pathlib import Path
from knowledge.index import Index
from knowledge.vectors import APART
from tests.knowledge.support import Letters
from tests.knowledge.test_rebuild import SHOP
index = Index(Path(sys.argv[1]), Letters())
def documents():
    yield from (one.model_copy(update={"text": "half built"}) for one in SHOP[:130])
    print("half", flush=True)
    sys.stdin.readline()
index.rebuild(documents())
"""


def test_killed_in_the_middle_of_a_rebuild(tmp_path: Path, open_index: OpenIndex) -> None:
    index: Index = open_index()
    index.upsert(SHOP)
    before = index.search("matter 42", ALL, limit=500)
    index.close()
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"half\n"
        assert len(list(tmp_path.glob("index-*"))) == 2
        worker.send_signal(signal.SIGKILL)
    again = open_index()
    assert again.count() == len(SHOP)
    assert again.search("matter 42", ALL, limit=500) == before
    assert len(list(tmp_path.glob("index-*"))) == 1
