"""From a message to tokens. What is quoted, a path or a URL is one opaque token, so that nothing
written inside it can ever be read as an instruction; comments and quoted lines only separate.

`Token.word` is what the grammar sees: lower case, contractions expanded, opaque tokens a sigil.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Form = Literal["word", "mark", "quote", "path", "email"]

SIGILS: dict[Form, str] = {"quote": "§", "path": "¶", "email": "¤"}

_TOKEN = re.compile(
    r"""
    (?P<aside><!--.*?-->|(?:(?<=\n)|\A)[ ]*>[^\n]*)
  | (?P<code>```.*?```|`[^`]+`)
  | (?P<quote>"[^"]+"|“[^”“]+[”“]|„[^“”]+[“”]|«[^»]+»|‘[^’]+’|(?<!\w)'(?:[^']|'(?=\w))+'(?!\w))
  | (?P<path>[A-Za-z][\w+.-]*://[^\s,;"']+|[A-Za-z]:\\[^\s,;"']+|(?<![\w.])(?:~|\.{1,2})?/[^\s,;"']+
       |[\w./~-]+\.(?:sqlite3?|db|duckdb|csv|tsv|parquet|jsonl?|xlsx?)\b(?![.\w]))
  | (?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
  | (?P<word>(?:[Aa]rt|[Rr]eq|[Ss]ec|[Nn]o)\.(?=\ ?\d)|[@#]?\w+(?:[-_.:/'’]\w+|\(\w{1,3}\))*)
  | (?P<mark>[.,;:?!()…—–\n])
    """,
    re.VERBOSE | re.DOTALL,
)


def words(text: str) -> frozenset[str]:
    """A literal set of words."""
    return frozenset(text.split())


_CONTRACTIONS = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not",
    "dont": "do not", "doesnt": "does not", "isnt": "is not", "arent": "are not",
    "cant": "can not", "whats": "what is", "wheres": "where is", "i'm": "i am", "let's": "let us",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_IS = words("what who where when how it that there here she he")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or an opaque literal; `start` and `end` are positions in the message."""

    text: str
    word: str
    start: int
    end: int
    form: Form = "word"
    possessive: bool = False

    @property
    def opaque(self) -> bool:
        return self.form in SIGILS


def tokenize(message: str) -> tuple[Token, ...]:
    """The message's tokens, in order."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(message):
        start, end, text = found.start(), found.end(), found.group()
        form = found.lastgroup or "word"
        if form in ("mark", "aside"):
            mark = text if form == "mark" else "\n"
            tokens.append(Token(text, mark, start, end, "mark"))
        elif form == "word":
            tokens.extend(_words(text, start, end))
        else:
            opaque: Form = "quote" if form == "code" else form  # type: ignore[assignment]
            if opaque == "quote":
                text = text.strip("`") if form == "code" else text[1:-1]
            elif opaque == "path":
                text = text.rstrip(".?!):")
                end = start + len(text)
            sigil = f"{SIGILS[opaque]}{len(tokens)}"
            tokens.append(Token(text.strip(), sigil, start, end, opaque))
            if end < found.end():
                tokens.append(Token(message[end], message[end], end, end + 1, "mark"))
    return tuple(tokens)


def _words(text: str, start: int, end: int) -> list[Token]:
    word = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    word = word.replace("e-mail", "email")
    expanded = _CONTRACTIONS.get(word)
    stem, apostrophe, ending = word.rpartition("'")
    if expanded is None and apostrophe:
        if word.endswith("n't"):
            expanded = f"{word[:-3]} not"
        elif "'" + ending in _ENDINGS:
            expanded = stem + " " + _ENDINGS["'" + ending]
        elif ending == "s" and stem in _IS:
            expanded = f"{stem} is"
        elif ending == "s":
            return [Token(text[:-2], stem, start, end, possessive=True)]
    if expanded is None:
        return [Token(text, word, start, end)]
    return [Token(part, part, start, end) for part in expanded.split()]


def span(message: str, tokens: Sequence[Token]) -> str:
    """The words as typed, from the first token to the last; one opaque token loses its quotes."""
    if len(tokens) == 1:
        return tokens[0].text
    return message[tokens[0].start : tokens[-1].end] if tokens else ""


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without its plural or third-person ending; both sides of a comparison are folded."""
    if len(word) <= 3 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "oes")):
        return word[:-2]
    return word[:-1]


_PARTS = re.compile(
    r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+"
)


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The folded words inside a name: `FirstName`, `first_name`, `first-names` → first, name."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(fold(part.casefold()) for part in _PARTS.findall(plain))


def key(words: Sequence[str]) -> str:
    """One look-up key for a name, however it is spaced; figures stay apart (`AC-2(1)`, `AC-21`)."""
    glued = ""
    for word in words:
        glued += " " + word if glued and glued[-1].isdigit() and word[0].isdigit() else word
    return glued
