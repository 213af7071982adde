"""How often a control is found from its own text. Run: python -m evals.controls

Reads ../shared/data/compliance (RACINE_SHARED); prints recall at 1 and 5 of each framework, all
frameworks mixed, a control of the same text counting as the same.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from knowledge.documents import Document, Visibility
from knowledge.embeddings import MiniLM
from knowledge.index import Index

SHARED = Path(os.environ.get("RACINE_SHARED", Path(__file__).parents[2] / "shared"))


def documents() -> list[Document]:
    """The controls as the product indexes imported ones: reference, title, text."""
    lines = (SHARED / "data/compliance/frameworks.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if row["assessable"]]
    return [
        Document(
            id=f"{row['framework']}/{row['ref_id']}",
            kind="control",
            title=f"{row['ref_id']} {row.get('name') or ''}".strip(),
            text=row.get("text") or row.get("name") or "",
            url="",
            names=(row["ref_id"],),
            data={"framework": row["framework"]},
        )
        for row in rows
        if row.get("text") or row.get("name")
    ]


def main() -> None:
    """Measure and print; fail below the promise."""
    every = documents()
    ranks = defaultdict(list)
    with closing(Index(None, MiniLM(threads=2))) as index:
        index.rebuild(every)
        for one in every:
            found = index.search(one.text[:4000], Visibility(sources=None), 5, {"control"})
            place = [
                p.rank for p in found if p.document.id == one.id or p.document.text == one.text
            ]
            ranks[one.data["framework"]].append(place[0] if place else 99)
    ranks["all"] = [rank for framework in list(ranks) for rank in ranks[framework]]
    for name, places in ranks.items():
        first, five = (sum(place <= n for place in places) / len(places) for n in (1, 5))
        sys.stdout.write(f"{name:24} {len(places):5} R@1 {first:.3f} R@5 {five:.3f}\n")
    five = sum(place <= 5 for place in ranks["all"]) / len(ranks["all"])
    raise SystemExit(0 if five >= 0.98 else 1)


if __name__ == "__main__":
    main()
