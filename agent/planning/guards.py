"""What a request says beside what it wants: "dry run", "don't run it yet", "without touching X".

A change is a plan that waits in any case, so that a word of caution is heeded by leaving it out;
what is not to be touched is taken out of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from agent.planning.automations import TELLS
from agent.planning.clause import Clause
from agent.planning.frames import IMPERATIVES
from agent.planning.lexicon import Lexicon
from agent.planning.text import tokenize
from agent.planning.types import ASSET_KINDS, Call, Card, Entity, Kind, Understanding

_RUN = r"(?:run|execute|apply|start|do|perform|commit|save|submit|change|touch|carry out|implement)"
_IT = r"(?: (?:it|this|that|them|these|anything|any of (?:it|them)|the changes?|the plan|nothing))?"
_YET = r"(?: (?:yet|now|for now|so far|at this point|right away|for real|until .*))?"
_CAUTION = re.compile(
    r"(?:^|[,;.:(]?\s*(?:\b(?:but|and|though)\s+)?)(?:"
    rf"\b(?:please )?(?:don['’]?t|do not|never) (?:actually |really "
    rf")?{_RUN}{_IT}{_YET}(?=[ .!,;]*$|"
    r"[ .,;:!]+(?:but|and|just|only|show|until|first)\b)|"
    rf"\bwithout (?:actually |really )?(?:running|executing|applying|changing|doing|saving|"
    rf"committing|starting){_IT}{_YET}|"
    r"\b(?:as|in|do) a dry[- ]?run(?: (?:only|first|mode))?(?: of)?|\bdry[- ]run(?: only| "
    r"first)?\b|"
    r"\b(?:just|only) (?:a |the )?(?:preview|simulation|plan|proposal|draft)(?: (?:only|for now))?|"
    r"\b(?:just |only )?(?:preview|propose|plan) (?:it|this|them)(?: (?:first|only))?|"
    r"\b(?:show|give) me (?:the |a )?(?:plan|preview|changes|diff|impact)(?: (?:first|before .*))|"
    r"\b(?:let|have) me (?:review|approve|check|confirm|see) (?:it|this|them|the plan)?"
    r"(?: (?:first|before .*))?|"
    r"\b(?:ask|wait for) (?:me|my (?:approval|ok|okay|confirmation|go[- ]ahead|review))"
    r"(?: (?:first|before .*))?|"
    r"\b(?:only )?(?:after|once|when) i (?:have )?(?:approved?|confirm(?:ed)?|agreed?|say so)(?: "
    r"it)?|"
    r"\bnothing (?:should|must|may|is to) (?:be )?(?:changed?|run|executed)(?: yet)?"
    r")\s*[.:,;!)]*",
    re.IGNORECASE,
)
_WOULD = re.compile(
    r"^\W*(?:please )?(?:(?:can you |could you )?(?:only |just )*(?:show|tell|preview) (?:me )?"
    r"(?:only |just )?)?(?:what|which things|how (?:much|many things)) (?:would|will|does it) "
    r"(?:change|happen|it do|that do|be (?:changed|affected))(?: (?:if|when|were|by))? "
    r"(?:i|we|you)?(?: (?:were to|would|should|did))? ?(?P<verb>[a-z]+)\b(?P<rest>.+?)[?.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_PLAN_TO = re.compile(
    r"^\W*(?:please )?(?:show|give|prepare|make|draft|propose|create|build) (?:me )?(?:an? |the )?"
    r"(?:plan|proposal|preview|draft plan) (?:to|for|of|that would|which would) ",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r",? (?:but )?(?:only )?(?:after|once|when|if|as soon as) (?P<who>(?!i\b)[\w.-]+(?: "
    r"[A-Z]\w+)?) "
    r"(?:has |have )?(?:approve[sd]?|agree[sd]?|confirm(?:s|ed)?|sign(?:s|ed)? off)"
    r"(?: (?:it|this|that|on it|to it))?[.!]*$",
    re.IGNORECASE,
)
AGREEMENT = (
    "Nothing runs before the plan is approved. That {0} has to agree, too, is set by an approval "
    "rule; or have {0} look at the plan before you approve it."
)
_ONLY = re.compile(
    r",? (?:but )?(?:only|just|limited to|restricted to) (?:the )?(?P<what>[^,;]+?)[.!]*$",
    re.IGNORECASE,
)
_TO_ASK = re.compile(r"\b(?:what|which|who|where|whether|if|how many)\b", re.IGNORECASE)
UNTOLD = "Nobody is written to: ask me how it went, once the plan has run."
_PAST = {"gave": "give", "made": "make", "took": "take", "set": "set", "put": "put"}
_SPARED = re.compile(
    r",?\s*(?:\bbut\s+)?\b(?:without (?:touching|changing|affecting|including|tagging|scanning|"
    r"modifying)|except(?: for)?|excluding|but not|other than|apart from|leaving out|leave out|"
    r"leave(?= .* (?:alone|out|as (?:it|they) (?:is|are)))|(?:and )?(?:don['’]?t|do not) touch)\s+"
    r"(?P<what>[^,;]+?)(?:\s+(?:alone|out|as (?:it|they) (?:is|are)))?[.!]*$",
    re.IGNORECASE,
)
_TRIES = {
    "rbac.grant_role": "rbac.simulate_grant",
    "scan_logic.start_scan": "scan_logic.estimate_scan",
}
_SCAN = "scan_logic.start_scan"
_TABLES: frozenset[Kind] = frozenset({"table", "view"})


def guarded(
    text: str,
    lexicon: Lexicon,
    cards: Mapping[str, Card],
    hear: Callable[[str], Understanding],
) -> Understanding | None:
    """The change that is asked for with care; None where nothing of the kind is said.

    Args:
        hear: what a request comes to by itself.
    """
    said = " ".join(text.split())
    if (would := _WOULD.match(said)) is not None:
        verb = _order(would["verb"].lower())
        heard = hear(f"{verb}{would['rest']}") if verb else None
        if heard is None or not _writes(heard, cards, ("write",)):
            return None
        tried = tuple(_tried(call) if _tried(call).operation in cards else call
                      for call in heard.calls)  # fmt: skip
        return replace(heard, calls=tried)
    if (agreed := _AGREED.search(said)) is not None:
        heard = hear(said[: agreed.start()])
        if _writes(heard, cards):
            return replace(heard, honest=AGREEMENT.format(agreed["who"]))
    tells = TELLS.search(said)
    told = TELLS.sub("", said) if tells and not _TO_ASK.search(tells.group()) else said
    done = hear(told) if told != said else None
    if done is not None and _writes(done, cards):
        return replace(done, honest=UNTOLD)
    if (only := _ONLY.search(said)) is not None:
        heard = hear(said[: only.start()])
        return _of_tables(heard, only["what"], lexicon)
    spared = _SPARED.search(said)
    if spared is not None:
        heard = hear(said[: spared.start()])
        if _writes(heard, cards):
            return _sparing(heard, spared["what"], lexicon)
    rest = " ".join(_CAUTION.sub(" ", _PLAN_TO.sub("", said)).split()).strip(" ,;:")
    if rest == said or not rest:
        return None
    heard = hear(rest)
    changes = _writes(heard, cards) or (heard.question is not None and not heard.not_understood)
    return heard if changes else None


def _tried(call: Call) -> Call:
    """The read that tells what a call would change, where there is one."""
    return replace(call, operation=_TRIES.get(call.operation, call.operation))


def _of_tables(heard: Understanding, what: str, lexicon: Lexicon) -> Understanding | None:
    """A scan of a source as one of the tables that it is to be of; None for anything else."""
    clause = Clause(what, tokenize(what), lexicon)
    named = [m.entity for one in clause.mentions for m in one.matches if m.entity.kind in _TABLES]
    if len(heard.calls) != 1 or heard.calls[0].operation != _SCAN:
        return None
    source = _source(heard.calls[0], lexicon)
    held = [one.name for one in named if source is not None and source.contains(one)]
    if not held:
        return None
    arguments = {**heard.calls[0].arguments, "assets": list(dict.fromkeys(held))}
    return replace(heard, calls=(replace(heard.calls[0], arguments=arguments),))


def _source(call: Call, lexicon: Lexicon) -> Entity | None:
    """The source that a call is about."""
    named = (lexicon.find(name, frozenset({"source"})) for name in lexicon.names("source"))
    given = call.arguments.get("source")
    return next((m.entity for found in named for m in found if m.entity.id == given), None)


def _order(verb: str) -> str:
    """The order that a verb in the past is of: "tagged" → "tag"; empty where it is none."""
    stems = (verb, _PAST.get(verb, ""), verb.removesuffix("ed"), verb.removesuffix("d"),
             verb.removesuffix("ing"), f"{verb.removesuffix('ing')}e",
             verb.removesuffix("ed")[:-1], verb.removesuffix("ing")[:-1])  # fmt: skip
    return next((one for one in stems if one in IMPERATIVES), "")


def _writes(
    heard: Understanding, cards: Mapping[str, Card], effects: tuple[str, ...] = ("write", "destroy")
) -> bool:
    return bool(heard.calls) and all(cards[one.operation].effect in effects for one in heard.calls)


def _sparing(heard: Understanding, what: str, lexicon: Lexicon) -> Understanding:
    """The same changes without those of what is not to be touched; a question where unclear."""
    clause = Clause(what, tokenize(what), lexicon)
    named = [m.entity for one in clause.mentions for m in one.matches]
    spared = [one for one in named if one.kind in ASSET_KINDS | {"source", "person"}]
    if not spared:
        return Understanding(
            question=f"What do you mean by “{what}”, which is not to be touched? Name it.",
            heard=heard.heard,
        )
    kept = [call for call in heard.calls if not any(_is_of(call, one) for one in spared)]
    return replace(heard, calls=tuple(_narrowed(call, spared, lexicon) for call in kept))


def _is_of(call: Call, spared: Entity) -> bool:
    return any(value in (spared.id, spared.name) for value in call.arguments.values())


def _narrowed(call: Call, spared: list[Entity], lexicon: Lexicon) -> Call:
    """A scan of a source as one of its other tables."""
    source = _source(call, lexicon)
    if call.operation != _SCAN or source is None:
        return call
    held = lexicon.within(source, _TABLES)
    left = [one for one in held if one not in spared]
    if len(left) == len(held):
        return call
    return replace(call, arguments={**call.arguments, "assets": [one.name for one in left]})
