"""Which operations come from outside now: read anew after every change that any process makes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.operation import Operation
from tools.racine.integration.calling import Endpoint, operation_of
from tools.racine.integration.tables import Service
from tools.racine.integration.types import Described
from tools.registry import Registry


class Serving:
    """Keeps the registry at what the registered services offer."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._known: list[tuple[str, int]] = []
        self._at: int | None = None

    async def refresh(self, session: AsyncSession, head: int | None) -> None:
        """Look again, if anything at all has changed. `head`: the change log's end."""
        if head == self._at:
            return
        rows = await session.execute(select(Service.id, Service.version).order_by(Service.id))
        known = [(row.id, row.version) for row in rows]
        if known != self._known:
            services = await session.scalars(select(Service).order_by(Service.name))
            self._serve(list(services))
            self._known = known
        self._at = head

    def _serve(self, services: list[Service]) -> None:
        operations = [one for service in services for one in operations_of(service, self._registry)]
        instead = {one.group: one.name for one in services if one.group is not None}
        self._registry.serve(operations, instead)


def operations_of(service: Service, registry: Registry) -> list[Operation]:
    """A service's operations, under the name of the group that it serves or of its own."""
    endpoint = Endpoint(
        service.name, service.kind, service.base, service.header, service.sealed_token
    )
    group = service.group or service.name
    own = registry.own()
    return [
        operation_of(endpoint, group, told, own.get(f"{group}.{told.name}"))
        for told in map(Described.model_validate, service.operations)
    ]
