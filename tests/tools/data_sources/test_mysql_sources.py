"""MariaDB's own ways, on a real server: catalogs, types, rights, time-outs, samples."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from tests.support.mariadb import create_database, execute
from tests.support.world import World
from tools.catalog.measures import ROWS, distinct_values, named, rows
from tools.data_sources.connectors import (
    Connection,
    ConnectorError,
    Inventory,
    TableInfo,
    open_connector,
)
from tools.data_sources.inventory import SourceKind
from tools.errors import MendSource

pytestmark = pytest.mark.mysql

SCHEMA = """
CREATE TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(400) NOT NULL COMMENT 'whole',
    photo BLOB, ok BIT(1), born YEAR, mood ENUM('good', 'bad'), body JSON, paid DECIMAL(10, 2),
    at TIMESTAMP NULL, place POINT) COMMENT 'who there is';
INSERT INTO people VALUES (1, REPEAT('x', 300), x'00ff', 1, 2020, 'bad', '{"a": 1}', 1.5,
    '2020-01-02 03:04:05', POINT(1, 2));
CREATE TABLE `o%:dd` (`a:%b` INT, who INT, PRIMARY KEY (who, `a:%b`),
    FOREIGN KEY (who) REFERENCES people (id));
CREATE VIEW named AS SELECT id, name AS whole FROM people WHERE id > 0;
CREATE TABLE big (id BIGINT PRIMARY KEY, v VARCHAR(20)) SELECT seq AS id, concat('v', seq) AS v
    FROM seq_1_to_40000;
CREATE TABLE keyless (v VARCHAR(20)) SELECT v FROM big;
ANALYZE TABLE big, keyless;
CREATE VIEW slow AS SELECT SLEEP(30) AS s;
CREATE FUNCTION writing() RETURNS INT BEGIN INSERT INTO keyless VALUES ('new'); RETURN 1; END;
CREATE VIEW writes AS SELECT writing() AS w;
CREATE USER reader@'%' IDENTIFIED BY 'sesame-1'
"""


@pytest.fixture(scope="module")
def url(mariadb: str) -> str:
    url = create_database(mariadb, "odd_source", SCHEMA)
    execute(url, "GRANT SELECT ON odd_source.people TO reader@'%'")
    return url


def discovered(url: str, **more: object) -> Inventory:
    with open_connector(Connection.model_validate({"kind": "mysql", "location": url, **more})) as c:
        return c.discover()


def table(inventory: Inventory, name: str) -> TableInfo:
    return next(one for one in inventory.tables if one.name == name)


def test_everything_is_discovered(url: str) -> None:
    inventory = discovered(url)
    assert inventory.dialect == "mysql" and inventory.server_version.startswith("MariaDB 1")
    people = table(inventory, "people")
    assert (people.schema_name, people.kind, people.comment) == (None, "table", "who there is")
    assert people.row_count == 1 and people.bytes
    assert [(one.name, one.data_type, one.coarse_type) for one in people.columns] == [
        ("id", "int(11)", "integer"),
        ("name", "varchar(400)", "text"),
        ("photo", "blob", "binary"),
        ("ok", "bit(1)", "boolean"),
        ("born", "year(4)", "integer"),
        ("mood", "enum('good','bad')", "text"),
        ("body", "longtext", "text"),
        ("paid", "decimal(10,2)", "number"),
        ("at", "timestamp", "datetime"),
        ("place", "point", "binary"),
    ]
    assert people.columns[1].comment == "whole" and not people.columns[1].nullable
    odd = table(inventory, "o%:dd")
    assert [one.primary_key_position for one in odd.columns] == [2, 1]
    (key,) = odd.foreign_keys
    assert (key.columns, key.target_table, key.target_columns) == (("who",), "people", ("id",))
    view = table(inventory, "named")
    assert view.kind == "view" and view.view_sql and "odd_source" not in view.view_sql
    assert table(inventory, "big").row_count == 40_000


def test_values_come_cut_and_plain(url: str) -> None:
    with open_connector(Connection(kind="mysql", location=url)) as connector:
        names, (row,) = connector.preview(None, "people", 5)
        assert dict(zip(names, row, strict=True)) == {
            "id": 1,
            "name": "x" * 200,
            "photo": "(2 bytes)",
            "ok": 1,
            "born": 2020,
            "mood": "bad",
            "body": '{"a": 1}',
            "paid": "1.50",
            "at": "2020-01-02 03:04:05",
            "place": "(25 bytes)",
        }
        assert connector.sample(None, "o%:dd", ["a:%b"], 3) == {"a:%b": []}
        assert connector.sample(None, "people", ["photo", "mood"], 3) == {
            "photo": [],
            "mood": ["bad"],
        }
        for relation, column in (("gone", "v"), ("big", "gone")):
            with pytest.raises(ConnectorError):
                connector.sample(None, relation, [column], 3)


@pytest.mark.parametrize("relation", ["big", "keyless"])
def test_samples_of_large_tables_are_spread(url: str, relation: str) -> None:
    with open_connector(Connection(kind="mysql", location=url)) as connector:
        values = connector.sample(None, relation, ["v"], 50)["v"]
    numbers = [int(str(value)[1:]) for value in values]
    assert len(numbers) == 50 and max(numbers) - min(numbers) > 10_000


@pytest.mark.parametrize("kind", ["mysql", "sqlalchemy"])
def test_measures_are_one_query(url: str, kind: SourceKind) -> None:
    place = url if kind == "mysql" else url.replace("mysql:", "mysql+pymysql:")
    with open_connector(Connection(kind=kind, location=place)) as connector:
        wanted = {ROWS: rows(), "d": distinct_values(named("v"))}
        assert connector.measure(None, "big", ["v"], wanted) == {ROWS: 40_000, "d": 40_000}
        with pytest.raises(ConnectorError):
            connector.measure(None, "big", ["gone"], wanted)


def test_sessions_read_only_and_give_up_in_time(url: str) -> None:
    with open_connector(Connection(kind="mysql", location=url), timeout_seconds=1) as connector:
        with pytest.raises(ConnectorError) as slow:
            connector.preview(None, "slow", 1)
        assert slow.value.code == "timeout"
        with pytest.raises(ConnectorError) as writing:
            connector.preview(None, "writes", 1)
        assert writing.value.code == "source_failed"
        assert connector.measure(None, "keyless", [], {ROWS: rows()}) == {ROWS: 40_000}


def test_all_databases_where_none_is_named(mariadb: str, url: str) -> None:
    create_database(mariadb, "other_source", "CREATE TABLE t (i INT)")
    everything = discovered(mariadb)
    assert {one.schema_name for one in everything.tables} >= {"odd_source", "other_source"}
    named_only = discovered(mariadb, schemas=("other_source", "gone"))
    assert [(one.schema_name, one.name) for one in named_only.tables] == [("other_source", "t")]
    assert named_only.warnings == ("There is no schema 'gone'.",)


def test_errors_say_what_is_wrong_and_no_secret(url: str) -> None:
    at = make_url(url)
    for place, code in (
        (at.set(database="gone"), "no_such_database"),
        (at.set(password="sesame-2"), "refused"),
        (at.set(port=1), "unreachable"),
        (at.set(host="no-such-host.invalid"), "unknown_host"),
        (at.update_query_dict({"ssl_mode": "verify_identity"}), "unreachable"),
    ):
        with pytest.raises(ConnectorError) as error:
            discovered(place.render_as_string(hide_password=False))
        assert error.value.code == code
        assert "sesame" not in str(error.value) and "hush" not in str(error.value)


def test_a_user_sees_what_was_granted(url: str) -> None:
    place = make_url(url).set(username="reader", password=None)
    inventory = discovered(
        place._replace(password=None).render_as_string(), password=SecretStr("sesame-1")
    )
    assert [one.name for one in inventory.tables] == ["people"]


async def test_it_is_a_source_like_any_other_and_its_password_is_rotated(
    world: World, mariadb: str
) -> None:
    url = create_database(
        mariadb,
        "whole_source",
        "CREATE TABLE customers (id INT PRIMARY KEY, email VARCHAR(80));\n"
        "INSERT INTO customers VALUES (1, 'julia@example.org'), (2, 'omar@example.org');\n"
        "CREATE VIEW mails AS SELECT email FROM customers;\n"
        "CREATE USER rotating@'%' IDENTIFIED BY 'sesame-1';\n"
        "GRANT SELECT, SHOW VIEW ON whole_source.* TO rotating@'%'",
    )
    place = make_url(url).set(username="rotating", password="sesame-1")
    await world.call(
        "data_sources.register_source",
        name="whole",
        kind="mysql",
        location=place.render_as_string(hide_password=False),
    )
    report = await world.call("data_sources.discover_assets", source="whole")
    assert (report.tables, report.views, report.rows) == (1, 1, 2)
    lineage = await world.call("catalog.get_lineage", asset="whole.mails", direction="upstream")
    assert [node.qualified_name for node in lineage.upstream] == ["whole.customers"]
    await world.call("scan_logic.start_scan", source="whole")
    await world.person("Vera Lind", "viewer")
    rows = await world.call("data_sources.preview_rows", "vera", asset="whole.customers")
    assert rows.total == 2 and "julia@" not in str(rows.rows), "previews are masked"

    execute(mariadb, "ALTER USER rotating@'%' IDENTIFIED BY 'sesame-2'")
    with pytest.raises(MendSource) as refusal:
        await world.call("data_sources.rotate_credentials", source="whole", password="sesame-3")
    assert refusal.value.problem_code == "refused" and "sesame" not in str(refusal.value)
    health = await world.call("data_sources.check_health", source="whole")
    assert not health.reachable, "the old password is still the stored one"
    await world.call("data_sources.rotate_credentials", source="whole", password="sesame-2")
    health = await world.call("data_sources.check_health", source="whole")
    assert health.reachable and health.rows == 2
