"""Two systems of somebody else's on this machine: a ticket system (REST) and a notary (MCP).

The ticket system can serve the catalog group too. What it was sent is kept, so that tests see
what really reached it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Request
from mcp.server import MCPServer
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field
from starlette.types import ASGIApp

TOKEN = "let-racine-in"


class NewTicket(BaseModel):
    """What a ticket is made of."""

    title: Annotated[str, Field(max_length=80, description="What it is about")]
    reporter: str | None = None


@dataclass
class Tickets:
    """The ticket system's state, and how it behaves."""

    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    breaks: int = 0
    status: int = 0
    renamed: bool = False

    def app(self) -> FastAPI:
        """Its application; everything but its document asks for the token."""
        app = FastAPI(title="Tickets of ACME")

        @app.middleware("http")
        async def guard(request: Request, call_next: Any) -> Any:
            from starlette.responses import JSONResponse

            if request.headers.get("authorization") != f"Bearer {TOKEN}":
                return JSONResponse({"detail": "who are you?"}, 401)
            self.seen.append((request.method, request.url.path, dict(request.query_params)))
            if self.status:
                return JSONResponse({"detail": "jane.roe@example.com"}, self.status)
            return await call_next(request)

        @app.get("/tickets", operation_id="listTickets")
        async def list_tickets(limit: int = 10) -> dict[str, Any]:
            """List the tickets of the desk."""
            items = list(self.tickets.values())[:limit]
            return {"items": items, "total": len(self.tickets)}

        @app.post("/tickets", operation_id="createTicket", status_code=201)
        async def create_ticket(
            ticket: NewTicket, idempotency_key: Annotated[str | None, Header()] = None
        ) -> dict[str, Any]:
            """Open a ticket at the desk."""
            number = self.keys.get(idempotency_key or "", len(self.tickets) + 1)
            self.keys[idempotency_key or str(number)] = number
            self.tickets[number] = {"id": number, **ticket.model_dump()}
            if self.breaks:  # done, and the answer is lost
                self.breaks -= 1
                raise HTTPException(500)
            return self.tickets[number]

        @app.delete("/tickets/{number}", operation_id="deleteTicket")
        async def delete_ticket(number: int) -> None:
            """Delete a ticket for good."""
            if self.tickets.pop(number, None) is None:
                raise HTTPException(404)

        @app.post("/search", operation_id="findTickets")
        async def find_tickets(body: dict[str, Any]) -> list[dict[str, Any]]:
            """Find tickets by their words."""
            return [one for one in self.tickets.values() if body["text"] in one["title"]]

        @app.get("/assets", operation_id="list_assets")
        async def list_assets(kind: str | None = None, limit: int = 10) -> dict[str, Any]:
            """List the assets of ACME's catalog."""
            if self.renamed:
                return {"hits": []}
            name = f"acme.{kind or 'orders'}"
            asset = {"id": "acme-1", "kind": "table", "name": "orders", "source_id": "acme"}
            items = [{**asset, "qualified_name": name}][:limit]
            return {"items": items, "total": 1, "returned": 1, "truncated": False}

        return app


def notary() -> ASGIApp:
    """An MCP server with a tool that reads and one that writes."""
    server = MCPServer("Notary")
    deeds: list[str] = []

    @server.tool(annotations=ToolAnnotations(read_only_hint=True))
    def list_deeds() -> list[str]:
        """List the deeds that were recorded."""
        return deeds

    @server.tool()
    def record_deed(text: str) -> str:
        """Record a deed."""
        if not text:
            raise ValueError("an empty deed")
        deeds.append(text)
        return f"deed {len(deeds)}"

    return server.streamable_http_app(stateless_http=True)


def unused_port() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
