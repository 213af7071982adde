"""The report for those outside: scores, findings, waivers, controls, gaps; as one file.

It covers the sources that the caller may see, and names them. What doesn't fit into 500 KB is
left out, controls that nobody judged before findings and these from the least severe on, and the
file itself says so.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from contextlib import AsyncExitStack
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, cast

from pydantic import Field

from tools.compliance import report_words as words
from tools.compliance.arguments import SourceFilter
from tools.compliance.frameworks import FrameworkFilter
from tools.compliance.past import as_it_was, moment_of
from tools.compliance.rendering import MEDIA_TYPES, SUFFIXES, Format, render
from tools.compliance.report_content import report_content
from tools.compliance.report_types import ComplianceReport, ReportContent
from tools.compliance.types import Postures
from tools.context import Context
from tools.database import now
from tools.operation import operation

MAXIMUM_BYTES = 500_000


@operation(
    "compliance.export_report",
    permission="compliance.read",
    timeout=300,
    examples=(
        "Export a GDPR report",
        "Give me the PCI DSS compliance report as CSV",
        "Write an audit report on HIPAA as PDF",
        "Export the assessment results of all frameworks as OSCAL",
    ),
)
async def export_report(
    ctx: Context,
    framework: FrameworkFilter = None,
    format: Annotated[  # noqa: A002
        Format, Field(description="html, pdf, csv, json, or oscal (assessment results as JSON)")
    ] = "html",
    source: SourceFilter = None,
    as_of: Annotated[
        date | datetime | None,
        Field(description="A past day (its end, in UTC) or moment, such as 2026-03-31; now if not"),
    ] = None,
) -> ComplianceReport:
    """Export a report: score, findings with evidence and owners, waivers, controls, gaps."""
    moment = now() if as_of is None else await moment_of(ctx.session, as_of)
    postures = await ctx.invoke(
        "compliance.get_posture",
        framework=framework,
        source=source,
        as_of=None if as_of is None else moment.isoformat(),
    )
    async with AsyncExitStack() as stack:
        session = ctx.session
        if as_of is not None:
            was = as_it_was(ctx.session, moment, ctx.decision.whole)
            session = await stack.enter_async_context(was)
        content = await report_content(
            session,
            cast(Postures, postures).items,
            source,
            moment,
            ctx.entitlements.user_name,
            past=as_of is not None,
            everyone=source is None and ctx.decision.everywhere,
        )
    statuses = [control.status for control in content.controls]
    content, file = await asyncio.to_thread(_fitting, content, format)
    ids = [one.id for one in content.frameworks]
    return ComplianceReport(
        name=f"{ids[0] if len(ids) == 1 else 'compliance'}-{moment:%Y-%m-%d}."
        f"{SUFFIXES.get(format, format)}",
        media_type=MEDIA_TYPES[format],
        encoding="base64" if format == "pdf" else "utf-8",
        framework=", ".join(one.name for one in content.frameworks),
        controls=len(statuses),
        by_status={status: statuses.count(status) for status in sorted(set(statuses))},
        findings=content.findings_total,
        findings_included=len(content.findings),
        truncated=content.notice() is not None,
        size=len(file),
        sha256=sha256(file).hexdigest(),
        content=b64encode(file).decode() if format == "pdf" else file.decode(),
    )


def _fitting(content: ReportContent, form: Format) -> tuple[ReportContent, bytes]:
    """The report with as many findings as it holds; controls that nobody judged go first."""
    file = render(content, form)
    if len(file) > MAXIMUM_BYTES:
        judged = [one for one in content.controls if one.status in words.JUDGED]
        left = len(content.controls) - len(judged)
        content = content.model_copy(update={"controls": judged, "controls_left_out": left})
        file = render(content, form)
    while len(file) > MAXIMUM_BYTES and content.findings:
        share = 0.9 * MAXIMUM_BYTES / len(file)
        kept = content.findings[: int(len(content.findings) * share)]
        content = content.model_copy(update={"findings": kept})
        file = render(content, form)
    return content, file
