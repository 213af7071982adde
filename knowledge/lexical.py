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
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from time import sleep

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document, Scope, Stamp
from knowledge.errors import MendIndexStore, RebuildIndex
from knowledge.roster import Entry, Holders, Numbers, Roster

FORMAT = 2

# Weights against a cosine, chosen by evals/retrieval.py: a flat optimum (0.2 to 0.4, 0.05 to 0.1).
WORD = 0.3
NAME = 0.1
# A name written as an identifier decides: it outweighs any cosine.
IDENTIFIER = 1.0

# What more than a tenth of the documents have in common is no evidence, unless they are few; and
# nor is what a thousand have.
COMMON_SHARE = 0.1
COMMON_LEAST = 20
COMMON_MOST = 1_000

MAX_QUERY_WORDS = 64
# Pages of FTS5's that one step of a merge writes.
MERGED = 200
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
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, source_id TEXT,
    kind TEXT NOT NULL, fingerprint TEXT NOT NULL, content TEXT NOT NULL
);
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
# One text rather than a row each: five times as fast.
WITH_WORD = "SELECT group_concat(rowid) FROM words WHERE words MATCH ? AND rowid > ?"
WITH_NAME = "SELECT group_concat(number) FROM names WHERE name = ?"
BY_ID = f"""
    SELECT d.id, d.content FROM documents d
    WHERE d.id IN (SELECT value FROM json_each(:ids)) AND {IN_SCOPE}
"""
SOURCES = BY_ID.replace("d.content", "d.source_id")
EVERYTHING = Scope(None, None)


class Lexical:
    """The documents of one index in one SQLite file. Thread-safe. `reported` tells its errors."""

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        self._version = -1
        self._roster = Roster(())
        self._words = Holders(lambda word, after: self._numbers(WITH_WORD, f'"{word}"', after))
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
        entries: list[Entry] = []
        with self._lock:
            with self._transaction():
                gone = self._remove([document.id for document in documents])
                entries += [self._insert(document) for document in documents]
            self._roster.drop(gone)
            self._roster.put(entries)

    def delete(self, ids: Sequence[str]) -> int:
        """Remove and erase: afterwards neither file holds the text. Gives how many there were."""
        with self._lock:
            with self._transaction():
                gone = self._remove(ids)
            self._roster.drop(gone)
        if gone:
            self._merge()
            self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(gone)

    def outdated(self) -> int:
        """How many documents were deleted or replaced since the file was made."""
        rows = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'documents'")
        return int(rows[0][0]) - self.count() if rows else 0

    def after(self, number: int, limit: int) -> list[tuple[int, Document]]:
        """Documents in the order of their numbers, those above `number`."""
        rows = self._rows(
            "SELECT number, content FROM documents WHERE number > ? ORDER BY number LIMIT ?",
            (number, limit),
        )
        return [(found, Document.model_validate_json(content)) for found, content in rows]

    def evidence(
        self, query: str, scope: Scope, most: int = -1, also: Collection[str] = ()
    ) -> dict[str, float]:
        """What the query's words and names add to a document's score, by id; only where they do.

        Of at most so many documents, those of the strongest evidence, and of those in `also`.
        """
        with self._lock:
            visible = self._visible(scope)
            population = int(visible.sum())
            limit = max(COMMON_LEAST, min(COMMON_MOST, int(population * COMMON_SHARE)))
            terms = words(query)[:MAX_QUERY_WORDS]
            found: list[tuple[Numbers, float]] = []
            for term in dict.fromkeys(terms):
                if term in FUNCTION_WORDS:
                    continue
                holders = _within(visible, self._words.of(term, self._roster.last))
                # What too many hold tells nothing.
                if 0 < len(holders) <= limit:
                    found.append((holders, WORD * rarity(len(holders), population)))
            found += self._named(query, terms, visible, limit)
            if not found:
                return {}
            numbers, places = np.unique(
                np.concatenate([holders for holders, _ in found]), return_inverse=True
            )
            weights = np.repeat([weight for _, weight in found], [len(held) for held, _ in found])
            sums = np.bincount(places, weights)
            chosen = np.argsort(-sums, kind="stable")[: most if most >= 0 else None]
            rows = self._rows(
                "SELECT id, number FROM documents"
                " WHERE number IN (SELECT value FROM json_each(?))"
                " OR id IN (SELECT value FROM json_each(?))",
                (json.dumps(numbers[chosen].tolist()), json.dumps(list(also))),
            )
            places = np.searchsorted(numbers, [number for _, number in rows])
            places[places == len(numbers)] = 0
            return {
                id_: float(sums[place])
                for (id_, number), place in zip(rows, places, strict=True)
                if numbers[place] == number
            }

    def holding(self, query: str, scope: Scope, limit: int) -> list[str]:
        """The ids of the documents that hold every word of the query, but for function words."""
        terms = [term for term in words(query)[:MAX_QUERY_WORDS] if term not in FUNCTION_WORDS]
        if not terms:
            return []
        with self._lock:
            visible = self._visible(scope)
            key = " AND ".join(f'"{term}"' for term in dict.fromkeys(terms))
            numbers = _within(visible, self._numbers(WITH_WORD, key, 0))[:limit]
            return [
                id_
                for (id_,) in self._rows(
                    "SELECT id FROM documents WHERE number IN (SELECT value FROM json_each(?))",
                    (json.dumps(numbers.tolist()),),
                )
            ]

    def sources(self, ids: Iterable[str], scope: Scope) -> dict[str, str | None]:
        """The sources of these documents, of those that are there and in scope."""
        return dict(self._rows(SOURCES, _bind(scope, ids=json.dumps(list(ids)))))

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def _named(
        self, query: str, terms: list[str], visible: NDArray[np.bool_], limit: int
    ) -> Iterator[tuple[Numbers, float]]:
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
            holders = _within(visible, self._numbers(WITH_NAME, name))
            if not 0 < len(holders) <= limit:
                continue
            heard.append(name)
            yield holders, IDENTIFIER if name in written else NAME / len(holders)

    def _numbers(self, sql: str, *parameters: object) -> Numbers:
        ((listed,),) = self._rows(sql, parameters)
        return np.fromstring(listed or "", dtype=np.int32, sep=",")

    def _visible(self, scope: Scope) -> NDArray[np.bool_]:
        """By number, what is in scope. Another process may have written: `data_version` tells."""
        version = self._rows("PRAGMA data_version")[0][0]
        if version != self._version:
            self._roster = Roster(self._rows("SELECT number, source_id, kind FROM documents"))
            self._version = version
        return self._roster.visible(scope)

    def _insert(self, document: Document) -> Entry:
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
        assert number is not None
        text = "\n".join((*document.names, document.title, document.text))
        self._database.execute(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", (number, CASE_BOUNDARY.sub(" ", text))
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?)",
            [(key, number) for name in document.names if (key := " ".join(words(name)))],
        )
        return number, document.source_id, document.kind

    def _remove(self, ids: Iterable[str]) -> list[int]:
        rows = self._rows(
            "SELECT number FROM documents WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        self._database.executemany("DELETE FROM words WHERE rowid = ?", rows)
        self._database.executemany("DELETE FROM documents WHERE number = ?", rows)
        return [number for (number,) in rows]

    def _merge(self) -> None:
        """Merge FTS5's segments, which is what takes deleted words out of them: in steps, since
        searches wait for each."""
        pages = -MERGED
        while True:
            with self._transaction():
                before = self._database.total_changes
                self._database.execute(
                    "INSERT INTO words (words, rank) VALUES ('merge', ?)", (pages,)
                )
                if self._database.total_changes - before < 2:
                    return
            pages = MERGED
            sleep(0.001)

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


def _within(visible: NDArray[np.bool_], numbers: Numbers) -> Numbers:
    """Those in scope; another process may have added some since the scope was looked at."""
    if len(numbers) and numbers[-1] >= len(visible):
        numbers = numbers[numbers < len(visible)]
    return numbers[visible[numbers]]


def _bind(scope: Scope, **values: object) -> dict[str, object]:
    sources, kinds = scope
    return {
        "sources": None if sources is None else json.dumps(sorted(sources)),
        "kinds": None if kinds is None else json.dumps(sorted(kinds)),
        **values,
    }
