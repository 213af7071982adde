"""How often a control is found from its own text. Run: python -m evals.controls

Reads ../shared/data/compliance (RACINE_SHARED); prints recall at 1 and 5 of each framework, all
frameworks mixed, a control of the same text counting as the same. Then, for the frameworks that
ship, how often one of the right controls is among the first five by the description of a practice
(`suites/practices.jsonl`), within its framework as `compliance.search_controls` looks for it.
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
from tools.compliance.controls import DEPTH
from tools.compliance.everyday import merged, wordings
from tools.compliance.library import frameworks

SHARED = Path(os.environ.get("RACINE_SHARED", Path(__file__).parents[2] / "shared"))

PRACTICES = Path(__file__).parent / "suites/practices.jsonl"


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


def _found(index: Index, query: str) -> list[str]:
    """The controls, as `compliance.search_controls` ranks them."""
    return merged(
        [
            [
                p.document.id
                for p in index.search(said, Visibility(sources=None), DEPTH, {"control"})
            ]
            for said in wordings(query)
        ]
    )


def practices() -> tuple[int, int]:
    """How many descriptions of practices find their control among five, and how many there are."""
    shipped = [
        Document(
            id=control.id,
            kind="control",
            title=f"{control.ref} {control.title}",
            text=control.summary,
            url="",
            names=(control.ref, control.id),
        )
        for framework in frameworks()
        for control in framework.controls
    ]
    cases = [json.loads(line) for line in PRACTICES.read_text(encoding="utf-8").splitlines()]
    right = 0
    with closing(Index(None, MiniLM(threads=2))) as index:
        index.rebuild(shipped)
        for case in cases:
            within = f"{case['framework']}/"
            ids = [one for one in _found(index, case["say"]) if one.startswith(within)][:5]
            right += bool({*ids} & {*case["right"]})
            if not {*ids} & {*case["right"]}:
                sys.stdout.write(f"  {case['say']}: {', '.join(ids)}\n")
    return right, len(cases)


def main() -> None:
    """Measure and print; fail below the promise."""
    every = documents()
    ranks, alike = defaultdict(list), defaultdict(set)
    for one in every:
        alike[one.text].add(one.id)
    with closing(Index(None, MiniLM(threads=2))) as index:
        index.rebuild(every)
        for one in every:
            same = {one.id, *alike[one.text]}
            found = _found(index, one.text[:4000])
            place = [rank for rank, id_ in enumerate(found, 1) if id_ in same]
            ranks[one.data["framework"]].append(place[0] if place else 99)
    ranks["all"] = [rank for framework in list(ranks) for rank in ranks[framework]]
    for name, places in ranks.items():
        first, five = (sum(place <= n for place in places) / len(places) for n in (1, 5))
        sys.stdout.write(f"{name:24} {len(places):5} R@1 {first:.3f} R@5 {five:.3f}\n")
    right, described = practices()
    sys.stdout.write(f"practices described: {right} of {described} among the first five\n")
    five = sum(place <= 5 for place in ranks["all"]) / len(ranks["all"])
    raise SystemExit(0 if five >= 0.98 else 1)


if __name__ == "__main__":
    main()
