"""Accuracy and speed of the planner's understanding on `suites/planner.jsonl` and shared prompts.

    python -m evals.planner [--split develop|held_out|all] [--prompts FILE] [--words SUITE]
        [--failures]

A third of the cases, chosen by the hash of their id, is held out: rules are written against the
others. Counts sentences, and counts a write that nobody asked for apart from other errors.
`--words`: sentences with the operations that are right for them, told apart among all operations
that are registered.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

from agent.likeness import Likeness
from agent.planning.lexicon import Lexicon
from agent.planning.types import Card, Entity, Focus, Understanding
from agent.planning.understand import understand
from tools.registry import Registry

SUITES = Path(__file__).parent / "suites"
SPLITS = {"develop": (False,), "held_out": (True,), "all": (False, True)}


@dataclass(frozen=True)
class World:
    """What the sentences of a suite are about."""

    entities: Mapping[str, Entity]
    lexicon: Lexicon
    cards: Mapping[str, Card]
    today: date

    @cached_property
    def likeness(self) -> Likeness:
        """How much sentences resemble examples, as the assistant has it."""
        return Likeness(self.cards)


def world(path: Path = SUITES / "planner_world.json") -> World:
    """The world that a file describes; assets are given as source → table → columns."""
    data = json.loads(path.read_text(encoding="utf-8"))
    entities = list(_assets(data["assets"]))
    entities += [
        Entity(kind, f"{_PREFIX.get(kind, kind)}:{name}", title, tuple(aliases))
        for kind, name, title, aliases in data["entities"]
    ]
    cards = {
        name: Card(name, name.split(".")[1].replace("_", " "), tuple(examples), effect,
                   _schema(data["enums"].get(name, {})))
        for name, (effect, *examples) in data["cards"].items()
    }  # fmt: skip
    return World(
        {e.id: e for e in entities}, Lexicon(entities), cards, date.fromisoformat(data["today"])
    )


_PREFIX = {"label_group": "group"}


def _schema(enums: Mapping[str, list[str]]) -> dict[str, Any]:
    return {"properties": {name: {"enum": values} for name, values in enums.items()}}


def _assets(sources: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Entity]:
    for source, tables in sources.items():
        yield Entity("source", f"source:{source}", source)
        for title, columns in tables.items():
            view = title.startswith("view:")
            table = f"{source}.{title.removeprefix('view:')}"
            yield Entity("view" if view else "table", f"asset:{table}", table)
            for column in columns:
                yield Entity("column", f"asset:{table}.{column}", f"{table}.{column}")


def held_out(case: Mapping[str, Any]) -> bool:
    """Whether a case belongs to the third that rules must not be written against."""
    return crc32(case["id"].encode()) % 3 == 0


def focus_of(case: Mapping[str, Any], about: World) -> Focus:
    """The focus in which a case is said."""
    given = case.get("focus", {})
    return Focus(
        tuple(about.entities[i] for i in given.get("entities", ())),
        given.get("last_operation"),
        given.get("last_arguments", {}),
        tuple(about.entities[i] for i in given.get("last_results", ())),
    )


def grade(case: Mapping[str, Any], got: Understanding, cards: Mapping[str, Card]) -> str:
    """`right`, or the kind of error; `unasked_write` is the one that must never happen."""
    wanted = case.get("calls")
    asked = {operation for way in wanted or () for operation, _ in way}
    writes = {c.operation for c in got.calls if cards[c.operation].effect != "read"}
    if writes - asked:
        return "unasked_write"
    if wanted:
        calls = [(c.operation, _plain(c.arguments)) for c in got.calls]
        if any(calls == [(o, _plain(a)) for o, a in way] for way in wanted):
            return "right" if got.question is None else "asked_needlessly"
        names = [c.operation for c in got.calls]
        if any(names == [o for o, _ in way] for way in wanted):
            return "wrong_arguments"
        return "wrong_operation" if names else "asked" if got.question else "not_understood"
    return "right" if _as_expected(case["outcome"], got) else f"not_{case['outcome']}"


def _as_expected(outcome: str, got: Understanding) -> bool:
    """Whether a sentence without expected calls came to what the suite says."""
    if outcome == "ask":
        return got.question is not None
    if outcome == "nowrite":
        return True  # the caller has checked that
    return not got.calls and got.smalltalk == (None if outcome == "none" else outcome)


def _plain(arguments: Mapping[str, object]) -> dict[str, object]:
    return {k: v.casefold() if isinstance(v, str) else v for k, v in arguments.items()}


def run(cases: list[dict[str, Any]], about: World, failures: bool) -> Counter[str]:
    """Grade every sentence of the cases; print what went wrong if asked to."""
    grades: Counter[str] = Counter()
    for case in cases:
        for text in case["say"]:
            got = understand(
                text, about.lexicon, about.cards, focus_of(case, about), about.likeness, about.today
            )
            result = grade(case, got, about.cards)
            grades[result] += 1
            if failures and result != "right":
                calls = [(c.operation, c.arguments) for c in got.calls]
                extra = got.question or got.smalltalk or f"left {got.not_understood}"
                sys.stdout.write(f"{case['id']:8} {result:15} {text}\n    {calls} {extra}\n")
    return grades


def run_prompts(prompts: Path, about: World, failures: bool) -> Counter[str]:
    """Grade published prompts by operation only: the world holds none of the names in them."""
    expected = json.loads((SUITES / "planner_prompts.json").read_text(encoding="utf-8"))
    grades: Counter[str] = Counter()
    for prompt in load(prompts):
        text, ways = prompt.get("filled") or prompt["prompt"], expected.get(prompt["id"])
        if ways is None:
            continue
        got = understand(text, about.lexicon, about.cards, Focus(), about.likeness, about.today)
        came = _came_to(got)
        if came == "ask" and got.asks in ways:
            came = got.asks or came
        if came not in ways and _at_a_loss(got):
            came = "unsupported"
        writes = {c.operation for c in got.calls if about.cards[c.operation].effect != "read"}
        result = "unasked_write" if writes - set(ways) else "right" if came in ways else "wrong"
        grades[result] += 1
        if failures and result != "right":
            sys.stdout.write(f"{prompt['id']} {result}: came to {came}, not {' or '.join(ways)}\n")
    return grades


def everything() -> World:
    """The suites' world with every operation that the assistant has."""
    small = world()
    cards = {
        one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
        for one in Registry()
        if one.agent
    }
    return World(small.entities, small.lexicon, cards, small.today)


def run_words(cases: list[dict[str, Any]], about: World, failures: bool) -> Counter[str]:
    """Grade sentences by the first operation that they come to."""
    grades: Counter[str] = Counter()
    for case in cases:
        got = understand(
            case["say"], about.lexicon, about.cards, Focus(), about.likeness, about.today
        )
        came, ways = _came_to(got), case["ways"]
        wrong_write = got.calls and came not in ways and about.cards[came].effect != "read"
        about_right = came in ways or (came == "ask" and got.asks in ways)  # asks what is missing
        about_right = about_right or ("unsupported" in ways and _at_a_loss(got))
        result = "right" if about_right else "unasked_write" if wrong_write else "wrong"
        if result == "wrong" and came in ("ask", "unsupported", "help"):
            result = {"ask": "asked"}.get(came, "not_understood")
        grades[result] += 1
        if failures and result != "right":
            sys.stdout.write(f"{case['id']} {result}: {case['say']}\n")
            sys.stdout.write(f"    {came} {got.question or ''}, not {' or '.join(ways)}\n")
    return grades


def _at_a_loss(got: Understanding) -> bool:
    """Whether it says that it did not understand, whatever it offers instead."""
    return bool(got.not_understood) and not got.calls


def _came_to(got: Understanding) -> str:
    if got.calls:
        return got.calls[0].operation
    said = "help" if got.smalltalk == "how_to" else got.smalltalk
    asks = got.question and (got.asks or not got.not_understood)
    return "ask" if asks else said or "unsupported"


def load(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def main() -> None:
    """Run the evaluation and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("develop", "held_out", "all"))
    parser.add_argument("--prompts", type=Path, help="governance_prompts.jsonl of the shared data")
    parser.add_argument("--words", help="a suite of sentences, such as planner_professionals")
    parser.add_argument("--failures", action="store_true")
    chosen = parser.parse_args()
    if chosen.words is not None:
        wanted = SPLITS[chosen.split or "all"]
        said = [one for one in load(SUITES / f"{chosen.words}.jsonl") if held_out(one) in wanted]
        report(chosen.words, run_words(said, everything(), chosen.failures))
        return
    about = world()
    cases = load(SUITES / "planner.jsonl")
    split = chosen.split or "develop"
    if chosen.prompts is not None:
        report(
            f"published prompts in {chosen.prompts.name}",
            run_prompts(chosen.prompts, everything(), chosen.failures),
        )
        return
    picked = [case for case in cases if held_out(case) in SPLITS[split]]
    started = time.perf_counter()
    grades = run(picked, about, chosen.failures)
    spent = 1000 * (time.perf_counter() - started) / grades.total()
    report(f"{split}, {len(picked)} cases, {spent:.1f} ms a sentence", grades)


def report(what: str, grades: Counter[str]) -> None:
    """Print the share that is right, and the kinds of error."""
    total = grades.total()
    sys.stdout.write(f"{what}: {grades['right']}/{total} right ({grades['right'] / total:.1%})\n")
    for result, count in grades.most_common():
        if result != "right":
            sys.stdout.write(f"  {result}: {count}\n")


if __name__ == "__main__":
    main()
