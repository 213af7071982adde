"""SQL scripts as their statements' texts, each with its line. Pure; nothing is parsed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlglot import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

OTHERS = ("postgres", "spark", "tsql", "snowflake", "bigquery", "mysql", "oracle")
"""What a statement is tried as that isn't of the dialect that was named."""
PROCEDURE = re.compile(
    r"\s*(do\s+\$|(create|alter)\s+(or\s+(replace|alter)\s+)?(procedure|proc|function)\b)",
    re.IGNORECASE,
)
DOLLARS = re.compile(r"\$(\w*)\$(.*)\$\1\$", re.DOTALL)
"""How PostgreSQL quotes a body, and Snowflake."""
CONTROL = re.compile(
    r"\s*(?:begin\b(?!\s*(?:tran|work|$))|else\b(?!if)|loop\b|end\s+(?:if|loop|while|for|case)\b|end\b"
    r"|(?:if|elseif|elsif|while|for|when)\b.*?\b(?:then|do|loop)\b"
    r"|exception\s+when\b.*?\bthen\b)",
    re.IGNORECASE | re.DOTALL,
)
BEGINS = re.compile(
    r"^[ \t]*(?=(?:insert|update|merge|create|drop|truncate|delete|alter|declare|exec|select"
    r"|with)\b)",
    re.IGNORECASE | re.MULTILINE,
)
TRY = re.compile(r"\b(?:begin|end)\s+(?:try|catch)\b", re.IGNORECASE)
BODY = re.compile(r"\bbegin\b", re.IGNORECASE)


def split(sql: str, dialect: str) -> Iterator[tuple[int, str]]:
    """The statements of a script: they end at semicolons, and at `GO` on a line of its own.

    A procedure is one statement. Nothing comes of what can't be told into words.
    """
    for name in (dialect, *OTHERS):
        try:
            tokens = Dialect.get_or_raise(name).tokenize(sql)
        except (SqlglotError, RecursionError, ValueError):
            continue
        for first, last in _pieces(tokens):
            text, line = sql[first.start : last.end + 1], first.line
            for piece in [text] if PROCEDURE.match(text) else TRY.split(text):
                yield from _plain(line, piece)
                line += piece.count("\n")
        return


def body(procedure: str) -> list[tuple[int, str]]:
    """The statements between BEGIN and END, or `$$` and `$$`, each with the lines before it."""
    quoted = DOLLARS.search(procedure)
    inside = quoted[2].rstrip().removesuffix(";") if quoted else procedure
    begin = BODY.search(inside)
    if begin is None and quoted is None:
        return []
    start = begin.end() if begin else 0
    lines = procedure[: quoted.start(2) if quoted else 0].count("\n") + inside[:start].count("\n")
    found: list[tuple[int, str]] = []
    for piece in re.split(f";|{TRY.pattern}", _ended(inside[start:]), flags=re.IGNORECASE):
        found += [(line - 1, text) for line, text in _plain(lines + 1, piece)]
        lines += piece.count("\n")
    return found


def unseparated(text: str) -> list[tuple[int, str]]:
    """Statements that only lines part, as T-SQL allows, each with the lines before it."""
    starts = [0, *(match.start() for match in BEGINS.finditer(text) if match.start())]
    parts: list[tuple[int, str]] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        whole = parts and not _open(parts[-1][1])
        if whole or not parts:
            parts.append((text[:start].count("\n"), piece))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1] + piece)
    return [(lines, _ended(part)) for lines, part in parts]


def _ended(text: str) -> str:
    """Without the END of a block that began before."""
    words = [word.upper() for word in re.findall(r"\w+", text)]
    if words[-1:] == ["END"] and words.count("END") > words.count("CASE"):
        return text[: text.upper().rindex("END")]
    return text


def _open(text: str) -> bool:
    """Whether a statement can't be over: it has an open bracket, or only says what it will do."""
    words = re.sub(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", " ", text, flags=re.DOTALL)
    if words.count("(") > words.count(")"):
        return True
    tail = re.search(r"(\w+)\W*$", words)
    if tail and tail[1].upper() in (
        "AS",
        "THEN",
        "ALL",
        "UNION",
        "EXCEPT",
        "INTERSECT",
        "DISTINCT",
    ):
        return True
    said = words.strip().upper()
    if said.startswith("WITH"):
        return re.search(r"\)\s*(SELECT|INSERT|UPDATE|DELETE|MERGE)\b", said) is None
    if said.startswith("INSERT"):
        return re.search(r"\b(SELECT|VALUES|EXEC|DEFAULT)\b", said) is None
    return False


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    first: Token | None = None
    last: Token | None = None
    head: list[str] = []
    depth = 0
    for place, token in enumerate(tokens):
        word = token.text.upper()
        alone = word == "GO" and (last is None or last.line < token.line)
        if alone or (token.token_type is TokenType.SEMICOLON and depth == 0):
            if first is not None and last is not None:
                yield first, last
            first, last, head, depth = None, None, [], 0
            continue
        first = first or token
        last = token
        if len(head) < 5:
            head.append(word)
        if {"PROCEDURE", "PROC"} & set(head) and head[0] in ("CREATE", "ALTER"):
            after = tokens[place + 1].text.upper() if place + 1 < len(tokens) else ""
            if word in ("BEGIN", "CASE") and not (
                place and tokens[place - 1].text.upper() == "END"
            ):
                depth += 1
            elif word == "END" and after not in ("IF", "LOOP", "WHILE", "FOR"):
                depth = max(0, depth - 1)
    if first is not None and last is not None:
        yield first, last


def _plain(line: int, text: str) -> Iterator[tuple[int, str]]:
    """A statement without the words of control before it, if anything is left."""
    while found := CONTROL.match(text):
        line += text[: found.end()].count("\n")
        text = text[found.end() :]
    stripped = text.lstrip()
    line += text[: len(text) - len(stripped)].count("\n")
    if stripped:
        yield line, stripped
