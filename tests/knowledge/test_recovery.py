"""A process may be killed at any moment, and files may be damaged: what is left says what to do."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import RebuildIndex
from knowledge.vectors import VectorStore, collection_name, connect
from tests.knowledge.conftest import OpenIndex
from tests.knowledge.support import ALL, Letters, document, ids

SHOP = [document(name, f"all about the {name}") for name in ("customer", "film", "rental")]


def generation(directory: Path) -> Path:
    return directory / (directory / "CURRENT").read_text()


@pytest.fixture
def filled(tmp_path: Path, open_index: OpenIndex) -> Path:
    index = open_index()
    index.upsert(SHOP)
    index.close()
    return tmp_path


def test_killed_between_vectors_and_documents(filled: Path, open_index: OpenIndex) -> None:
    """The new vector of one document is there, another's is lost, a third has no document."""
    embedder = Letters()
    new = [SHOP[0].model_copy(update={"text": "quite another"}), document("ghost", "film film")]
    client = connect(generation(filled) / "chroma", None)
    vectors = VectorStore(
        client, collection_name(embedder.name, embedder.dimension), 64, owned=False
    )
    rows = embedder.embed([entry.passage for entry in new])
    vectors.write([entry.id for entry in new], rows, [entry.stamp for entry in new])
    vectors.delete(["rental"])
    vectors.close()

    mending = Letters()
    index = open_index(embedder=mending)
    assert index.count() == 3
    assert mending.embedded == [SHOP[0].passage, SHOP[2].passage]
    assert set(ids(index.search("film", ALL))) == {"customer", "film", "rental"}
    assert index.search(SHOP[0].passage, ALL)[0].document == SHOP[0]
    assert index.upsert(new) == 2


KILLED = """
import sys
from pathlib import Path
from knowledge.index import Index
from tests.knowledge.support import Letters, document
index = Index(Path(sys.argv[1]), Letters())
for round in range(1_000):
    index.upsert([document(f"d{number}", f"text {round} {number}") for number in range(40)])
    index.delete([f"d{number}" for number in range(0, 40, 3)])
    print(round, flush=True)
"""


def test_killed_while_writing(tmp_path: Path, open_index: OpenIndex) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    index = open_index()
    final = [document(f"d{number}", f"last words {number}") for number in range(40)]
    assert index.upsert(final) == 40
    found = index.search("last words", ALL, limit=100)
    assert {passage.document.id: passage.document for passage in found} == {
        entry.id: entry for entry in final
    }


def test_killed_while_rebuilding(filled: Path, open_index: OpenIndex) -> None:
    left = filled / "index-half"
    left.mkdir()
    (left / "lexical.db").write_bytes(b"half")
    index = open_index()
    assert index.count() == 3
    assert not left.exists()


@pytest.mark.parametrize("damaged", ["lexical.db", "chroma/chroma.sqlite3"])
def test_a_damaged_file_says_to_rebuild_and_rebuilding_mends(
    filled: Path, open_index: OpenIndex, damaged: str
) -> None:
    (generation(filled) / damaged).write_bytes(b"not what it was " * 1_000)
    index = open_index()
    for _ in range(2):
        with pytest.raises(RebuildIndex, match="racine index rebuild"):
            index.search("film", ALL)
    assert index.rebuild(SHOP) == 3
    assert ids(index.search("film", ALL))[0] == "film"


def test_lost_vectors_are_made_again(filled: Path, open_index: OpenIndex) -> None:
    for file in (generation(filled) / "chroma").rglob("*"):
        if file.is_file():
            file.unlink()
    index = open_index()
    assert ids(index.search("film", ALL))[0] == "film"


@pytest.mark.parametrize("other", [Letters("other"), Letters(dimension=32)])
def test_another_model_says_to_rebuild(filled: Path, open_index: OpenIndex, other: Letters) -> None:
    index = open_index(embedder=other)
    message = r"letters \(64 dimensions.*racine index rebuild.*RACINE_EMBEDDINGS"
    with pytest.raises(RebuildIndex, match=message):
        index.count()
    assert index.rebuild(SHOP) == 3
    assert ids(index.search("film", ALL))[0] == "film"
