"""What is said to a recommendation: "do the first one", "dismiss the second, it is a test".

Only where the last answer listed recommendations or insights, or where the message calls it one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.planning.types import Call, Card, Focus, Understanding

LISTING = ("assistant.recommendations", "assistant.insights")
ACCEPTING = "assistant.accept_recommendation"
DISMISSING = "assistant.dismiss_recommendation"
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
           "tenth")  # fmt: skip
_WHICH = (
    rf"(?:the |your |this |that )?(?:(?:recommendation|suggestion|insight|number|no\.?) ?)*"
    rf"#?(?P<place>{'|'.join(_PLACES)}|\d{{1,2}}(?:st|nd|rd|th)?)\b"
    r"(?: one| recommendation| suggestion| insight)?"
)
_OPENING = r"^(?:(?:please|yes|ok|okay|then|let'?s|can you|could you)[, ]+)*"
_ACCEPT = re.compile(
    rf"{_OPENING}(?:accept|take|do|apply|carry out|go ahead with|implement|follow|act on|fix) "
    rf"{_WHICH}(?:,? please)?[.!?]*$",
    re.IGNORECASE,
)
_DISMISS = re.compile(
    rf"{_OPENING}(?:dismiss|ignore|skip|reject|drop|forget) {_WHICH}"
    r"(?:[.!]*|[,;:. ]+(?:because|since|as|due to|for)? ?(?P<reason>\S.*))$",
    re.IGNORECASE | re.DOTALL,
)


def advised(text: str, cards: Mapping[str, Card], focus: Focus) -> Understanding | None:
    """The recommendation that is accepted or dismissed; None where the message does neither."""
    listed = focus.last_operation in (*LISTING, ACCEPTING, DISMISSING)
    if not listed and not re.search(
        r"\b(recommendation|suggestion|insight)\b", text, re.IGNORECASE
    ):
        return None
    said = text.strip()
    accepted, dismissed = _ACCEPT.match(said), _DISMISS.match(said)
    found = accepted or dismissed
    operation = ACCEPTING if accepted else DISMISSING
    if found is None or operation not in cards:
        return None
    arguments: dict[str, object] = {"recommendation": _named(found["place"].lower(), focus.advice)}
    if dismissed and dismissed["reason"] is None:
        return Understanding(
            question="Why is it dismissed? The reason is kept, and it isn't recommended again.",
            asks=DISMISSING,
        )
    if dismissed:
        arguments["reason"] = dismissed["reason"].rstrip(". ")
    return Understanding(calls=(Call(operation, arguments),))


def _named(said: str, shown: Sequence[str]) -> str:
    """The id of what stood at this place; the place itself where nothing was shown."""
    place = _PLACES.index(said) + 1 if said in _PLACES else int(re.sub(r"\D", "", said))
    return shown[place - 1] if 0 < place <= len(shown) else str(place)
