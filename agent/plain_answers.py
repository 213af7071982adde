"""Any result in words, by its fields: for what no renderer of its own speaks of.

A list says how many there are in all; a record gives its name, its facts, and its lists, each
with its total. Ids stand back behind names, and what is empty isn't told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, SecretStr

from agent.wording import Mark, listed, moment, shown_of
from tools.values import Cited, Page

SHOWN = 20
INSIDE = 10  # of a list inside of a record
FACTS = 6  # of an item in a list
LONGEST = 160
EXCERPT = 1500
_TITLES = ("title", "name", "qualified_name", "asset", "column", "group", "step_id", "id")
_LEADS = ("summary", "sentence", "said", "explanation", "detail", "description")
_PAGING = {"total", "returned", "truncated", "next_cursor", "items"}


def noun_of(operation: str) -> str:
    """What an operation's result is called: "rule versions" of `list_rule_versions`."""
    group, _, name = operation.partition(".")
    verb, _, noun = name.partition("_")
    named = noun or (group if verb in ("list", "get", "search") else verb)
    return named.replace("_", " ")


def singular_of(operation: str) -> str:
    """What one item of an operation's list is called."""
    noun = noun_of(operation)
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def page(operation: str, value: Page[Any], mark: Mark) -> str:
    """A list with its total."""
    items = value.items[:SHOWN]
    lines = [f"- {item(one, mark)}" for one in items]
    return "\n".join([f"{shown_of(len(items), value.total, singular_of(operation))}:", "", *lines])


def record(operation: str, value: BaseModel, mark: Mark) -> str:
    """One record: its name, then what is known of it."""
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    title = _title(fields)
    lead = next((fields[one] for one in _LEADS if isinstance(fields.get(one), str)), "")
    cited = f" {mark(value)}" if isinstance(value, Cited) else ""
    head = f"**{title}**" if title else f"{noun_of(operation).capitalize()}"
    lines = [f"{head}: {lead}{cited}" if lead else f"{head}{cited}:", ""]
    for name, one in fields.items():
        if one in (None, "", [], {}, lead, title) or name in _PAGING or name.endswith("id"):
            continue
        lines += _field(name.replace("_", " "), one, mark)
    return "\n".join(lines).rstrip()


def _field(name: str, value: Any, mark: Mark) -> list[str]:
    if isinstance(value, Mapping):
        value = [f"{key}: {short(one)}" for key, one in value.items()]
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = list(value)
        plain = all(not isinstance(one, BaseModel | Mapping) for one in items)
        if plain and len(items) <= INSIDE and sum(len(short(one)) for one in items) < LONGEST:
            return [f"- {name}: {listed([short(one) for one in items], INSIDE)}"]
        more = f" ({INSIDE} of {len(items)})" if len(items) > INSIDE else f" ({len(items)})"
        inner = [f"  - {item(one, mark)}" for one in items[:INSIDE]]
        return [f"- {name}{more}:", *inner]
    if isinstance(value, BaseModel):
        return [f"- {name}: {item(value, mark)}"]
    if isinstance(value, str) and "\n" in value.strip():
        cut = value.strip()[:1500]
        return [
            f"- {name}:",
            "",
            "```",
            cut + ("\n…" if len(cut) < len(value.strip()) else ""),
            "```",
        ]
    return [f"- {name}: {short(value)}"]


def item(value: Any, mark: Mark) -> str:
    """One item of a list in a line."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
    elif isinstance(value, Mapping):
        fields = dict(value)
    else:
        return short(value)
    title, name = _title(fields), fields.pop("name", None)
    leads = [fields[one] for one in _LEADS if fields.get(one) not in (None, "", title)]
    lead = ", ".join(short(one).rstrip(".") for one in leads)
    told = []
    for field, one in fields.items():
        simple = not isinstance(one, BaseModel | Mapping | list | tuple)
        told_before = field in _LEADS or field.endswith("id") or one in (None, "", title)
        if simple and not told_before:
            told.append(f"{field.replace('_', ' ')} {short(one)}")
    cited = f" {mark(value)}" if isinstance(value, Cited) else ""
    facts = "; ".join(filter(None, (lead, ", ".join(told[:FACTS]))))
    head = f"**{title}**" if title else ""
    head += f" (`{name}`)" if name not in (None, "", title) else ""
    return (f"{head}: {facts}" if head and facts else head or facts) + cited


def title_of(value: BaseModel) -> str:
    """What an item is called."""
    return _title({name: getattr(value, name) for name in type(value).model_fields})


def _title(fields: Mapping[str, Any]) -> str:
    named = (fields.get(one) for one in _TITLES)
    return next((one for one in named if isinstance(one, str) and one), "")


def short(value: Any) -> str:
    """A plain value, cut where it is long."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, float):
        return f"{value:,.3g}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, SecretStr):
        return "•••"
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
