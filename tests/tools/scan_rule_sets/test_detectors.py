"""The promise of the detectors: what is found, what is not, and that no value ever shows."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tools.scan_rule_sets.default_rules import DEFAULT_RULE_SET
from tools.scan_rule_sets.detectors import Column, Detection, Detector, RuleSet, detect, mask
from tools.scan_rule_sets.names import is_telling, normalise, speaks_against

SHARED = Path(os.environ.get("RACINE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
EMAILS = tuple(f"someone{i}@example.org" for i in range(20))


def best(column: Column, rule_set: RuleSet = DEFAULT_RULE_SET) -> str | None:
    found = detect(column, rule_set)
    return found[0].label if found and found[0].score >= rule_set.minimum_score else None


def text(*values: object, name: str | None = None, table: str | None = None) -> Column:
    return Column(name, table, "text", values)


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("email", EMAILS),
        ("credit_card", ("4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009")),
        ("iban", ("DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432")),
        ("ssn", ("219-45-1234", "402-11-9876", "515-30-2211")),
        ("ip_address", ("10.0.0.1", "2001:db8::1", "192.168.7.0/24")),
        ("vin", ("1HGCM82633A004352", "1M8GDM9AXKP042788")),
        ("phone", ("+49 30 1234567", "(212) 555-0143", "020 7946 0958", "01 42 68 53 00")),
        ("person_name", ("Maria Lopez", "Peter Novak", "Anna Schmidt", "John O'Hara")),
        ("address", ("12 High Street", "Hauptstraße 7", "4 rue de Lyon", "99 Elm Ave, Apt 3")),
        ("date_of_birth", ("1951-02-03", "1963-11-30", "1978-07-14", "1984-01-01")),
        ("gender", ("male", "female")),
        ("country", ("France", "Kenya", "Perú", "Côte d'Ivoire")),
        ("national_id", ("111.444.777-35", "529.982.247-25", "123.456.789-09")),
        ("url", ("https://example.org/a", "http://example.com")),
        ("datetime", ("2024-05-01T10:00:00Z", "2024-05-02 11:30:05.25+02:00")),
        ("currency", ("EUR", "USD", "GBP")),
        ("health", ("A+", "AB-", "O+")),
        ("username", ("martinlopez", "anna.schmidt84", "rjohnson", "peter92", "jsmith")),
        ("national_id", ("590721-1832678", "360314-1675299", "630025-1222632")),
        ("currency", ("Swedish krona", "Algerian dinar", "Hong Kong dollar", "Euro")),
        ("region", ("Moravskoslezský kraj", "Zlínský kraj", "Liberecký kraj")),
        ("organization", ("Müller & Söhne", "Chan, Blair and Yu", "Horne Inc", "Rossi S.r.l.")),
        ("occupation", ("Ingeniero civil", "Krankenpflegerin", "Mécanicien", "Bibliothekarin")),
        ("boolean", ("да", "нет")),
        ("ip_address", ("10.0.0.1:8080", "192.168.7.3:443")),
        ("datetime", ("Tue May 07 2024 18:05:00 GMT+0200", "Wed Jun 12 2024 07:00:30 GMT+0200")),
        ("national_id", ("AB 12 34 56 C", "KC654321B", "JG 10 37 59 A")),
        ("geo", ("48º12'30.5\"N", "16º22'21\"E", "3º04'05.01\"S")),
        ("person_name", ("Ελένη Μαργαρίτη", "Νίκος Ζορμπάς", "Χρήστος Πέππας")),
        ("person_name", ("अनिल वर्मा", "सुनीता शर्मा", "राहुल ओझा", "नेहा काले")),
        ("person_name", ("مریم رضایی", "حسین کاظمی", "سارا نوری")),
        ("occupation", ("高级工程师", "销售代表", "会计", "护士")),
        ("occupation", ("Pielęgniarka", "Kierowca autobusu", "Piekarz", "Nauczyciel")),
        ("city", ("Goslar", "Pirmasens", "Celle", "Worms", "Hameln")),
        ("city", ("Kouvola", "Imatra", "Raahe", "Nurmes")),
        ("city", ("צפת", "נתיבות", "רחובות", "קריית גת")),
        ("city", ("สงขลา", "หัวหิน", "ลำปาง", "พะเยา")),
        ("city", ("بريدة", "ينبع", "الطائف", "عرعر")),
        ("region", ("Tartu maakond", "Valga maakond", "Saare maakond")),
        ("region", ("Ақмола облысы", "Абай облысы", "Жетісу облысы")),
        ("person_name", ("الحارثي", "البلوشي", "الكواري", "المري")),
        ("person_name", ("钟志强", "卢慧", "欧晓东", "严丽")),
        ("country", ("독일", "노르웨이", "케냐", "덴마크")),
        ("country", ("Germania", "Brazilija", "Norveška", "Švicarska")),
        ("country", ("Германия", "Польша", "Кения")),
        ("language", ("Russisk", "Fransk", "Tysk")),
        ("language", ("англійська", "польська", "чеська")),
        ("language", ("en", "de", "sw", "pt-BR")),
        ("region", ("ak", "az", "va")),
        ("gender", ("Kvinde", "Mand")),
        ("address", ("ul. Polna 12", "проспект Мира 7", "Ladeira do Sol, 40", "Kossuth utca 3")),
        ("phone", ("612 345 678", "733 100 245", "931 222 333")),
        ("postal_code", ("01310-100", "20040-020", "70040010", "30130-010", "40015-970")),
    ],
)
def test_values_alone_are_enough(label: str, values: tuple[str, ...]) -> None:
    assert best(text(*values)) == label


@pytest.mark.parametrize(
    ("name", "table", "label", "values"),
    [
        ("FirstName", "Staff", "person_name", ("Xq", "Brük")),
        ("contactName", "Customer", "person_name", ("Zzyzx, Qarl", "Ümit, Eçe")),
        ("name", "patients", "person_name", ("Qarl Zzyzx", "Eçe Ümit")),
        ("cust_email", None, "email", EMAILS),
        ("phone_nbr", None, "phone", ("14033335568", "6172235589")),
        ("BillingPostalCode", "Invoice", "postal_code", ("0171", "12227-000", "H2G 1A7")),
        ("address2", "customer", "address", ("c/o Doe", "left wing")),
        ("password", "staff", "password", ("8cb2237d0679ca88db6464eac60da963",)),
        ("cvv", None, "card_cvv", ("123", "907")),
        ("age", "users", "age", ("31", "64", "18")),
        ("fax", None, "phone", ("0711 2842222",)),
        ("lat", None, "geo", ("47.1", "8.55")),
        ("homePage", "Supplier", "url", ("example.org",)),
        ("title", "Employee", "occupation", ("Sales Manager", "Nurse")),
        ("race", "patients", "ethnicity", ("white", "asian")),
        ("passport_no", None, "passport", ("X1234567", "C01X00T47")),
        ("geb_datum", "kunden", "date_of_birth", ("19740102", "20011130")),
        ("cust_lnm", None, "person_name", ("Xq", "Brük")),
        ("客户姓名", None, "person_name", ("赛飞", "如兰")),
        ("номер_телефона", None, "phone", ("9161234567", "9031112233")),
        ("cod_postal", None, "postal_code", ("28013", "08001")),
        ("ville", None, "city", ("Zzyzx", "Qarl")),
        ("주소", None, "address", ("가나 다라", "마바 사아")),
        ("yob", "members", "date_of_birth", ("1951", "2003")),
        ("ts", "events", "datetime", ("1714550400", "1714636800")),
        ("heart_rate", "vitals", "health", ("72", "88", "101")),
        ("blood_pressure", None, "health", ("120/80", "135/90")),
        ("work_ph", None, "phone", ("2065550142", "2065550177")),
        ("pin", "villages", "postal_code", ("560001", "400050")),
        ("PAN", None, "national_id", ("AFZPK7190K", "BQXPM1234Z")),
        ("drivers", "patients", "driver_license", ("S99912345", "S99954321")),
        ("premium", "policies", "price", ("120.5", "99")),
        ("salary", "staff", "compensation", ("54445.00", "121872.00")),
        ("HourlyRate", None, "compensation", ("$17.50", "$28.00")),
        ("jahresgehalt", "mitarbeiter", "compensation", ("48000", "61500")),
        ("salaire_brut", None, "compensation", ("2100,00", "3450,00")),
        ("payment", "orders", "price", ("12.90", "3.50")),
        ("author", "books", "person_name", ("Qarl Zzyzx", "Eçe Ümit")),
        ("user_id", "posts", "username", ("qzyzx", "bru.k", "ece_u")),
    ],
)
def test_a_name_decides_what_values_leave_open(
    name: str, table: str | None, label: str, values: tuple[str, ...]
) -> None:
    assert best(text(*values, name=name, table=table)) == label


@pytest.mark.parametrize(
    ("name", "table", "values"),
    [
        ("title", "film", ("ACADEMY DINOSAUR", "ACE GOLDFINGER", "ADAPTATION HOLES")),
        ("name", "category", ("Action", "Animation", "Children")),
        ("product_name", "product", ("Blue Lantern", "Steel Pan", "Oak Table")),
        ("order_id", "orders", tuple(str(4000000000000000 + 7919 * i) for i in range(40))),
        ("status", "orders", ("open", "closed", "pending")),
        ("state", "jobs", ("queued", "running", "failed")),
        ("condition", "vehicles", ("good", "fair", "salvage")),
        ("quantity", "order_line", ("1", "5", "12")),
        ("flag_email", None, ("2", "7", "9")),
        ("page", "visits", ("12", "31", "44")),
        ("sha1", "files", ("da39a3ee5e6b4b0d3255bfef95601890afd80709",)),
        ("sku", "product", ("AB-1000", "AB-1001", "CD-2000")),
        ("weight", "parcels", ("278 kg", "18 kg", "364 kg")),
        ("colour", "product", ("rgb(230, 130, 43)", "rgb(73, 167, 243)")),
        ("size", "product", ("small", "medium", "large")),
        ("reading", "sensors", ("2.23", "0.2", "7.99", "41.5", "10.11")),
        ("plate", "vehicles", ("SR 1325 KE", "VV 8723 BM", "GV 1850 VO")),
        ("state", "samples", ("present", "absent", "present")),
        ("nombre", "productos", ("Lámpara azul", "Mesa de roble", "Sartén")),
        ("version", "releases", ("1.4.0.2", "2.0.11.7", "3.1.0.0", "3.2.5.1")),
        ("direction", "stores", ("short", "long", "neutral")),
        ("drivers", "casualties", ("1627", "1459", "2215")),
    ],
)
def test_what_is_not_personal_is_left_alone(
    name: str, table: str | None, values: tuple[str, ...]
) -> None:
    assert best(text(*values, name=name, table=table)) is None
    assert best(text(*values)) is None


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("message_id", ("<a1@mail.example.org>", "<b2@mail.example.org>")),
        ("zip_file_size", ("1234", "90210", "55112")),
        ("order_no", ("4111111111111111",)),
        ("disease_free", ("Y", "N")),
        ("age_limit", ("16", "18")),
        ("race_name", ("Qarl Cup", "Zzyzx Prix")),
        ("unitsOnOrder", ()),
        ("firmware", ("10.32.0.4", "10.33.1.0")),
    ],
)
def test_what_a_name_rules_out_is_not_found(name: str, values: tuple[str, ...]) -> None:
    assert best(text(*values, name=name)) in {None, "boolean"}


@pytest.mark.parametrize("name", ["13b", "nat", "xm", "Spalte1", "blurb", None])
@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("country", ("PT", "IN", "CL", "KE", "FI")),
        ("region", ("OR", "WA", "NV", "UT", "ID")),
        ("language", ("pt", "sv", "fi", "nl", "da")),
        ("price", ("12.90", "3.50", "110.00", "7.95", "81.49")),
    ],
)
def test_a_name_that_nobody_knows_does_not_hide_a_code(
    name: str | None, label: str, values: tuple[str, ...]
) -> None:
    assert best(text(*values, name=name)) == label


def test_a_name_that_is_known_counts_against_other_kinds() -> None:
    values = ("Grace", "Rose", "Jade", "Ruby")
    assert best(text(*values, name="gn")) == "person_name"
    assert best(text(*values, name="colour")) is None


def test_a_name_does_not_outweigh_values_that_contradict_it() -> None:
    assert best(text("0", "1", "0", name="email")) != "email"
    assert best(text("pending", "sent", name="phone")) is None


def test_company_names_are_organizations() -> None:
    column = text(
        "Allen Ltd", "Maria Foods Inc.", "Novak GmbH", name="companyName", table="Customer"
    )
    assert best(column) == "organization"


def test_typed_values_are_read_as_they_are() -> None:
    births = Column("birthDate", "Employee", "date", [dt.date(1962, 2, 18), None])
    assert best(births) == "date_of_birth"
    assert best(Column("active", "users", "boolean", [True, False])) == "boolean"
    assert best(Column("zip", "users", "text", ["98134.0", "98104.0", None])) == "postal_code"
    assert (
        detect(Column("photo", "users", "binary", [b"\x89PNG", {"a": 1}]), DEFAULT_RULE_SET) == []
    )


def test_absent_values_are_not_tested() -> None:
    found = detect(text("a@b.org", None, "", "N/A", "null", "a@b.org"), DEFAULT_RULE_SET)
    assert (found[0].tested, found[0].matched) == (1, 1)


def test_an_empty_column_is_judged_by_its_name_and_with_less_confidence() -> None:
    (empty, *_), (full, *_) = (
        detect(text(*values, name="email"), DEFAULT_RULE_SET) for values in ((), EMAILS)
    )
    assert empty.label == full.label == "email"
    assert DEFAULT_RULE_SET.minimum_score <= empty.score < full.score
    assert "no values" in empty.explanation


def test_more_evidence_scores_higher() -> None:
    few, many, named = (
        detect(column, DEFAULT_RULE_SET)[0].score
        for column in (text(*EMAILS[:1]), text(*EMAILS), text(*EMAILS, name="email"))
    )
    assert few < many < named < 1


def test_of_many_values_some_are_tested_from_all_over() -> None:
    clear = detect(text(*(f"someone{i}@example.org" for i in range(1000))), DEFAULT_RULE_SET)[0]
    assert clear.label == "email"
    assert clear.matched == clear.tested < 1000
    few = detect(text(*(f"someone{i}@example.org" for i in range(60))), DEFAULT_RULE_SET)[0]
    assert few.tested == 60
    # A column of two halves isn't taken for its first one
    halves = (*(f"someone{i}@example.org" for i in range(50)), *(f"part-{i}" for i in range(950)))
    assert best(text(*halves)) is None


def test_where_some_values_leave_doubt_all_are_tested() -> None:
    code = Detector(label="code", patterns=(r"A\d+",), minimum_match_ratio=0.5, value_weight=0.8)
    rule_set = RuleSet(name="doubt", version=1, detectors=(code,))
    values = [f"{'A' if i % 3 else 'B'}{i}" for i in range(300)]
    found = detect(text(*values), rule_set)[0]
    assert (found.tested, found.matched) == (300, 200)


def test_detections_are_ordered_one_a_label_and_explained_without_values() -> None:
    values = ("1951-02-03", "1963-11-30", "1978-07-14")
    found = detect(text(*values, name="birth_date"), DEFAULT_RULE_SET)
    scores = [detection.score for detection in found]
    assert scores == sorted(scores, reverse=True)
    assert len({detection.label for detection in found}) == len(found)
    assert found[0].name_matched
    assert "3 of 3" in found[0].explanation
    assert not any(value in detection.explanation for detection in found for value in values)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.dates())), st.text())
def test_any_values_and_names_are_judged(values: list[object], name: str) -> None:
    for detection in detect(Column(name, name, "text", values), DEFAULT_RULE_SET):
        assert isinstance(detection, Detection)
        assert 0 < detection.score <= 1
        assert 0 <= detection.matched <= detection.tested <= len(values)


# Rule sets that people write


def test_a_rule_set_survives_json() -> None:
    again = RuleSet.model_validate_json(DEFAULT_RULE_SET.model_dump_json())
    assert again == DEFAULT_RULE_SET
    assert best(text(*EMAILS), again) == "email"


def test_the_default_covers_the_canonical_types() -> None:
    assert len({detector.label for detector in DEFAULT_RULE_SET.detectors}) == 37


def test_a_detector_of_ones_own() -> None:
    badge = Detector(label="badge", patterns=(r"B-\d{4}",), value_weight=0.9)
    team = Detector(label="team", dictionary=("Red", "Blue"), minimum_match_ratio=0.5)
    range_ = Detector(label="ph", value_range=(0, 14), column_names=("ph",), value_weight=0)
    rule_set = RuleSet(name="own", version=1, detectors=(badge, team, range_))
    assert best(text("B-0001", "B-2222", "B-3456"), rule_set) == "badge"
    assert best(text("RED", "blue"), rule_set) == "team"
    assert best(Column("ph", None, "number", [7.1, 6.8]), rule_set) == "ph"
    assert best(Column("ph", None, "number", [71, 680]), rule_set) is None


def test_rule_sets_of_one_name_and_version_are_not_mixed_up() -> None:
    one, other = (
        RuleSet(name="own", version=1, detectors=(Detector(label=label, patterns=("x+",)),))
        for label in ("one", "other")
    )
    assert (best(text("x", "xx"), one), best(text("x", "xx"), other)) == ("one", "other")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"patterns": (r"(\w)\1",)}, "RE2 syntax"),
        ({"column_names": ("(?=x)",)}, "RE2 syntax"),
        ({"patterns": ("(",)}, "can't be used"),
        ({"patterns": ("x{2000}",)}, "can't be used"),
        ({"checksum": "crc"}, "luhn"),
        ({"dictionary": "planets"}, "countries"),
        ({}, "would match every column"),
        ({"patterns": ("x",), "minimum_match_ratio": 2}, "less than or equal to 1"),
        ({"patterns": ("x",), "colour": "red"}, "Extra inputs"),
    ],
)
def test_a_wrong_detector_is_refused_with_the_way_out(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Detector.model_validate({"label": "x", **wrong})


def test_no_pattern_can_hang_a_scan() -> None:
    evil = Detector(label="x", patterns=(r"(a+)+b", r"(a|aa)+c", r"(.*a){20}d"))
    rule_set = RuleSet(name="evil", version=1, detectors=(evil,))
    # One that backtracked wouldn't come back for years.
    assert best(text(*("a" * 500 + str(i) for i in range(50))), rule_set) is None


# Masks and names


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("jane@example.com", "j•••@•••.com"),
        ("Julie Renfro", "J••• •••"),
        ("172-32-1182", "•••-••-••82"),
        ("Female", "•••"),
        ("42", "••"),
        (dt.date(1962, 2, 18), "••••-••-••"),
        (None, ""),
        (b"\x00\x01", "•••"),
    ],
)
def test_masks_keep_the_shape(value: object, masked: str) -> None:
    assert mask(value) == masked


@given(st.text(min_size=1))
def test_masks_show_two_characters_at_most(value: str) -> None:
    local, _, domain = value.rpartition("@")
    label = domain.rpartition(".")[2] if local else ""
    shown = sum(c.isalnum() for c in mask(value))
    assert shown <= 2 + len(label)
    assert len(mask(value)) <= 40


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("BillingPostalCode", "billing postal code"),
        ("cust_Email2", "cust email 2"),
        ("IPAddress", "ip address"),
        ("Prénom-Usuel", "prenom usuel"),
        ("Straße_Nr", "strasse nr"),
        ("Трудовой_стаж", "трудовой стаж"),
        ("이름", "이름"),
        (None, ""),
    ],
)
def test_names_are_split_into_words(name: str | None, words: str) -> None:
    assert normalise(name) == words


def test_some_names_tell_nothing() -> None:
    assert not any(map(is_telling, ("", "column 3", "unnamed 0", "name", "c 1")))
    assert is_telling("film title")


@pytest.mark.parametrize(
    ("name", "known", "weight"),
    [
        ("column 3", False, 0),
        ("name", True, 0),
        ("xm", False, 0),
        ("13 b", False, 0),
        ("id", True, 1),
        ("strana", False, 0.5),
        ("film title", True, 1),
    ],
)
def test_only_a_known_name_speaks_in_full_against_values(
    name: str, known: bool, weight: float
) -> None:
    assert speaks_against(name, known=known) == weight


# Real databases, if they are there


def _columns(database: str) -> Iterator[Column]:
    path = SHARED / "data" / "databases" / f"{database}.sqlite"
    if not path.exists():
        pytest.skip(f"no {path}: set RACINE_SHARED to the shared folder")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for _, name, declared, *_ in connection.execute(f'PRAGMA table_info("{table}")'):
                rows = connection.execute(f'SELECT "{name}" FROM "{table}" LIMIT 200')
                kind = "integer" if "INT" in declared.upper() else "text"
                yield Column(name, table, kind, [row[0] for row in rows])
    connection.close()


@pytest.mark.parametrize("database", ["chinook", "northwind", "pagila"])
def test_people_in_real_databases_are_found(database: str) -> None:
    expected = {
        "firstname": "person_name", "lastname": "person_name", "contactname": "person_name",
        "email": "email", "phone": "phone", "fax": "phone", "address": "address",
        "birthdate": "date_of_birth", "password": "password", "city": "city",
        "country": "country", "postalcode": "postal_code", "companyname": "organization",
    }  # fmt: skip
    for column in _columns(database):
        key = (column.name or "").replace("_", "").lower()
        if key in expected:
            assert best(column) == expected[key], f"{column.table}.{column.name}"


@pytest.mark.parametrize("database", ["chinook", "northwind", "pagila"])
def test_things_in_real_databases_are_not_taken_for_people(database: str) -> None:
    personal = {"person_name", "email", "phone", "address", "ssn", "national_id", "credit_card",
                "health", "username", "password", "age", "gender", "ethnicity"}  # fmt: skip
    things = {"film", "category", "product", "track", "album", "genre", "playlist", "language",
              "mediatype", "inventory", "rental", "payment", "orderdetail", "region"}  # fmt: skip
    for column in _columns(database):
        if (column.table or "").lower() in things and column.name != "Composer":
            assert best(column) not in personal, f"{column.table}.{column.name}"


def test_the_labelled_columns_are_found() -> None:
    columns = SHARED / "data" / "columns"
    if not columns.is_dir():
        pytest.skip(f"no {columns}: set RACINE_SHARED to the shared folder")
    from evals.detectors import judge, load, macro_f1, scores

    cases = load(columns)
    assert json.loads((columns / "label_map.json").read_text())["map"]
    assert macro_f1(scores(judge(cases, names=True))) >= 0.90
    assert macro_f1(scores(judge(cases, names=False))) >= 0.80
