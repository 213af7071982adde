"""The default detectors beside Presidio's pattern recognizers, in values per second of CPU time.

    python -m benchmarks.detectors [--columns 1000] [--values 100] [--alone | --default]

Both read the same columns, made here from a seed, in alternating rounds of one process, with no
names shown. Presidio isn't among the project's packages: install `presidio-analyzer` beside them
to run the comparison; `--alone` does without it. Its recognizers that need a language model are
left out, and nothing asks the network.
"""

from __future__ import annotations

import argparse
import random
import statistics
import string
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from tools.scan_rule_sets.default_rules import DEFAULT_RULE_SET
from tools.scan_rule_sets.detectors import Column, detect

_LISTS = """
Anna James Maria Peter Lucía Ahmed Yuki Olga Nils Chloé Ravi Fatima Ivan Mei Sofia
Novak Smith García Schmidt Rossi Tanaka Dubois Jensen Kowalski Silva Khan Brown
order pallet report blue steel garden monthly review draft final north engine sample light river
Berlin Lyon Toronto Osaka Porto Kraków Lagos Boston Leeds Sevilla
open closed pending queued shipped
Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
"""
GIVEN, FAMILY, WORDS, CITIES, STATES, MONTHS = map(str.split, _LISTS.strip().splitlines())
Make = Callable[[random.Random], str]
Run = Callable[[Iterable[Sequence[str]]], None]


def digits(number: int) -> Make:
    return lambda r: "".join(r.choices(string.digits, k=number))


def words(least: int, most: int) -> Make:
    return lambda r: " ".join(r.choices(WORDS, k=r.randint(least, most)))


def name(r: random.Random) -> str:
    return f"{r.choice(GIVEN)} {r.choice(FAMILY)}"


def card(r: random.Random) -> str:
    """Sixteen digits with a check digit."""
    number = "4" + digits(14)(r)
    doubled = [int(c) * (2 - i % 2) for i, c in enumerate(number)]
    return f"{number}{-sum(sum(divmod(d, 10)) for d in doubled) % 10}"


def day(r: random.Random) -> str:
    return f"{r.randint(1940, 2024)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"


# A database's columns: a third personal, the rest what there is more of
KINDS: tuple[Make, ...] = (
    name,
    lambda r: r.choice(GIVEN),
    lambda r: f"{name(r).lower().replace(' ', '.')}{r.randint(1, 99)}@example.org",
    lambda r: f"+{r.randint(1, 98)} {digits(3)(r)} {digits(3)(r)} {digits(4)(r)}",
    lambda r: f"({digits(3)(r)}) {digits(3)(r)}-{digits(4)(r)}",
    lambda r: f"{r.randint(1, 900)} {r.choice(FAMILY)} Street",
    lambda r: r.choice(CITIES),
    card,
    lambda r: f"{digits(3)(r)}-{digits(2)(r)}-{digits(4)(r)}",
    lambda r: ".".join(str(r.randint(0, 255)) for _ in range(4)),
    lambda r: f"https://example.org/{r.choice(WORDS)}/{r.randint(1, 9999)}",
    day,
    lambda r: f"{day(r)}T{r.randint(0, 23):02}:{r.randint(0, 59):02}:00Z",
    lambda r: f"{r.randint(1, 28)} {r.choice(MONTHS)} {r.randint(1999, 2024)}",
    lambda r: str(r.randint(1, 10_000_000)),
    lambda r: str(r.randint(1, 100)),
    lambda r: f"{r.uniform(0, 1000):.2f}",
    lambda r: f"{r.uniform(-1, 1):.6f}",
    lambda r: f"ORD-{digits(6)(r)}",
    lambda r: f"{r.choice(WORDS)}-{r.choice(WORDS)}-{digits(2)(r)}",
    lambda r: str(UUID(int=r.getrandbits(128), version=4)),
    lambda r: f"{r.getrandbits(160):040x}",
    lambda r: r.choice(STATES),
    lambda r: r.choice(("true", "false")),
    lambda r: r.choice(("EUR", "USD", "GBP", "JPY")),
    lambda r: r.choice(("DE", "FR", "US", "JP", "BR", "KE")),
    lambda r: f"{r.choice(WORDS).title()} {r.choice(WORDS).title()}",
    words(2, 4),
    words(8, 20),
    lambda r: f"v{r.randint(0, 9)}.{r.randint(0, 30)}.{r.randint(0, 9)}",
)


def columns(number: int, size: int, seed: int = 7) -> list[list[str]]:
    """The kinds in turn, each column with values of its own."""
    r = random.Random(seed)
    return [[KINDS[i % len(KINDS)](r) for _ in range(size)] for i in range(number)]


def racine(given: Iterable[Sequence[str]]) -> None:
    for values in given:
        detect(Column(None, None, "text", values), DEFAULT_RULE_SET)


def presidio(*, every: bool) -> tuple[int, Run]:
    """Its pattern recognizers: those that it loads for English by itself, or every one it has.

    Racine's detectors know identifiers of two dozen countries, so every one is what compares.
    """
    tldextract = import_module("tldextract.tldextract")
    # Its e-mail recognizer would fetch the list of public suffixes
    known = vars(tldextract)
    known["TLD_EXTRACTOR"] = known["TLDExtract"](suffix_list_urls=(), cache_dir=None)
    analyzer = import_module("presidio_analyzer")
    if every:
        predefined = vars(import_module("presidio_analyzer.predefined_recognizers")).values()
        kinds = [one for one in predefined if isinstance(one, type)]
        recognizers = [one() for one in kinds if issubclass(one, analyzer.PatternRecognizer)]
    else:
        registry = analyzer.RecognizerRegistry()
        registry.load_predefined_recognizers(languages=["en"])
        loaded = registry.recognizers
        recognizers = [one for one in loaded if isinstance(one, analyzer.PatternRecognizer)]

    def run(given: Iterable[Sequence[str]]) -> None:
        for values in given:
            for value in values:
                for recognizer in recognizers:
                    recognizer.analyze(value, recognizer.supported_entities, None)

    return len(recognizers), run


def rate(run: Run, given: list[list[str]]) -> float:
    """Values a second of this process's CPU time."""
    start = time.process_time()
    run(given)
    return sum(map(len, given)) / (time.process_time() - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--columns", type=int, default=1000)
    parser.add_argument("--values", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5, help="of Racine's, around Presidio's")
    parser.add_argument("--alone", action="store_true", help="without Presidio")
    parser.add_argument("--default", action="store_true", help="only what Presidio loads by itself")
    arguments = parser.parse_args()
    if not arguments.alone and find_spec("presidio_analyzer") is None:
        sys.stderr.write(
            "presidio-analyzer isn't installed, so there is nothing to compare with. Install it "
            "beside the project's packages, or say --alone.\n"
        )
        return 2
    write = sys.stdout.write
    given = columns(arguments.columns, arguments.values)
    racine(given[: len(KINDS)])  # builds the automata, once a process
    ours = [rate(racine, given) for _ in range(arguments.rounds)]
    theirs = None
    if not arguments.alone:
        number, other = presidio(every=not arguments.default)
        other(given[:1])
        theirs = rate(other, given)
        ours += [rate(racine, given) for _ in range(arguments.rounds)]
        write(f"Presidio, {number} pattern recognizers: {theirs:,.0f} values a CPU second\n")
    low, middle, high = min(ours), statistics.median(ours), max(ours)
    write(
        f"Racine, {len(DEFAULT_RULE_SET.detectors)} detectors: {middle:,.0f} values a CPU second "
        f"({low:,.0f} to {high:,.0f} in {len(ours)} rounds)\n"
    )
    if theirs:
        write(f"{middle / theirs:,.0f} times Presidio's\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
