"""A task in a sentence: "Remind me to check crm by Friday", "Open a ticket for Dana about nulls".

Whole messages only. Tickets and incidents are kept as tasks here, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from agent.planning import dates
from agent.planning.clause import Clause
from agent.planning.lexicon import Lexicon
from agent.planning.slots import KINDS
from agent.planning.text import tokenize
from agent.planning.types import Call, Card, Entity, Focus, Understanding
from agent.planning.vocabulary import POLITELY

CREATE = "activity.create_task"
LONGEST = 200  # of a title
_PERSON = r"[\w.@'-]+(?: [\w.@'-]+){0,2}?"
_REMIND = re.compile(
    rf"{POLITELY}(?:(?:remind|nudge) (?P<who>me|{_PERSON}) (?:to|about|of|that|on)|"
    rf"(?:ask|tell|get|have) (?P<asked>(?!me\b|us\b){_PERSON}) to) (?P<what>.+?)[.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_THEN = re.compile(r"\b(?:and|, ?) ?then\b|\b(?:every|each) (?:day|week|month)\b", re.IGNORECASE)
_NOUN = (
    r"(?P<noun>task|to-?do(?: item)?|reminder|action item|work item|follow-?up(?: task)?|"
    r"(?:jira |support |data )?ticket|(?:data |quality |dq )*(?:issue|incident)|case)"
)
_OPEN = re.compile(
    rf"{POLITELY}(?:create|add|open|make|file|raise|log|report|declare|start|assign|submit) "
    rf"(?:me |an? |the |new |high |critical |priority |severity |[\w-]+-(?:priority|severity) )*"
    rf"{_NOUN}\b(?P<rest>.*?)[.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_ASSIGN = re.compile(
    rf"{POLITELY}(?:assign|give|delegate) (?P<who>{_PERSON}) "
    rf"(?:an? |the |new )*{_NOUN}\b(?P<rest>.*?)[.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_FOR = re.compile(
    r"^ ?(?:,? ?(?:and )?(?:for|to|assigned to|with)) (?P<who>me|[\w.@'-]+(?: [\w.@'-]+)?)"
    r"(?= (?:to|about|on|for|because|that|with|by|until)\b| ?[:,]|$)",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    r",? ?(?:and |then )*(?:assign(?:ed)? (?:it |this |that )?to|for) "
    r"(?P<who>me|[\w.@'-]+(?: [\w.@'-]+)?)$",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"^\s*(?:[:,–—-]+\s*)?(?:to |about |that |because |saying |titled |called |with (?:the )?"
    r"(?:title|subject) |regarding |concerning )?",
    re.IGNORECASE,
)
_ON_DAY = re.compile(r"\bon ((?:mon|tues|wednes|thurs|fri|satur|sun)day)(?=[.! ]*$)", re.IGNORECASE)
_LEADS = re.compile(r"[,;]? *(?:(?:and|with|due|a|the|date|deadline|of|by|on|until) *)*$", re.I)
_ELSEWHERE = re.compile(r"ticket|issue|incident|case", re.IGNORECASE)
TASKS = "There are no {0} here, and nothing is opened outside: it becomes a task here."


def tasked(
    text: str, lexicon: Lexicon, cards: Mapping[str, Card], focus: Focus, today: date
) -> Understanding | None:
    """The task that a message wants made; None where it wants something else."""
    said = " ".join(text.split())
    if CREATE not in cards or _THEN.search(said):
        return None
    if (found := _REMIND.match(said)) is not None:
        who = _who(found["who"] or found["asked"], lexicon, focus)
        return _task(found["what"], who, "", lexicon, today, text) if who else None
    found = _ASSIGN.match(said)
    who = _who(found["who"], lexicon, focus) if found else None
    if found is None or who is None:
        found, who = _OPEN.match(said), None
    if found is None:
        return None
    rest = found["rest"]
    if who is None and (named := _FOR.match(rest)) is not None:
        who = _who(named["who"], lexicon, focus)
        rest = rest[named.end() :] if who else rest
    if who is None and (named := _ASSIGNED.search(rest)) is not None:
        who = _who(named["who"], lexicon, focus)
        rest = rest[: named.start()] if who else rest
    noun = found["noun"].lower()
    elsewhere = noun if _ELSEWHERE.search(noun) else ""
    return _task(rest, who, elsewhere, lexicon, today, text)


def _task(
    what: str, who: Entity | None, noun: str, lexicon: Lexicon, today: date, heard: str
) -> Understanding | None:
    title, due = _dated(what, today)
    title = title if noun and re.match(r"\s*(?:on|in|for) ", title) else _JOINT.sub("", title)
    title = title.strip(" .,;:\"'“”")
    arguments: dict[str, object] = {}
    if who is not None:
        arguments["assignee"] = who.id
    if due is not None:
        arguments["due_on"] = due.isoformat()
    about = _about(title, lexicon)
    if about is not None:
        arguments["about"] = about
    if not title:
        return Understanding(
            question="What is to be done?", asks=CREATE, slot="title", given=arguments, heard=heard
        )
    title = f"{noun} {title}" if noun and re.match(r"(?:on|in|for) ", title) else title
    title = f"{title[:1].upper()}{title[1:]}"[:LONGEST]
    plural = noun if noun.endswith("s") else f"{noun}s"
    return Understanding(
        (Call(CREATE, {"title": title, **arguments}),),
        honest=TASKS.format(plural) if noun else None,
        heard=heard,
    )


def _dated(what: str, today: date) -> tuple[str, date | None]:
    """The words without the day by which it is due, where that ends them; and that day."""
    what = _ON_DAY.sub(r"by \1", what)  # a day to come
    named = dates.days(what.lower(), today)
    if named is None or named[1][1] < len(what.rstrip(" .!")):
        return what, None
    (start, end), (at, _) = named
    day = end or start
    if day is None or day < today:
        return what, None
    return _LEADS.sub("", what[:at]), day


def _who(said: str, lexicon: Lexicon, focus: Focus) -> Entity | None:
    if said.lower() == "me":
        return focus.me
    return Clause(said, tokenize(said), lexicon).only(KINDS["person"])


def _about(title: str, lexicon: Lexicon) -> str | None:
    """The one asset or source that a title surely names."""
    clause = Clause(title, tokenize(title), lexicon)
    sure = [
        m.matches[0].entity
        for m in clause.mentions
        if not m.weak and not m.plain and len(m.matches) == 1
    ]
    found = [one for one in sure if one.kind in ("table", "view", "column", "source")]
    return found[0].name if len(found) == 1 else None
