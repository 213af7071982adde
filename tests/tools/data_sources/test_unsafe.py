"""What is never opened as a source, and that the refusal names the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.world import World
from tools.data_sources.connectors import open_connector
from tools.data_sources.inventory import Connection, ConnectorError, SourceKind
from tools.errors import CorrectInput


def refused(kind: SourceKind, location: str) -> ConnectorError:
    with pytest.raises(ConnectorError) as refusal:
        open_connector(Connection(kind=kind, location=location)).close()
    assert refusal.value.remedy, "a refusal says what to do instead"
    return refusal.value


@pytest.mark.parametrize(
    "location", ["/etc/passwd", "/proc/self/environ", "/sys/kernel", "/dev/zero", "~/.ssh/id_rsa"]
)
@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "files"])
def test_system_files_are_never_opened(kind: SourceKind, location: str) -> None:
    error = refused(kind, location)
    assert error.code == "unsafe_location"
    assert "folder of its own" in error.remedy


@pytest.mark.parametrize("target", ["/etc/passwd", "/proc", "/etc"])
def test_a_link_to_a_system_file_is_seen_for_what_it_is(tmp_path: Path, target: str) -> None:
    link = tmp_path / "harmless"
    link.symlink_to(target)
    assert refused("files", str(link)).code == "unsafe_location"


def test_private_folders_are_refused_wherever_they_are(tmp_path: Path) -> None:
    keys = tmp_path / ".ssh"
    keys.mkdir()
    (keys / "known.csv").write_text("a\n1\n")
    assert refused("files", str(keys)).code == "unsafe_location"


@pytest.mark.parametrize("location", ["/", "/home", "/tmp", "/../"])
def test_a_folder_that_holds_everything_is_refused(location: str) -> None:
    error = refused("files", location)
    assert error.code == "unsafe_location"
    assert "below it" in error.remedy


def test_what_is_not_there_or_not_a_file_is_said_so(tmp_path: Path) -> None:
    assert refused("sqlite", str(tmp_path / "none.sqlite")).code == "no_such_file"
    assert refused("duckdb", str(tmp_path)).code == "not_a_file"
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert refused("sqlite", str(loop)).code in ("bad_path", "no_such_file")


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_of_another_kind_is_not_taken_for_a_database(
    tmp_path: Path, kind: SourceKind
) -> None:
    path = tmp_path / "letters.txt"
    path.write_text("Dear all, this is no database at all.")
    error = refused(kind, str(path))
    assert error.code == "wrong_kind"
    assert "files for CSV" in error.remedy


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "2852039166",
        "0xA9FEA9FE",
        "0251.0376.0251.0376",
        "metadata.google.internal",
        "metadata.google.internal.",
        "METADATA",
        "[fe80::1]",
        "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]",
    ],
)
def test_metadata_addresses_are_refused_in_every_spelling(host: str) -> None:
    error = refused("postgresql", f"postgresql://reader@{host}/shop")
    assert error.code == "unsafe_location"
    assert "own address" in error.remedy


@pytest.mark.parametrize(
    "option",
    ["options=-c%20x", "sslrootcert=/etc/passwd", "service=x", "passfile=/x", "host=169.254.1.1"],
)
def test_options_that_load_files_or_change_the_session_are_refused(option: str) -> None:
    error = refused("postgresql", f"postgresql://reader@localhost/shop?{option}")
    assert error.code == "unsafe_option"
    assert "sslmode" in error.remedy


@pytest.mark.parametrize("location", ["mysql://a@b/c", "http://localhost/", "not a url", "://"])
def test_only_postgresql_urls_are_urls_of_postgresql(location: str) -> None:
    error = refused("postgresql", location)
    assert error.code == "bad_url"
    assert "postgresql://" in error.remedy


async def test_a_refusal_reaches_the_person_with_the_field_and_the_remedy(world: World) -> None:
    with pytest.raises(CorrectInput) as refusal:
        await world.call(
            "data_sources.register_source", name="x", kind="files", location="/etc/passwd"
        )
    assert refusal.value.field == "location"
    assert refusal.value.problem_code == "unsafe_location"
    assert (await world.call("data_sources.list_sources")).total == 0
