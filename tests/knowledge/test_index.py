from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.errors import MendIndexStore
from knowledge.index import Index
from knowledge.vectors import connect, disconnect
from tests.knowledge.conftest import OpenIndex
from tests.knowledge.support import ALL, Letters, document, ids, sees

SHOP = [
    document("customer", "People who buy", source_id="shop", names=("customer", "shop.customer")),
    document("film", "What can be rented", source_id="shop", names=("film",)),
    document("retention", "Data is kept no longer than needed", kind="control"),
]


def test_importing_the_index_loads_neither_chroma_nor_a_model() -> None:
    heavy = "{'chromadb', 'onnxruntime', 'tokenizers', 'openai'}"
    program = f"import sys, knowledge.index; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_passages_are_ranked_and_carry_their_document(open_index: OpenIndex) -> None:
    index = open_index()
    assert index.upsert(SHOP) == 3
    passages = index.search("what film can be rented?", ALL, limit=2)
    assert passages[0].document == SHOP[1]
    assert [passage.rank for passage in passages] == [1, 2]
    assert passages[0].score > passages[1].score


def test_kinds_narrow_and_nothing_asked_finds_nothing(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    assert ids(index.search("film", ALL, kinds={"control"})) == ["retention"]
    assert index.search("film", ALL, kinds=()) == []
    assert index.search("  ", ALL) == []
    assert index.search("film", ALL, limit=0) == []


def test_scores_are_those_of_the_passages(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    for visible in (ALL, sees("shop")):
        found = [(one.document.id, one.score) for one in index.search("film", visible)]
        assert index.scores("film", visible, 8) == found != []
    assert index.scores("film", ALL, 8, kinds=()) == index.scores(" ", ALL, 8) == []


def test_only_what_changed_is_embedded(open_index: OpenIndex) -> None:
    embedder = Letters()
    index = open_index(embedder=embedder)
    index.upsert(SHOP)
    assert index.upsert(SHOP) == 0
    relabelled = SHOP[0].model_copy(update={"data": {"owner": "ada"}})
    assert index.upsert([relabelled, SHOP[1]]) == 1
    assert len(embedder.embedded) == 3
    rewritten = SHOP[0].model_copy(update={"text": "Companies that buy"})
    assert index.upsert([SHOP[0], rewritten]) == 1
    assert len(embedder.embedded) == 4
    assert index.search("companies", ALL)[0].document == rewritten


def test_a_changed_source_changes_who_sees_it(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    index.upsert([SHOP[1].model_copy(update={"source_id": "vault"})])
    assert "film" not in ids(index.search("film", sees("shop")))
    assert ids(index.search("film", sees("vault")))[0] == "film"


def test_it_is_all_there_after_reopening(open_index: OpenIndex) -> None:
    first = open_index()
    first.upsert(SHOP)
    before = first.search("film", ALL)
    first.close()
    embedder = Letters()
    second = open_index(embedder=embedder)
    assert second.count() == 3
    assert second.search("film", ALL) == before
    assert embedder.embedded == ["film"]


def test_deleting_takes_it_out_of_answers(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    assert index.delete(["film", "unknown"]) == 1
    assert index.count() == 2
    assert "film" not in ids(index.search("film", ALL))


def test_rebuilding_erases_what_was_there(tmp_path: Path, open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert([document("old", "quokkasecret"), *SHOP])
    index.delete(["old"])
    before = set(tmp_path.iterdir())
    counted: list[int] = []
    assert index.rebuild(iter(SHOP), counted.append) == 3
    assert set(counted) == {3} and index.count() == 3
    assert ids(index.search("film", ALL))[0] == "film"
    gone = before - set(tmp_path.iterdir())
    assert [folder.name[:6] for folder in gone] == ["index-"]
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(b"quokkasecret" in file.read_bytes() for file in files)


def test_a_rebuild_that_fails_leaves_the_old_index(tmp_path: Path, open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    before = sorted(tmp_path.iterdir())

    def broken() -> Iterator[Document]:
        yield document("half")
        raise LookupError

    with pytest.raises(LookupError):
        index.rebuild(broken())
    assert sorted(tmp_path.iterdir()) == before
    assert index.count() == 3 and index.search("film", ALL)[0].document.id == "film"


def test_searching_goes_on_while_others_write_and_rebuild(open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)

    def search(_: int) -> str:
        return index.search("film", ALL)[0].document.id

    def write(number: int) -> int:
        return index.upsert([document(f"extra{number}", "some other matter")])

    with ThreadPoolExecutor(6) as pool:
        writes = [pool.submit(write, number) for number in range(20)]
        rebuilds = [pool.submit(index.rebuild, SHOP) for _ in range(3)]
        assert set(pool.map(search, range(300))) == {"film"}
        assert all(done.result() == 1 for done in writes)
        assert all(done.result() >= 3 for done in rebuilds)


def test_one_process_owns_a_directory(open_index: OpenIndex) -> None:
    owner, second = open_index(), open_index()
    owner.upsert(SHOP)
    for use in (second.count, lambda: second.rebuild([])):
        with pytest.raises(MendIndexStore, match=r"owns the index.*RACINE_CHROMA_URL"):
            use()
    owner.close()
    assert second.count() == 3


def test_closing_lets_go_of_every_file(tmp_path: Path, open_index: OpenIndex) -> None:
    index = open_index()
    index.upsert(SHOP)
    index.search("film", ALL)
    assert held(tmp_path)
    index.close()
    gc.collect()
    # Chroma's connections close on threads of its own, a moment later.
    deadline = time.monotonic() + 5
    while held(tmp_path):
        assert time.monotonic() < deadline, held(tmp_path)
    with pytest.raises(MendIndexStore, match="closed"):
        index.count()


def held(directory: Path) -> list[str]:
    """The files under the directory that this process has open."""
    names = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(descriptor.readlink()))
        except FileNotFoundError:
            continue
    return [name for name in names if name.startswith(str(directory) + os.sep)]


def test_without_a_directory_nothing_stays() -> None:
    index = Index(None, Letters())
    index.upsert(SHOP)
    assert index.search("film", ALL)[0].document.id == "film"
    folder = index._directory
    index.close()
    assert not folder.exists()


def test_processes_share_a_chroma_server(
    tmp_path: Path, open_index: OpenIndex, chroma_url: str
) -> None:
    embedder = Letters("shared")
    here = open_index(tmp_path / "here", Letters("shared"), chroma_url=chroma_url)
    beside = open_index(tmp_path / "here", Letters("shared"), chroma_url=chroma_url)
    elsewhere = open_index(tmp_path / "elsewhere", embedder, chroma_url=chroma_url)
    here.upsert(SHOP)
    assert elsewhere.upsert(SHOP) == 3 and embedder.embedded == []
    for index in (here, beside, elsewhere):
        assert ids(index.search("film", sees("shop")))[0] == "film"
        assert ids(index.search("film", sees())) == ["retention"]
    assert here.rebuild(SHOP[1:]) == 2
    for index in (here, beside):
        assert set(ids(index.search("customer", ALL))) == {"film", "retention"}
    assert ids(elsewhere.search("film", ALL))[0] == "film"


def test_a_rebuild_that_fails_leaves_a_chroma_server_as_it_was(
    tmp_path: Path, open_index: OpenIndex, chroma_url: str
) -> None:
    index = open_index(embedder=Letters("kept"), chroma_url=chroma_url)
    index.upsert(SHOP)

    def broken() -> Iterator[Document]:
        yield document("half")
        raise LookupError

    with pytest.raises(LookupError):
        index.rebuild(broken())
    assert ids(index.search("film", ALL))[0] == "film"
    client = connect(tmp_path, chroma_url)
    names = [collection.name for collection in client.list_collections()]
    disconnect(client)
    assert [name for name in names if "kept" in name] == ["racine-kept-64"]
