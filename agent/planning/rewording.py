"""Requests in other words, where these are heard: each with what has to be said beside it.

"Alert me when the row count of orders drops below 1000" is a check that can be defined, and nobody
is alerted; "set the retention of orders to 5 years" is a tag; "with a note" is a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from agent.planning.dates import LENGTHS, number
from agent.planning.sentences import VERBS
from agent.planning.text import fold
from agent.planning.types import Call, Card, Understanding

UNWATCHED = (
    "Nobody is alerted, and nothing watches by itself: the check says what fails when it runs, and "
    "a workflow can run it on a schedule."
)
TAGGED = (
    "A retention period is a tag here, which rules can demand; nothing is deleted when it ends."
)
UNKEPT = "“{0}” is kept nowhere: what changes here takes no comment."
_ALERT = (
    r"^\W*(?:please )?(?:(?:alert|notify|warn|tell|e-?mail|ping)(?: me| us)?|(?:set up|create|add|"
    r"configure|enable) (?:an? )?(?:\w+ )?(?:alert|monitor|notification|check))(?: when| if| "
    r"whenever| that fires when| for when) (?:the )?"
)
_ON = r"(?:on|in|of|for) (?:the )?(?P<asset>[\w./'\"]+)(?: table| dataset| view)?"
_ROWS = re.compile(
    rf"{_ALERT}(?:row count|number of rows|rows?|volume)(?: {_ON})? (?:drops?|falls?|is|goes|gets|"
    r"rises?|exceeds?|climbs?)? ?(?:to )?(?P<side>below|under|less than|above|over|more than|"
    rf"exceeds)? ?(?P<count>[\d,._]+)(?: rows)?(?: {_ON.replace('asset', 'other')})?[.!]*$",
    re.IGNORECASE,
)
_LACKS = re.compile(
    rf"{_ALERT}(?P<column>[\w.]+)(?: column)? (?:is|has|contains|becomes|gets|includes) "
    r"(?:any )?(?P<what>nulls?|null values|empty|missing values|duplicates?|duplicate values|not "
    r"unique)[.!]*$",
    re.IGNORECASE,
)
_RETENTION = re.compile(
    r"^\W*(?:please )?(?:set|define|add|apply|configure|assign|put|change|give|specify) "
    r"(?:an? |the )?(?:data )?retention(?: period| policy| tag| time)?"
    r"(?: of (?P<first>\w+) (?P<unit>day|week|month|year)s?)?"
    r" (?:on|for|of|to) (?:the )?(?P<asset>[\w./]+)(?: table)?"
    r"(?: (?:to|at|as|of) (?P<count>\w+) (?P<length>day|week|month|year)s?)?[.!]*$",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r",? (?:and )?(?:(?:with|adding|leave|add) (?:a |the )?(?:comment|note|message|remark|"
    r"justification|reason|rationale)|(?:comment|note|justification):?)[:,]? (?:that |saying )?"
    r"(?:[\"“'‘](?P<quoted>[^\"”'’]+)[\"”'’]|(?P<plain>[^\"“]+?))[.!]*$",
    re.IGNORECASE,
)
_DONE = re.compile(  # and never a condition: what follows has to be another order
    r"(?<=\w)[,;.]?\s+(?:(?:and )?(?:when|once|after)(?: (?:it|that|this|they)(?:['’]s| is| are|"
    r" has| have)?(?: been)?)? (?:done|finished|complete[sd]?|over|ready|ended)|"
    r"(?:and )?after (?:that|this|it|which)|(?:and )?afterwards?|(?:and )?thereafter)\b,?\s+"
    r"(?=(?P<next>[a-z-]+))",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"^\W*(?:i['’]d like|i would like|i want|we want|we['’]d like|we would like|i need) (?:the )?"
    r"(?P<what>[\w./]+)(?: table)? to (?P<state>(?:be|have|get) .+)$",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"^\W*(?:please )?(?:re-?assign|transfer|hand over|move|give) (?:all )?(?:of )?"
    r"(?P<who>[\w.@]+(?: \w+)?)['’]s? (?:assets|tables|datasets|ownership|things|data assets) "
    r"(?P<to>(?:over )?to .+)$",
    re.IGNORECASE,
)
_NEEDS = re.compile(
    r"^\W*(?:the )?(?P<what>[\w./]+)(?: table)? (?:needs|has no|lacks|is missing|is without) an? "
    r"owner\W+(?:(?:please|so) )?(?:make it|set it to|assign it to|assign|make) "
    r"(?P<who>[^,.]+)[.!]*$",
    re.IGNORECASE,
)
_LOOKS_FOR = re.compile(
    r"^\W*(?:please )?(?:discover|detect|identify|find) (?:and|&) (?:classify|label|tag) "
    r"(?P<what>.+?) (?:in|across|of|from) (?:the )?(?P<source>\w+)(?: source| database)?[.!]*$",
    re.IGNORECASE,
)
_FROM_WHOM = re.compile(
    r"^(?P<head>\W*(?:please )?(?:change|transfer|switch|move|re-?assign|hand over|set|update)\b.*"
    r"\bowner(?:ship)?\b.*?) from [A-Z][\w.]*(?: [A-Z][\w.]*)? (?=to )",
    re.IGNORECASE,
)
_FOR_A_TIME = re.compile(r"\b(?:temporar(?:y|ily)|time-(?:limited|bound)) ", re.IGNORECASE)
_TAKES_COMMENT = ("reason", "note", "detail", "how")


def reworded(
    text: str, cards: Mapping[str, Card], hear: Callable[[str], Understanding]
) -> Understanding | None:
    """What a request comes to in other words; None where there are none for it.

    Args:
        hear: what a request comes to by itself.
    """
    said = " ".join(text.split())
    if (checked := _check(said)) is not None:
        return _beside(hear(checked), UNWATCHED)
    if (kept := _RETENTION.match(said)) is not None and (tag := _period(kept)):
        return _beside(hear(f"Tag {kept['asset']} as {tag}"), TAGGED)
    if (plain := _plainly(said)) is not None:
        return hear(plain)
    commented = _COMMENT.search(said)
    if commented is not None and commented.start() > 0:
        return _with_comment(
            hear(said[: commented.start()]), commented["quoted"] or commented["plain"], cards
        )
    ordered = _DONE.sub(
        lambda found: ", then " if found["next"].lower() in VERBS else found.group(), said
    )
    return hear(ordered) if ordered != said else None


def _plainly(said: str) -> str | None:
    """A wish as an order."""
    if (wished := _WISHED.match(said)) is not None:
        return f"{wished['what']} should {wished['state']}"
    if (whose := _WHOSE.match(said)) is not None:
        return f"Transfer all assets owned by {whose['who']} {whose['to']}"
    if (needs := _NEEDS.match(said)) is not None:
        return f"Make {needs['who']} the owner of {needs['what']}"
    if (looks := _LOOKS_FOR.match(said)) is not None:
        return f"Scan {looks['source']} for {looks['what']}"
    if (given := _FROM_WHOM.match(said)) is not None:
        return f"{given['head']} {said[given.end() :]}"
    at_length = _FOR_A_TIME.sub("", said)
    return at_length if at_length != said else None


def _check(said: str) -> str | None:
    """The check that an alert would need, in words."""
    if (rows := _ROWS.match(said)) is not None:
        asset = (rows["asset"] or rows["other"] or "").strip("'\"")
        most = (rows["side"] or "").lower() in ("above", "over", "more than", "exceeds")
        count = re.sub(r"\D", "", rows["count"])
        return f"Check that {asset} has {'at most' if most else 'at least'} {count} rows"
    if (lacks := _LACKS.match(said)) is not None:
        unique = lacks["what"].lower().startswith(("dup", "not"))
        return f"Check that {lacks['column']} is {'unique' if unique else 'never null'}"
    return None


def _period(found: re.Match[str]) -> str:
    """A retention period as its tag: "5 years" → retention:5y."""
    count, unit = found["count"] or found["first"], found["length"] or found["unit"]
    figure = number((count or "").lower())
    return (
        f"retention:{figure}{unit[0].lower()}" if figure and fold(unit.lower()) in LENGTHS else ""
    )


def _beside(heard: Understanding, said: str) -> Understanding | None:
    """What was heard with a word beside it; None where it came to nothing."""
    if heard.not_understood or not (heard.calls or heard.question):
        return None
    return replace(heard, honest=said)


def _with_comment(
    heard: Understanding, comment: str, cards: Mapping[str, Card]
) -> Understanding | None:
    """The same changes with a comment as the reason; it is said where none takes one."""
    changes = [call for call in heard.calls if cards[call.operation].effect != "read"]
    if not changes or len(changes) < len(heard.calls) or heard.not_understood:
        return None
    kept = [_commented(call, comment.strip(), cards) for call in heard.calls]
    if tuple(kept) == heard.calls:
        return replace(heard, honest=UNKEPT.format(comment.strip()))
    return replace(heard, calls=tuple(kept))


def _commented(call: Call, comment: str, cards: Mapping[str, Card]) -> Call:
    taken = cards[call.operation].parameters.get("properties", {})
    name = next((one for one in _TAKES_COMMENT if one in taken and one not in call.arguments), None)
    return replace(call, arguments={**call.arguments, name: comment}) if name else call
