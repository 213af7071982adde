"""A message in parts: what is only reported is taken out, the rest is cut where a clause may end.

Where a cut is only possible ("and", a comma) the caller decides by whether both sides make sense.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.planning.frames import IMPERATIVES
from agent.planning.text import Token, fold, words
from agent.planning.vocabulary import DETERMINERS

_DOCUMENTS = words(
    """
    report ticket email mail message comment note log incident text transcript chat letter
    memo readme page issue attachment post thread article document quote instruction
    instructions
    """
)
_SAYS = words(
    """
    says said reads wrote writes states stated tells told asks instructs
    """
)
REPORTING = _DOCUMENTS | _SAYS
_OVERRIDE = re.compile(
    r"\b(ignore|disregard|forget|override) (all |any |the |your |my |these |those |of )*"
    r"(previous|prior|above|earlier|preceding|former|rules|instructions|system)"
)
_READ_VERBS = words(
    """
    show list find tell give describe explain search check summarize summarise preview
    estimate verify test get display count trace compare see look bring pull
    """
)
VERBS = IMPERATIVES | _READ_VERBS
QUESTIONS = words("which what who whom whose where when why how")
_AUXILIARIES = words("is are does do did can could has have may will would should shall must")
ASKING = QUESTIONS | _AUXILIARIES | words("show list find give explain preview count trace see me")
_LINKS = words("and then but plus also finally afterwards next please")
_NOUNS = words(
    """
    sources frameworks controls rules scans roles users labels findings workflows workspaces
    owners permissions
    """
)
_POLITE = tuple(
    tuple(phrase.split())
    for phrase in (
        "please", "kindly", "could you", "can you", "would you", "will you", "can we", "could we",
        "let us", "i want to", "i want you to", "i would like to", "i would like you to",
        "i need to", "i need you to", "we need to", "we want to", "we would like to",
        "go ahead and",
        "hi", "hello", "hey", "ok", "okay", "so", "well", "now", "then", "and", "also", "but",
        "next", "first", "finally", "afterwards", "thanks", "thank you", "great", "racine",
        "if you can", "if you could", "if possible", "help me to", "help me", "just", "there",
        "be so kind and", "you can", "tell me to", "say", "to", "actually", "by the way",
    )
)  # fmt: skip
_TAIL = words(
    """
    please thanks now afterwards immediately asap again too then today anew
    """
)
_TAILS = {
    ("for", "me"), ("thank", "you"), ("right", "away"), ("right", "now"), ("at", "once"),
    ("if", "possible"), ("once", "more"),
}  # fmt: skip
_NEGATED = re.compile(
    r"^(do not|never|not|no need to|i do not want|we do not want|you should not|you must not|"
    r"without|avoid|stop(?= \w+ing\b)|refrain|there is no need)\b"
)
_WHENEVER = re.compile(
    r"\b(if|unless|whenever|when|once|until|as soon as|in case|provided|daily|nightly|weekly|"
    r"monthly|hourly|regularly|periodically|tomorrow|tonight|automatically|later|"
    r"(every|each|next|on) (other )?(night|day|week|month|hour|morning|evening|quarter|year|"
    r"mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)|"
    r"at \d+(?![\d.]*\.\d)( ?[ap]m|:\d\d)?|in \d+ (minutes?|hours?|days?|weeks?))\b"
)
_FOR_ME = (["give", "me"], ["give", "us"], ["give", "overview"], ["run", "me"])
_THINGS = words("table dataset data asset view column source dashboard product")  # "trusted data"
_NOMINAL = words(
    """
    estimate
    history results result log logs list status score findings summary
    """
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence that may be a clause of its own."""

    tokens: tuple[Token, ...]
    joined: tuple[Token, ...]  # what stands between it and the segment before


def reported(tokens: Sequence[Token]) -> int:
    """Where text begins that the message only reports; the number of tokens if it reports none."""
    for i, token in enumerate(tokens):
        before = [t.word for t in tokens[max(0, i - 7) : i] if t.form == "word"]
        if token.word == ":" and _DOCUMENTS & set(before[-3:]):
            return i + 1
        asked = tokens[0].word in ("which", "what") and _DOCUMENTS & set(before) == {"article"}
        if token.word in _SAYS and _DOCUMENTS & set(before) and not asked:
            return i + 1  # but "which article says …" reports nothing
    text, starts = "", []
    for token in tokens:
        starts.append(len(text))
        text += token.word + " "
    found = _OVERRIDE.search(text)
    return next((i for i, s in enumerate(starts) if found and s >= found.start()), len(tokens))


_POINTS = words("it that this them")
_BEGINS = words("i we there here")


def placed_once(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Where "I have a file at X: hook it up" only says what "it" is, the request with X for it."""
    at = next((i for i, token in enumerate(tokens) if token.form == "path"), len(tokens))
    before = [t for t in tokens[:at] if t.form != "mark"]
    if at == len(tokens) or not before or before[0].word not in _BEGINS:
        return tuple(tokens)
    if not {"have", "got", "is"} & {t.word for t in before[1:3]}:
        return tuple(tokens)
    rest = list(tokens[at + 1 :])
    it = next((i for i, token in enumerate(rest) if token.word in _POINTS), None)
    if it is None or all(t.word not in VERBS for t in rest[:it]):
        return tuple(tokens)
    rest[it] = tokens[at]
    start = next(i for i, token in enumerate(rest) if token.form != "mark")
    return tuple(rest[start:])


def presents(sentence: Sequence[Token]) -> bool:
    """Whether a sentence only says who is asking: "I'm new here"."""
    words = tuple(t.word for t in sentence if t.form != "mark")
    return words[:2] in (("i", "am"), ("we", "are"), ("my", "name")) and len(words) < 9


def introduces(sentence: Sequence[Token]) -> bool:
    """Whether a sentence asks nothing itself but opens what somebody else is reported to say."""
    words = [t.word for t in imperative(sentence) if t.word not in DETERMINERS]
    return not words or words[0] not in VERBS | QUESTIONS | _AUXILIARIES


def sentences(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The sentences, without the marks that end them."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.form == "mark" and token.word in ".;?!…—–\n":
            found.append([])
        else:
            found[-1].append(token)
    whole: list[tuple[Token, ...]] = []
    for piece in filter(None, found):
        if whole and all(token.form == "quote" for token in piece):  # belongs to what stands before
            whole[-1] += tuple(piece)
        else:
            whole.append(tuple(piece))
    return whole


def segments(sentence: Sequence[Token]) -> list[Segment]:
    """The stretches between all places where a new clause may begin."""
    found: list[Segment] = []
    start, joined_from, i = 0, 0, 0
    while i < len(sentence):
        link = i
        while link < len(sentence) and (
            sentence[link].word == ","
            or (sentence[link].word in _LINKS and sentence[max(0, link - 1)].word != "the")
        ):
            link += 1
            if [t.word for t in sentence[link : link + 2]] == ["if", "not"]:
                link += 2
        if i > start and _excludes(sentence, i):
            found.append(Segment(tuple(sentence[start:i]), tuple(sentence[joined_from:start])))
            joined_from = start = i
        if link > i > start and link < len(sentence) and _opens(sentence, i, link):
            found.append(Segment(tuple(sentence[start:i]), tuple(sentence[joined_from:start])))
            joined_from, start = i, link
        i = max(link, i + 1)
    found.append(Segment(tuple(sentence[start:]), tuple(sentence[joined_from:start])))
    return found


def _excludes(sentence: Sequence[Token], at: int) -> bool:
    """Whether "without scanning them" begins here."""
    following = sentence[at + 1].word if at + 1 < len(sentence) else ""
    harm = following.startswith(("break", "affect", "impact", "hurt", "los", "harm", "disturb"))
    return sentence[at].word == "without" and following.endswith("ing") and not harm


def _opens(sentence: Sequence[Token], link: int, at: int) -> bool:
    """Whether a clause may begin at `at`, after the linking words from `link` on."""
    rest = [t.word for t in sentence[at:] if t.word not in DETERMINERS]
    word = rest[0] if rest else ""
    words = {t.word for t in sentence[link:at]}
    if word in IMPERATIVES or word in _READ_VERBS:
        return True
    if words <= {",", "not"}:  # a comma alone: "show me the columns, which hold …"
        return word == "do"
    if "and" not in words and word in QUESTIONS | _AUXILIARIES:
        return bool(words & {"then", "but", "also", "plus", "if"})
    return word in QUESTIONS | _AUXILIARIES | _NOUNS or (
        word in ("its", "their") and bool(rest[1:])
    )


def imperative(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The clause without the politeness around it."""
    kept = [t for t in tokens if t.form != "mark" or t.word == ","]
    while kept:
        for phrase in _POLITE:
            if tuple(t.word for t in kept[: len(phrase)]) == phrase and len(kept) > len(phrase):
                kept = kept[len(phrase) :]
                break
        else:
            if kept[0].form != "mark":
                break
            kept = kept[1:]
    while len(kept) > 1 and (
        kept[-1].form == "mark"
        or kept[-1].word in _TAIL
        or tuple(t.word for t in kept[-2:]) in _TAILS
    ):
        kept = kept[: -2 if tuple(t.word for t in kept[-2:]) in _TAILS else -1]
    return tuple(kept)


def negated(tokens: Sequence[Token]) -> bool:
    """Whether the clause says what not to do."""
    return bool(_NEGATED.match(" ".join(t.word for t in tokens)))


def deferred(tokens: Sequence[Token]) -> bool:
    """Whether the clause depends on a condition or a later time."""
    return bool(_WHENEVER.search(" ".join(t.word for t in tokens if not t.opaque)))


def commands(tokens: Sequence[Token]) -> bool:
    """Whether the clause begins with a verb that only a request for a change begins with."""
    words = [t.word for t in tokens if t.word not in DETERMINERS]
    if not words or words[0] not in IMPERATIVES:
        return False
    return words[:2] not in _FOR_ME and not nominal(tokens)


def nominal(tokens: Sequence[Token]) -> bool:
    """Whether the clause's first word is no verb but part of a noun: "scan history"."""
    words = [t.word for t in tokens if t.word not in DETERMINERS]
    told = len(words) > 1 and words[0].endswith("ed") and words[0] not in IMPERATIVES
    return len(words) > 1 and (words[1] in _NOMINAL or (told and fold(words[1]) in _THINGS))
