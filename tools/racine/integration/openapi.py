"""From an OpenAPI 3 document to operations. Pure: no request is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import yaml

from tools.errors import CorrectInput
from tools.operation import Effect
from tools.racine.integration.types import Described, Offer, Place

EFFECTS = {
    "get": Effect.READ,
    "head": Effect.READ,
    "post": Effect.WRITE,
    "put": Effect.WRITE,
    "patch": Effect.WRITE,
    "delete": Effect.DESTROY,
}
KEY = "idempotency-key"
MOST = 500
DEEP = 12
JSON_BODY = "application/json"
# Headers that a caller must not choose
OWN_HEADERS = {"authorization", "cookie", "host", "content-length", "content-type", KEY}


def offer_of(text: str, url: str) -> Offer:
    """Read a document.

    Args:
        text: JSON or YAML.
        url: where it lies; its own `servers` may name another path there, but no other host.

    Raises:
        CorrectInput: it is none, or sends elsewhere.
    """
    document = _parsed(text)
    operations: dict[str, Described] = {}
    for path, item in _objects(document.get("paths")):
        for method, told in _objects(item):
            if method not in EFFECTS:
                continue
            described = _described(document, path, method, told, item.get("parameters") or [])
            if described.name in operations:
                raise _wrong(
                    f"two operations are called '{described.name}'",
                    f"paths.{path}.{method}.operationId",
                )
            operations[described.name] = described
    if not operations:
        raise _wrong("it has no operation", "paths")
    if len(operations) > MOST:
        raise _wrong(f"it has {len(operations)} operations; {MOST} are the most", "paths")
    info = document.get("info")
    title = str(info.get("title", "")) if isinstance(info, dict) else ""
    return Offer(title=title[:200], base=_base(document, url), operations=list(operations.values()))


def snake(name: str) -> str:
    """A name in the form that operations have: `listTickets` and `tickets.list` in snake_case."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")[:60].strip("_")


def _parsed(text: str) -> dict[str, Any]:
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise _wrong(f"it is neither JSON nor YAML{where}", "document") from None
    version = document.get("openapi") if isinstance(document, dict) else None
    if not isinstance(version, str) or not version.startswith("3."):
        raise _wrong("it doesn't say 'openapi: 3.…'", "openapi")
    return dict(document)


def _described(
    document: dict[str, Any], path: str, method: str, told: dict[str, Any], shared: list[Any]
) -> Described:
    name = snake(str(told.get("operationId") or f"{method}_{path}"))
    if not name:
        raise _wrong("an operation has no name", f"paths.{path}.{method}.operationId")
    properties: dict[str, Any] = {}
    places: dict[str, tuple[Place, str]] = {}
    required: list[str] = []
    keyed = False
    own = told.get("parameters")
    for written in [*shared, *(own if isinstance(own, list) else [])]:
        parameter = _inline(document, written)
        place, called = parameter.get("in"), str(parameter.get("name", ""))
        keyed = keyed or (place == "header" and called.lower() == KEY)
        if place not in ("path", "query", "header") or called.lower() in OWN_HEADERS:
            continue
        argument = re.sub(r"\W", "_", called)
        properties[argument] = _with_description(parameter.get("schema"), parameter)
        places[argument] = (place, called)
        if parameter.get("required") or place == "path":
            required.append(argument)
    body = _inline(document, told.get("requestBody") or {})
    content = body.get("content") or {}
    media = next((one for kind, one in _objects(content) if kind.startswith(JSON_BODY)), None)
    if media is not None:
        schema = _inline(document, media.get("schema") or {})
        if schema.get("properties"):
            for called, one in _objects(schema.get("properties")):
                argument = re.sub(r"\W", "_", called)
                argument = f"body_{argument}" if argument in properties else argument
                properties[argument], places[argument] = one, ("body", called)
                if called in (schema.get("required") or []):
                    required.append(argument)
        else:
            properties["body"], places["body"] = schema, ("whole_body", "")
            required += ["body"] if body.get("required") else []
    summary = str(told.get("summary") or told.get("description") or name.replace("_", " "))
    return Described(
        name=name,
        summary=_one_line(summary),
        description=str(told.get("description") or "")[:2000],
        effect=EFFECTS[method],
        parameters={"type": "object", "properties": properties, "required": sorted(set(required))},
        method=method.upper(),
        path=path,
        places=places,
        keyed=keyed,
    )


def _one_line(text: str) -> str:
    line = " ".join(text.split())[:200]
    return line if line.endswith((".", "…")) else f"{line}."


def _with_description(schema: Any, parameter: Mapping[str, Any]) -> dict[str, Any]:
    described = dict(schema) if isinstance(schema, dict) else {}
    if "description" not in described and parameter.get("description"):
        described["description"] = str(parameter["description"])[:500]
    return described


def _inline(document: dict[str, Any], node: Any, depth: int = 0) -> Any:
    """The node with what its references point to; what never ends is left open."""
    if depth > DEEP:
        return {}
    if isinstance(node, list):
        return [_inline(document, one, depth + 1) for one in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        target: Any = document
        for part in reference.removeprefix("#/").split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            target = target.get(key) if isinstance(target, dict) else None
        if not reference.startswith("#/") or target is None:
            raise _wrong(f"'{reference[:100]}' points to nothing in it", "$ref")
        return _inline(document, target, depth + 1)
    return {key: _inline(document, one, depth + 1) for key, one in node.items()}


def _base(document: dict[str, Any], url: str) -> str:
    servers = document.get("servers")
    first = servers[0] if isinstance(servers, list) and servers else {}
    base = urljoin(url, str(first.get("url", "/")) if isinstance(first, dict) else "/")
    if urlsplit(base)[:2] != urlsplit(url)[:2]:
        raise _wrong(
            f"its server is {urlsplit(base).netloc}, and it was given for {urlsplit(url).netloc}",
            "servers",
        )
    return base.rstrip("/")


def _objects(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in node.items() if isinstance(node, dict) else ():
        if isinstance(value, dict):
            yield str(key), value


def _wrong(what: str, where: str) -> CorrectInput:
    return CorrectInput(
        f"The OpenAPI document can't be used: {what}.",
        f"Correct it at '{where[:120]}', or give another.",
        field="document",
    )
