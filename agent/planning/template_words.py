"""A workflow or a pipeline from a template: "Set up the quality gate for orders".

Whole messages only. What the template asks for is taken out of the sentence; what is missing is
asked for, with sentences that say it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from agent.planning.clause import Clause, Context
from agent.planning.filling import ARGUMENTS, fill
from agent.planning.lexicon import Lexicon
from agent.planning.slots import KINDS, Filled, Situation
from agent.planning.text import tokenize
from agent.planning.types import Call, Card, Focus, Understanding
from agent.planning.vocabulary import POLITELY
from tools.racine.pipelines import templates as pipelines
from tools.racine.workflows import template_list as workflows

Template = workflows.Template | pipelines.Template
_MAKES = re.compile(
    rf"{POLITELY}(?:(?P<sets>set ?up|put in place|instantiate|introduce)|create|make|add|build|"
    r"use|apply|deploy|generate|clone|i want|i need|give me|start (?:from|with)|new)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?P<template>templates?|blueprints?|ready[- ]made|prebuilt)\b|"
    r"\b(?:workflows?|pipelines?|automations?|playbooks?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+")
MOST = 4


def from_template(
    text: str, lexicon: Lexicon, cards: Mapping[str, Card], focus: Focus, day: date
) -> Understanding | None:
    """What a message wants made from a template; None where it names none."""
    makes, thing = _MAKES.match(text), _THING.search(text)
    if makes is None or not (thing or makes["sets"]):
        return None
    is_pipeline = re.search(r"\bpipelines?\b", text, re.IGNORECASE) is not None
    groups: list[tuple[str, Sequence[Template]]] = [
        ("workflows", workflows.TEMPLATES),
        ("pipelines", pipelines.TEMPLATES),
    ]
    for group, templates in reversed(groups) if is_pipeline else groups:
        operation = f"{group}.create_from_template"
        named = next(((one, rest) for one in templates if (rest := _without(one, text))), None)
        if named is not None and operation in cards:
            template, rest = named
            situation = Situation(Clause(rest, tokenize(rest), lexicon), Context(focus), day)
            return _filled(template, cards[operation], situation, text.rstrip(" .!"))
    return None


def _without(template: Template, text: str) -> str:
    """A message without the words that name a template in it; empty where none do."""
    for name in (template.name, template.title):
        words = r"[\s_-]+".join(_WORD.findall(name.lower()))
        found = re.search(rf"\b{words}\b", text, re.IGNORECASE)
        if found is not None:
            return f"{text[: found.start()]}template{text[found.end() :]}"
    return ""


def _filled(template: Template, card: Card, situation: Situation, heard: str) -> Understanding:
    asks = {
        name: {"type": "string", "description": said} for name, said in template.arguments.items()
    }
    needed = [name for name in asks if name not in template.defaults]
    blank = Card(card.name, "", (), card.effect, {"properties": asks, "required": needed})
    given, lacking = fill(situation, blank)
    arguments = {name: _said(one) for name, one in given.items() if len(one.values) == 1}
    lacking = lacking or next((name for name in needed if name not in arguments), None)
    if lacking is None:
        call: dict[str, object] = {"template": template.name}
        call |= {"arguments": arguments} if arguments else {}
        return Understanding((Call(card.name, call),), unheeded=_left(situation.clause, given))
    kinds = {kind for slot in ARGUMENTS.get(lacking, ()) for kind in KINDS.get(slot, ())}
    kinds &= {"source", "framework"}  # of which there are few
    names = [name for kind in sorted(kinds) for name in situation.clause.lexicon.names(kind)]
    return Understanding(
        question=f"The template {template.name} needs to know: {template.arguments[lacking]}.",
        asks=card.name,
        options=tuple(f"{heard} for {name}" for name in names[:MOST]),
    )


def _left(clause: Clause, given: Mapping[str, Filled]) -> tuple[str, ...]:
    """What a message names that the template has no place for."""
    used = {token for one in given.values() for token in one.tokens}
    left = [one for one in clause.mentions if not one.weak and not one.tokens & used]
    names = [match.entity.name for one in left for match in one.matches[:1]]
    return tuple(dict.fromkeys(names))


def _said(found: Filled) -> str:
    """A value as a template's text shows it: a name, not an id."""
    named = found.about[0] if found.about else None
    is_asset = getattr(named, "kind", None) in ("table", "view", "column", "source")
    return str(getattr(named, "name", "") if is_asset else found.values[0])
