"""Slips of the keyboard in the grammar's own words; names are left to the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from agent.planning import features
from agent.planning.concepts import GRAMMAR_WORDS
from agent.planning.dates import MONTHS
from agent.planning.frames import FRAMES
from agent.planning.lexicon import SHORT, Lexicon
from agent.planning.phrasings import PHRASINGS
from agent.planning.sentences import QUESTIONS, REPORTING, VERBS
from agent.planning.text import Token, fold, parts
from agent.planning.vocabulary import CONCEPTS, DETERMINERS, EMPTY, FILLERS

LONGEST = 80  # tokens; longer messages have to be spelt right: looking for slips takes time

_VERBS = {
    w for f in FRAMES for w in re.findall(r"[a-z]+", re.sub(r"{.*?}", "", f.pattern)) if len(w) > 3
}
_PHRASED = {
    w for said in PHRASINGS.values() for one in said for w in re.findall(r"[a-z]+", one.lower())
}
_KNOWN = (
    {w for phrases in CONCEPTS.values() for p in phrases.split(",") for w in p.split()}
    | features.spoken_words() | features.SMALL | _PHRASED | GRAMMAR_WORDS | _VERBS | FILLERS
    | DETERMINERS | VERBS | QUESTIONS | REPORTING | MONTHS | EMPTY
)  # fmt: skip
_SPELLINGS = sorted(w for w in _KNOWN | {w + "s" for w in GRAMMAR_WORDS} if len(w) > 3)


def well_spelt(token: Token) -> bool:
    """Whether it is a word that sentences of this kind are made of, and no slip of another."""
    return token.word in _KNOWN or fold(token.word) in _KNOWN


def corrected(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens with slips in the grammar's own words mended; names are left to the lexicon."""
    if len(tokens) > LONGEST:
        return tuple(tokens)
    return tuple(_mended(token, lexicon) for token in tokens)


def _mended(token: Token, lexicon: Lexicon) -> Token:
    word = token.word
    if (
        token.form != "word"
        or word.endswith(("ed", "ing"))
        or len(word) < 4
        or not word.isalpha()
        or well_spelt(token)
    ):
        return token
    if word in SHORT or lexicon.named(parts(token.text)):
        return token
    slips = 1 if len(word) < 9 else 2
    best = min(
        (
            (distance, spelling)
            for spelling in _SPELLINGS
            if abs(len(spelling) - len(word)) <= slips and _plausible(word, spelling)
            if (distance := OSA.distance(word, spelling, score_cutoff=slips)) <= slips
        ),
        default=None,
    )
    if best is None or lexicon.resembling(parts(token.text)):
        return token
    return replace(token, word=best[1])


def _plausible(word: str, spelling: str) -> bool:
    """In short words only swapped or left-out letters: `joke` is no `role`, `scna` is `scan`."""
    if word[0] != spelling[0] and sorted(word) != sorted(spelling):
        return False
    if spelling in FILLERS:  # "staff" is no "stuff", "wich" is "which"
        return sorted(word) == sorted(spelling) or len(spelling) > len(word)
    return len(word) > 4 or sorted(word) == sorted(spelling) or len(spelling) > len(word)
