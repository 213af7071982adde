"""What isn't understood becomes a choice, and what is suggested is here and understood."""

from __future__ import annotations

from agent.likeness import Likeness
from agent.planning.lexicon import Lexicon
from agent.planning.nearest import Nearest
from agent.planning.types import Asked, Card, Entity, Focus, Understanding
from agent.planning.understand import understand
from tests.agent.planning.world import LEXICON, TODAY
from tools.registry import Registry

EVERY = {
    one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
    for one in Registry()
    if one.agent
}
LIKENESS = Likeness(EVERY)
ELSEWHERE = Lexicon(
    [
        Entity("source", "s-till", "till"),
        Entity("table", "t-basket", "till.basket"),
        Entity("column", "c-mail", "till.basket.mail"),
        Entity("person", "p-uma", "Uma Lind"),
    ]
)


def heard(text: str, lexicon: Lexicon = LEXICON, asked: Asked | None = None) -> Understanding:
    return understand(text, lexicon, EVERY, Focus(asked=asked), LIKENESS, TODAY)


def test_what_is_not_understood_becomes_a_choice_that_can_be_taken() -> None:
    text = "Set up a yearly recertification campaign for the products that we sell"
    got = heard(text)
    assert got.calls == () and got.not_understood and got.options
    again = heard("the first one", asked=Asked(text, got.asks, "", got.options))
    chosen = heard(got.options[0])
    assert [one.operation for one in again.calls] == [one.operation for one in chosen.calls] != []


def test_what_nothing_resembles_is_no_question() -> None:
    got = heard("frobnicate the flux")
    assert got.not_understood and got.question is None and got.calls == ()


def test_help_speaks_of_what_is_here() -> None:
    got = heard("what can you do?", ELSEWHERE)
    told = " ".join(got.nearest)
    assert got.smalltalk == "help" and "till" in told
    assert not any(name in told for name in ("crm", "Dana", "film"))


def test_every_suggestion_would_be_understood_and_names_what_is_here() -> None:
    def hear(words: str) -> Understanding:
        return heard(words, ELSEWHERE)

    near = Nearest(EVERY, ELSEWHERE, (), (), hear)
    told = {name: near.of([name], 1) for name in EVERY}
    for name, sentences in told.items():
        for sentence in sentences:
            got = hear(sentence)
            assert got.calls[0].operation == name, sentence
            new = name.startswith("data_sources.register")
            assert new or "pagila" not in sentence.split(": ")[0], sentence
    assert sum(map(bool, told.values())) > 0.6 * len(EVERY)
