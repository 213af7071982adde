"""What a request most likely asks for, where nothing tells it surely: by its meaning alone.

The nearest reading operation is asked at once, if all that it needs is named; that it is a guess
is told, and what else was likely is offered. Never a change, and never what a command asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from agent.planning.exemplars import Similarity, asked, meanings
from agent.planning.frames import IMPERATIVES
from agent.planning.nearest import MOST_NEAR, Nearest
from agent.planning.schemas import conform
from agent.planning.sentences import ASKING, VERBS, commands, imperative, negated
from agent.planning.slots import Situation
from agent.planning.types import Call, Card, Understanding

LIKELY, NEAR = 0.62, 0.42  # of likeness: to be answered at once, to be offered
_ASKS = (VERBS - IMPERATIVES) | ASKING
INSTEAD = "Or do you mean one of these?"
CHOOSE = "Do you mean one of these?"


def guessed(
    found: Understanding,
    situation: Situation,
    cards: Mapping[str, Card],
    similarity: Similarity | None,
    near: Nearest,
) -> Understanding | None:
    """What wasn't understood, as what comes nearest to it; None where nothing comes near."""
    tokens = imperative(situation.clause.tokens)
    ordered = commands(tokens)
    asks = (
        bool(tokens)
        and not negated(tokens)
        and (tokens[0].word in _ASKS or situation.clause.message.rstrip().endswith("?"))
    )
    meant = sorted(meanings(situation, similarity).items(), key=lambda one: -one[1])
    alike = [
        (name, score)
        for name, score in meant
        if asks and not ordered and score >= NEAR and name in cards and cards[name].effect == "read"
    ] or [(name, 0.0) for name in near.to(situation, similarity)]
    options = near.each([name for name, _ in alike], MOST_NEAR + 1)
    if not options:
        return None
    first, score = alike[0]
    call = asked(situation, cards[first]) if score >= LIKELY else None
    if call is None or first not in options:
        choices = tuple(options.values())[:MOST_NEAR]
        return replace(found, question=CHOOSE, asks=first, options=choices)
    example = options.pop(first)
    told = f"I'm not sure that I understand this, and take it for a question like “{example}”."
    arguments = conform(call, cards[first].parameters)
    return replace(
        found, calls=(Call(first, arguments, (), round(score / 2, 2)),), told=told, guessed=True,
        question=INSTEAD, asks=first, options=tuple(options.values())[:MOST_NEAR],
    )  # fmt: skip
