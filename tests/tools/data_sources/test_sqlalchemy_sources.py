"""Any other server, through SQLAlchemy's inspector, tried on servers that are here."""

from __future__ import annotations

import psycopg
import pytest

from tests.support.mariadb import create_database as create_mariadb
from tests.support.postgres import create_database
from tools.catalog.measures import ROWS, rows
from tools.data_sources.connectors import Connection, ConnectorError, open_connector

TABLES = """
CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(400), photo {blob});
CREATE TABLE pets (id INT PRIMARY KEY, owner INT REFERENCES people (id));
CREATE VIEW names AS SELECT name FROM people;
INSERT INTO people VALUES (1, 'x', NULL), (2, NULL, NULL);
"""


@pytest.fixture(
    params=[
        pytest.param("postgresql", marks=pytest.mark.postgres),
        pytest.param("mariadb", marks=pytest.mark.mysql),
    ]
)
def url(request: pytest.FixtureRequest) -> str:
    server = request.getfixturevalue("postgres" if request.param == "postgresql" else "mariadb")
    name = f"any_{request.node.name.partition('[')[0]}"[:60].lower()
    if request.param == "mariadb":
        place = create_mariadb(server, name, TABLES.format(blob="BLOB"))
        return place.replace("mysql:", "mysql+pymysql:")
    place = create_database(server, name)
    with psycopg.connect(place) as connection:
        connection.execute(TABLES.format(blob="BYTEA").encode())
        connection.execute("CREATE SCHEMA other; CREATE TABLE other.t (i INT)")
    return place.replace("postgresql:", "postgresql+psycopg:")


def test_tables_keys_views_and_values(url: str) -> None:
    with open_connector(Connection(kind="sqlalchemy", location=url)) as connector:
        assert connector.test().server_version
        inventory = connector.discover()
        found = {one.name: one for one in inventory.tables}
        assert {name: one.kind for name, one in found.items()} == {
            "people": "table",
            "pets": "table",
            "names": "view",
        }
        assert [one.coarse_type for one in found["people"].columns] == [
            "integer",
            "text",
            "binary",
        ]
        assert found["people"].columns[0].primary_key_position == 1
        assert found["people"].row_count == 2
        (key,) = found["pets"].foreign_keys
        assert (key.columns, key.target_table, key.target_columns) == (
            ("owner",),
            "people",
            ("id",),
        )
        assert "people" in str(found["names"].view_sql)
        assert connector.preview(None, "people", 1) == (["id", "name", "photo"], [[1, "x", None]])
        assert connector.sample(None, "people", ["name", "photo"], 5) == {
            "name": ["x"],
            "photo": [],
        }
        assert connector.measure(None, "people", ["id"], {ROWS: rows()}) == {ROWS: 2}
        for relation, column in (("gone", "id"), ("people", "gone")):
            with pytest.raises(ConnectorError) as error:
                connector.sample(None, relation, [column], 1)
            assert error.value.code in ("no_such_table", "no_such_column")


@pytest.mark.postgres
def test_it_reads_only_and_says_which_schemas_it_left_out(postgres: str) -> None:
    place = create_database(postgres, "any_schemas")
    with psycopg.connect(place) as connection:
        connection.execute(
            "CREATE SCHEMA other; CREATE TABLE other.t (i INT); CREATE TABLE here (i INT);"
            "CREATE FUNCTION write() RETURNS int LANGUAGE sql AS "
            "'INSERT INTO here VALUES (0) RETURNING 1'; CREATE VIEW writes AS SELECT write()"
        )
    url = place.replace("postgresql:", "postgresql+psycopg:")
    with open_connector(Connection(kind="sqlalchemy", location=url)) as connector:
        inventory = connector.discover()
        assert sorted(one.name for one in inventory.tables) == ["here", "writes"]
        assert "not other" in inventory.warnings[0]
        with pytest.raises(ConnectorError) as error:
            connector.preview(None, "writes", 1)
        assert error.value.code == "source_failed"
        assert connector.preview(None, "here", 1) == (["i"], [])
    named = Connection(kind="sqlalchemy", location=url, schemas=("other", "gone"))
    with open_connector(named) as connector:
        inventory = connector.discover()
        assert [(one.schema_name, one.name) for one in inventory.tables] == [("other", "t")]
        assert inventory.warnings == ("There is no schema 'gone'.",)


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("snowflake://u@account/db", "driver_missing", "pip install 'snowflake-sqlalchemy'"),
        ("mssql+pyodbc://u@127.0.0.1/db", "driver_missing", "pip install 'pyodbc'"),
        ("oracle+oracledb://u@127.0.0.1/db", "driver_missing", "pip install 'oracledb'"),
        ("mysql+mysqldb://u@127.0.0.1/db", "driver_missing", "pip install 'mysqlclient'"),
        ("nonsuch://u@127.0.0.1/db", "unknown_dialect", "SQLAlchemy dialect"),
        ("postgresql+psycopg://u@127.0.0.1:1/db", "unreachable", "Check host"),
    ],
)
def test_what_is_missing_is_named_with_how_to_get_it(url: str, code: str, said: str) -> None:
    with pytest.raises(ConnectorError) as error:
        open_connector(Connection(kind="sqlalchemy", location=url), timeout_seconds=2)
    assert error.value.code == code
    assert said in str(error.value)
