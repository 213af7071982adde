"""Every operation as a REST route and under one common path; the faces hold no logic."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, get_args, get_origin

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from api.auth import caller_of, runtime_of
from api.body import json_object, query_of
from tools.context import Caller
from tools.errors import CorrectInput
from tools.operation import Effect, Operation
from tools.registry import Registry
from tools.values import revealed

MAXIMUM_KEY = 200


def install(app: FastAPI, registry: Registry) -> None:
    """Give every operation its routes, and the schema its description."""
    router = APIRouter()

    async def by_name(request: Request, name: str) -> JSONResponse:
        caller = await caller_of(request)
        operation = registry.find(name)
        body = await json_object(request, largest=operation.largest)
        return await _invoke(request, caller, operation, body)

    for operation in registry:
        router.add_api_route(
            registry.route(operation),
            _route(operation),
            methods=[operation.method],
            name=operation.name,
            operation_id=operation.tool_name,
            summary=operation.summary,
            description=_description(operation),
            tags=[operation.group],
            openapi_extra=_documentation(operation),
            responses={200: {"model": operation.result}},
        )
    router.add_api_route(
        "/api/operations/{name}",
        by_name,
        methods=["POST"],
        name="operations.invoke",
        summary="Invoke any operation by its name, with its arguments as JSON.",
        tags=["operations"],
    )
    app.include_router(router)


def _route(operation: Operation) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def call(request: Request) -> JSONResponse:
        caller = await caller_of(request)
        takes = operation.method == "POST"
        body = await json_object(request, largest=operation.largest) if takes else {}
        arguments = {**body, **_from_query(request, operation), **request.path_params}
        return await _invoke(request, caller, operation, arguments)

    return call


async def _invoke(
    request: Request, caller: Caller, operation: Operation, arguments: dict[str, Any]
) -> JSONResponse:
    key = request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= MAXIMUM_KEY:
        raise CorrectInput(
            f"The Idempotency-Key has {len(key)} characters.",
            f"Use 1 to {MAXIMUM_KEY}.",
            field="Idempotency-Key",
        )
    invocation = await runtime_of(request).kernel.invoke(
        operation.name,
        arguments,
        caller,
        idempotency_key=key if operation.effect is not Effect.READ else None,
    )
    headers = {"X-Racine-Activity": invocation.activity_id}
    if invocation.replayed:
        headers["Idempotency-Replayed"] = "true"
    status = 202 if operation.name == "workflows.execute" else 200
    return JSONResponse(revealed(invocation.value), status, headers)


def _from_query(request: Request, operation: Operation) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for name, values in query_of(request).items():
        field = operation.arguments.model_fields.get(name)
        many = field is not None and _is_list(field.annotation)
        if len(values) > 1 and not many:
            raise CorrectInput(f"'{name}' is given twice.", "Give it once.", field=name)
        arguments[name] = values if many else values[0]
    return arguments


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(map(_is_list, get_args(annotation)))


def _description(operation: Operation) -> str:
    examples = "\n".join(f"- {example}" for example in operation.examples)
    return (
        f"{operation.description}\n\nEffect: {operation.effect}. "
        f"Permission: `{operation.permission}`.\n\nSay, for example:\n{examples}"
    )


def _documentation(operation: Operation) -> dict[str, Any]:
    schema = operation.schema
    in_path = {part[1:-1] for part in (operation.path or "").split("/") if part.startswith("{")}
    required = schema.get("required", [])
    properties = schema.get("properties", {})
    parameters = [
        {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": name in in_path or name in required,
            "description": declared.get("description", ""),
            "schema": {key: told for key, told in declared.items() if key != "description"},
        }
        for name, declared in properties.items()
        if name in in_path or operation.method == "GET"
    ]
    documentation: dict[str, Any] = {"parameters": parameters}
    if operation.method == "POST":
        body = {name: told for name, told in properties.items() if name not in in_path}
        documentation["requestBody"] = {
            "required": any(name in required for name in body),
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": body,
                        "required": [name for name in required if name in body],
                        "additionalProperties": False,
                        **({"$defs": schema["$defs"]} if "$defs" in schema else {}),
                    }
                }
            },
        }
    return documentation
