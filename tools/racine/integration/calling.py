"""An operation of a service outside, as one of ours: same door, same rights, same trail.

What it does outside can't be rehearsed or captured: a preview says so, and nothing of it is undone
here. What can't be known to have happened is `outcome_unknown`, never done again blindly.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

import httpx
from jsonschema import Draft202012Validator
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from sqlalchemy import select

from tools.changes import fingerprint
from tools.classifications.tables import Label
from tools.context import Context, Progress
from tools.database import new_id
from tools.errors import ChooseAnother, CorrectInput, FindOut, MendSource, TryLater
from tools.masking import SENSITIVE
from tools.operation import Effect, Operation
from tools.policy import UNMASK
from tools.racine.integration import mcp
from tools.racine.integration.types import Answered, Described
from tools.scan_rule_sets.detectors import Column, RuleSet, detect, mask
from tools.scan_rule_sets.operations import DEFAULT, find_rule_set
from tools.web import client, refuse_unsafe

SECONDS = 30.0
LARGEST = 1_000_000  # bytes of an answer
ASK = "Ask its owner whether it has happened; then say was_done or was_not_done."


@dataclass(frozen=True)
class Endpoint:
    """How a service is reached. `token` stays sealed until it is called."""

    name: str
    kind: str
    base: str
    header: str
    sealed_token: str | None

    def headers(self, ctx: Context) -> dict[str, str]:
        """The header that lets Racine in."""
        if self.sealed_token is None:
            return {}
        token = ctx.services.secret_box.open(self.sealed_token)
        bearer = self.header.lower() == "authorization" and " " not in token
        return {self.header: f"Bearer {token}" if bearer else token}


def operation_of(
    endpoint: Endpoint, group: str, described: Described, own: Operation | None
) -> Operation:
    """The operation that is called when somebody invokes `group.name`.

    Args:
        own: Racine's own operation of that name, whose words and arguments it takes over; where it
            reads, its result, too.
    """
    name = f"{group}.{described.name}"
    arguments = own.arguments if own else _arguments(name, described.parameters)
    reads = described.effect is Effect.READ

    async def call(ctx: Context, **values: Any) -> BaseModel:
        if ctx.preview and not reads:
            return Answered(service=endpoint.name, operation=name)
        work, key = _work(ctx, endpoint, described, _taken(endpoint, described, own, values))
        answer = await ctx.outside(key, work, SECONDS)
        if own is not None and reads:
            return _as_own(endpoint, own, answer)
        shown, hidden = await _masked(ctx, answer)
        return Answered(service=endpoint.name, operation=name, value=shown, masked=hidden)

    async def reconcile(ctx: Context, **values: Any) -> dict[Hashable, Any]:
        work, key = _work(ctx, endpoint, described, _taken(endpoint, described, own, values))
        if not described.keyed:
            raise FindOut(f"Whether {endpoint.name} has done it can't be known.", ASK)
        return {key: await ctx.outside(key, work, SECONDS)}  # the same key: it is done once

    return Operation(
        name=name,
        permission=f"{group}.{'read' if reads else described.effect}",
        effect=described.effect,
        method="GET" if reads else "POST",
        path=None,
        examples=own.examples if own else (described.summary,),
        target=None,
        reaches=True,
        agent=True,
        own=False,
        timeout=SECONDS * 2,
        reconcile=None if reads else reconcile,
        summary=f"{described.summary.rstrip('.')}, at {endpoint.name}.",
        description=described.description or described.summary,
        function=call,
        arguments=arguments,
        result=own.result if own and reads else Answered,
        service=endpoint.name,
    )


# ---- arguments --------------------------------------------------------------------------------


def _arguments(name: str, parameters: dict[str, Any]) -> type[BaseModel]:
    """A model of a JSON Schema: each property is checked by its own schema."""
    required = set(parameters["required"])
    fields: dict[str, Any] = {}
    for argument, written in parameters["properties"].items():
        schema = written if isinstance(written, dict) else {}
        shown = {"description": argument.replace("_", " "), **schema}
        if schema.get("format") == "password" or schema.get("writeOnly"):
            shown["x-secret"] = True
        kind = Annotated[Any, AfterValidator(partial(_check, schema)), WithJsonSchema(shown)]
        extra: Any = {"x-secret": True} if "x-secret" in shown else None
        told = Field(description=str(shown["description"]), json_schema_extra=extra)
        fields[argument] = (Annotated[kind, told], ... if argument in required else None)
    title = "".join(part.capitalize() for part in name.replace(".", "_").split("_"))
    return create_model(
        f"{title}Arguments", __config__=ConfigDict(extra="forbid", frozen=True), **fields
    )


def _check(schema: dict[str, Any], value: Any) -> Any:
    for error in Draft202012Validator(schema).iter_errors(value):
        # Its message would repeat the value
        at = "".join(f".{part}" for part in error.path)
        raise ValueError(f"Doesn't fit the service's schema ({error.validator}{at})")
    return value


def _taken(
    endpoint: Endpoint, described: Described, own: Operation | None, values: dict[str, Any]
) -> dict[str, Any]:
    """The arguments that are given and that the service knows, as JSON values."""
    known = described.parameters["properties"]
    for name in values.keys() - known.keys():
        if own is not None and values[name] != own.arguments.model_fields[name].default:
            raise CorrectInput(
                f"{endpoint.name} doesn't know '{name}'.",
                f"It takes: {', '.join(known) or 'nothing'}.",
                field=name,
            )
    given = {name: _plain(value) for name, value in values.items() if name in known}
    return {name: value for name, value in given.items() if value is not None}


def _plain(value: Any) -> Any:
    """JSON values, secrets in clear: they go to the service and nowhere else."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, BaseModel):
        return _plain({name: getattr(value, name) for name in type(value).model_fields})
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# ---- the call ---------------------------------------------------------------------------------


def _work(ctx: Context, endpoint: Endpoint, described: Described, values: dict[str, Any]) -> Any:
    key = ("service", endpoint.name, described.name, fingerprint(values), ctx.key)
    headers = endpoint.headers(ctx)
    send = _send_mcp if endpoint.kind == "mcp" else _send_http
    request_id = ctx.key or new_id("req")
    return partial(send, endpoint, described, values, headers, request_id), key


def _send_mcp(
    endpoint: Endpoint,
    described: Described,
    values: dict[str, Any],
    headers: dict[str, str],
    _key: str,
    _progress: Progress,
) -> Any:
    refuse_unsafe(endpoint.base)
    try:
        answer = mcp.call(endpoint.base, headers, SECONDS, described.tool, values)
    except mcp.ToolRefused:
        raise CorrectInput(
            f"{endpoint.name} says that {described.tool} failed.", "Check the arguments."
        ) from None
    except MendSource as error:
        if described.effect is Effect.READ:
            raise
        raise FindOut(error.detail, ASK) from None
    if len(json.dumps(answer, default=str)) > LARGEST:
        raise _too_much(endpoint)
    return answer


def _send_http(
    endpoint: Endpoint,
    described: Described,
    values: dict[str, Any],
    headers: dict[str, str],
    key: str,
    _progress: Progress,
) -> Any:
    refuse_unsafe(endpoint.base)
    request = _request(endpoint, described, values)
    reads = described.effect is Effect.READ
    if not reads:
        headers = {**headers, "idempotency-key": key}
    try:
        with (
            client(SECONDS, headers) as http,
            http.stream(described.method, **request) as answer,
        ):
            content = b""
            for part in answer.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise _too_much(endpoint)
            _refuse(endpoint, described, answer.status_code)
    except (httpx.ConnectError, httpx.ConnectTimeout):
        raise MendSource(
            f"{endpoint.name} can't be reached.", "Check that it runs, then try again."
        ) from None
    except httpx.HTTPError as error:
        told = f"{endpoint.name} broke off before it had answered ({type(error).__name__})."
        if reads:
            raise TryLater(told, "Try again.") from None
        raise FindOut(told, ASK) from None
    if not content.strip():
        return None
    try:
        return json.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace") if "json" not in _kind(answer) else _bad(endpoint)


def _kind(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-type", ""))


def _bad(endpoint: Endpoint) -> Any:
    raise MendSource(f"{endpoint.name} answers with broken JSON.", "Tell its owner.")


def _too_much(endpoint: Endpoint) -> CorrectInput:
    return CorrectInput(
        f"{endpoint.name} answers with more than {LARGEST // 1_000_000} MB.",
        "Ask it for less, a page at a time.",
    )


def _request(endpoint: Endpoint, described: Described, values: dict[str, Any]) -> dict[str, Any]:
    path, query, headers = described.path, {}, {}
    body: Any = {}
    for argument, value in values.items():
        place, called = described.places.get(argument, ("", ""))
        if place == "path":
            path = path.replace(f"{{{called}}}", quote(str(value), safe=""))
        elif place == "query":
            query[called] = value
        elif place == "header":
            headers[called] = str(value)
        elif place == "body":
            body[called] = value
        elif place == "whole_body":
            body = value
    request: dict[str, Any] = {"url": f"{endpoint.base}{path}", "params": query}
    if any(place in ("body", "whole_body") for place, _ in described.places.values()):
        request["json"] = body
    return {**request, "headers": {"accept": "application/json", **headers}}


def _refuse(endpoint: Endpoint, described: Described, status: int) -> None:
    """What an answer other than a success means. What it says stays outside: it can hold values."""
    name, reads = endpoint.name, described.effect is Effect.READ
    if 200 <= status < 300:
        return
    if status in (401, 403):
        raise MendSource(
            f"{name} doesn't let Racine in ({status}).",
            "An administrator can give another token (integration.update_service).",
        )
    if status == 404:
        raise ChooseAnother(f"{name} doesn't know what {described.name} is about (404).", "")
    if status in (429, 503):
        raise TryLater(f"{name} is busy ({status}); nothing was done.", "Try again later.")
    if status < 500:
        raise CorrectInput(f"{name} refuses the call ({status}).", "Check the arguments.")
    if reads:
        raise TryLater(f"{name} failed ({status}).", "Try again later, or tell its owner.")
    raise FindOut(f"{name} failed, perhaps after it had begun ({status}).", ASK)


# ---- the answer -------------------------------------------------------------------------------


def _as_own(endpoint: Endpoint, own: Operation, answer: Any) -> BaseModel:
    try:
        return own.result.model_validate(answer)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:80] or "the answer"
        raise MendSource(
            f"{endpoint.name} answers {own.name} in another form than it should: '{where}' "
            f"{'is missing' if first['type'] == 'missing' else 'is wrong'}.",
            f"{own.name} in docs/reference.md shows the form; or give the operation another name "
            "in the service's document.",
        ) from None


async def _masked(ctx: Context, answer: Any) -> tuple[Any, list[str]]:
    """The answer with values hidden that our detectors take for classified; and which those are."""
    may_see = ctx.entitlements.decide(UNMASK)
    if not ctx.caller.masked and may_see.allowed and may_see.sources is None:
        return answer, []
    found: dict[str, list[Any]] = {}
    for path, value in _leaves(answer):
        found.setdefault(path, []).append(value)
    rules = RuleSet.model_validate((await find_rule_set(ctx.session, DEFAULT)).definition)
    hidden = await ctx.session.scalars(select(Label.id).where(Label.sensitivity.in_(SENSITIVE)))
    paths = _sensitive(found, rules, set(hidden))
    return _hide(answer, "", paths), sorted(paths)


def _sensitive(
    found: Mapping[str, list[Any]], rules: RuleSet, hidden: Iterable[str]
) -> frozenset[str]:
    labels = frozenset(hidden)
    paths = set()
    for path, values in found.items():
        name = path.rpartition(".")[2].replace("[]", "")
        column = Column(name, None, "text", values[: rules.sample_size])
        best = next(iter(detect(column, rules)), None)
        if best and best.score >= rules.minimum_score and best.label in labels:
            paths.add(path)
    return frozenset(paths)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, f"{path}[]")
    elif value is not None and not isinstance(value, bool):
        yield path, value


def _hide(value: Any, path: str, paths: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _hide(item, f"{path}.{key}", paths) for key, item in value.items()}
    if isinstance(value, list):
        return [_hide(item, f"{path}[]", paths) for item in value]
    return mask(value) if path in paths and value is not None else value
