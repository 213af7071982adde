"""Made-up people of nine countries, with numbers that pass their checks and belong to nobody.

Everything is drawn from the `Random` that is given, so a seed gives the same people. Telephone
numbers are from the ranges that regulators keep for fiction, where a country has one; card
numbers begin like the test cards of payment providers; mail goes to example.com/.net/.org.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

MAIL_HOSTS = ("example.com", "example.net", "example.org", "mail.example.com", "post.example.net")
NOT_DECOMPOSED = str.maketrans({"ß": "ss", "ł": "l", "ı": "i"})
TEST_CARDS = (
    ("visa", "424242", 16),
    ("visa", "401288", 16),
    ("mastercard", "555555", 16),
    ("mastercard", "520082", 16),
    ("amex", "378282", 15),
)
# What 0 to 9 and, again from the start, A to Z weigh in a fiscal code's odd places, A being 0.
FISCAL_CODE_ODD = "BAFHJNPRTVCESULDGIMOQKWZYX"


@dataclass(frozen=True, slots=True)
class Country:
    """A country's names and forms. `#` stands for a digit, `@` for a capital letter."""

    code: str
    weight: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    streets: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    phone: str
    bban: str | None
    street_first: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person; `national_id` and `iban` pass the checks of their country."""

    given: str
    family: str
    gender: str
    born: date
    email: str
    phone: str
    street: str
    postal_code: str
    city: str
    country: str
    national_id: str
    iban: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def fill(pattern: str, random: Random) -> str:
    """`pattern` with each `#` replaced by a digit and each `@` by a capital letter."""
    letters = {"#": "0123456789", "@": "ABCDEFGHJKLMNPRSTUVWXYZ"}
    return "".join(random.choice(letters[c]) if c in letters else c for c in pattern)


def ascii_name(text: str) -> str:
    """`text` in the lower-case letters and digits that a mail address needs."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(NOT_DECOMPOSED))
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def luhn_digit(digits: str) -> str:
    """The check digit that makes `digits` pass the Luhn test."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))]
    return str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def card_number(random: Random) -> tuple[str, str]:
    """A payment card's brand and number."""
    brand, prefix, length = random.choice(TEST_CARDS)
    body = fill(prefix.ljust(length - 1, "#"), random)
    return brand, body + luhn_digit(body)


def iban(country: str, bban: str, random: Random) -> str:
    """An IBAN with valid check digits (ISO 7064, mod 97-10) for a pattern of the account part."""
    account = fill(bban, random)
    number = int("".join(str(int(c, 36)) for c in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}"


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def german_tax_id(random: Random, _born: date, _gender: str) -> str:
    body = str(random.randint(1, 9)) + fill("#########", random)
    product = 10
    for digit in body:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return body + str((11 - product) % 10)


def french_nir(random: Random, born: date, gender: str) -> str:
    place = f"{random.randint(1, 95):02d}{fill('###', random)}"
    body = f"{2 if gender == 'female' else 1}{born:%y%m}{place}{fill('###', random)}"
    return f"{body}{97 - int(body) % 97:02d}"


def spanish_dni(random: Random, _born: date, _gender: str) -> str:
    number = random.randint(10_000_000, 99_999_999)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def dutch_bsn(random: Random, _born: date, _gender: str) -> str:
    while True:
        body = fill("########", random)
        check = weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if check < 10 and body[0] != "0":
            return body + str(check)


def polish_pesel(random: Random, born: date, gender: str) -> str:
    month = born.month + (20 if born.year >= 2000 else 0)
    sex = random.randrange(0, 10, 2) + (gender != "female")
    body = f"{born:%y}{month:02d}{born:%d}{fill('###', random)}{sex}"
    return body + str(-weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def swedish_personnummer(random: Random, born: date, gender: str) -> str:
    sex = random.randrange(0, 10, 2) + (gender != "female")
    body = f"{born:%y%m%d}{fill('##', random)}{sex}"
    return f"{body[:6]}-{body[6:]}{luhn_digit(body)}"


def italian_fiscal_code(random: Random, born: date, gender: str) -> str:
    day = born.day + (40 if gender == "female" else 0)
    body = f"{fill('@@@@@@', random)}{born:%y}{'ABCDEHLMPRST'[born.month - 1]}{day:02d}"
    body += fill("@###", random)
    places = [int(c) if c.isdigit() else ord(c) - ord("A") for c in body]
    total = sum(p if i % 2 else ord(FISCAL_CODE_ODD[p]) - ord("A") for i, p in enumerate(places))
    return body + chr(ord("A") + total % 26)


def british_nino(random: Random, _born: date, _gender: str) -> str:
    prefix = random.choice("ABCEGHJKLMNPRSTWXY") + random.choice("ACEHJLMPRSTWXY")
    return f"{prefix}{fill('######', random)}{random.choice('ABCD')}"


def american_ssn(random: Random, _born: date, _gender: str) -> str:
    area, group, serial = random.randint(1, 665), random.randint(1, 99), random.randint(1, 9999)
    return f"{area:03d}-{group:02d}-{serial:04d}"


NATIONAL_IDS: dict[str, Callable[[Random, date, str], str]] = {
    "DE": german_tax_id,
    "FR": french_nir,
    "GB": british_nino,
    "ES": spanish_dni,
    "IT": italian_fiscal_code,
    "NL": dutch_bsn,
    "PL": polish_pesel,
    "SE": swedish_personnummer,
    "US": american_ssn,
}


def make_person(random: Random, countries: tuple[Country, ...], today: date) -> Person:
    """A grown-up of one of `countries`, drawn by their weights."""
    country = random.choices(countries, [c.weight for c in countries])[0]
    gender = random.choice(("female", "male"))
    given = random.choice(country.women if gender == "female" else country.men)
    family = random.choice(country.surnames)
    born = today - timedelta(days=random.randint(19 * 365, 78 * 365))
    place, postal = random.choice(country.places)
    number, street = random.randint(1, 140), random.choice(country.streets)
    mailbox = f"{ascii_name(given)}.{ascii_name(family)}{random.randint(1, 999)}"
    # Americans have no IBAN: they get one of a German bank, as customers abroad do.
    bank, bban = (
        ("DE", "##################") if country.bban is None else (country.code, country.bban)
    )
    return Person(
        given=given,
        family=family,
        gender=gender,
        born=born,
        email=f"{mailbox}@{random.choice(MAIL_HOSTS)}",
        phone=fill(country.phone, random),
        street=f"{street} {number}" if country.street_first else f"{number} {street}",
        postal_code=fill(postal, random),
        city=place,
        country=country.code,
        national_id=NATIONAL_IDS[country.code](random, born, gender),
        iban=iban(bank, bban, random),
    )
