"""The taxonomy's groups of labels: what people mean by "PII" or "card data"."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

TAXONOMY = Path(__file__).parent / "content" / "taxonomy.json"


class LabelGroup(BaseModel):
    """Several labels under one name."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    synonyms: tuple[str, ...]
    labels: tuple[str, ...]


@cache
def label_groups() -> tuple[LabelGroup, ...]:
    """The groups that come with the product."""
    groups = json.loads(TAXONOMY.read_text())["groups"]
    return TypeAdapter(tuple[LabelGroup, ...]).validate_python(groups)


def find_label_group(words: str) -> LabelGroup | None:
    """The group of that id, title or synonym."""
    wanted = words.strip().lower()
    return next(
        (
            group
            for group in label_groups()
            if wanted in (group.id, group.title.lower(), *group.synonyms)
        ),
        None,
    )
