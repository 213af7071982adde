"""What a source is registered with, before it is: its password taken out, its place allowed.

Every operation that stores a location or a password passes `admitted` and `answering` first.
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tools.context import Context
from tools.data_sources.connectors import Connection, ConnectorError, Health, refuse_unsafe
from tools.data_sources.kinds import KINDS, Kind
from tools.data_sources.sources import with_connector
from tools.data_sources.tables import StoredSecret
from tools.errors import ChooseAnother, CorrectInput

CONNECTING = 45.0


async def admitted(
    ctx: Context, kind: Kind, location: str, password: SecretStr | None, schemas: list[str]
) -> Connection:
    """How the source would be opened.

    Raises:
        CorrectInput: it must not be opened, doesn't exist, or isn't what it is said to be.
        ChooseAnother: its password was stored for somebody else.
    """
    place, secret = await _split_password(ctx, kind, location, password)
    connection = Connection(kind=kind, location=place, password=secret, schemas=tuple(schemas))
    try:
        refuse_unsafe(connection)
        _refuse_own(connection, ctx.services.settings.get("data_dir"))
    except ConnectorError as error:
        raise CorrectInput(error.detail, error.remedy, field="location", code=error.code) from None
    return connection


async def answering(ctx: Context, connection: Connection) -> Health:
    """The source's answer, asked outside of the transaction; MendSource where it gives none."""
    password = connection.password.get_secret_value() if connection.password else None
    return await ctx.outside(
        ("test", connection.kind, connection.location, password),
        with_connector(connection, lambda connector, _progress: connector.test()),
        CONNECTING,
    )


def sealed_password(ctx: Context, connection: Connection) -> str | None:
    """The password as it is stored."""
    if connection.password is None:
        return None
    return ctx.services.secret_box.seal(connection.password.get_secret_value())


def _refuse_own(connection: Connection, data_dir: str | None) -> None:
    """Racine's own database, keys and index are no source."""
    if data_dir is None or KINDS[connection.kind].server:
        return
    own = Path(data_dir).resolve()
    place = Path(connection.location).expanduser().resolve()
    index = own / "index"
    if place == own or place in own.parents or place.parent == own or index in place.parents:
        if place.is_dir() and place.parent == own and place != index:
            return  # the demo company's folder
        raise ConnectorError(
            "unsafe_path",
            f"'{connection.location}' holds Racine's own data and is never opened as a source.",
            "Register a folder or file outside of the data folder.",
        )


async def _split_password(
    ctx: Context, kind: Kind, location: str, password: SecretStr | None
) -> tuple[str, SecretStr | None]:
    """A location without its password, and the password: given, in the URL, or stored before."""
    if not KINDS[kind].server:
        return location, None
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise CorrectInput(
            "The location is not a URL.",
            f"Write it as {KINDS[kind].location}.",
            field="location",
        ) from None
    typed = url.password
    if isinstance(typed, str) and re.fullmatch(r"sec_[0-9a-f]{16}", typed):
        stored = await ctx.session.get(StoredSecret, typed)
        if stored is None:
            raise ChooseAnother(
                "The password in the location was stored for somebody else, or is gone.",
                "Give the password again.",
                field="location",
            )
        typed = ctx.services.secret_box.open(stored.sealed)
    secret = password or (SecretStr(str(typed)) if typed else None)
    # URL.set takes None for "as it is"
    return url._replace(password=None).render_as_string(hide_password=False), secret
