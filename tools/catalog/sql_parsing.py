"""SQL text as sqlglot's trees, what each unnamed column is in its author's words kept. Pure."""

from __future__ import annotations

import re

from sqlglot import Dialect, ErrorLevel, exp
from sqlglot.tokenizer_core import TokenType

TEXT = "text"
"""Under which a node's `meta` keeps its own text."""
REWRITTEN = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), instead)
    for pattern, instead in (
        (r"^(?:replace|upsert)\s+into\b", "INSERT INTO"),
        (
            r"^(insert\s+overwrite\s+(?:local\s+)?directory\s+'[^']*')\s+using\s+\w+"
            r"(?:\s+options\s*\([^)]*\))?",
            r"\1",
        ),
        (r"^(insert\s+(?:into\s+)?[^\s(]+)\s+with\s*\([\w\s,]+\)", r"\1"),
        (r"^(insert\s.*?)\stable\s+(\S+)$", r"\1 SELECT * FROM \2"),
        (
            r"^load\s+data\s+(?:low_priority\s+|concurrent\s+)?(?:local\s+)?infile\s+('[^']*')"
            r"\s+(?:replace\s+|ignore\s+)?into\s+table\s+([^\s;(]+).*",
            r"LOAD DATA INPATH \1 INTO TABLE \2",
        ),
        (
            r"^load\s+data\s+(?:into|overwrite)\s+([^\s;(]+).*?\buris\s*=\s*\[\s*('[^']*').*",
            r"LOAD DATA INPATH \2 INTO TABLE \1",
        ),
        (
            r"^export\s+data\s[^()]*\boptions\s*\((?>[^()]*?\buri\s*=\s*('[^']*'))[^()]*+\)\s*as\s(.*)",
            r"COPY (\2) TO \1",
        ),
        (r"^(copy\s+into\s.*?\sfrom\s+)(\w+://[^\s;]+)", r"\1'\2'"),
        (r"^(create\s+)snapshot\s+(?=table\b)", r"\1"),
        (
            r"^select\s+swap_partitions_between_tables\s*\(\s*'([^']*)'\s*(?:,[^,()]*){2},\s*'([^']*)'\s*\)$",
            r"ALTER TABLE \2 EXCHANGE PARTITION WITH TABLE \1",
        ),
        (r"^(create\s.*?)\son\s+commit\s+(?:drop|(?:delete|preserve)\s+rows)(?=\s+as\b)", r"\1"),
        (r"^(create\s.*\border\s+by\s+)(\w+)(?=\s+as\s+(?:select|with)\b)", r"\1(\2)"),
        (r"\sdistributed\s+(?:randomly|by\s*\([^)]*\))$", ""),
        (r"\swith\s+(?:ur|cs|rs|rr|(?:no\s+)?data)$", ""),
        (r"\b(join|into|select)\s+(?:straight_join\b|\[(?:no)?(?:shuffle|broadcast)\])", r"\1"),
        (r"\bidentifier\s*\(\s*'([\w.$]+)'\s*\)", r"\1"),
    )
)
"""What sqlglot's parser doesn't know, and changes nothing of what flows where."""

NAMED = (exp.Alias, exp.Column, exp.Dot, exp.Paren, exp.Subquery)
CALLED = re.compile(r"\w+\s*\(")


def parsed(text: str, name: str) -> list[exp.Expr]:
    """The trees of statements in the dialect `name`; raises what sqlglot raises."""
    dialect = Dialect.get_or_raise(name)
    text = text.strip().rstrip(";")
    for pattern, instead in REWRITTEN:
        text = pattern.sub(instead, text)
    tokens = dialect.tokenize(text)
    plain = [
        token
        for token, after in zip(tokens, [*tokens[1:], None], strict=True)
        if not (
            after is not None
            and after.token_type is TokenType.EQ
            and token.token_type in (TokenType.PLUS, TokenType.DASH, TokenType.STAR)
            and token.end + 1 == after.start
        )
    ]  # `SET a += b` is, to lineage, `SET a = b`
    parser = dialect.parser(error_level=ErrorLevel.IMMEDIATE)
    expression = parser._parse_expression

    def with_its_text() -> exp.Expr | None:
        first = parser._curr
        node = expression()
        if node is not None and first and parser._prev:
            node.meta[TEXT] = " ".join(text[first.start : parser._prev.end + 1].split())
        return node

    # sqlglot keeps no text, and renders an expression in its own words
    parser._parse_expression = with_its_text  # type: ignore[method-assign]
    return [tree for tree in parser.parse(plain, text) if tree is not None]


def name_of(projection: exp.Expr) -> str:
    """What a SELECT calls a column: its alias, the column that it is, or its own text.

    `a::int` is called `a`, as in PostgreSQL; a cast that is written as a function, by its text.
    """
    text = str(projection.meta.get(TEXT) or projection.sql(normalize_functions=False))
    inner = projection
    while isinstance(inner, exp.Cast) and not CALLED.match(text):
        inner = inner.this
    return (inner.output_name if isinstance(inner, NAMED) else "") or text
