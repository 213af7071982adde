"""The nearest things that can be done, when what was asked can't."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agent.planning import features
from agent.planning.exemplars import exemplars
from agent.planning.text import tokenize
from agent.planning.types import Card

MOST = 3
REMOTE = 0.15


def nearest(
    text: str,
    cards: Mapping[str, Card],
    similarity: Callable[[str], list[tuple[str, float]]] | None,
) -> tuple[str, ...]:
    """An example of each of the operations that resemble a text most; for "", one of each group."""
    if not text:
        groups: dict[str, str] = {}
        for name, card in cards.items():
            if card.examples:
                groups.setdefault(name.split(".")[0], card.examples[0])
        return tuple(groups.values())
    if similarity is not None:
        ranked = [cards[name] for name, _ in similarity(text) if name in cards]
        return tuple(card.examples[0] for card in ranked if card.examples)[:MOST]
    spoken = features.of(tokenize(text), {})
    close = [one.operation for one in exemplars(cards).matches(spoken) if one.score > REMOTE]
    return tuple(cards[name].examples[0] for name in close if cards[name].examples)[:MOST]
