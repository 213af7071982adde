"""Looking up sources, and opening their connectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Progress
from tools.data_sources.connectors import (
    Connection,
    Connector,
    ConnectorError,
    Health,
    open_connector,
)
from tools.data_sources.tables import Source
from tools.errors import ChooseAnother, MendSource, nearest
from tools.secrets import SecretBox

T = TypeVar("T")


async def find_source(session: AsyncSession, reference: str) -> Source:
    """The source of that name (in any case) or id.

    Raises:
        ChooseAnother: there is none that the session may see.
    """
    wanted = reference.strip().lower()
    found = await session.scalar(
        select(Source).where(or_(Source.id == reference, func.lower(Source.name) == wanted))
    )
    if found is None:
        names = list(await session.scalars(select(Source.name).order_by(Source.name)))
        raise ChooseAnother(
            f"There is no source '{reference}'.", nearest(reference, names), field="source"
        )
    return found


def connection_of(source: Source, secret_box: SecretBox) -> Connection:
    """What is needed to open the source, its password unsealed."""
    password = source.sealed_password
    return Connection.model_validate(
        {
            "kind": source.kind,
            "location": source.location,
            "password": secret_box.open(password) if password else None,
            "schemas": tuple(source.schemas),
        }
    )


def with_connector(
    connection: Connection, work: Callable[[Connector, Progress], T]
) -> Callable[[Progress], T]:
    """Blocking work on an open connector, for `Context.outside`.

    The work raises MendSource where the source can't be opened or fails.
    """

    def run(progress: Progress) -> T:
        try:
            with open_connector(connection) as connector:
                return work(connector, progress)
        except ConnectorError as error:
            raise MendSource(error.detail, error.remedy, code=error.code) from None

    return run


def try_out(connection: Connection) -> Health | str:
    """The source's answer, or why it gives none."""
    try:
        with open_connector(connection) as connector:
            return connector.test()
    except ConnectorError as error:
        return f"{error.detail} {error.remedy}"
