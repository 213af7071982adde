"""What is no request to this product: greetings, thanks, calls for help, foreign subjects."""

from __future__ import annotations

import re

from agent.planning.frames import IMPERATIVES
from agent.planning.types import Smalltalk

_DOINGS = IMPERATIVES | {"query", "use", "find", "search", "list", "see", "get", "describe", "show"}

_NAME = r"( (racine|there|all|everyone|team|assistant))?"
_PATTERNS: tuple[tuple[Smalltalk, re.Pattern[str]], ...] = (
    ("greeting", re.compile(
        r"^((hi|hello|hey|hallo|howdy|greetings|moin|good (morning|afternoon|evening|day))"
        rf"{_NAME} ?)+( how are you)?$")),
    ("thanks", re.compile(
        r"^((ok|okay|great|perfect|good|nice|super|cool|many|well done|excellent|no) )*"
        r"(thanks|thank you|thx|ty|cheers|merci|danke)"
        r"( (a lot|very much|so much|again|for .*))?$")),
    ("help", re.compile(
        r"^(help( me)?|what (can|could) you help( me| us)?( with)?|how can you help( me| us)?|"
        r"what can (you|i|we) (do|ask|say)( here| for me| with this)?|"
        r"how (can|do) (you help|i use|we use|you work|does this work).*|"
        r"what (are you|do you do)( able to do)?|what is (this|racine)|"
        r"who are you|show help|what are your (skills|capabilities)|(usage|examples|commands))"
        r"( please)?$")),
)  # fmt: skip
_HOW_TO = re.compile(
    r"^how (do|can|could|would|should|does|to)( (i|we|one|someone|people))? (?P<verb>[a-z-]+)"
)
_FOREIGN = re.compile(
    r"\b(weather|forecast|jokes?|poems?|haiku|songs?|stor(y|ies)|essays?|recipes?|cook|translate|"
    r"capital of|president|football|movies?|world cup|lottery|horoscope|stock price|bitcoin|"
    r"neural|meaning of life|birthday party|holiday|restaurant)\b"
)


def smalltalk(words: str) -> Smalltalk | None:
    """What kind of small talk a message is as a whole; `words` lower case, without marks."""
    return next((kind for kind, pattern in _PATTERNS if pattern.match(words)), None)


def how_to(words: str) -> bool:
    """Whether a clause asks how to do something rather than for it to be done."""
    found = _HOW_TO.match(words)
    return found is not None and found["verb"] in _DOINGS


def foreign(words: str) -> bool:
    """Whether a message names a subject that has nothing to do with data governance."""
    return bool(_FOREIGN.search(words))
