"""The demo company is the same for the same seed, complete, and made of nobody's data."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tools.demo.company import CUSTOMERS, generate
from tools.demo.identity import luhn_digit
from tools.demo.people import DESCRIPTIONS, OWNERS, PEOPLE, SOURCES, TAGS

FILES = {
    "hr/employees.csv": 240,
    "hr/absences.parquet": 900,
    "claims/claims.parquet": 1_500,
    "claims/providers.json": 60,
    "web/events.jsonl": 4_000,
    "finance/invoices.csv": 700,
}
TABLES = {"products": 150, "customers": 2_000, "orders": 8_000, "inventory": 450}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company's")
    generate(folder)
    return folder


def shop_rows(folder: Path) -> dict[str, str]:
    """A digest of each relation of the shop: DuckDB's file itself has a random identifier."""
    with duckdb.connect(str(folder / "shop.duckdb"), read_only=True) as shop:
        tables = shop.execute("SELECT table_name FROM information_schema.tables").fetchall()
        rows = {t: shop.execute(f'FROM "{t}" ORDER BY ALL').fetchall() for (t,) in tables}
    return {
        table: hashlib.sha256(repr(found).encode()).hexdigest() for table, found in rows.items()
    }


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".duckdb"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_same_seed_same_content_and_again_in_place(company: Path, tmp_path: Path) -> None:
    for _ in range(2):
        generate(tmp_path)
        assert files(tmp_path) == files(company)
        assert shop_rows(tmp_path) == shop_rows(company)


def test_another_seed_is_another_company(company: Path, tmp_path: Path) -> None:
    generate(tmp_path, seed=8)
    assert all(files(tmp_path)[name] != content for name, content in files(company).items())


def test_counts(company: Path) -> None:
    with duckdb.connect(str(company / "shop.duckdb"), read_only=True) as shop:
        for table, count in TABLES.items():
            assert shop.execute(f"SELECT count(*) FROM {table}").fetchall() == [(count,)]
        assert shop.execute("SELECT count(*) FROM v_top_customers").fetchall() == [(100,)]
    with duckdb.connect() as files_reader:
        for name, count in FILES.items():
            path = str(company / "lake" / name).replace("'", "''")
            assert files_reader.execute(f"SELECT count(*) FROM '{path}'").fetchall() == [(count,)]


def test_crm_is_consistent(company: Path) -> None:
    with closing(sqlite3.connect(company / "crm.sqlite")) as crm:
        assert crm.execute("PRAGMA foreign_key_check").fetchall() == []
        assert crm.execute("SELECT count(*) FROM customers").fetchone() == (CUSTOMERS,)
        assert crm.execute("SELECT count(*) FROM v_default_cards").fetchone()[0] > 100
        cards = [number for (number,) in crm.execute("SELECT card_number FROM payment_methods")]
        texts = crm.execute("SELECT count(*) FROM tickets WHERE body LIKE '%@%'").fetchone()
    assert len(cards) == 1_200
    assert all(luhn_digit(number[:-1]) == number[-1] for number in cards)
    assert texts[0] > 300


def test_views_stand_on_views_and_comments_are_there(company: Path) -> None:
    with duckdb.connect(str(company / "shop.duckdb"), read_only=True) as shop:
        views = dict(
            shop.execute("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal").fetchall()
        )
        comments = dict(shop.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert "v_customer_revenue" in views["v_top_customers"]
    assert "SELECT *" in views["v_top_customers"]
    assert "v_order_totals" in views["v_customer_revenue"]
    assert "WITH" in views["v_order_totals"]
    assert "CRM's" in comments["customers"]
    assert comments["inventory"] is None, "some gaps are left to be found"


def test_ibans_pass_and_mail_goes_to_reserved_domains(company: Path) -> None:
    content = (company / "lake/hr/employees.csv").read_text() + (
        company / "lake/finance/invoices.csv"
    ).read_text()
    accounts = re.findall(r"\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b", content)
    assert len(accounts) >= 940
    for account in accounts:
        assert int("".join(str(int(c, 36)) for c in account[4:] + account[:4])) % 97 == 1
    with closing(sqlite3.connect(company / "crm.sqlite")) as crm:
        content += "\n".join(crm.iterdump())
    hosts = {host.rstrip(".").lower() for host in re.findall(r"@([\w.-]+)", content)}
    assert hosts and all(re.search(r"(^|\.)example\.(com|net|org)$", host) for host in hosts)


def test_what_is_written_down_names_things_that_exist(company: Path) -> None:
    known: set[tuple[str, str]] = {("lake", name) for name in FILES}
    with closing(sqlite3.connect(company / "crm.sqlite")) as crm:
        tables = [name for (name,) in crm.execute("SELECT name FROM sqlite_master")]
        known |= {("crm", name) for name in tables}
        known |= {
            ("crm", f"{table}.{column[1]}")
            for table in tables
            for column in crm.execute(f'PRAGMA table_info("{table}")')
        }
    known |= {("shop", name) for name in shop_rows(company)}
    assert {*OWNERS, *DESCRIPTIONS, *TAGS} <= known
    emails = [person.email for person in PEOPLE]
    assert len(set(emails)) == len(emails)
    assert set(OWNERS.values()) | {s.owner for s in SOURCES if s.owner} <= set(emails)
    names = {source.name for source in SOURCES}
    assert all(p.scope[1] in names for p in PEOPLE if len(p.scope) == 2 and p.scope[0] == "source")
    assert all((company / source.path).exists() for source in SOURCES)
