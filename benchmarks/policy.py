"""How many access decisions a second one process makes, beside a plain reading of the same grants.

    python -m benchmarks.policy [--people 200] [--seconds 2]

The people hold roles of every kind of scope, denials and ends among them. A check asks for one
permission on one asset: its source, its domain, the level of its highest label.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random

from tools.database import now
from tools.policy import LEVELS, Entitlements, Held

PERMISSIONS = ("catalog.read", "catalog.write", "data.unmask", "scan_logic.write", "rbac.read")
PATTERNS = (("*.read",), ("catalog.*", "scan_logic.*"), ("data.unmask", "*.read"), ("*",))
SOURCES = tuple(f"src_{number}" for number in range(40))
DOMAINS = tuple(f"dom_{number}" for number in range(8))
Check = tuple[str, str, str, str]


def person(random: Random, number: int) -> Entitlements:
    """Somebody with three to eight grants."""
    held = []
    for _ in range(random.randint(3, 8)):
        place = random.choice(("everything", "sources", "domain"))
        denies = random.random() < 0.15
        level = random.randrange(len(LEVELS))
        held.append(
            Held(
                role=f"role{random.randint(1, 9)}",
                permissions=random.choice(PATTERNS),
                scope=place,
                sources=None if place == "everything" else frozenset(random.sample(SOURCES, 6)),
                domains=frozenset(random.sample(DOMAINS, 2)) if place == "domain" else None,
                levels=frozenset(LEVELS[level:] if denies else LEVELS[: level + 1])
                if random.random() < 0.3
                else None,
                denies=denies,
                until=now() + timedelta(days=random.randint(1, 90))
                if random.random() < 0.3
                else None,
            )
        )
    return Entitlements(f"usr_{number}", f"Person {number}", True, tuple(held), frozenset(SOURCES))


def plainly(held: Entitlements, check: Check) -> bool:
    """The same question, answered from the grants each time."""
    permission, source, domain, level = check
    moment = now()
    here = [
        one
        for one in held.held
        if one.holds(moment) and one.gives(permission) and one.reaches(source, domain, level)
    ]
    return bool(here) and not any(one.denies for one in here)


def compiled(held: Entitlements, check: Check) -> bool:
    """As the kernel asks."""
    permission, source, domain, level = check
    return held.decide(permission).reaches(source, domain, level)


def a_second(
    ask: Callable[[Entitlements, Check], bool],
    people: list[Entitlements],
    checks: list[Check],
    seconds: float,
) -> float:
    """Checks a second of processor time."""
    done, started = 0, time.process_time()
    while (took := time.process_time() - started) < seconds:
        for one in people:
            for check in checks:
                ask(one, check)
        done += len(people) * len(checks)
    return done / took


def main() -> None:
    """Measure and print; fail below 100,000 a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=2.0)
    given = parser.parse_args()
    random = Random(7)
    people = [person(random, number) for number in range(given.people)]
    checks = [
        (
            random.choice(PERMISSIONS),
            random.choice(SOURCES),
            random.choice(DOMAINS),
            random.choice(LEVELS),
        )
        for _ in range(50)
    ]
    differ = [
        (one.user_id, check)
        for one in people
        for check in checks
        if not check[0].startswith("rbac.") and compiled(one, check) != plainly(one, check)
    ]
    if differ:
        raise SystemExit(f"{len(differ)} decisions differ, such as {differ[0]}")
    plain = a_second(plainly, people, checks, given.seconds)
    fast = a_second(compiled, people, checks, given.seconds)
    sys.stdout.write(
        f"compiled {fast:12,.0f} checks/s\nplain    {plain:12,.0f} checks/s\n"
        f"ratio    {fast / plain:12.1f}\n"
    )
    raise SystemExit(0 if fast >= 100_000 else 1)


if __name__ == "__main__":
    main()
