"""What people say to teach: "no, I meant crm.customers", "I prefer tables", "forget the ledger".

Whole messages only. What is learned of one is a write like any other: a step of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from agent.planning.lexicon import Lexicon
from agent.planning.text import parts, span, tokenize
from agent.planning.types import Call, Card, Entity, Focus, Understanding
from agent.planning.vocabulary import DETERMINERS

TEACHING, REMEMBERING = "assistant.teach", "assistant.remember"
FORGETTING, FORGETTING_ALL = "assistant.forget", "assistant.forget_all"
LONGEST_NAME = 4  # words
_NAMEABLE = ("table", "view", "column")
_KIND_WORDS = frozenset({*_NAMEABLE, "source", "database"})
_POLITE = r"^(?:(?:please|and|ok|okay|now|can you|could you)[, ]+)*"
_WRONG = (
    r"(?:(?:no|nope|wrong|sorry|actually|not (?:that|this|it)(?: one)?|incorrect|"
    r"that(?:'s| is| was) (?:wrong|incorrect|not (?:it|right|what i (?:meant|asked)(?: for)?)))"
    r"[,.;:!\- ]+)*"
)
_MEANT = re.compile(
    rf"^{_WRONG}(?:by (?:that|this),? |with that,? )?"
    r"(?:i (?:meant|was asking(?: about)?)|what i (?:meant|wanted) (?:is|was))"
    r"(?: to (?:say|ask|know))?[:, ]+(?P<meant>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_BY = re.compile(
    r"^(?:by|when i (?:say|ask)|if i (?:say|ask)) "
    r"(?:[\"“'‘](?P<quoted>[^\"”'’]+)[\"”'’]|(?P<plain>.+?)),? "
    r"(?:i mean|i am asking|this means|that means|it means)[:, ]+(?P<meant>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_PREFERS = re.compile(r"^(?:please,? )?(?:i|we) (?:always |usually )?prefer\b.+$", re.I | re.S)
_FORGET = re.compile(
    rf"{_POLITE}(?:forget|(?:don'?t|do not|stop) remember(?:ing)?)(?: about)? "
    r"(?:that (?!$)|the (?:memory|name|fact|preference|lesson)(?: that)? )?"
    r"(?P<memory>.+?)(?:,? please)?[.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_ALL = re.compile(
    r"^(?:everything|all|anything)(?: (?:that )?(?:you (?:know|remember|learned|have learned)|"
    r"i(?:'ve| have)? (?:told|taught)(?: you)?))?(?: about me| of me)?$"
    r"|^all (?:of )?(?:my|your|the) (?P<kind>memories|preferences|facts|names|lessons)$",
    re.IGNORECASE,
)
_KINDS = {"preferences": "preference", "facts": "fact", "names": "name", "lessons": "lesson"}
_NOTHING = frozenset({"it", "that", "this", "about it", "me", "them"})  # "forget it"


def taught(
    text: str,
    lexicon: Lexicon,
    cards: Mapping[str, Card],
    focus: Focus,
    hear: Callable[[str], Understanding],
) -> Understanding | None:
    """What a message that teaches, or takes back what was taught, comes to; None if it is neither.

    Args:
        hear: what a request comes to by itself.
    """
    said = text.strip()
    if (meant := _MEANT.match(said)) is not None:
        return _corrected(_unquoted(meant["meant"]), lexicon, cards, focus, hear)
    if (by := _BY.match(said)) is not None:
        words, means = (by["quoted"] or by["plain"]).strip(), _unquoted(by["meant"])
        named = _named(means, lexicon)
        return _only(_name(words, named, cards) if named else _lesson(words, means, cards))
    if _PREFERS.match(said):
        kept: dict[str, object] = {"text": said.rstrip(". !"), "kind": "preference"}
        return _only(_call(REMEMBERING, kept, cards))
    forgotten = _FORGET.match(said)
    if forgotten is None or forgotten["memory"].lower() in _NOTHING:
        return None
    if (whole := _ALL.match(forgotten["memory"])) is not None:
        kind = _KINDS.get((whole["kind"] or "").lower())
        return _only(_call(FORGETTING_ALL, {"kind": kind} if kind else {}, cards))
    return _only(_call(FORGETTING, {"memory": _unquoted(forgotten["memory"])}, cards))


def _corrected(
    meant: str,
    lexicon: Lexicon,
    cards: Mapping[str, Card],
    focus: Focus,
    hear: Callable[[str], Understanding],
) -> Understanding:
    """The last request as it was meant, and what is to be kept of that for the next one."""
    named = _named(meant, lexicon)
    if not focus.said:
        return hear(meant)
    if not named:
        found, lesson = hear(meant), _lesson(focus.said, meant, cards)
    else:
        words = focus.asked.words if focus.asked else _misread(focus.said, named[0], lexicon)
        if not words:
            return hear(meant)
        meant = focus.said.replace(words, meant, 1)
        found, lesson = hear(meant), _name(words, named, cards)
    calls = (*found.calls, *([lesson] if lesson and found.calls else []))
    return replace(found, calls=calls, heard=meant)


def _misread(said: str, meant: Entity, lexicon: Lexicon) -> str:
    """The words of a request that name something else of this kind."""
    tokens = [one for one in tokenize(said) if one.form != "mark"]
    for length in range(LONGEST_NAME, 0, -1):
        for start in range(len(tokens) - length + 1):
            words = span(said, tokens[start : start + length])
            matches = lexicon.named(parts(words))
            if any(match.entity.kind == meant.kind for match in matches):
                return words
    return ""


def _named(text: str, lexicon: Lexicon) -> list[Entity]:
    """What a text names as a whole; several where it can't be told which."""
    words = [one for one in text.split() if one.lower() not in DETERMINERS | _KIND_WORDS]
    found = lexicon.named(parts(" ".join(words))) if len(words) <= LONGEST_NAME else ()
    return [match.entity for match in found]


def _name(words: str, named: Sequence[Entity], cards: Mapping[str, Card]) -> Call | None:
    """A name for one asset; one that says where it lies is no name of another."""
    own = " ".join(one for one in words.split() if one.lower() not in DETERMINERS)
    if len(named) > 1 or named[0].kind not in _NAMEABLE or "." in own:
        return None
    return _call(REMEMBERING, {"text": own, "kind": "name", "asset": named[0].id}, cards)


def _lesson(said: str, meant: str, cards: Mapping[str, Card]) -> Call | None:
    return _call(TEACHING, {"said": said, "meant": meant}, cards)


def _call(operation: str, arguments: dict[str, object], cards: Mapping[str, Card]) -> Call | None:
    return Call(operation, arguments) if operation in cards else None


def _only(call: Call | None) -> Understanding | None:
    return Understanding(calls=(call,)) if call is not None else None


def _unquoted(text: str) -> str:
    return text.strip().rstrip(".!").strip("\"'“”‘’ ")
