"""Talking to web services outside: never to a metadata address, never along a redirect."""

from __future__ import annotations

import httpx

from tools.data_sources.inventory import ConnectorError
from tools.data_sources.unsafe import safe_addresses
from tools.errors import CorrectInput


def refuse_unsafe(url: str, field: str = "url") -> None:
    """Look where a URL leads. It asks the network, so it runs in a thread.

    Raises:
        CorrectInput: its host is unknown, or link-local, or gives out a cloud's credentials.
    """
    try:
        safe_addresses(httpx.URL(url).host)
    except (ConnectorError, httpx.InvalidURL) as error:
        detail = error.detail if isinstance(error, ConnectorError) else "It is no URL."
        raise CorrectInput(detail, "Name the system's own address.", field=field) from None


def client(seconds: float, headers: dict[str, str] | None = None) -> httpx.Client:
    """A client that takes no proxy and no credentials from the environment."""
    return httpx.Client(timeout=seconds, headers=headers, trust_env=False, follow_redirects=False)
