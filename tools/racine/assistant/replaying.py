"""`assistant.replay`: would it be answered the same today, and why not.

The calls of an answer are asked again as the caller, masked as they were for the model, and what
they return is compared by digest; the change log tells what has become of what they had read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import inspect, select

from tools.audit import ActivityRow, as_change
from tools.changes import ChangeRow, model_of, published
from tools.context import Context
from tools.data_sources.tables import Source
from tools.database import SourceScoped
from tools.errors import AskForAccess, LookAgain, RacineError
from tools.operation import operation
from tools.policy import Decision
from tools.racine.assistant.receipting import LATEST, AnsweredRun, about_receipts, find_receipt
from tools.racine.assistant.receipts import PRODUCT, ids_read, records_read, result_digest
from tools.racine.assistant.types import (
    AnswerCall,
    CallAgain,
    ReadAgain,
    ReadRecord,
    ReadSince,
    ReceiptContent,
    Replay,
)
from tools.scoping import restrict

READING, TRAIL = "catalog.read", "activity.read"
MOST_CHANGES = 20_000  # looked through, the newest first
SHOWN = 20
BUILTIN = "builtin"


@operation(
    "assistant.replay",
    permission="assistant.read",
    own=True,
    path="GET /receipts/{run_id}/replay",
    timeout=300,
    examples=("Would you still answer that the same?", "Replay that answer"),
)
async def replay(ctx: Context, run_id: AnsweredRun = LATEST) -> Replay:
    """Ask the calls of an answer again, and tell what is different today, and why."""
    row = await find_receipt(ctx, run_id)
    if row.content is None:
        raise LookAgain(
            "The conversation was erased, and with it what this answer was made of.",
            "assistant.verify_receipts tells whether the chain still holds.",
        )
    content = ReceiptContent.model_validate(row.content)
    calls = [await _again(ctx, content, call) for call in content.calls]
    reading = await _read_again(ctx, content, row.conversation_id)
    model = str(ctx.services.settings.get("model", BUILTIN))
    told = Replay(
        run_id=row.run_id,
        question=content.question,
        verdict="",
        same=all(one.outcome != "different" for one in calls) and (reading is None or reading.same),
        answered_at=row.at,
        calls=calls,
        reading=reading,
        model_then=content.model,
        model_now=model,
        product_then=content.product,
        product_now=PRODUCT,
    )
    return told.model_copy(
        update={"verdict": _verdict(told, own=row.user_id == ctx.caller.user_id)}
    )


def _verdict(told: Replay, *, own: bool) -> str:
    """One sentence on it all."""
    different = [one for one in told.calls if one.outcome == "different"]
    asked = [one for one in told.calls if one.outcome != "not compared"]
    day = f"{told.answered_at:%Y-%m-%d %H:%M} UTC"
    if told.reading is not None and not told.reading.same:
        names = ", ".join(one["operation"] for one in told.reading.now) or "nothing"
        said = f"Not the same: the question is read differently today, as {names}"
        if [one["operation"] for one in told.reading.then] == [
            one["operation"] for one in told.reading.now
        ]:
            said = f"Not the same: the question is read with other arguments today, for {names}"
    elif different:
        many = f"{len(different)} of {len(asked)} calls came" if len(asked) > 1 else "its call came"
        said = f"Not the same: {many} to something else on {day}, since {different[0].why}"
    elif asked:
        many = f"all of its {len(asked)} calls come" if len(asked) > 1 else "its call comes"
        said = f"The same: {many} to what was answered on {day}"
    elif told.reading is not None and told.reading.now:
        said = f"The same: it is read as on {day}, and comes to nothing that could be compared"
    else:
        said = f"The same: the answer of {day} came without looking anything up"
    if told.model_then not in ("none", told.model_now):
        said += f"; {told.model_then} answered, and {told.model_now} would now"
    elif told.reading is None and told.model_then != "none":
        said += f"; {told.model_then} may choose other calls and other words"
    if told.product_then not in ("", told.product_now):
        said += f"; that was version {told.product_then} of the product, this is {told.product_now}"
    if not own:
        said += "; asked with your rights, which may not be those of whoever asked then"
    return f"{said}."


async def _read_again(
    ctx: Context, content: ReceiptContent, conversation_id: str
) -> ReadAgain | None:
    """How the question is read today; None where a language model chose the calls."""
    by_planner = content.model == BUILTIN or content.fell_back is not None
    if not by_planner or content.understood is None or ctx.services.reader is None:
        return None
    read = await ctx.services.reader(content.question, ctx.caller, content.focus, conversation_id)
    return ReadAgain(same=read == content.understood, then=content.understood, now=read)


async def _again(ctx: Context, content: ReceiptContent, call: AnswerCall) -> CallAgain:
    told = CallAgain(
        operation=call.operation,
        arguments=call.arguments,
        outcome="not compared",
        why="",
        since=[],
        more=0,
    )
    if (why := _incomparable(call)) is not None or content.began_at is None:
        return told.model_copy(update={"why": why})
    as_model = replace(ctx, caller=replace(ctx.caller, masked=True))
    try:
        value = await as_model.invoke(call.operation, **call.arguments)
    except RacineError as error:
        if call.error == str(error):
            return told.model_copy(update={"outcome": "same", "why": "it is refused alike"})
        lost = "you may not ask this any more" if isinstance(error, AskForAccess) else "it fails"
        since, more = await _since(ctx, content, call, None) if call.error is None else ([], 0)
        return told.model_copy(
            update={
                "outcome": "different",
                "why": f"{lost} today ({error.detail.rstrip('.')})",
                "since": since,
                "more": more,
            }
        )
    if call.digest == result_digest(value, content.began_at):
        return told.model_copy(update={"outcome": "same", "why": "it returns the same"})
    if call.error is not None:
        return told.model_copy(
            update={"outcome": "different", "why": f"it failed then ({call.error.rstrip('.')})"}
        )
    today = await ids_read(ctx.session, value, call.arguments)
    since, more = await _since(ctx, content, call, today)
    return told.model_copy(
        update={"outcome": "different", "why": _why(since), "since": since, "more": more}
    )


def _incomparable(call: AnswerCall) -> str | None:
    """Why a call isn't asked again."""
    if call.secret:
        return "an argument was a secret, which isn't kept"
    if about_receipts(call.operation):
        return "it tells of receipts"
    return (
        "it counts use, which goes on with every question"
        if call.digest is None and (call.error is None)
        else None
    )


def _why(since: Sequence[ReadSince]) -> str:
    if not since:
        return "what it returns is made of something else than the records that it names"
    one = since[0]
    what = {
        "changed": f"{one.name} was changed",
        "deleted": f"{one.name} was deleted",
        "not permitted": f"{one.name} is no longer permitted to you",
        "appeared": f"{one.name} has appeared",
        "left": f"{one.name} fits the question no longer",
    }[one.what]
    fields = f" ({', '.join(one.fields[:4])})" if one.fields and one.what == "changed" else ""
    by = f" by {one.by} on {one.at:%Y-%m-%d %H:%M} UTC" if one.by and one.at else ""
    return f"{what}{fields}{by}"


async def _since(
    ctx: Context, content: ReceiptContent, call: AnswerCall, today: Sequence[str] | None
) -> tuple[list[ReadSince], int]:
    """What became of the records that a call had read, and of those that it reads today.

    `today`: the ids in what it returns; None where it returns nothing.
    """
    read = set(call.records)
    then = {one.id: one for one in content.records if one.id in read}
    now = {one.id: one for one in await records_read(ctx.session, today or ())}
    reading = ctx.entitlements.decide(READING)
    told: list[ReadSince] = []
    explained: set[str] = set()
    for row, by, through in await _changes(ctx, content.read_from, {*then, *now}):
        if row.source_id is None or reading.covers(row.source_id) or row.key in now:
            explained.add(row.key)
            told.append(_changed(ctx, row, by, through))
    for one in then.values():
        if one.id not in now and one.id not in explained:
            seen = await _seen(ctx, reading, one)
            if not seen or today is not None:
                what = "left" if seen else "not permitted"
                told.append(ReadSince(what=what, kind=one.kind, name=one.name))
    told += [
        ReadSince(what="appeared", kind=one.kind, name=one.name)
        for one in now.values()
        if one.id not in then and one.id not in explained
    ]
    return told[:SHOWN], max(0, len(told) - SHOWN)


def _changed(ctx: Context, row: ChangeRow, by: str, through: str) -> ReadSince:
    """A change, its values for those who may read the trail."""
    change = published(as_change(row))
    told = ReadSince(
        what={"create": "appeared", "update": "changed", "delete": "deleted"}[row.action],
        kind=row.table,
        name=row.label,
        by=by,
        at=row.at,
        operation=through,
    )
    if row.action != "update":
        return told
    told.fields = sorted({*(change.before or {}), *(change.after or {})})
    if ctx.entitlements.decide(TRAIL).allowed:
        told.before, told.after = change.before, change.after
    return told


async def _seen(ctx: Context, reading: Decision, one: ReadRecord) -> bool:
    """Whether the caller may still see a record."""
    model = model_of(one.kind)
    if not issubclass(model, SourceScoped | Source):
        return True
    key = inspect(model).primary_key[0]
    restrict(ctx.session, reading, ctx.caller.user_id)
    seen = await ctx.session.scalar(select(key).where(key == one.id).select_from(model))
    restrict(ctx.session, ctx.decision, ctx.caller.user_id)
    return seen is not None


async def _changes(
    ctx: Context, after: int, ids: Collection[str]
) -> list[tuple[ChangeRow, str, str]]:
    """The changes since then of these records, then of what hangs on them, the newest first."""
    rows = await ctx.session.execute(
        select(ChangeRow, ActivityRow.user_name, ActivityRow.operation)
        .join(ActivityRow, ActivityRow.id == ChangeRow.activity_id)
        .where(ChangeRow.sequence > after)
        .order_by(ChangeRow.sequence.desc())
        .limit(MOST_CHANGES)
    )
    own: list[tuple[ChangeRow, str, str]] = []
    hanging: list[tuple[ChangeRow, str, str]] = []
    for row, by, through in rows:
        if row.key in ids:
            own.append((row, by, through))
        elif any(
            value in ids
            for image in (row.before, row.after)
            for name, value in (image or {}).items()
            if isinstance(value, str) and name != "source_id"
        ):
            hanging.append((row, by, through))
    return [*own, *hanging]
