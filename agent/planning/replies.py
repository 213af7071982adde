"""What a message means as the reply to a question: "the first one", "crm", "because it moved".

The request that was asked about is heard again with the reply in its place; what doesn't make it
whole is no reply, and is heard for itself.
"""

from __future__ import annotations

from collections.abc import Callable

from agent.planning.sentences import ASKING, VERBS
from agent.planning.text import parts, tokenize, words
from agent.planning.types import Asked, Understanding

LONGEST_CHOICE, LONGEST = 6, 30  # words
_ORDINALS = {"first": 0, "1": 0, "1st": 0, "second": 1, "2": 1, "2nd": 1, "third": 2, "3": 2,
             "3rd": 2, "fourth": 3, "4": 3, "4th": 3, "last": -1}  # fmt: skip
_AROUND = words("the a one in of i mean please table column it is yes that number option")
_JOINTS = (" ", " of ", " for ", " to ", " as ", " on ", " called ", " because ", ": ", " with ",
           " in the category ")  # fmt: skip


def replied(text: str, asked: Asked, hear: Callable[[str], Understanding]) -> Understanding | None:
    """What the request comes to with this reply; None if it is none."""
    tokens = [t for t in tokenize(text) if t.form != "mark"]
    if not tokens or len(tokens) > LONGEST:
        return None
    option = _chosen([t.word for t in tokens], asked.options)
    if option is not None and asked.words:
        return hear(asked.text.replace(asked.words, option, 1))
    if option is None and tokens[0].word in VERBS | ASKING:
        return None
    if option is not None and len(option.split()) > 1:  # a request by itself
        heard = hear(option)
        if heard.calls or (heard.question and not heard.not_understood):
            return heard
    said = option or text.strip().rstrip(".")
    for joint in _JOINTS:
        whole = asked.text.rstrip(" .?!") + joint + said
        heard = hear(whole)
        right = bool(heard.calls) and heard.calls[0].operation == asked.operation
        if right and heard.question is None and not heard.not_understood:
            return heard
    return None


def _chosen(said: list[str], options: tuple[str, ...]) -> str | None:
    """The option that a reply names, by its place or by words that no other option has."""
    if not options or len(said) > LONGEST_CHOICE:
        return None
    places = [_ORDINALS[word] for word in said if word in _ORDINALS]
    telling = {part for word in said if word not in _AROUND for part in parts(word)}
    if len(places) == 1 and all(word in _ORDINALS for word in said if word not in _AROUND):
        return options[places[0]] if places[0] < len(options) else None
    fitting = [one for one in options if telling and telling <= set(parts(one))]
    return fitting[0] if len(fitting) == 1 else None
