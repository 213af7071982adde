"""The demo company's customer database, in SQLite. Pure of everything but the file it writes.

Some rows are wrong on purpose (addresses without an @, customers kept twice, telephones
missing), and `payment_methods` holds what no company may keep: card verification codes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tools.demo.countries import COUNTRIES
from tools.demo.identity import Person, ascii_name, card_number, make_person

COMPANIES, CONTACTS, OPPORTUNITIES, TICKETS, CARDS = 120, 400, 350, 1_500, 1_200

SCHEMA = """
CREATE TABLE companies (
    company_id INTEGER PRIMARY KEY, name TEXT NOT NULL, industry TEXT, website TEXT,
    city TEXT, country_code TEXT, created_at TEXT NOT NULL
);
CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    gender TEXT, date_of_birth TEXT, email TEXT, phone TEXT, street TEXT, postal_code TEXT,
    city TEXT, country_code TEXT, segment TEXT, created_at TEXT NOT NULL
);
CREATE TABLE contacts (
    contact_id INTEGER PRIMARY KEY, company_id INTEGER NOT NULL REFERENCES companies,
    full_name TEXT NOT NULL, job_title TEXT, work_email TEXT, phone TEXT
);
CREATE TABLE opportunities (
    opportunity_id INTEGER PRIMARY KEY, company_id INTEGER NOT NULL REFERENCES companies,
    contact_id INTEGER REFERENCES contacts, title TEXT NOT NULL, stage TEXT NOT NULL,
    amount NUMERIC NOT NULL, currency TEXT NOT NULL, expected_close TEXT
);
CREATE TABLE tickets (
    ticket_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers,
    opened_at TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL,
    priority INTEGER NOT NULL
);
CREATE TABLE marketing_consents (
    consent_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers,
    channel TEXT NOT NULL, granted INTEGER NOT NULL, recorded_at TEXT NOT NULL, ip_address TEXT
);
CREATE TABLE payment_methods (
    payment_method_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers,
    brand TEXT NOT NULL, card_number TEXT NOT NULL, card_holder TEXT NOT NULL,
    expires TEXT NOT NULL, cvv TEXT, is_default INTEGER NOT NULL
);
CREATE INDEX customers_email ON customers (email);
CREATE INDEX tickets_customer ON tickets (customer_id);
CREATE VIEW v_reachable_customers AS
    SELECT c.customer_id, c.first_name || ' ' || c.last_name AS full_name, c.email, c.phone
    FROM customers c JOIN marketing_consents m ON m.customer_id = c.customer_id
    WHERE m.channel = 'email' AND m.granted = 1;
CREATE VIEW v_open_pipeline AS
    SELECT co.name AS company, count(*) AS opportunities, sum(o.amount) AS amount, o.currency
    FROM opportunities o JOIN companies co ON co.company_id = o.company_id
    WHERE o.stage NOT IN ('won', 'lost') GROUP BY co.name, o.currency;
CREATE VIEW v_default_cards AS
    SELECT r.customer_id, r.full_name, p.brand, p.card_number, p.expires
    FROM v_reachable_customers r JOIN payment_methods p ON p.customer_id = r.customer_id
    WHERE p.is_default = 1;
"""

FIRST = ("Kestrel", "Aurora", "Blue Harbor", "Tannwald", "Meridian", "Quillon", "Old Mill", "Vega")
SECOND = ("Robotics", "Foods", "Logistics", "Optics", "Clinics", "Hotels", "Textiles", "Energy")
INDUSTRIES = ("manufacturing", "food", "transport", "health", "hospitality", "energy", "retail")
JOBS = ("Purchasing manager", "Facility manager", "Office manager", "Chief executive", "Architect")
STAGES = ("lead", "qualified", "offer", "negotiation", "won", "lost")
SEGMENTS = ("home", "home", "studio", "clinic", "vip")
CHANNELS = ("email", "phone", "post")
TICKETS_TEXT = (
    ("Lamp flickers", "The lamp flickers after ten minutes. Please answer to {email}."),
    ("Change of address", "We have moved to {street}, {postal_code} {city}. Thanks, {given}"),
    ("Call me back", "Nobody called. My number is {phone}, after 5 pm."),
    ("Invoice missing", "I never got my invoice. Send it to {email} and copy my wife, please."),
    ("Refund", "Please refund to {iban}; the account is in the name of {given} {family}."),
    ("Delivery late", "Order has been on its way for nine days. Where is it?"),
    ("Delete my data", "I am no longer a customer. Erase what you keep about {email}."),
    ("Great product", "Winter mornings are finally bearable. Thank you!"),
)


def day(random: Random, today: date, back: int) -> str:
    """An ISO date in the `back` days before `today`."""
    return str(today - timedelta(days=random.randrange(back)))


def moment(random: Random, today: date, back: int) -> str:
    """An ISO date and time, in UTC, in the `back` days before `today`."""
    hour, minute, second = random.randrange(24), random.randrange(60), random.randrange(60)
    return f"{day(random, today, back)}T{hour:02d}:{minute:02d}:{second:02d}Z"


def ip_address(random: Random) -> str:
    """An address from the ranges that are reserved for documentation."""
    if random.random() < 0.15:
        return f"2001:db8:{random.randrange(65536):x}::{random.randrange(1, 65536):x}"
    network = random.choice(("192.0.2", "198.51.100", "203.0.113"))
    return f"{network}.{random.randint(1, 254)}"


def company_rows(random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, COMPANIES + 1):
        name = f"{random.choice(FIRST)} {random.choice(SECOND)} {number}"
        country = random.choice(COUNTRIES)
        website = f"https://{ascii_name(name)}.example.com"
        place = random.choice(country.places)[0]
        industry = random.choice(INDUSTRIES)
        yield number, name, industry, website, place, country.code, moment(random, today, 2_000)


def customer_rows(
    customers: list[Person], random: Random, today: date
) -> Iterator[tuple[Any, ...]]:
    for number, who in enumerate(customers, 1):
        phone = who.phone if random.random() > 0.03 else None
        email = who.email if random.random() > 0.01 else who.email.replace("@", ".")
        named = (number, who.given, who.family, who.gender, str(who.born), email, phone)
        where = (who.street, who.postal_code, who.city, who.country)
        yield *named, *where, random.choice(SEGMENTS), moment(random, today, 2_500)


def contact_rows(random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, CONTACTS + 1):
        who = make_person(random, COUNTRIES, today)
        company = random.randint(1, COMPANIES)
        mail = f"{ascii_name(who.given)}@office{company}.example.net"
        yield number, company, who.name, random.choice(JOBS), mail, who.phone


def opportunity_rows(random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, OPPORTUNITIES + 1):
        links = (random.randint(1, COMPANIES), random.randint(1, CONTACTS))
        title = f"{random.choice((20, 50, 120, 300))} lamps for {random.choice(INDUSTRIES)}"
        amount = random.randrange(2_000, 180_000, 250)
        money = (random.choice(STAGES), amount, random.choice(("EUR", "EUR", "GBP", "USD")))
        yield number, *links, title, *money, str(today + timedelta(days=random.randint(-60, 200)))


def ticket_rows(customers: list[Person], random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, TICKETS + 1):
        customer = random.randint(1, len(customers))
        who = customers[customer - 1]
        subject, text = random.choice(TICKETS_TEXT)
        body = text.format(
            email=who.email,
            phone=who.phone,
            iban=who.iban,
            given=who.given,
            family=who.family,
            street=who.street,
            postal_code=who.postal_code,
            city=who.city,
        )
        status = random.choice(("open", "waiting", "closed", "closed", "closed"))
        opened = moment(random, today, 700)
        yield number, customer, opened, subject, body, status, random.randint(1, 4)


def consent_rows(customers: list[Person], random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    asked = ((c, ch) for c in range(1, len(customers) + 1) for ch in CHANNELS)
    kept = (pair for pair in asked if random.random() < 0.5)
    for number, (customer, channel) in enumerate(kept, 1):
        granted = int(random.random() < 0.6)
        yield number, customer, channel, granted, moment(random, today, 1_500), ip_address(random)


def card_rows(customers: list[Person], random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    owners = sorted(random.sample(range(1, len(customers) + 1), min(CARDS, len(customers))))
    for number, customer in enumerate(owners, 1):
        brand, card = card_number(random)
        cvv = (
            f"{random.randrange(10_000):04d}"
            if brand == "amex"
            else f"{random.randrange(1000):03d}"
        )
        expires = f"{random.randint(1, 12):02d}/{(today.year + random.randint(0, 5)) % 100:02d}"
        holder = customers[customer - 1].name.upper()
        yield number, customer, brand, card, holder, expires, cvv, int(random.random() < 0.9)


def write(path: Path, customers: list[Person], random: Random, today: date) -> None:
    """Write the database to `path`, replacing what is there; ids follow the lists' order."""
    tables: dict[str, Iterable[tuple[Any, ...]]] = {
        "companies": company_rows(random, today),
        "customers": customer_rows(customers, random, today),
        "contacts": contact_rows(random, today),
        "opportunities": opportunity_rows(random, today),
        "tickets": ticket_rows(customers, random, today),
        "marketing_consents": consent_rows(customers, random, today),
        "payment_methods": card_rows(customers, random, today),
    }
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA)
        for table, rows in tables.items():
            width = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
            places = ", ".join("?" * width)
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
