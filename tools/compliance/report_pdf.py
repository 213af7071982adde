"""A compliance report as a PDF: paged tables whose heads repeat, names in their own script."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import Any

from tools.compliance import report_words as words
from tools.compliance.report_fonts import BASE, register, runs, spelt
from tools.compliance.report_types import ReportContent, ReportFinding, ReportFramework

INK, SOFT, LINE = "#1c2430", "#5b6675", "#d9dee5"
TONES = {
    "critical": "#a40000",
    "high": "#a40000",
    "medium": "#7a5200",
    "failing": "#a40000",
    "waived": "#7a5200",
    "no_findings": "#1d6b34",
}
MARGIN = 48
PADDING = 6  # of the page's frame
WIDTH = 842 - 2 * (MARGIN + PADDING)  # A4, landscape, in points
HEIGHT = 595 - 2 * MARGIN - PADDING


def pdf_report(content: ReportContent) -> bytes:
    """The whole document."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate, Spacer

    styles = _styles()
    para = _Writer(styles)
    several = len(content.frameworks) > 1
    story: list[Any] = [para("h1", content.title), _facts(para, content), Spacer(1, 14)]
    story += [_scores(para, content.frameworks), *_section(para, "Open findings")]
    if notice := content.notice():
        story.append(para("body", notice))
    story.append(
        _table(
            para,
            ("Severity", "Finding", "Evidence", "Owner, due"),
            (0.09, 0.45, 0.32, 0.14),
            (_finding(para, one) for one in content.open_findings()),
            "No finding is open.",
        )
    )
    story += _section(para, "Waivers")
    story.append(
        _table(
            para,
            ("Severity", "Finding", "Waiver"),
            (0.09, 0.45, 0.46),
            (
                [*_finding(para, one)[:2], para("cell", words.waiver(one))]
                for one in content.waived_findings()
            ),
            "No finding is waived.",
        )
    )
    for framework in content.frameworks:
        story += _section(para, f"Controls of {framework.name}" if several else "Controls")
        story.append(
            _table(
                para,
                ("Control", "Status", "Rules", "Open", "Waived"),
                (0.34, 0.11, 0.41, 0.07, 0.07),
                (
                    [
                        para("cell", f"{one.ref} {one.title}"),
                        para("cell", words.STATUS[one.status], TONES.get(one.status, SOFT)),
                        para("cell", "; ".join(one.rules)),
                        para("cell", str(one.open)),
                        para("cell", str(one.waived)),
                    ]
                    for one in content.controls
                    if one.framework_id == framework.id
                ),
                "No control is known.",
            )
        )
    story += _section(para, "Gaps")
    missing = words.gaps(content)
    whole = "Every control has a rule, and every source was scanned and evaluated."
    story += [para("cell", f"• {gap}") for gap in missing] or [para("body", whole)]
    story += [*_section(para, "Method"), para("body", content.method)]
    file = io.BytesIO()
    SimpleDocTemplate(
        file,
        pagesize=landscape(A4),
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN - PADDING,
        bottomMargin=MARGIN,
        title=content.title,
        author=content.generated_by,
        subject=content.scope,
        creator="Racine",
    ).build(story, onFirstPage=_footer(content), onLaterPages=_footer(content))
    return file.getvalue()


class _Writer:
    """Makes paragraphs of text, which is never read as markup."""

    def __init__(self, styles: dict[str, Any]) -> None:
        self.styles = styles

    def __call__(self, style: str, text: str, colour: str | None = None) -> Any:
        return self.marked(style, self.text(text, colour))

    def marked(self, style: str, markup: str) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(markup, self.styles[style])

    def text(self, text: str, colour: str | None = None) -> str:
        shown = "".join(
            piece if font == BASE else f'<font name="{font}">{piece}</font>'
            for font, piece in ((font, escape(piece)) for font, piece in runs(text))
        )
        return f'<font color="{colour}">{shown}</font>' if colour else shown


def _facts(para: _Writer, content: ReportContent) -> Any:
    from reportlab.platypus import Table

    rows = [[para("cell", name, SOFT), para("cell", value)] for name, value in words.head(content)]
    table = Table(rows, colWidths=(90, WIDTH - 90), hAlign="LEFT")
    table.setStyle([("PADDING", (0, 0), (-1, -1), 1.5), ("LEFTPADDING", (0, 0), (0, -1), 0)])
    return table


def _scores(para: _Writer, frameworks: Sequence[ReportFramework]) -> Any:
    rows = (
        [
            para.marked(
                "cell",
                f"<b>{para.text(one.name)}</b><br/>"
                f"{para.text(f'{one.version}, {one.publisher}', SOFT)}",
            ),
            para("score", words.percent(one.score), _tone(one)),
            _bar(one),
            para("cell", words.verdict(one)),
            para("cell", ", then ".join(words.percent(point.score) for point in one.trend[-4:])),
        ]
        for one in frameworks
    )
    heads = ("Framework", "Score", "", "Checks", "Evaluations")
    return _table(para, heads, (0.28, 0.12, 0.2, 0.22, 0.18), rows, "No framework is known.")


def _tone(one: ReportFramework) -> str:
    if one.score is None:
        return SOFT
    return "#1d6b34" if one.compliant else "#7a5200" if one.score >= 0.8 else "#a40000"


def _bar(one: ReportFramework) -> Any:
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor

    wide = 0.2 * WIDTH - 16
    drawing = Drawing(wide, 20)
    drawing.add(Rect(0, 6, wide, 6, fillColor=HexColor(LINE), strokeColor=None))
    drawing.add(
        Rect(0, 6, wide * (one.score or 0), 6, fillColor=HexColor(_tone(one)), strokeColor=None)
    )
    return drawing


def _finding(para: _Writer, one: ReportFinding) -> list[Any]:
    asked = words.waiver(one)
    rule = f"{one.rule} (version {one.rule_version}): {', '.join(one.controls)}"
    since = f"open since {one.opened_at:%Y-%m-%d}" + (f", waiver {asked}" if asked else "")
    return [
        para("cell", one.severity, TONES.get(one.severity)),
        para.marked(
            "cell",
            f"<b>{para.text(one.subject)}</b> {para.text(one.source, SOFT)}<br/>"
            f"{para.text(one.summary)}<br/>{para.text(rule, SOFT)}<br/>"
            f"<i>{para.text(one.remedy)}</i>",
        ),
        para.marked("cell", f"{para.text(words.evidence(one))}<br/>{para.text(since, SOFT)}"),
        para("cell", words.care(one)),
    ]


def _section(para: _Writer, title: str) -> list[Any]:
    from reportlab.platypus import CondPageBreak

    return [CondPageBreak(110), para("h2", title)]


def _table(
    para: _Writer,
    heads: Sequence[str],
    shares: Sequence[float],
    rows: Iterable[list[Any]],
    none: str,
) -> Any:
    from reportlab.lib.colors import HexColor

    body = list(rows)
    if not body:
        return para("body", none, SOFT)
    heading = [para.marked("cell", f"<b>{para.text(head)}</b>") for head in heads]
    table = _whole_rows()(
        [heading, *body],
        colWidths=[share * WIDTH for share in shares],
        repeatRows=1,
        hAlign="LEFT",
    )
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 10),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("LINEBELOW", (0, 0), (-1, 0), 1.2, HexColor(INK)),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(LINE)),
        ]
    )
    return table


@cache
def _whole_rows() -> Any:
    from reportlab.platypus import LongTable

    class WholeRows(LongTable):  # type: ignore[misc]
        """A table whose rows end on the page that they begin on, if they fit on one."""

        def split(self, width: float, height: float) -> Any:
            # Elsewhere than on a fresh page, the rest of a table would begin anew, head and all
            self.splitInRow = int(height >= HEIGHT - 1)
            return super().split(width, height)

    return WholeRows


def _footer(content: ReportContent) -> Any:
    said = spelt(f"{content.title} · {content.as_of:%Y-%m-%d}")

    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont("Vera", 7)
        canvas.setFillColor(SOFT)
        canvas.drawString(MARGIN + PADDING, 26, said)
        canvas.drawRightString(MARGIN + PADDING + WIDTH, 26, f"page {document.page}")
        canvas.restoreState()

    return draw


@cache
def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    register()
    body = ParagraphStyle("body", fontName="Vera", fontSize=8.5, leading=12, textColor=INK)

    def style(name: str, **more: Any) -> Any:
        return ParagraphStyle(name, parent=body, **more)

    return {
        "body": body,
        "cell": style("cell", fontSize=7.5, leading=10, splitLongWords=1),
        "score": style("score", fontName="Vera-Bold", fontSize=13, leading=18),
        "h1": style("h1", fontName="Vera-Bold", fontSize=19, leading=26, spaceAfter=6),
        "h2": style(
            "h2",
            fontName="Vera-Bold",
            fontSize=12,
            leading=16,
            spaceBefore=18,
            spaceAfter=5,
        ),
    }
