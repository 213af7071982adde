"""A compliance report as one page of HTML that loads and runs nothing; every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from tools.compliance import report_words as words
from tools.compliance.report_types import (
    ReportContent,
    ReportControl,
    ReportFinding,
    ReportFramework,
)

STYLE = """
:root{--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--bad:#a40000;--warn:#7a5200;--good:#1d6b34}
*{box-sizing:border-box}
body{font:14px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);max-width:70rem;
 margin:2.5rem auto;padding:0 1.5rem}
h1{font-size:1.9rem;margin:0 0 .75rem}h2{font-size:1.2rem;margin:2.25rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.25rem;margin:0}
dt{color:var(--soft)}dd{margin:0}
.cards{display:flex;flex-wrap:wrap;gap:1rem;margin:1.5rem 0 0}
.card{border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1.1rem;flex:1 1 15rem;
 max-width:22rem;break-inside:avoid}
.card b{display:block}.score{font-size:2rem;font-weight:650;line-height:1.25}
.bar{height:.45rem;border-radius:1rem;background:var(--line);overflow:hidden;margin:.35rem 0 .5rem}
.bar i{display:block;height:100%;background:currentColor}
.soft{color:var(--soft);font-size:.92em}
table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:.92em}
th,td{border-bottom:1px solid var(--line);padding:.45rem .6rem .45rem 0;text-align:left;
 vertical-align:top;overflow-wrap:anywhere}
th{border-bottom:2px solid var(--ink);font-weight:600}thead{display:table-header-group}
tr{break-inside:avoid}td.n,th.n{text-align:right}
.failing,.critical,.high,.low-score{color:var(--bad)}.waived,.medium,.mid-score{color:var(--warn)}
.no_findings,.full-score{color:var(--good)}.no_rule,.not_evaluated,.not_assessable{color:var(--soft)}
.critical,.failing{font-weight:650}ul.gaps{columns:2;column-gap:2rem;padding-left:1.1rem}
ul.gaps li{break-inside:avoid}.wide{width:24%}.small{width:9%}.care{width:12%}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}}
""".replace("\n", "")


def html_report(content: ReportContent) -> str:
    """The whole page."""
    notice = content.notice()
    several = len(content.frameworks) > 1
    lines = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(content.title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(content.title)}</h1><dl>",
        *(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in words.head(content)),
        '</dl><div class="cards">',
        *map(_card, content.frameworks),
        "</div><h2>Open findings</h2>",
        f"<p>{escape(notice)}</p>" if notice else "",
        _table(
            (("Severity", "small"), "Finding", "Evidence", ("Owner, due", "care")),
            map(_finding_row, content.open_findings()),
            "No finding is open.",
        ),
        "<h2>Waivers</h2>",
        _table(
            (("Severity", "small"), "Finding", "Waiver"),
            map(_waiver_row, content.waived_findings()),
            "No finding is waived.",
        ),
    ]
    for framework in content.frameworks:
        mine = [one for one in content.controls if one.framework_id == framework.id]
        lines += [
            f"<h2>Controls{escape(f' of {framework.name}' if several else '')}</h2>",
            _table(
                (
                    ("Control", "wide"),
                    ("Status", "small"),
                    "Rules",
                    ("Open", "small n"),
                    ("Waived", "small n"),
                ),
                map(_row, mine),
                "No control is known.",
            ),
        ]
    missing = words.gaps(content)
    lines += [
        "<h2>Gaps</h2>",
        '<ul class="gaps">' + "".join(f"<li>{escape(gap)}</li>" for gap in missing) + "</ul>"
        if missing
        else "<p>Every control has a rule, and every source was scanned and evaluated.</p>",
        f"<h2>Method</h2><p>{escape(content.method)}</p></body></html>",
    ]
    return "\n".join(lines)


def _card(one: ReportFramework) -> str:
    share = one.score or 0.0
    level = "full-score" if one.compliant else "mid-score" if share >= 0.8 else "low-score"
    if one.score is None:
        level = "soft"
    trend = [words.percent(point.score) for point in one.trend[-4:]]
    moved = f"<br>Evaluations: {escape(' → '.join(trend))}" if len(trend) > 1 else ""
    return (
        f'<div class="card"><b>{escape(one.name)}</b>'
        f'<span class="soft">{escape(one.version)}, {escape(one.publisher)}</span>'
        f'<div class="{level}"><span class="score">{words.percent(one.score)}</span>'
        f'<div class="bar"><i style="width:{share * 100:.1f}%"></i></div></div>'
        f'<span class="soft">{escape(words.verdict(one))}{moved}</span></div>'
    )


def _table(heads: Sequence[str | tuple[str, str]], rows: Iterable[str], none: str) -> str:
    body = list(rows)
    if not body:
        return f'<p class="soft">{none}</p>'
    named = [(head, "") if isinstance(head, str) else head for head in heads]
    heading = "".join(f'<th class="{classes}">{name}</th>' for name, classes in named)
    return (
        f"<table><thead><tr>{heading}</tr></thead><tbody>\n" + "\n".join(body) + "</tbody></table>"
    )


def _row(control: ReportControl) -> str:
    return (
        f"<tr><td>{escape(control.ref)} {escape(control.title)}</td>"
        f'<td class="{control.status}">{words.STATUS[control.status]}</td>'
        f"<td>{escape('; '.join(control.rules))}</td>"
        f'<td class="n">{control.open}</td><td class="n">{control.waived}</td></tr>'
    )


def _what(finding: ReportFinding) -> str:
    return (
        f"<b>{escape(finding.subject)}</b> "
        f'<span class="soft">{escape(finding.source)}</span><br>{escape(finding.summary)}<br>'
        f'<span class="soft">{escape(finding.rule)} (version {finding.rule_version}): '
        f"{escape(', '.join(finding.controls))}</span><br><i>{escape(finding.remedy)}</i>"
    )


def _finding_row(finding: ReportFinding) -> str:
    asked = words.waiver(finding)
    waiver = f"<br>Waiver {escape(asked)}" if asked else ""
    return (
        f'<tr><td class="{escape(finding.severity)}">{escape(finding.severity)}</td>'
        f"<td>{_what(finding)}</td><td>{escape(words.evidence(finding))}<br>"
        f'<span class="soft">open since {finding.opened_at:%Y-%m-%d}{waiver}</span></td>'
        f"<td>{escape(words.care(finding))}</td></tr>"
    )


def _waiver_row(finding: ReportFinding) -> str:
    return (
        f'<tr><td class="{escape(finding.severity)}">{escape(finding.severity)}</td>'
        f"<td>{_what(finding)}</td><td>{escape(words.waiver(finding))}</td></tr>"
    )
