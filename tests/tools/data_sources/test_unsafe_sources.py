"""What is never opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.data_sources.connectors import Connection, ConnectorError, open_connector, refuse_unsafe
from tools.data_sources.inventory import SourceKind


def refused(kind: SourceKind, location: object) -> str:
    with pytest.raises(ConnectorError) as error:
        refuse_unsafe(Connection(kind=kind, location=str(location)))
    assert error.value.detail
    assert error.value.remedy
    return error.value.code


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/etc",
        "/proc/self/environ",
        "/sys",
        "/dev/mem",
        "/proc/../etc/shadow",
        "~/.ssh/id_rsa",
        "/srv/data/.aws/credentials",
        "/run/secrets",
    ],
)
@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "files"])
def test_system_files(kind: SourceKind, path: str) -> None:
    assert refused(kind, path) == "unsafe_path"


def test_links_to_system_files(tmp_path: Path) -> None:
    (tmp_path / "data.db").symlink_to("/etc/passwd")
    (tmp_path / "folder").symlink_to("/etc")
    assert refused("sqlite", tmp_path / "data.db") == "unsafe_path"
    assert refused("files", tmp_path / "folder/ssl") == "unsafe_path"


@pytest.mark.parametrize("path", ["/", "/home", "/home/..", "/var", "/tmp", "/root", "~"])
def test_folders_too_high_up(path: str) -> None:
    assert refused("files", path) == "unsafe_path"


def test_what_is_not_what_it_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 2\x00" + bytes(100))
    (tmp_path / "b.db").write_bytes(b"SQLite format 3\x00" + bytes(100))
    os.mkfifo(tmp_path / "pipe")
    assert refused("sqlite", tmp_path / "a.db") == "wrong_kind"
    assert refused("duckdb", tmp_path / "b.db") == "wrong_kind"
    assert refused("sqlite", tmp_path / "nope.db") == "no_such_path"
    assert refused("sqlite", f"{tmp_path}/a\x00.db") == "no_such_path"
    assert refused("sqlite", tmp_path) == "not_a_file"
    assert refused("sqlite", tmp_path / "pipe") == "not_a_file"
    assert refused("files", tmp_path / "pipe") == "not_a_folder"
    refuse_unsafe(Connection(kind="sqlite", location=str(tmp_path / "b.db")))
    refuse_unsafe(Connection(kind="files", location=str(tmp_path)))


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.1.2",
        "2852039166",
        "0xA9FEA9FE",
        "0xa9.254.169.254",
        "0251.0376.0251.0376",
        "169.254.43518",
        "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::1]",
        "[fe80::1]",
        "metadata.google.internal",
        "METADATA.google.internal.",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "%2Fvar%2Frun%2Fpostgresql",
        "one,two",
    ],
)
@pytest.mark.parametrize("kind", ["postgresql", "mysql", "sqlalchemy"])
def test_addresses(kind: SourceKind, host: str) -> None:
    scheme = "oracle" if kind == "sqlalchemy" else kind
    assert refused(kind, f"{scheme}://user:hush@{host}:5432/shop") == "unsafe_host"


@pytest.mark.parametrize(
    "option",
    [
        "options=-cdefault_transaction_read_only%3Doff",
        "service=x",
        "passfile=/etc/passwd",
        "sslkey=/etc/ssl/k",
        "sslrootcert=/x",
        "host=169.254.169.254",
        "hostaddr=127.0.0.1",
        "krbsrvname=x",
        "sslmode=require&sslmode=disable",
        "nonsense=1",
    ],
)
def test_options(option: str) -> None:
    assert refused("postgresql", f"postgresql://user@db.example/shop?{option}") == "unsafe_option"


@pytest.mark.parametrize(
    ("kind", "url", "code"),
    [
        ("mysql", "mysql://u@db.example/d?local_infile=1", "unsafe_option"),
        ("mysql", "mysql://u@db.example/d?read_default_file=/etc/my.cnf", "unsafe_option"),
        ("mysql", "mysql://u@db.example/d?unix_socket=/run/mysqld.sock", "unsafe_option"),
        ("mysql", "mysql://u@db.example/d?ssl_key=/etc/ssl/k", "unsafe_option"),
        ("mysql", "mysql://u@db.example/d?plugin_dir=/tmp", "unsafe_option"),
        ("mysql", "postgresql://u@db.example/d", "bad_url"),
        ("sqlalchemy", "mssql+pyodbc:///?odbc_connect=Driver%3D/tmp/x.so", "unsafe_option"),
        ("sqlalchemy", "mssql+pyodbc://u@db.example/d?driver=/tmp/x.so", "unsafe_option"),
        ("sqlalchemy", "mssql+pyodbc://u@db.example/d;Driver=x", "unsafe_option"),
        ("sqlalchemy", "mssql+pyodbc://u@db.example/d?Encrypt=no;Driver=x", "unsafe_option"),
        ("sqlalchemy", "oracle://u@db.example/(DESCRIPTION=x)", "unsafe_option"),
        ("sqlalchemy", "oracle://u@db.example/d?wallet_location=/x", "unsafe_option"),
        ("sqlalchemy", "mysql+pymysql://u@db.example/d?local_infile=1", "unsafe_option"),
        ("sqlalchemy", "sqlite:////etc/passwd", "no_server"),
        ("sqlalchemy", "duckdb:///x.duckdb", "no_server"),
        ("sqlalchemy", "access+pyodbc://db.example/d", "no_server"),
        ("sqlalchemy", "bigquery://", "no_server"),
        ("sqlalchemy", "no url", "bad_url"),
    ],
)
def test_other_servers(kind: SourceKind, url: str, code: str) -> None:
    assert refused(kind, url) == code


def test_other_servers_that_are_let_through() -> None:
    for kind, url in (
        ("mysql", "mariadb://u:p%40@db.example:3307/d?ssl_mode=required&connect_timeout=3"),
        ("mysql", "mysql+pymysql://u@[::1]"),
        ("sqlalchemy", "mssql+pyodbc://u@10.0.0.5/d?driver=ODBC+Driver+18+for+SQL+Server"),
        ("sqlalchemy", "snowflake://u@account/db/schema?warehouse=w&role=r"),
    ):
        refuse_unsafe(Connection.model_validate({"kind": kind, "location": url}))


@pytest.mark.parametrize("url", ["shop.db", "mysql://user@host/shop", "postgresql://u:p@h:x/d", ""])
def test_what_is_no_url(url: str) -> None:
    assert refused("postgresql", url) == "bad_url"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u@127.0.0.1/d",
        "postgresql://u:p%40@db.example:6432/d?sslmode=require",
        "postgres://u@[::1]/d?application_name=x&connect_timeout=3",
        "postgresql://10.0.0.5/d",
    ],
)
def test_what_is_let_through(url: str) -> None:
    refuse_unsafe(Connection(kind="postgresql", location=url))


def test_opening_checks_too() -> None:
    with pytest.raises(ConnectorError):
        open_connector(Connection(kind="sqlite", location="/etc/passwd"))
