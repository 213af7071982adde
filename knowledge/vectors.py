"""The durable store of vectors: one Chroma collection of ids, vectors and stamps, and no text.

The process that owns an embedded directory searches a mirror of it (`Matrix`). A shared server is
asked: unfiltered first, and with a filter where too little of that is in scope.
Importing this module doesn't import chromadb (85 MB, 1.5 s); connecting does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from knowledge.bulk import write_apart
from knowledge.documents import Scope, Stamp
from knowledge.embeddings import Vectors
from knowledge.errors import MendIndexStore, RebuildIndex
from knowledge.matrix import Matrix

if TYPE_CHECKING:
    from chromadb.api.client import Client

PAGE = 1_000
# So many at a time while others wait for the interpreter, and from so many on in another process.
STEP = 64
APART = 2_000
TIMEOUT = 30.0  # seconds, of a request to a Chroma server
# How much more than needed is asked of Chroma, before what is out of scope is dropped.
SURPLUS = 3
# Where the mirror is searched, Chroma's graph isn't: it is kept cheap, at a quarter of the time.
UNSEARCHED = {"ef_construction": 16, "max_neighbors": 8}


class VectorStore:
    """Opens the collection for one embedding model, made if it isn't there. Thread-safe."""

    def __init__(self, client: Client, name: str, dimension: int, *, owned: bool) -> None:
        self._client = client
        self._name = name
        self._mirror = Matrix(dimension) if owned else None
        # While drafted, vectors are put into the mirror alone.
        self._drafted = False
        with _reported():
            self._collection = self._connect()
            if self._mirror is not None:
                for page in self._pages("embeddings", "metadatas"):
                    stamps = [_stamp(metadata) for metadata in page["metadatas"]]
                    self._mirror.put(page["ids"], page["embeddings"], stamps)

    def draft(self) -> None:
        """Keep what is written from here on in memory, until `publish`."""
        self._drafted = self._mirror is not None

    def publish(self, folder: Path, go_on: Callable[[], None]) -> None:
        """Write what was drafted; much of it by a process of its own, in `folder`/chroma.

        `go_on` is called meanwhile, and may raise to end it.
        """
        if self._mirror is None or not self._drafted:
            return
        ids, vectors, stamps = self._mirror.content()
        self._drafted = False
        if len(ids) < APART:
            for start in range(0, len(ids), STEP):
                go_on()
                end = start + STEP
                self._upsert(ids[start:end], vectors[start:end], stamps[start:end])
            return
        disconnect(self._client)
        write_apart(folder, self._name, ids, vectors, stamps, go_on)
        self._client = connect(folder / "chroma", None)
        with _reported():
            self._collection = self._connect()

    def stamps(self, ids: Sequence[str] | None = None) -> dict[str, Stamp]:
        """What is kept beside each of these vectors, or beside all."""
        if self._mirror is not None:
            return self._mirror.stamps(ids)
        if ids is None:
            pages = list(self._pages("metadatas"))
        else:
            pages = [self._call("get", ids=part, include=["metadatas"]) for part in _parts(ids)]
        return {
            id_: _stamp(metadata)
            for page in pages
            for id_, metadata in zip(page["ids"], page["metadatas"], strict=True)
        }

    def write(self, ids: Sequence[str], vectors: Vectors, stamps: Sequence[Stamp]) -> None:
        if not self._drafted:
            for start in range(0, len(ids), PAGE):
                end = start + PAGE
                self._upsert(ids[start:end], vectors[start:end], stamps[start:end])
        if self._mirror is not None:
            self._mirror.put(ids, vectors, stamps)

    def delete(self, ids: Sequence[str]) -> None:
        for part in _parts(ids):
            self._call("delete", ids=part)
        if self._mirror is not None:
            self._mirror.drop(ids)

    def nearest(self, query: Vectors, scope: Scope, limit: int) -> dict[str, float]:
        """The cosines of the nearest ids in scope, up to `limit`."""
        if self._mirror is not None:
            return self._mirror.nearest(query, scope, limit)
        if scope == Scope(None, None):
            return self._query(query, scope, limit, None)
        found = self._query(query, scope, limit * SURPLUS, None)
        if len(found) < limit:
            found = self._query(query, scope, limit, _where(scope))
        return dict(islice(found.items(), limit))

    def cosines(self, query: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosines of these ids, where they are known."""
        if self._mirror is not None:
            return self._mirror.cosines(query, ids)
        return {id_: float(row @ query) for id_, row in self.vectors(ids).items()}

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of these ids, where they are known."""
        if self._mirror is not None:
            return self._mirror.vectors(ids)
        pages = [self._call("get", ids=part, include=["embeddings"]) for part in _parts(ids)]
        return {
            id_: vector
            for page in pages
            for id_, vector in zip(page["ids"], page["embeddings"], strict=True)
        }

    def become(self, name: str) -> None:
        """Take the name, and the place, of another collection on the same server."""
        with _reported():
            replaced = self._client.get_or_create_collection(name, embedding_function=None)
            retired = f"{self._name}.old"
            replaced.modify(name=retired)
            self._collection.modify(name=name)
            self._client.delete_collection(retired)
            self._name = name

    def discard(self) -> None:
        with _reported():
            self._client.delete_collection(self._name)

    def close(self) -> None:
        disconnect(self._client)

    def _connect(self) -> Any:
        # Without `embedding_function=None` Chroma downloads a model.
        graph: Any = {"space": "cosine", **(UNSEARCHED if self._mirror is not None else {})}
        return self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": graph}
        )

    def _upsert(self, ids: Sequence[str], vectors: Vectors, stamps: Sequence[Stamp]) -> None:
        self._call(
            "upsert",
            ids=list(ids),
            embeddings=np.asarray(vectors),
            metadatas=[_metadata(stamp) for stamp in stamps],
        )

    def _call(self, method: str, **arguments: Any) -> Any:
        from chromadb.errors import NotFoundError

        with _reported():
            try:
                return getattr(self._collection, method)(**arguments)
            except NotFoundError:
                # Another process has rebuilt the index: the name now means its collection.
                self._collection = self._connect()
                return getattr(self._collection, method)(**arguments)

    def _query(self, query: Vectors, scope: Scope, limit: int, where: Any) -> dict[str, float]:
        answer = self._call(
            "query",
            query_embeddings=[query],
            n_results=limit,
            where=where,
            include=["distances", "metadatas"],
        )
        rows = zip(answer["ids"][0], answer["distances"][0], answer["metadatas"][0], strict=True)
        return {
            id_: 1.0 - distance
            for id_, distance, metadata in rows
            if scope.admits(*_stamp(metadata)[1:])
        }

    def _pages(self, *include: str) -> Iterator[Any]:
        for offset in range(0, self._call("count"), PAGE):
            yield self._call("get", limit=PAGE, offset=offset, include=list(include))


def connect(directory: Path, url: str | None) -> Client:
    """A client of the Chroma server at `url`, or of Chroma in this process over a directory."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        try:
            with _reported():
                return cast("Client", chromadb.PersistentClient(directory, settings))
        except AttributeError as error:  # what Chroma raises for a damaged file, the second time
            raise RebuildIndex(_unusable(error)) from error
    address = urlsplit(url)
    secure = address.scheme == "https"
    try:
        client = chromadb.HttpClient(
            address.hostname or "localhost",
            address.port or (443 if secure else 8000),
            secure,
            settings=settings,
        )
    except (ValueError, OSError) as error:
        raise MendIndexStore(
            f"No Chroma server answers at {address.hostname}:{address.port}. Start it, correct "
            "RACINE_CHROMA_URL, or unset it to keep the index in RACINE_DATA_DIR."
        ) from error
    for session in _sessions(client):
        session.timeout = TIMEOUT
    return cast("Client", client)


def disconnect(client: Client) -> None:
    """Close the client and all that it holds."""
    sessions = _sessions(client)
    client.close()
    for session in sessions:
        session.close()


def _sessions(client: Any) -> list[Any]:
    """The HTTP sessions under a client, two for a server and none embedded. Chroma doesn't close
    them, nor give them a time limit, and has no public way to them."""
    apis = (client._server, client._admin_client._server)
    return [api._session for api in apis if hasattr(api, "_session")]


def collection_name(model: str, dimension: int) -> str:
    """The name that vectors of one model and dimension are kept under."""
    slug = re.sub(r"[^a-zA-Z0-9]+", "-", model).strip("-")[:80]
    return f"racine-{slug}-{dimension}"


@contextmanager
def _reported() -> Iterator[None]:
    """Chroma's failures as ours; what isn't Chroma's passes."""
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    try:
        yield
    except HTTPError as error:
        raise MendIndexStore(
            f"The Chroma server doesn't answer ({type(error).__name__}). See that it runs and "
            "that RACINE_CHROMA_URL is right."
        ) from error
    except ChromaError as error:
        raise RebuildIndex(_unusable(error)) from error


def _unusable(error: Exception) -> str:
    return f"Chroma can't use what is stored ({type(error).__name__}). Run `racine index rebuild`."


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while part := list(islice(rest, PAGE)):
        yield part


def _stamp(metadata: Any) -> Stamp:
    return Stamp(metadata["fingerprint"], metadata["source_id"] or None, metadata["kind"])


def _metadata(stamp: Stamp) -> dict[str, str]:
    # Chroma keeps no nulls; a document's source is never empty, so "" stands for "everybody's".
    return {**stamp._asdict(), "source_id": stamp.source_id or ""}


def _where(scope: Scope) -> Any:
    """Restates Scope.admits for Chroma."""
    filters: list[dict[str, Any]] = []
    if scope.sources is not None:
        filters.append({"source_id": {"$in": ["", *sorted(scope.sources)]}})
    if scope.kinds is not None:
        filters.append({"kind": {"$in": sorted(scope.kinds)}})
    return {"$and": filters} if len(filters) > 1 else filters[0]
