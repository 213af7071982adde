"""The demo company's folder of files: HR and claims (both sensitive), web events, invoices."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tools.demo.countries import COUNTRIES
from tools.demo.crm import COMPANIES, day, ip_address, moment
from tools.demo.duck import write_parquet
from tools.demo.identity import Person, ascii_name, iban, make_person

EMPLOYEES, ABSENCES, CLAIMS, PROVIDERS, EVENTS, INVOICES = 240, 900, 1_500, 60, 4_000, 700

EMPLOYEE_HEADER = (
    "employee_id,first_name,last_name,gender,birth_date,national_id,nationality,work_email,"
    "private_phone,home_address,department,job_title,salary,currency,salary_account,hired_on"
)
INVOICE_HEADER = (
    "invoice_no,company_id,billing_email,iban,net_amount,vat_rate,currency,issued_on,due_on,paid"
)
ABSENCE_COLUMNS = """
    absence_id INTEGER, employee_id INTEGER, first_day DATE, last_day DATE, kind VARCHAR,
    sick_leave_reason VARCHAR
"""
CLAIM_COLUMNS = """
    claim_id VARCHAR, member_no VARCHAR, patient_name VARCHAR, date_of_birth DATE, gender VARCHAR,
    provider_id INTEGER, diagnosis_code VARCHAR, diagnosis VARCHAR, treatment VARCHAR,
    amount DECIMAL(10, 2), currency VARCHAR, filed_on DATE, status VARCHAR
"""

DIAGNOSES = (
    ("F33.0", "Recurrent depressive disorder, mild"),
    ("F33.1", "Recurrent depressive disorder, moderate"),
    ("F51.0", "Nonorganic insomnia"),
    ("G47.2", "Disorder of the sleep-wake schedule"),
    ("L20.9", "Atopic dermatitis"),
    ("L40.0", "Psoriasis vulgaris"),
    ("E55.9", "Vitamin D deficiency"),
    ("H53.1", "Visual disturbance"),
    ("R53", "Fatigue"),
    ("G43.9", "Migraine"),
)
REASONS = ("influenza", "back pain", "migraine", "surgery on the knee", "depression", "COVID-19")
TREATMENTS = ("light therapy, 10 sessions", "therapy lamp, loan", "consultation", "UVB treatment")
SPECIALTIES = ("psychiatry", "dermatology", "sleep medicine", "general practice", "neurology")
DEPARTMENTS = {"Design": 48, "Production": 36, "Sales": 52, "Support": 34, "Finance": 58, "IT": 62}
TITLES = ("Associate", "Specialist", "Senior specialist", "Team lead")
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_5) AppleWebKit/605.1.15 Version/18.5 Safari/605.1",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36",
)
PAGES = ("", "lamps/therapy", "lamps/desk", "cart", "checkout", "account", "help/returns")


def employee_rows(random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, EMPLOYEES + 1):
        who = make_person(random, COUNTRIES, today - timedelta(days=365))
        department, base = random.choice(list(DEPARTMENTS.items()))
        level = random.choices(range(len(TITLES)), (4, 5, 3, 1))[0]
        mail = f"{ascii_name(who.given)}.{ascii_name(who.family)}{number}@northlight.example.com"
        named = (number, who.given, who.family, who.gender, who.born, who.national_id, who.country)
        home = (mail, who.phone, f"{who.street}, {who.postal_code} {who.city}")
        salary = (base + 9 * level) * 1_000 + random.randrange(0, 6_000, 100)
        work = (department, TITLES[level], salary, "EUR", who.iban, day(random, today, 4_000))
        yield *named, *home, *work


def absence_rows(random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, ABSENCES + 1):
        first = today - timedelta(days=random.randrange(20, 700))
        last = first + timedelta(days=random.randrange(0, 15))
        kind = random.choice(("vacation", "sick leave", "sick leave", "parental leave"))
        reason = random.choice(REASONS) if kind == "sick leave" else None
        yield number, random.randint(1, EMPLOYEES), first, last, kind, reason


def claim_rows(patients: list[Person], random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, CLAIMS + 1):
        index = random.randrange(min(600, len(patients)))
        who = patients[index]
        claim = (f"C-{today.year}-{number:05d}", f"M{100_000 + 7 * index}")
        code, diagnosis = random.choice(DIAGNOSES)
        amount = f"{random.randrange(2_500, 90_000) / 100:.2f}"
        visit = (random.randint(1, PROVIDERS), code, diagnosis, random.choice(TREATMENTS))
        status = random.choice(("paid", "paid", "paid", "open", "refused"))
        filed = day(random, today, 540)
        yield *claim, who.name, who.born, who.gender, *visit, amount, "EUR", filed, status


def providers(random: Random, today: date) -> list[dict[str, Any]]:
    found = []
    for number in range(1, PROVIDERS + 1):
        who = make_person(random, COUNTRIES, today)
        found.append(
            {
                "provider_id": number,
                "name": f"Dr. {who.name}",
                "specialty": random.choice(SPECIALTIES),
                "phone": who.phone,
                "address": f"{who.street}, {who.postal_code} {who.city}",
                "country": who.country,
                "latitude": round(random.uniform(40.0, 59.0), 5),
                "longitude": round(random.uniform(-5.0, 21.0), 5),
            }
        )
    return found


def events(customers: list[Person], random: Random, today: date) -> Iterator[dict[str, Any]]:
    for number in range(1, EVENTS + 1):
        known = random.random() < 0.4
        yield {
            "event_id": f"e{number:06d}",
            "at": moment(random, today, 30),
            "type": random.choice(("view", "view", "view", "click", "search")),
            "session_id": f"{random.getrandbits(48):012x}",
            "customer_id": random.randint(1, len(customers)) if known else None,
            "ip_address": ip_address(random),
            "user_agent": random.choice(BROWSERS),
            "url": f"https://shop.northlight.example.com/{random.choice(PAGES)}",
            "language": random.choice(("de", "fr", "en", "es", "it")),
        }


def invoice_rows(random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, INVOICES + 1):
        country = random.choice([c for c in COUNTRIES if c.bban])
        company = random.randint(1, COMPANIES)
        issued = today - timedelta(days=random.randrange(720))
        account = iban(country.code, country.bban or "", random)
        who = (f"INV-{number:05d}", company, f"billing@office{company}.example.net", account)
        money = (f"{random.randrange(20_000, 2_500_000) / 100:.2f}", "0.19", "EUR")
        yield *who, *money, issued, issued + timedelta(days=30), random.random() < 0.85


def write_csv(path: Path, header: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(f"{header}\n")
        csv.writer(file, lineterminator="\n").writerows(rows)


def write(folder: Path, customers: list[Person], random: Random, today: date) -> None:
    """Write the files under `folder`, replacing those of the same names."""
    for name in ("hr", "claims", "web", "finance"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_csv(folder / "hr/employees.csv", EMPLOYEE_HEADER, employee_rows(random, today))
    write_parquet(folder / "hr/absences.parquet", ABSENCE_COLUMNS, absence_rows(random, today))
    claims = claim_rows(customers, random, today)
    write_parquet(folder / "claims/claims.parquet", CLAIM_COLUMNS, claims)
    found = json.dumps(providers(random, today), ensure_ascii=False, indent=1)
    (folder / "claims/providers.json").write_text(found + "\n", encoding="utf-8")
    lines = (json.dumps(event) + "\n" for event in events(customers, random, today))
    (folder / "web/events.jsonl").write_text("".join(lines), encoding="utf-8")
    write_csv(folder / "finance/invoices.csv", INVOICE_HEADER, invoice_rows(random, today))
