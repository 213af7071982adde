"""What services outside offer, and what the operations on them return."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from tools.operation import Effect
from tools.values import Page, Result

Kind = Literal["openapi", "mcp"]
Place = Literal["path", "query", "header", "body", "whole_body"]


class Described(BaseModel):
    """One operation as its service's document describes it.

    `parameters` is a JSON Schema of an object, without references. `places` says for each of its
    properties where it goes and under which name (OpenAPI only). `keyed`: the service takes an
    `Idempotency-Key` with it.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    summary: str
    description: str = ""
    effect: Effect
    parameters: dict[str, Any]
    method: str = ""
    path: str = ""
    tool: str = ""
    places: dict[str, tuple[Place, str]] = {}
    keyed: bool = False


class Offer(BaseModel):
    """All that a service offers: its title, where it is called, its operations."""

    title: str
    base: str
    operations: list[Described]


class Answered(Result):
    """What a service outside has answered, as it came; classified values are masked."""

    service: str
    operation: str
    value: Any = None
    masked: list[str] = []


class OfferedOperation(Result):
    """One operation of a service."""

    name: str
    effect: Effect
    summary: str
    stands_in: bool


class ServiceSummary(Result):
    """A service outside."""

    id: str
    name: str
    kind: Kind
    url: str
    group: str | None
    title: str
    has_token: bool
    operations: int
    synced_at: datetime


class ServiceList(Page[ServiceSummary]):
    """Services outside."""


class ServiceDetail(ServiceSummary):
    """A service outside with what it offers, and what has changed since the last look."""

    offers: list[OfferedOperation]
    added: list[str] = []
    changed: list[str] = []
    removed: list[str] = []


class ServiceRemoved(Result):
    """A service that is no longer there."""

    name: str
    operations: list[str]


class GroupStatus(Result):
    """One of the seven groups, and who serves it."""

    group: str
    served_by: str
    operations: int
    missing: list[str] = []


class GroupsStatus(Result):
    """Who serves the seven groups."""

    groups: list[GroupStatus]
