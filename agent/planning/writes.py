"""From a clause to a change that it asks for: the frame that fits it best, bound to its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.planning.binding import Binding, Bound, Desk
from agent.planning.clause import Pending
from agent.planning.frames import FRAMES
from agent.planning.outcome import Outcome
from agent.planning.patterns import Frame
from agent.planning.text import Token
from agent.planning.types import Kind
from agent.planning.vocabulary import DETERMINERS

LONGEST = 60  # tokens; a request for one change is shorter, and patterns stay fast

_DROPPED = DETERMINERS | {"my"}
_CREATES: Mapping[str, Kind] = {
    "data_sources.register_source": "source",
    "rbac.create_user": "person",
}


def write(tokens: Sequence[Token], desk: Desk) -> Outcome | None:
    """What a clause without its politeness asks to change; None if it fits no frame."""
    kept = [t for t in tokens if t.form != "mark" and (t.word not in _DROPPED or t.text == "A")]
    if not kept or len(kept) > LONGEST:
        return None
    text = "".join(token.word + " " for token in kept)
    found = [
        reading
        for frame in FRAMES
        if frame.operation in desk.cards
        and (not frame.literals or kept[0].word in frame.literals)
        and (reading := _fit(frame, text, kept, tokens, desk)) is not None
    ]
    return max(found, key=lambda reading: reading[0])[1] if found else None


def _fit(
    frame: Frame, text: str, kept: Sequence[Token], tokens: Sequence[Token], desk: Desk
) -> tuple[float, Outcome] | None:
    """The frame's reading with its score: the more of its own words, the better it fits."""
    match = frame.regex.match(text)
    if match is None:
        return None
    found = _bind(frame, match, text, kept, tokens, desk)
    if found is None or found[1].question is not None:
        again = frame.greedy.match(text)  # "make Omar Haddad analyst": which words are the name
        if again is not None and again.groups() != match.groups():
            other = _bind(frame, again, text, kept, tokens, desk)
            if other is not None and (found is None or other[1].calls):
                return other
    return found


def _bind(
    frame: Frame,
    match: re.Match[str],
    text: str,
    kept: Sequence[Token],
    tokens: Sequence[Token],
    desk: Desk,
) -> tuple[float, Outcome] | None:
    bound, own = [], len(kept)
    for slot, words in match.groupdict().items():
        if words is None:
            continue
        first = text.count(" ", 0, match.start(slot))
        last = text.count(" ", 0, match.end(slot))
        own -= last - first + 1
        low, high = tokens.index(kept[first]), tokens.index(kept[last])
        bound.append(Bound(slot, tuple(tokens[low : high + 1])))
    outcome = Binding(frame, desk).bind(bound)
    if outcome is None:
        return None
    return outcome.score + own - 0.5 * (frame.asks is not None), outcome


def created(operation: str, index: int, arguments: Mapping[str, object]) -> Pending | None:
    """What "it" is after a call that creates something: the `id` in that call's result."""
    kind = _CREATES.get(operation)
    if kind is None:
        return None
    return Pending(kind, {"$ref": f"{index}.id"}, str(arguments.get("name", "")))
