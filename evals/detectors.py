"""Measures the default detectors on other people's labelled columns, names shown and hidden.

Run by people and CI: `python -m evals.detectors [--shared DIR] [--wrong]`. Reads only; needs the
shared data (`RACINE_SHARED` or `<repository>/../shared`). Values are never printed.

A null label is no proof that a column holds nothing: its source labels a dozen types and calls
a city, a date or a given name "no info type". So four rates are printed: columns given any label,
any label above public that isn't informational (as the taxonomy has them), a label that the source
itself uses, and the same without what the detector says is a part (a given name of a full name).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tools.classifications.labels import TAXONOMY
from tools.scan_rule_sets.default_rules import DEFAULT_RULE_SET
from tools.scan_rule_sets.detectors import Column, detect

_WHOLE = "a label of the source's own, and the whole of it"


@dataclass(frozen=True)
class Case:
    """A column with the canonical label that its source gave, or None for "no info type"."""

    column: Column
    scheme: str
    expected: str | None
    found: str | None = None
    part: bool = False


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of one label over `support` columns that bear it."""

    precision: float
    recall: float
    f1: float
    support: int


def shared_data() -> Path:
    """The folder `data` of the shared material, which may not exist."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    return Path(os.environ.get("RACINE_SHARED", beside)) / "data"


def load(columns: Path) -> list[Case]:
    """The cases that have a canonical label or are negatives; others are left out."""
    label_map: dict[str, str | None] = json.loads((columns / "label_map.json").read_text())["map"]
    cases = []
    for line in (columns / "labelled_columns.jsonl").read_text().splitlines():
        row = json.loads(line)
        key = f"{row['label_scheme']}|{row['label']}"
        if key in label_map:
            column = Column(row["column"], row["table"], "text", row["values"])
            cases.append(Case(column, row["label_scheme"], label_map[key]))
    return cases


def judge(cases: Iterable[Case], *, names: bool) -> list[Case]:
    """The cases with what was found, judged with the names of column and table or without."""
    judged = []
    for case in cases:
        column = case.column if names else replace(case.column, name=None, table=None)
        best = next(iter(detect(column, DEFAULT_RULE_SET)), None)
        if best and best.score >= DEFAULT_RULE_SET.minimum_score:
            judged.append(replace(case, found=best.label, part=best.part))
        else:
            judged.append(case)
    return judged


def scores(cases: list[Case]) -> dict[str, Score]:
    """The score of each label that the cases bear.

    A negative counts against a label's precision where its source uses that label itself, unless it
    is found to be a part of what the label names.
    """
    contrary = false_positives(cases)[_WHOLE]
    counted = [case for case in cases if case.expected is not None] + contrary
    expected = Counter(case.expected for case in counted)
    found = Counter(case.found for case in counted)
    right = Counter(case.found for case in counted if case.found == case.expected)
    table = {}
    for label, support in sorted((k, v) for k, v in expected.items() if k):
        precision = right[label] / found[label] if found[label] else 0.0
        recall = right[label] / support
        f1 = 2 * precision * recall / (precision + recall) if right[label] else 0.0
        table[label] = Score(precision, recall, f1, support)
    return table


def macro_f1(table: dict[str, Score]) -> float:
    return sum(score.f1 for score in table.values()) / len(table)


def false_positives(cases: list[Case]) -> dict[str, list[Case]]:
    """The negatives that were given a label, counted in four ways (see the module)."""
    taxonomy = json.loads(TAXONOMY.read_text())["labels"]
    telling = {
        one["id"]
        for one in taxonomy
        if one["category"] != "informational" and one["sensitivity"] != "public"
    }
    used = {(case.scheme, case.expected) for case in cases if case.expected}
    labelled = [case for case in cases if case.expected is None and case.found is not None]
    contrary = [case for case in labelled if (case.scheme, case.found) in used]
    return {
        "any label": labelled,
        "a label that is neither informational nor public": [
            case for case in labelled if case.found in telling
        ],
        "a label of the source's own": contrary,
        _WHOLE: [case for case in contrary if not case.part],
    }


def values_per_second(cases: list[Case]) -> float:
    """Values that `detect` takes in a second of CPU time over the cases' columns."""
    start = time.process_time()
    judge(cases, names=True)
    return sum(len(case.column.values) for case in cases) / (time.process_time() - start)


def report(cases: list[Case], *, names: bool, wrong: bool) -> None:
    judged = judge(cases, names=names)
    table = scores(judged)
    negatives = sum(case.expected is None for case in judged)
    write = sys.stdout.write
    write(f"\nNames {'shown' if names else 'hidden'}\n")
    write(f"{'label':<16}{'precision':>10}{'recall':>8}{'F1':>7}{'columns':>9}\n")
    for label, score in table.items():
        row = f"{score.precision:>10.2f}{score.recall:>8.2f}{score.f1:>7.2f}{score.support:>9}"
        write(f"{label:<16}{row}\n")
    write(f"macro-F1 {macro_f1(table):.3f}\n")
    for way, found in false_positives(judged).items():
        share = len(found) / negatives if negatives else 0.0
        write(f"negatives with {way}: {len(found)} of {negatives} ({share:.1%})\n")
    for case in judged if wrong else ():
        if case.found != case.expected:
            place = f"{case.column.table}.{case.column.name}"
            write(f"  {place}: expected {case.expected}, found {case.found}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=None, help="the shared folder")
    parser.add_argument("--wrong", action="store_true", help="list every column judged otherwise")
    arguments = parser.parse_args()
    data = arguments.shared / "data" if arguments.shared else shared_data()
    if not (data / "columns").is_dir():
        sys.stderr.write(f"No {data / 'columns'}. Set RACINE_SHARED or --shared to the folder.\n")
        return 2
    cases = load(data / "columns")
    for names in (True, False):
        report(cases, names=names, wrong=arguments.wrong)
    sys.stdout.write(f"\n{values_per_second(cases):,.0f} values a CPU second\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
