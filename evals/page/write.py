"""A run as one self-contained page of HTML; every text from outside is escaped. Pure.

The page carries its style and its few lines of script, and forbids itself to load anything.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path

from evals.comparison import Compared, compare
from evals.page.transcript import case_block
from evals.records import Attempt, Run
from evals.scores import Score, by_suite, score, scores

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def page(run: Run, against: Run | None = None) -> str:
    """The whole page; with another run, what changed against it."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    script = (HERE / "page.js").read_text(encoding="utf-8")
    compared = {one.suite: one for one in compare(against, run)} if against else {}
    return "".join(
        [
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>Evaluation of {_name(run)}</title><style>{style}</style></head><body><main>",
            _head(run, against),
            _tiles(run),
            _suites(run, compared),
            _parts(run),
            _cases(run, compared),
            f"<footer>Run {escape(run.id)} on {escape(run.url)}. An interval is the range in which "
            "the share of passing cases lies with 95 % confidence (Wilson; resampled cases where "
            "they were repeated).</footer>",
            f"</main><script>{script}</script></body></html>\n",
        ]
    )


def _name(run: Run) -> str:
    planner = run.model == "builtin" and run.name in ("", "builtin")
    return "the built-in planner" if planner else escape(run.name or run.model or "a service")


def _head(run: Run, against: Run | None) -> str:
    whole = score("all", run.attempts)
    failed = round(whole.cases - whole.passed)
    model = "the built-in planner" if run.model == "builtin" else escape(run.model or "a service")
    lead = (
        f"{model[0].upper()}{model[1:]} was asked {whole.cases} cases "
        f"{'once' if run.repeat == 1 else f'{run.repeat} times each'} on {_when(run)} UTC, and "
        + (f"{failed} of them failed." if failed else "all of them passed.")
    )
    if whole.ungraded:
        lead += f" {whole.ungraded} could not be graded."
    if run.judge:
        lead += f" Where nothing exact serves, {escape(run.judge)} judged; that is marked."
    if against is not None:
        lead += f" It is compared with a run of {_name(against)} of {_when(against)}."
    return f'<h1>Evaluation of {_name(run)}</h1><p class="lead">{lead}</p>'


def _when(run: Run) -> str:
    return datetime.fromisoformat(run.started_at).strftime("%-d %B %Y, %H:%M")


def _tiles(run: Run) -> str:
    whole = score("all", run.attempts)
    tiles = [
        (f"{whole.rate:.1%}", f"of cases pass, {whole.low:.0%} to {whole.high:.0%}"),
        (f"{whole.passed:g} / {whole.cases}", "cases pass"),
        (f"{1000 * whole.median:.0f} ms", f"median turn, p95 {1000 * whole.slow:.0f} ms"),
    ]
    if whole.tokens:
        tiles.append((f"{whole.tokens:,}", "tokens"))
    if whole.money:
        tiles.append((f"{whole.money:.2f}", "dollars"))
    minutes, seconds = divmod(round(run.seconds), 60)
    tiles.append((f"{minutes}:{seconds:02d}", f"minutes in all, {run.parallel} at once"))
    inner = "".join(f'<div class="tile"><b>{b}</b><span>{s}</span></div>' for b, s in tiles)
    return f'<div class="tiles">{inner}</div>'


def _suites(run: Run, compared: dict[str, Compared]) -> str:
    rows = "".join(_row(one, compared.get(one.name)) for one in by_suite(run))
    total = _row(score("all", run.attempts), compared.get("all"), "total")
    head = (
        '<div class="row head"><span>suite</span><span>share that passes, with its interval</span>'
        '<span class="num">cases</span><span class="num">share</span>'
        '<span class="num">median, p95</span></div>'
    )
    return f'<h2>Suites</h2><div class="sheet">{head}{rows}{total}</div>'


def _row(one: Score, change: Compared | None, kind: str = "") -> str:
    told = ""
    if change is not None:
        sure = "significant" if change.significant else f"p {change.p:.2f}"
        moved = f"{change.after - change.before:+.0%}, {sure}"
        same = not (change.regressed or change.improved)
        told = f' <small class="quiet">{"as before" if same else moved}</small>'
    open_ = f' <small class="quiet">{one.ungraded} ungraded</small>' if one.ungraded else ""
    return (
        f'<div class="row {kind}"><span class="name">{escape(one.name)}{told}{open_}</span>'
        f'{_bar(one)}<span class="num">{one.passed:g}/{one.cases}</span>'
        f'<span class="num share">{one.rate:.0%} <small>{one.low:.0%} to {one.high:.0%}</small>'
        f'</span><span class="num time"><small>{1000 * one.median:.0f}, '
        f"{1000 * one.slow:.0f} ms</small></span></div>"
    )


def _bar(one: Score) -> str:
    label = f"{one.rate:.0%} pass, 95 % interval {one.low:.0%} to {one.high:.0%}"
    return (
        f'<span class="bar" role="img" aria-label="{label}"><i style="width:{one.rate:.1%}"></i>'
        f'<em style="left:{one.low:.1%};width:{one.high - one.low:.1%}"></em></span>'
    )


def _parts(run: Run) -> str:
    kinds = scores(run, lambda one: one.kind)
    groups = scores(run, lambda one: one.group or one.suite)
    halves = "".join(
        f'<div><h2>{title}</h2><div class="sheet">{"".join(map(_short_row, parts))}</div></div>'
        for title, parts in (("By kind", kinds), ("By group", groups))
    )
    return f'<div class="halves">{halves}</div>'


def _short_row(one: Score) -> str:
    return (
        f'<div class="row"><span class="name">{escape(one.name)}</span>{_bar(one)}'
        f'<span class="num">{one.passed:g}/{one.cases}</span></div>'
    )


def _cases(run: Run, compared: dict[str, Compared]) -> str:
    by_case = run.by_case()
    changes = {case: "regressed" for one in compared.values() for case in one.regressed}
    changes |= {case: "improved" for one in compared.values() for case in one.improved}
    ordered = sorted(by_case.items(), key=lambda item: _rank(item[1]))
    blocks = "".join(case_block(tried, changes.get(case, "")) for case, tried in ordered)
    names = dict.fromkeys(one.suite for one in run.attempts)
    suites = "".join(f"<option>{escape(name)}</option>" for name in names)
    failed = any(_rank(tried) == 0 for tried in by_case.values())
    options = "".join(
        f'<option value="{value}"{" selected" if value == ("bad" if failed else "all") else ""}>'
        f"{words}</option>"
        for value, words in _choices(bool(compared))
    )
    return (
        '<h2>Cases</h2><p class="sub">Open one to read what was said and what each grader '
        "found.</p>"
        '<div class="tools"><input id="find" type="search" placeholder="Search questions, answers '
        'and reasons" aria-label="Search cases">'
        f'<select id="show" aria-label="Which cases">{options}</select>'
        f'<select id="suite" aria-label="Which suite"><option value="">every suite</option>'
        f"{suites}</select></div>"
        f'<div class="sheet">{blocks}<div class="none" id="none" hidden>No case fits.</div></div>'
    )


def _choices(compared: bool) -> list[tuple[str, str]]:
    choices = [("all", "all"), ("bad", "failed"), ("open", "not graded"), ("good", "passed")]
    return [*choices, ("regressed", "regressed"), ("improved", "improved")] if compared else choices


def _rank(tried: list[Attempt]) -> int:
    if any(one.passed is False for one in tried):
        return 0
    return 1 if all(one.passed is None for one in tried) else 2
