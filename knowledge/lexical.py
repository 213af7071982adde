"""Documents and their words in SQLite: the one store of documents, and the evidence of words.

`evidence` says how strongly a query's rare words and names speak for a document, and nothing where
they don't occur. FTS5 finds the words; rarity is counted here, over what the caller may see only:
`bm25()` counts over everything, so its scores would tell of documents that the caller can't see.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from knowledge.documents import Document, Scope, Stamp
from knowledge.errors import MendIndexStore, RebuildIndex

FORMAT = 1

# Weights against a cosine, chosen by evals/retrieval.py: a flat optimum (0.2 to 0.4, 0.05 to 0.1).
WORD = 0.3
NAME = 0.1
# A name written as an identifier decides: it outweighs any cosine.
IDENTIFIER = 1.0

# What more than a tenth of the documents have in common is no evidence, unless they are few; and
# nor is what a thousand have, which would only cost time.
COMMON_SHARE = 0.1
COMMON_LEAST = 20
COMMON_MOST = 1_000

MAX_QUERY_WORDS = 64
MAX_NAME_WORDS = 8

CASE_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
WORDS = re.compile(r"[^\W_]+")
QUOTED = re.compile(r"[\"'`“‘]([^\"'`“”‘’]{1,80})[\"'`”’]")
FUNCTION_WORDS = frozenset(
    WORDS.findall("""
    a about all am an and any are as at be been but by can could did do does for from had has have
    how i if in into is it its me my no not of on or our should so some than that the their them
    there these they this those to us was we were what when where which who whom whose why will
    with would you your
    """)
)

SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source_id TEXT, kind TEXT NOT NULL,
    fingerprint TEXT NOT NULL, content TEXT NOT NULL
);
CREATE INDEX documents_scope ON documents (source_id, kind);
CREATE TABLE names (
    name TEXT, number INTEGER REFERENCES documents ON DELETE CASCADE, PRIMARY KEY (name, number)
) WITHOUT ROWID;
CREATE INDEX names_number ON names (number);
CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'porter unicode61 remove_diacritics 2');
"""

# Restates Scope.admits.
IN_SCOPE = """
    (:sources IS NULL OR d.source_id IS NULL
        OR d.source_id IN (SELECT value FROM json_each(:sources)))
    AND (:kinds IS NULL OR d.kind IN (SELECT value FROM json_each(:kinds)))
"""
WITH_WORD = f"""
    SELECT d.id FROM words JOIN documents d ON d.number = words.rowid
    WHERE words MATCH :key AND {IN_SCOPE} LIMIT :limit
"""
WITH_NAME = f"""
    SELECT d.id FROM names JOIN documents d USING (number)
    WHERE names.name = :key AND {IN_SCOPE} LIMIT :limit
"""
WITH_ALL = f"""
    SELECT d.id FROM words JOIN documents d ON d.number = words.rowid
    WHERE words MATCH :key AND {IN_SCOPE} ORDER BY d.id LIMIT :limit
"""
BY_ID = f"""
    SELECT d.id, d.content FROM documents d
    WHERE d.id IN (SELECT value FROM json_each(:ids)) AND {IN_SCOPE}
"""
EVERYTHING = Scope(None, None)


class Lexical:
    """The documents of one index in one SQLite file. Thread-safe. `reported` tells its errors."""

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        self._sizes: tuple[int, Counter[tuple[str | None, str]]] | None = None
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            # Deleted text is overwritten, not just unlinked.
            for pragma in (
                "journal_mode=WAL",
                "synchronous=NORMAL",
                "busy_timeout=5000",
                "foreign_keys=ON",
                "secure_delete=ON",
            ):
                self._database.execute(f"PRAGMA {pragma}")
            with self._transaction():
                if not self._rows("SELECT 1 FROM sqlite_master"):
                    for statement in SCHEMA.split(";"):
                        self._database.execute(statement)
        except BaseException:
            self._database.close()
            raise

    def about(self) -> dict[str, str]:
        """What the index was made with; empty for a new one."""
        return dict(self._rows("SELECT key, value FROM about"))

    def describe(self, about: dict[str, str]) -> None:
        with self._transaction():
            self._database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about.items())

    def count(self) -> int:
        return int(self._rows("SELECT count(*) FROM documents")[0][0])

    def stamps(self) -> dict[str, Stamp]:
        rows = self._rows("SELECT id, fingerprint, source_id, kind FROM documents")
        return {id_: Stamp(*stamp) for id_, *stamp in rows}

    def fetch(self, ids: Iterable[str], scope: Scope = EVERYTHING) -> dict[str, Document]:
        """The documents by id; those unknown or out of scope are left out."""
        rows = self._rows(BY_ID, _bind(scope, ids=json.dumps(list(ids))))
        return {id_: Document.model_validate_json(content) for id_, content in rows}

    def write(self, documents: Sequence[Document]) -> None:
        """Put the documents in the place of those with the same ids; all or none."""
        with self._transaction():
            self._remove([document.id for document in documents])
            for document in documents:
                number = self._database.execute(
                    "INSERT INTO documents (id, source_id, kind, fingerprint, content)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (
                        document.id,
                        document.source_id,
                        document.kind,
                        document.stamp.fingerprint,
                        document.model_dump_json(),
                    ),
                ).lastrowid
                text = "\n".join((*document.names, document.title, document.text))
                self._database.execute(
                    "INSERT INTO words (rowid, text) VALUES (?, ?)",
                    (number, CASE_BOUNDARY.sub(" ", text)),
                )
                self._database.executemany(
                    "INSERT OR IGNORE INTO names VALUES (?, ?)",
                    [(key, number) for name in document.names if (key := " ".join(words(name)))],
                )

    def delete(self, ids: Sequence[str]) -> int:
        """Remove and erase: afterwards neither file holds the text. Gives how many there were."""
        with self._lock:
            with self._transaction():
                removed = self._remove(ids)
                if removed:
                    # Merging FTS5's segments is what takes deleted words out of them.
                    self._database.execute("INSERT INTO words (words) VALUES ('optimize')")
            if removed:
                self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
            return removed

    def evidence(self, query: str, scope: Scope) -> dict[str, float]:
        """What the query's words and names add to a document's score, by id; only where they do."""
        with self._lock:
            population = self._population(scope)
            limit = max(COMMON_LEAST, min(COMMON_MOST, int(population * COMMON_SHARE)))
            found: defaultdict[str, float] = defaultdict(float)
            terms = words(query)[:MAX_QUERY_WORDS]
            for term in dict.fromkeys(terms):
                if term in FUNCTION_WORDS:
                    continue
                holders = self._holders(WITH_WORD, f'"{term}"', scope, limit)
                weight = WORD * rarity(len(holders), population)
                for id_ in holders:
                    found[id_] += weight
            for id_, weight in self._named(query, terms, scope, limit):
                found[id_] += weight
            return dict(found)

    def holding(self, query: str, scope: Scope, limit: int) -> list[str]:
        """The ids of the documents that hold every word of the query, but for function words."""
        terms = [term for term in words(query)[:MAX_QUERY_WORDS] if term not in FUNCTION_WORDS]
        if not terms:
            return []
        key = " AND ".join(f'"{term}"' for term in dict.fromkeys(terms))
        return [id_ for (id_,) in self._rows(WITH_ALL, _bind(scope, key=key, limit=limit))]

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def _named(
        self, query: str, terms: list[str], scope: Scope, limit: int
    ) -> Iterator[tuple[str, float]]:
        """The documents that the query names. Within a longer name, a shorter one isn't heard."""
        written = identifiers(query)
        spans = {
            " ".join(terms[start : start + length])
            for length in range(1, MAX_NAME_WORDS + 1)
            for start in range(len(terms) - length + 1)
        }
        rows = self._rows(
            "SELECT DISTINCT name FROM names WHERE name IN (SELECT value FROM json_each(?))",
            (json.dumps(list(spans - FUNCTION_WORDS)),),
        )
        heard: list[str] = []
        for name in sorted((name for (name,) in rows), key=lambda name: (-len(name), name)):
            if any(f" {name} " in f" {longer} " for longer in heard):
                continue
            # In scope first: a name that the caller can't see must not hush one that he can.
            holders = self._holders(WITH_NAME, name, scope, limit)
            if not holders:
                continue
            heard.append(name)
            weight = IDENTIFIER if name in written else NAME / len(holders)
            yield from ((id_, weight) for id_ in holders)

    def _holders(self, sql: str, key: str, scope: Scope, limit: int) -> list[str]:
        """The ids in scope with this word or name; none if they are too many to tell anything."""
        rows = self._rows(sql, _bind(scope, key=key, limit=limit + 1))
        return [id_ for (id_,) in rows] if len(rows) <= limit else []

    def _population(self, scope: Scope) -> int:
        """How many documents are in scope. Another process may write: `data_version` tells."""
        version = self._rows("PRAGMA data_version")[0][0]
        if self._sizes is None or self._sizes[0] != version:
            rows = self._rows("SELECT source_id, kind, count(*) FROM documents GROUP BY 1, 2")
            self._sizes = version, Counter({(source, kind): size for source, kind, size in rows})
        return sum(size for group, size in self._sizes[1].items() if scope.admits(*group))

    def _remove(self, ids: Iterable[str]) -> int:
        keys = json.dumps(list(ids))
        chosen = "SELECT number FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        self._database.execute(f"DELETE FROM words WHERE rowid IN ({chosen})", (keys,))
        return self._database.execute(
            f"DELETE FROM documents WHERE number IN ({chosen})", (keys,)
        ).rowcount

    def _rows(self, sql: str, parameters: object = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._database.execute(sql, parameters).fetchall()  # type: ignore[arg-type]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            finally:
                self._sizes = None


@contextmanager
def reported(directory: Path) -> Iterator[None]:
    """SQLite's failures as ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise MendIndexStore(
            f"The index in {directory} can't be used: {error}. See to the disk and the access "
            "rights; if they are in order, run `racine index rebuild`."
        ) from error
    except sqlite3.DatabaseError as error:
        raise RebuildIndex(
            f"The index in {directory} is damaged: {error}. Run `racine index rebuild`."
        ) from error


def words(text: str) -> list[str]:
    """The words of a text, identifiers split at case, underscore and dot, in lower case."""
    return WORDS.findall(CASE_BOUNDARY.sub(" ", text).lower())


def identifiers(query: str) -> set[str]:
    """What the query writes as an identifier: quoted, or several words in one piece."""
    pieces = [" ".join(words(piece)) for piece in query.split()]
    quoted = {" ".join(words(piece)) for piece in QUOTED.findall(query)}
    return quoted | {piece for piece in pieces if " " in piece}


def rarity(holders: int, population: int) -> float:
    """BM25's inverse document frequency, scaled to at most 1."""
    return math.log(1 + (population - holders + 0.5) / (holders + 0.5)) / math.log(
        1 + 2 * population + 1
    )


def _bind(scope: Scope, **values: object) -> dict[str, object]:
    sources, kinds = scope
    return {
        "sources": None if sources is None else json.dumps(sorted(sources)),
        "kinds": None if kinds is None else json.dumps(sorted(kinds)),
        **values,
    }
