"""What a message means as the reply to a question: "the first one", "crm", "because it moved".

The request that was asked about is heard again with the reply in its place. Where that doesn't
make it whole, the reply is read as the argument that was asked for; else it is no reply, and is
heard for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from agent.planning.clause import Clause
from agent.planning.filling import answer, enumerated
from agent.planning.outcome import needed
from agent.planning.sentences import ASKING, VERBS
from agent.planning.slots import Situation
from agent.planning.smalltalk import smalltalk
from agent.planning.text import Token, parts, words
from agent.planning.types import Asked, Call, Card, Entity, Understanding

LONGEST_CHOICE, LONGEST = 6, 30  # words
_ORDINALS = {"first": 0, "1": 0, "1st": 0, "second": 1, "2": 1, "2nd": 1, "third": 2, "3": 2,
             "3rd": 2, "fourth": 3, "4": 3, "4th": 3, "last": -1}  # fmt: skip
_AROUND = words("the a one in of i mean please table column it is yes that number option")
_JOINTS = (" ", " of ", " for ", " to ", " as ", " on ", " called ", " because ", ": ", " with ",
           " in the category ")  # fmt: skip


def replied(
    reply: Clause, asked: Asked, cards: Mapping[str, Card], hear: Callable[[str], Understanding]
) -> Understanding | None:
    """What the request comes to with this reply; None if it is none."""
    card, text = cards.get(asked.operation or ""), reply.message
    wanted = card is not None and asked.slot in card.parameters.get("properties", {})
    tokens = [t for t in reply.tokens if t.form != "mark"]
    if not tokens or len(tokens) > LONGEST:
        return None
    option = _chosen([t.word for t in tokens], asked.options)
    if option is not None and asked.words:
        return hear(asked.text.replace(asked.words, option, 1))
    if option is None and _by_itself(tokens):
        return None
    if option is not None and len(option.split()) > 1:  # a request by itself
        heard = hear(option)
        if heard.calls or (heard.question and not heard.not_understood):
            return heard
    said = option or text.strip().rstrip(".")
    if asked.words in asked.text and asked.words and _is_name(reply):
        heard = hear(asked.text.replace(asked.words, said, 1))
        if heard.calls and heard.question is None and not heard.not_understood:
            return heard  # whatever it is: what was asked is known only with the name in it
    again = [asked.text.rstrip(" .?!") + joint + said for joint in _JOINTS]
    if asked.words:
        again.insert(0, asked.text.replace(asked.words, said, 1))
    for whole in again:
        heard = hear(whole)
        if not heard.calls or heard.question is not None or heard.not_understood:
            continue
        call = heard.calls[0]
        if call.operation == asked.operation and (not wanted or asked.slot in call.arguments):
            return heard
    return None


def filled_in(reply: Situation, asked: Asked, cards: Mapping[str, Card]) -> Understanding | None:
    """The call that was asked about with the reply as its argument; None if it can't be that."""
    card = cards.get(asked.operation or "")
    tokens = [t for t in reply.clause.tokens if t.form != "mark"]
    if card is None or asked.given is None or not 0 < len(tokens) <= LONGEST:
        return None
    if _by_itself(tokens):
        return None
    found = answer(asked.slot, reply, card)
    if found is None:
        return None
    given = {**asked.given, asked.slot: found.values[0]}
    heard = f"{asked.text.rstrip(' .?!')}, {reply.clause.text.strip()}"
    about = tuple(one for one in found.about if isinstance(one, Entity))
    lacking = next((one for one in card.parameters.get("required", []) if one not in given), None)
    if lacking is None:
        return Understanding((Call(card.name, given, (), 1.0),), heard=heard, about=about)
    more = needed(card, lacking, enumerated(card, lacking))
    return Understanding(
        question=more.question, asks=card.name, options=more.options, slot=lacking, given=given,
        heard=heard, about=about,
    )  # fmt: skip


def _is_name(reply: Clause) -> bool:
    """Whether a reply is the name of something, and nothing else."""
    said = {i for i, token in enumerate(reply.tokens) if token.word not in _AROUND}
    return any(not one.weak and said <= one.tokens for one in reply.mentions)


def _by_itself(tokens: Sequence[Token]) -> bool:
    """Whether a message is a request of its own, or small talk."""
    said = " ".join(t.word for t in tokens)
    return tokens[0].word in VERBS | ASKING or smalltalk(said) is not None


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
