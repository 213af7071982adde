"""A Racine of a test's own: the real kernel on a real database, with people and small sources."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Delete, Update, update

from api.runtime import Runtime
from tools.call import Invocation
from tools.context import Caller
from tools.data_sources.tables import Source


@dataclass
class World:
    """What a test acts on: operations by name, as one of its people."""

    runtime: Runtime
    administrator: Caller
    folder: Path
    people: dict[str, Caller] = field(default_factory=dict)

    async def call(
        self,
        name: str,
        /,
        _as: Caller | str | None = None,
        _key: str | None = None,
        **arguments: Any,
    ) -> Any:
        """Invoke an operation; its value."""
        return (await self.invoke(name, _as, _key, **arguments)).value

    async def invoke(
        self,
        name: str,
        /,
        _as: Caller | str | None = None,
        _key: str | None = None,
        **arguments: Any,
    ) -> Invocation:
        """Invoke an operation; all that is known of the invocation."""
        caller = self.people[_as] if isinstance(_as, str) else (_as or self.administrator)
        return await self.runtime.kernel.invoke(name, arguments, caller, idempotency_key=_key)

    async def person(self, name: str, role: str | None = None, **scope: str) -> Caller:
        """Add a person with a role; later known by the first name."""
        email = f"{name.lower().replace(' ', '.')}@example.com"
        user = await self.call("rbac.create_user", name=name, email=email)
        if role is not None:
            await self.call("rbac.grant_role", user=user.id, role=role, **scope)
        caller = Caller(user.id, "api")
        self.people[name.split(maxsplit=1)[0].lower()] = caller
        return caller

    async def source(self, name: str = "shop", *, scanned: bool = False) -> BaseModel:
        """Register and discover a small SQLite shop: customers, orders, a view over a view."""
        path = self.folder / f"{name}.sqlite"
        make_shop(path)
        source: BaseModel = await self.call(
            "data_sources.register_source", name=name, kind="sqlite", location=str(path)
        )
        await self.call("data_sources.discover_assets", source=name)
        if scanned:
            await self.call("scan_logic.start_scan", source=name)
        return source

    async def move_in(self, name: str) -> None:
        """Give a source that came with the database a file of this test's own."""
        path = self.folder / f"{name}.sqlite"
        make_shop(path)
        await self.put(update(Source).where(Source.name == name).values(location=str(path)))

    async def put(self, change: Update | Delete) -> None:
        """Change rows behind the kernel's back, as time or somebody else would."""

        def write() -> None:
            with self.runtime.database.log_engine.begin() as connection:
                connection.execute(change)

        await asyncio.to_thread(write)


NAMES = ["Julia", "Omar", "Ingrid", "Mateo", "Yuki", "Chidi", "Leonie", "Anna", "Peter", "Maria"]


def make_shop(path: Path) -> None:
    """Write the shop's database."""
    with sqlite3.connect(path) as database:
        database.executescript(
            """
            CREATE TABLE customers (id INTEGER PRIMARY KEY, first_name TEXT, email TEXT NOT NULL,
                                    phone TEXT, created_at TIMESTAMP);
            CREATE TABLE products (sku TEXT PRIMARY KEY, title TEXT, price NUMERIC);
            CREATE TABLE orders (id INTEGER PRIMARY KEY,
                                 customer_id INTEGER REFERENCES customers(id),
                                 sku TEXT REFERENCES products(sku), total NUMERIC);
            CREATE VIEW v_revenue AS SELECT c.id, c.email, sum(o.total) AS revenue
                FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.email;
            CREATE VIEW v_top AS SELECT email, revenue FROM v_revenue WHERE revenue > 10;
            """
        )
        for number in range(60):
            name = NAMES[number % len(NAMES)]
            database.execute(
                "INSERT INTO customers VALUES (?, ?, ?, ?, ?)",
                (
                    number + 1,
                    name,
                    f"{name.lower()}{number}@example.org",
                    f"+49 30 2312{number:04d}",
                    f"2026-01-{number % 28 + 1:02d} 10:00:00",
                ),
            )
            database.execute(
                "INSERT INTO orders VALUES (?, ?, 'A-1', ?)", (number + 1, number + 1, number * 1.5)
            )
        database.execute("INSERT INTO products VALUES ('A-1', 'Lamp', 12.5)")
    database.close()
