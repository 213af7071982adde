"""Whether a language model is offered what it needs: is the right operation among the twelve?

    python -m evals.offered [--failures]

Over every sentence of `suites/planner.jsonl` that has right calls, as the assistant chooses for a
caller who may do everything; beside it, what the words of operations alone would have offered.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.assistant import OFFERED, meant, offered
from agent.planning.understand import understand
from evals.planner import SUITES, focus_of, held_out, world
from knowledge.documents import Visibility
from knowledge.embeddings import MiniLM
from knowledge.index import Index
from tools.indexing import operation_document
from tools.registry import Registry


def run(folder: Path, failures: bool) -> None:
    """Print the shares of the sentences that find all their operations on offer."""
    about, registry = world(), Registry()
    allowed = {one.name for one in registry if one.agent}
    lines = (SUITES / "planner.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case.get("calls")]
    ways = ("as the assistant chooses", "by the words of operations alone")
    counts = {(way, part): [0, 0] for way in ways for part in ("all", "held out")}
    with closing(Index(folder, MiniLM())) as index:
        index.upsert([operation_document(one) for one in registry])
        for case, text in chain.from_iterable(((c, text) for text in c["say"]) for c in cases):
            focus = focus_of(case, about)
            passages = index.search(text, Visibility(sources=None), 40, {"operation"})
            ranked = [passage.document.title for passage in passages]
            got = understand(text, about.lexicon, about.cards, focus, None, about.today)
            calls = meant(got, about.cards)
            for way, first, last in ((ways[0], calls, focus.last_operation), (ways[1], [], None)):
                there = offered(first, last, ranked, allowed)
                found = any({name for name, _ in one} <= {*there} for one in case["calls"])
                for part in ("all", *(["held out"] if held_out(case) else [])):
                    counts[way, part][0] += found
                    counts[way, part][1] += 1
                if failures and not found and way == ways[0]:
                    sys.stdout.write(f"{case['id']:8} {text}\n         {', '.join(there)}\n")
    sys.stdout.write(f"All right operations among the {OFFERED} on offer\n")
    for (way, part), (right, total) in counts.items():
        sys.stdout.write(f"  {way}, {part:<9} {right:>4} of {total:>4}: {right / total:.1%}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="show what isn't offered")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="racine-offered-") as folder:
        run(Path(folder), given.failures)


if __name__ == "__main__":
    main()
