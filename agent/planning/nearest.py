"""The nearest things that can be done, when what was asked can't."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapidfuzz import fuzz, process

from agent.planning.types import Card

MOST = 3


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
    examples = {example: name for name, card in cards.items() for example in card.examples}
    hits = process.extract(text, list(examples), scorer=fuzz.token_set_ratio, limit=4 * MOST)
    chosen: dict[str, str] = {}
    for example, _, _ in hits:
        chosen.setdefault(examples[example], example)
    return tuple(chosen.values())[:MOST]
