"""What there is of something: data about a topic, the trusted table for it, tags, a word's meaning.

Whole messages only. A topic that is no single thing's name is searched for, not asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.lexicon import Lexicon
from agent.planning.types import Call, Card, Shape, Understanding

SEARCH, LIST, TERM = "catalog.search_assets", "catalog.list_assets", "catalog.get_glossary_term"
_T = r"[\"“'‘]?([\w'’.&/-]+(?: [\w'’.&/-]+){0,4}?)[\"”'’]?"
_DATA = r"(?:data ?sets?|data|tables?|views?|information|assets?|sources?)"
_HAVE = (
    r"(?:do|does|did|can|could) (?:we|you|i|they|our company|the company)(?: currently)? "
    r"(?:have|hold|store|keep|collect|find|use)"
)
_ABOUT = r"(?:about|on|for|regarding|related to|concerning|around)"
_BEST = (
    r"(?:authoritative|canonical|official|golden|(?:most )?(?:reliable|trusted|trustworthy)|"
    r"best|right|correct|main|primary|master|certified)"
)
_THERE = re.compile(
    rf"^\W*(?:(?:what|which)(?: kinds? of)? {_T} {_DATA} {_HAVE}\b.*|"
    rf"(?:what|which) {_DATA} (?:is there|are there|exists?|{_HAVE}|(?:is|are) available)"
    rf"(?: available)? {_ABOUT} {_T}|"
    rf"(?:do (?:we|you) have|are there|is there) (?:any |some |an? )?{_DATA} {_ABOUT} "
    rf"{_T}|"
    rf"(?:what|which)(?:['’]s| is| are)? (?:the|our) {_BEST} {_T} {_DATA}"
    r"(?: (?:for|to use|of truth)\b.*)?)[?.! ]*$",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"^\W*(?:list|show|give|what|which|name)(?: me| us| are| all| of| the| our)* tags"
    r"(?: (?:are there|exist|do we (?:have|use)|(?:are )?in use|there are))?"
    r"(?:,? and (?:the |what |which )?(?:columns?|tables?|assets?|datasets?)\b.*)?[?.! ]*$",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"^\W*(?:(?:what(?:['’]s| is)|give me|show(?: me)?|tell me) (?:the |our )?"
    r"(?:business |official )?"
    rf"definition (?:of|for) (?:the |our )?{_T}|(?:what|which) (?:glossary |business )?terms? "
    rf"(?:defines?|describes?|explains?) (?:the |our )?{_T}|"
    rf"how (?:is|are) (?:the |our )?{_T} defined|"
    rf"how do we define (?:the |our )?{_T})"
    r"(?: in (?:the|our) (?:business |data )?(?:glossary|catalog))?[?.! ]*$",
    re.IGNORECASE,
)
NO_TERM = (
    "No glossary term is called “{0}”; “Define the term {0} as …” adds one. What the catalog has:"
)


def in_use(text: str, cards: Mapping[str, Card]) -> Understanding | None:
    """The tags that there are, with what bears them; None where it isn't asked for."""
    if LIST not in cards or not _TAGS.match(text):
        return None
    shape = Shape(group="tags", noun="tag", named=True)
    return Understanding((Call(LIST, {"having": "tag", "limit": 500}, shape=shape),))


def defined(text: str, lexicon: Lexicon, cards: Mapping[str, Card]) -> Understanding | None:
    """What a business word means here; None where a message asks for something else."""
    asked = _MEANS.match(text)
    if asked is None or TERM not in cards or SEARCH not in cards:
        return None
    said = next(one for one in asked.groups() if one).strip("\"'“”‘’")
    found = lexicon.find(said, frozenset({"term"}))
    if found:
        return Understanding((Call(TERM, {"term": found[0].entity.id}),), about=(found[0].entity,))
    if re.search(r"\bterms?\b|\bglossary\b", text, re.IGNORECASE):
        return Understanding((Call(TERM, {"term": said}),))  # which tells those that there are
    return Understanding((Call(SEARCH, {"query": said}),), told=NO_TERM.format(said))


def there_is(text: str, found: Understanding, cards: Mapping[str, Card]) -> Understanding | None:
    """The search for a topic of which a message wants all, where one thing was asked about."""
    asked = _THERE.match(text)
    if asked is None or SEARCH not in cards or not (found.question or found.not_understood):
        return None
    said = next(one for one in asked.groups() if one).strip("\"'“”‘’")
    return Understanding((Call(SEARCH, {"query": said}),))
