"""Signed CloudEvents from outside: verified, kept once, and left to the runner to start.

Signatures are those of Standard Webhooks: `v1,` and the base64 of HMAC-SHA256 over
`ID.TIMESTAMP.BODY` under the secret. Events are CloudEvents 1.0, structured or binary.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tools.database import Database, new_id
from tools.errors import CorrectInput, SignIn
from tools.racine.workflows.schedules.events import fits
from tools.racine.workflows.schedules.tables import Schedule, ScheduleRun
from tools.safety import read_json
from tools.secrets import SecretBox

TOLERANCE = 300.0
STRUCTURED = "application/cloudevents+json"


class CloudEvent(BaseModel):
    """A CloudEvent 1.0; extension attributes are kept."""

    model_config = ConfigDict(extra="allow")

    specversion: str = Field(pattern=r"^1\.0$")
    id: str = Field(min_length=1, max_length=200)
    source: str = Field(min_length=1, max_length=500)
    type: str = Field(min_length=1, max_length=200)
    subject: str | None = Field(default=None, max_length=500)
    time: AwareDatetime | None = None
    data: Any = None


async def receive(
    database: Database,
    secret_box: SecretBox,
    schedule_id: str,
    headers: Mapping[str, str],
    body: bytes,
    moment: datetime,
) -> ScheduleRun:
    """Keep a message that is signed; the same message is kept once.

    Raises:
        SignIn: there is no such webhook, or the signature isn't that of its secret.
        CorrectInput: it isn't a CloudEvent.
    """
    async with database.reading() as session:
        schedule = await session.get(Schedule, schedule_id)
    if schedule is None or schedule.secret is None:
        raise _refused()
    message_id = verified(secret_box.open(schedule.secret), headers, body, moment)
    event = event_of(headers, body).model_dump(mode="json", exclude_none=True)
    wanted = fits(schedule.where, event)
    run = ScheduleRun(
        id=new_id("srn"),
        schedule_id=schedule.id,
        key=f"message:{message_id}",
        at=moment,
        event=event,
        outcome="due" if wanted else "skipped",
        detail="" if wanted else "its fields aren't those that the schedule asks for",
    )
    try:
        async with database.writing() as session:
            session.add(run)
    except IntegrityError:  # sent again
        async with database.reading() as session:
            kept = await session.scalar(
                select(ScheduleRun).where(
                    ScheduleRun.schedule_id == schedule.id, ScheduleRun.key == run.key
                )
            )
        if kept is None:
            raise
        return kept
    return run


def verified(secret: str, headers: Mapping[str, str], body: bytes, moment: datetime) -> str:
    """The id of a message whose signature is right and fresh.

    Raises:
        SignIn: it isn't.
    """
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (0 < len(message_id) <= 100 and stamp.isascii() and stamp.isdigit()):
        raise _refused()
    if abs(moment.timestamp() - int(stamp[:15])) > TOLERANCE:
        raise _refused()
    wanted = sign(secret, message_id, stamp, body)
    sent = headers.get("webhook-signature", "").split()
    if not any(hmac.compare_digest(one.encode(), wanted.encode()) for one in sent):
        raise _refused()
    return message_id


def sign(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    """The signature of a message."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{message_id}.{stamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, text, 'sha256')).decode()}"


def event_of(headers: Mapping[str, str], body: bytes) -> CloudEvent:
    """The CloudEvent in a message, in either mode.

    Raises:
        CorrectInput: it isn't one.
    """
    value: Any
    if headers.get("content-type", "").partition(";")[0].strip() == STRUCTURED:
        value = read_json(body)
    else:
        value = {
            name.removeprefix("ce-"): text
            for name, text in headers.items()
            if name.startswith("ce-")
        }
        if body:
            value["data"] = read_json(body)
    if not isinstance(value, dict):
        raise CorrectInput("The event is not a JSON object.", "Send a CloudEvent.", field="body")
    try:
        return CloudEvent.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = str(first["loc"][0])
        raise CorrectInput(
            f"The CloudEvent's '{field}' isn't right: {first['msg'].lower()}.",
            "Send specversion 1.0, id, source and type, as attributes or as ce- headers.",
            field=field,
        ) from None


def _refused() -> SignIn:
    return SignIn(
        "The webhook isn't there, or the signature isn't right.",
        "Sign 'ID.TIMESTAMP.BODY' with the secret that was shown when it was made, within five "
        "minutes.",
    )
