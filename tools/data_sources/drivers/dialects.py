"""What is known of SQLAlchemy's dialects beyond their own packages: how to get them, and read."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from tools.data_sources.inventory import ConnectorError

PACKAGES = {
    "awsathena": "PyAthena[SQLAlchemy]",
    "bigquery": "sqlalchemy-bigquery",
    "clickhouse": "clickhouse-sqlalchemy",
    "clickhousedb": "clickhouse-connect",
    "cockroachdb": "sqlalchemy-cockroachdb",
    "crate": "sqlalchemy-cratedb",
    "databricks": "databricks-sqlalchemy",
    "db2": "ibm-db-sa",
    "drill": "sqlalchemy-drill",
    "druid": "pydruid[sqlalchemy]",
    "exa": "sqlalchemy-exasol",
    "firebird": "sqlalchemy-firebird",
    "hana": "sqlalchemy-hana",
    "hive": "PyHive[hive]",
    "ibm_db_sa": "ibm-db-sa",
    "impala": "impyla",
    "monetdb": "sqlalchemy-monetdb",
    "presto": "PyHive[presto]",
    "redshift": "sqlalchemy-redshift",
    "snowflake": "snowflake-sqlalchemy",
    "starrocks": "starrocks",
    "teradatasql": "teradatasqlalchemy",
    "trino": "trino[sqlalchemy]",
    "vertica": "sqlalchemy-vertica-python",
}
# Modules whose package is called something else
MODULES = {
    "MySQLdb": "mysqlclient",
    "cx_Oracle": "cx-Oracle",
    "mysql": "mysql-connector-python",
    "psycopg": "psycopg[binary]",
    "psycopg2": "psycopg2-binary",
}
SQLGLOT = {
    "bigquery": "bigquery",
    "clickhouse": "clickhouse",
    "clickhousedb": "clickhouse",
    "cockroachdb": "postgres",
    "databricks": "databricks",
    "hive": "hive",
    "mariadb": "mysql",
    "mssql": "tsql",
    "mysql": "mysql",
    "oracle": "oracle",
    "postgresql": "postgres",
    "presto": "presto",
    "redshift": "redshift",
    "snowflake": "snowflake",
    "starrocks": "starrocks",
    "teradatasql": "teradata",
    "trino": "trino",
}
READ_ONLY = {
    "cockroachdb": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}
# How a driver is told to give up connecting, in seconds
CONNECTING = {
    "asyncpg": "timeout",
    "mysqlconnector": "connection_timeout",
    "oracledb": "tcp_connect_timeout",
    "pg8000": "timeout",
    "psycopg": "connect_timeout",
    "psycopg2": "connect_timeout",
    "pymssql": "login_timeout",
    "pymysql": "connect_timeout",
    "pyodbc": "timeout",
}

# And how to give up waiting for an answer
READING = {"pymssql": "timeout", "pymysql": "read_timeout"}


def require_driver(url: URL) -> None:
    """Look whether a URL's dialect and its driver are installed.

    Raises:
        ConnectorError: one is missing; it names the package and how to install it.
    """
    backend = url.get_backend_name()
    try:
        dialect: Any = url.get_dialect()
    except (NoSuchModuleError, ArgumentError):
        package = PACKAGES.get(backend)
        if package is None:
            raise ConnectorError(
                "unknown_dialect",
                f"No installed package knows the dialect '{backend}'.",
                "Check how the URL begins, or install the package that brings its SQLAlchemy "
                "dialect where the service runs.",
            ) from None
        raise _missing(backend, package) from None
    try:
        dialect.import_dbapi()
    except ImportError as error:
        module = (error.name or dialect.driver).partition(".")[0]
        raise _missing(backend, MODULES.get(module, module)) from None
    if getattr(dialect, "is_async", False):
        raise ConnectorError(
            "wrong_driver",
            f"The driver '{dialect.driver}' is an asynchronous one.",
            "Name another driver of the dialect in the URL, as dialect+driver://….",
        )


def _missing(backend: str, package: str) -> ConnectorError:
    return ConnectorError(
        "driver_missing",
        f"The driver for '{backend}' is not installed: it needs the package '{package}'.",
        f"Install it where the service runs: pip install '{package}'.",
    )
