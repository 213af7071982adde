"""What ten corrections change: like requests are understood, and nothing else is.

    python -m evals.learning [--failures]

`suites/learning.jsonl` has what somebody said, what was meant, and like requests with other names.
Each is read without and with the corrections; so is every sentence of `suites/planner.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from agent.learned import Learned, Lesson
from agent.planning.types import Focus
from agent.planning.understand import understand
from evals.planner import SUITES, World, focus_of, grade, world


def cases(name: str) -> list[dict[str, Any]]:
    """A suite's cases."""
    lines = (SUITES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def grasped(
    text: str, operation: str, arguments: Mapping[str, str] | None, about: World, learned: Learned
) -> bool:
    """Whether a request comes to one call of that operation on these things (None: whatever)."""
    meant = learned.reading(text, about.lexicon)
    got = understand(meant, about.lexicon, about.cards, Focus(), None, about.today)
    if [call.operation for call in got.calls] != [operation]:
        return False
    named = {
        name: about.entities[str(value)].name if value in about.entities else value
        for name, value in got.calls[0].arguments.items()
    }
    return arguments is None or all(
        str(named.get(name, "")).casefold().startswith(value.casefold())
        for name, value in arguments.items()
    )


def graded(case: Mapping[str, Any], text: str, about: World) -> str:
    """How a sentence of the planner's own suite is graded."""
    got = understand(text, about.lexicon, about.cards, focus_of(case, about), None, about.today)
    return grade(case, got, about.cards)


def measure(failures: bool = False) -> tuple[int, int, int, int, int]:
    """Like requests understood before and after, of how many; others changed, of how many."""
    about, taught = world(), cases("learning.jsonl")
    before = Learned()
    after = Learned(lessons=tuple(Lesson(one["said"], one["meant"]) for one in taught))
    like = [one for case in taught for one in case["like"]]

    def understood(learned: Learned) -> list[bool]:
        return [grasped(text, name, wanted, about, learned) for text, name, wanted in like]

    first, then = understood(before), understood(after)
    if failures:
        for (text, *_), right in zip(like, then, strict=True):
            if not right:
                sys.stdout.write(f"{text}\n    {after.reading(text, about.lexicon)}\n")
    others = [(case, text) for case in cases("planner.jsonl") for text in case["say"]]
    changed = sum(
        graded(case, text, about) != graded(case, meant, about)
        for case, text in others
        if (meant := after.reading(text, about.lexicon)) != text  # else it comes to the same
    )
    return sum(first), sum(then), len(like), changed, len(others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="show what isn't understood after")
    before, after, like, changed, others = measure(parser.parse_args().failures)
    sys.stdout.write(
        f"Like requests understood: {before} of {like} before the corrections, {after} after\n"
        f"Other requests that came to something else: {changed} of {others}\n"
    )


if __name__ == "__main__":
    main()
