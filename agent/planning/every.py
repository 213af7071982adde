"""Changes of all that is so: "tag every table in crm with e-mails", "confirm all suggestions".

A plan is of what is named. So what it would be about is listed, and the answer asks for names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from agent.planning.frames import IMPERATIVES
from agent.planning.sentences import imperative
from agent.planning.text import fold, tokenize
from agent.planning.types import Card, Understanding

_ALL = re.compile(
    r"\b(?:all|every|each|any|the) (?:of )?(?:the |our |my )?(?P<what>(?:[\w-]+ ){0,4}?"
    r"(?P<noun>tables?|views?|datasets?|assets?|columns?|fields?|findings?|violations?|sources?|"
    r"classifications?|suggestions?|labels|users?|people|tasks?|scans?|roles|grants?|rules|terms)\b"
    r".*?)[.!?]*$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r",? (?:as|with|to|into|for|from|by|because|and)\b(?! (?:no|an? owner|any)\b)", re.I
)
_SUGGESTED = re.compile(r"\b(?:suggestions?|suggested (?:labels?|classifications?))\b", re.I)
WHICH = "I propose changes for what is named. Which of these do you mean? Name them, a few at once."
MOST_WORDS = 14
_DESTROYS = frozenset({"delete", "drop", "remove", "erase", "purge", "wipe", "truncate"})
_LISTS: Mapping[str, tuple[str, ...]] = {
    "finding": ("compliance.list_findings",),
    "violation": ("compliance.list_findings",),
    "source": ("data_sources.list_sources",),
    "classification": ("classifications.list_classified_columns",),
    "user": ("rbac.list_users",),
    "people": ("rbac.list_users",),
    "task": ("activity.list_tasks",),
    "rule": ("compliance.list_rules",),
    "term": ("catalog.list_glossary_terms",),
}
_OF_ASSETS = ("catalog.list_assets", "classifications.list_classified_columns")


def changes_of_all(
    text: str,
    found: Understanding,
    cards: Mapping[str, Card],
    hear: Callable[[str], Understanding],
) -> Understanding | None:
    """The list of what a change of "all that is so" is about, with the question which of them.

    Args:
        found: what the request came to, which has to be nothing, or a question.
        hear: what a request comes to by itself.
    """
    tokens = imperative(tokenize(text))
    changes = [one for one in found.calls if cards[one.operation].effect != "read"]
    if changes or not tokens or tokens[0].word not in IMPERATIVES - _DESTROYS:
        return None
    said = _ALL.search(" ".join(text.split()))
    if said is None or len(said["what"].split()) > MOST_WORDS:
        return None
    what = _SUGGESTED.sub("suggested classifications", said["what"])
    cuts = [found.start() for found in _ENDS.finditer(what)]
    for words in dict.fromkeys((*(what[:at] for at in reversed(cuts)), what)):
        heard = hear(f"List the {words}")
        reads = [one for one in heard.calls if cards[one.operation].effect == "read"]
        if len(reads) == len(heard.calls) == 1 and not heard.question and not heard.not_understood:
            narrowed = reads[0].arguments.keys() - {"limit", "query", "kind"}
            noun = "classification" if what != said["what"] else fold(said["noun"].lower())
            if reads[0].operation not in _LISTS.get(noun, _OF_ASSETS):
                continue
            if narrowed:
                return Understanding(
                    heard.calls, question=WHICH, asks=found.asks, heard=text, about=heard.about
                )
    return None
