"""The demo company Northlight, a maker of daylight lamps with a shop and a small health plan.

`generate` writes its databases and files; everybody in them is made up. The same seed gives the
same content whenever it runs: dates count back from `TODAY`, never from the clock.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from tools.demo import crm, lake, shop
from tools.demo.countries import COUNTRIES
from tools.demo.identity import make_person

TODAY = date(2026, 6, 30)
CUSTOMERS = 2_000
TWICE = 8


def stream(seed: int, part: str) -> Random:
    """A generator for one part, so that a change to a part leaves the others as they were."""
    return Random(f"{seed}/{part}")  # noqa: S311 - sample data, no secrets


def generate(folder: Path, seed: int = 7) -> None:
    """Write `crm.sqlite`, `shop.duckdb` and `lake/` into `folder`, replacing an earlier run's.

    Raises `OSError` if the folder can't be written. Close the files before generating again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    people = stream(seed, "people")
    customers = [make_person(people, COUNTRIES, TODAY) for _ in range(CUSTOMERS - TWICE)]
    customers += people.sample(customers, TWICE)
    crm.write(folder / "crm.sqlite", customers, stream(seed, "crm"), TODAY)
    shop.write(folder / "shop.duckdb", customers, stream(seed, "shop"), TODAY)
    lake.write(folder / "lake", customers, stream(seed, "lake"), TODAY)
