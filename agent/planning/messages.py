"""What a message asks for as a whole: its readers, in the order in which they are asked.

Each knows one kind of request by its form, and leaves every other message alone. What none of them
takes is read clause by clause (`understand`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from agent.planning.automations import automated
from agent.planning.check_words import specified_check, unspecified_checks
from agent.planning.counsel import counselled
from agent.planning.declined import declined
from agent.planning.discovery import defined, in_use
from agent.planning.draft_words import drafted
from agent.planning.guards import guarded
from agent.planning.lexicon import Lexicon
from agent.planning.meanings import meant
from agent.planning.plan_talk import agrees_to_nothing
from agent.planning.receipts import about_an_answer
from agent.planning.rewording import reworded
from agent.planning.rule_words import ruled
from agent.planning.sayings import said_otherwise
from agent.planning.symptoms import symptom
from agent.planning.task_words import tasked
from agent.planning.template_words import from_template
from agent.planning.term_words import termed
from agent.planning.types import Card, Focus, Understanding


@dataclass(frozen=True)
class Message:
    """A message with all that it may be read by. `hear`: what other words come to."""

    text: str
    lexicon: Lexicon
    cards: Mapping[str, Card]
    focus: Focus
    day: date
    hear: Callable[[str], Understanding]


READERS: tuple[Callable[[Message], Understanding | None], ...] = (
    lambda m: about_an_answer(m.text, m.cards),
    lambda m: ruled(m.text, m.lexicon, m.cards),
    lambda m: meant(m.text, m.lexicon, m.cards),
    lambda m: symptom(m.text, m.lexicon, m.cards, m.focus, m.day),
    lambda m: counselled(m.text, m.lexicon, m.cards, m.focus),
    lambda m: None if m.focus.plan or m.focus.last_operation else agrees_to_nothing(m.text),
    lambda m: in_use(m.text, m.cards),
    lambda m: defined(m.text, m.lexicon, m.cards),
    lambda m: from_template(m.text, m.lexicon, m.cards, m.focus, m.day),
    lambda m: automated(m.text, m.cards),
    lambda m: termed(m.text, m.lexicon, m.cards),
    lambda m: drafted(m.text, m.lexicon, m.cards, m.focus),
    lambda m: unspecified_checks(m.text, m.lexicon, m.cards),
    lambda m: specified_check(m.text, m.lexicon, m.cards),
    lambda m: tasked(m.text, m.lexicon, m.cards, m.focus, m.day),
    lambda m: said_otherwise(m.text, m.hear),
    lambda m: reworded(m.text, m.cards, m.hear),
    lambda m: declined(m.text, m.lexicon, m.cards),
    lambda m: guarded(m.text, m.lexicon, m.cards, m.hear),
)


def whole(message: Message) -> Understanding | None:
    """What the first reader that knows a message makes of it; None where none does."""
    readings = (reader(message) for reader in READERS)
    return next((one for one in readings if one is not None), None)
