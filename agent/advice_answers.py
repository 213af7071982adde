"""What is known of one asset as advice: which checks it lacks, and what speaks for relying on it.

Both rest on records alone: keys, types, labels, profiles, certificates, findings. What isn't known
is said, since it speaks for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from agent.wording import Mark, count, listed, moment, percent
from tools.catalog.types import AssetDetail, AssetSummary, ColumnProfile, Profile, Quality
from tools.catalog.usage import Usage
from tools.compliance.types import FindingDetail
from tools.errors import RacineError
from tools.values import Page

Found = tuple[str, dict[str, Any], Any]
MOST = 8  # checks
FEW = 3
_WHOLE = ("email", "iban", "credit_card", "phone", "national_id")  # labels with a form of their own


def _known(found: Sequence[Found], operation: str) -> Any:
    """What an operation returned; None where it was refused, or there is none."""
    values = (value for name, _, value in found if name == operation)
    return next((one for one in values if not isinstance(one, RacineError)), None)


def _refused(found: Sequence[Found]) -> str:
    errors = [value for _, _, value in found if isinstance(value, RacineError)]
    return " ".join(dict.fromkeys(f"{one.detail} {one.remedy}" for one in errors))


def checks_advised(found: Sequence[Found], mark: Mark) -> str:
    """The quality checks that a table lacks, by its keys, types and labels."""
    asset: AssetDetail | None = _known(found, "catalog.get_asset")
    if asset is None:
        return _refused(found)
    quality: Quality | None = _known(found, "catalog.get_quality")
    profile: Profile | None = _known(found, "catalog.get_profile")
    has = {(one.kind, one.column) for one in quality.items} if quality else set()
    figures = {one.name: one for one in profile.columns} if profile else {}
    lacking = [one for one in _advised(asset, figures) if one[0] not in has]
    name = f"`{asset.qualified_name}`"
    there = f"{count(len(has), 'check')} already" if has else "no quality checks yet"
    if not lacking:
        return f"{name} has {there} {mark(asset)}: its keys, types and labels ask for no more."
    lines = [f"- “Check that {said}”: {why}" for _, said, why in lacking[:MOST]]
    more = len(lacking) - len(lines)
    head = f"{name} has {there} {mark(asset)}. By its keys, types and labels I would add:"
    rests = (
        f"The figures are those of the profile of {moment(profile.at)} {mark(profile)}."
        if profile
        else f"It has no profile yet: “Profile {asset.qualified_name}” tells nulls and ranges, and "
        "makes this surer."
    )
    rest = [f"- and {more} more of these kinds"] if more > 0 else []
    end = "Say one of these sentences, and I propose it as a plan."
    return "\n".join([head, "", *lines, *rest, "", f"{rests} {end}"])


def _advised(
    asset: AssetDetail, figures: dict[str, ColumnProfile]
) -> Iterator[tuple[tuple[str, str | None], str, str]]:
    """Each check as (kind, column), the sentence that asks for it, and why."""
    columns = asset.columns or ([asset] if asset.kind == "column" else [])
    table = asset.qualified_name if asset.columns else asset.qualified_name.rpartition(".")[0]
    keys = set(asset.primary_key) if len(asset.primary_key) == 1 else set()
    refers = {one.column: one.refers_to for one in asset.foreign_keys}
    for one in columns:
        if one.name in keys:
            yield ("unique", one.name), f"{table}.{one.name} is unique", "it is the primary key"
    for one in columns:
        figure = figures.get(one.name)
        if one.name in keys or one.name in refers:
            why = "it is the key" if one.name in keys else f"it refers to `{refers[one.name]}`"
            yield ("not_null", one.name), f"{table}.{one.name} is never null", why
        elif figure is not None and not figure.nulls:
            why = "no row lacks it today"
            yield ("not_null", one.name), f"{table}.{one.name} is never null", why
        elif set(one.labels) & set(_WHOLE):
            why = f"it holds {listed(one.labels, FEW)}, by which people are told apart"
            yield ("not_null", one.name), f"{table}.{one.name} is never null", why
    for one in columns:
        if _amount(one):
            yield ("range", one.name), f"{table}.{one.name} is at least 0", "it is an amount"
    dated = next((one for one in columns if _dated(one)), None)
    if dated is not None and asset.columns:
        said = f"{table}.{dated.name} is no older than 24 hours"
        yield ("freshness", dated.name), said, "it tells when a row was made"
    if asset.row_count and asset.columns:
        least = asset.row_count * 9 // 10
        said = f"{table} has at least {least} rows"
        yield ("row_count", None), said, f"it had {asset.row_count:,} when it was discovered"


def _amount(one: AssetSummary) -> bool:
    words = ("amount", "total", "price", "quantity", "qty", "salary", "revenue", "stock", "cost")
    types = ("INT", "DEC", "NUM", "REAL", "DOUBLE", "FLOAT")
    numeric = any(part in (one.data_type or "").upper() for part in types)
    return numeric and any(word in one.name.lower() for word in words)


def _dated(one: AssetSummary) -> bool:
    name = one.name.lower()
    return name.endswith(("_at", "_date", "_on", "timestamp", "_ts")) and "birth" not in name


def standing(found: Sequence[Found], mark: Mark) -> str:
    """Whether an asset can be relied on: what speaks for it, what against, what isn't known."""
    asset: AssetDetail | None = _known(found, "catalog.get_asset")
    if asset is None:
        return _refused(found)
    good, bad, unknown = _catalogued(asset, mark)
    quality: Quality | None = _known(found, "catalog.get_quality")
    if quality is None or not quality.checks:
        unknown.append("it has no quality checks, so nobody has measured how good it is")
    elif quality.failed or quality.errors:
        bad.append(f"{quality.failed + quality.errors} of {quality.checks} quality checks fail")
    else:
        share = percent(quality.passed / quality.checks)
        good.append(f"{share} of its {count(quality.checks, 'quality check')} pass {mark(quality)}")
    findings: Page[FindingDetail] | None = _known(found, "compliance.list_findings")
    if findings is not None and findings.total:
        grave = [one for one in findings.items if one.severity in ("high", "critical")]
        told = f"{count(findings.total, 'finding')} open, {len(grave)} of them high or critical"
        bad.append(f"{told} {mark((grave or findings.items)[0])}")
    elif findings is not None:
        good.append("no finding is open")
    usage: Usage | None = _known(found, "catalog.get_usage")
    if usage is not None and usage.items and usage.items[0].feeds:
        good.append(
            f"{count(usage.items[0].feeds, 'other asset')} built on it {mark(usage.items[0])}"
        )
    unknown.append("how fresh its rows are, unless a freshness check says so")
    parts = (("For it", good), ("Against it", bad), ("Not known", unknown))
    lines = [f"- **{head}**: {'; '.join(told)}" for head, told in parts if told]
    return "\n".join([f"`{asset.qualified_name}`: {_verdict(asset, quality, bad)}.", "", *lines, "",
                      _next(asset, quality)])  # fmt: skip


def _catalogued(asset: AssetDetail, mark: Mark) -> tuple[list[str], list[str], list[str]]:
    """What the catalog says for it and against it, and what it doesn't say."""
    good, bad, unknown = [], [], []
    if asset.certification:
        good.append(f"certified {asset.certification} {mark(asset)}")
    else:
        unknown.append("nobody has certified it")
    if asset.deprecated_at is not None:
        bad.append(f"deprecated {moment(asset.deprecated_at)}: {asset.deprecation_reason or ''}")
    (good if asset.owner else bad).append(
        f"{asset.owner} answers for it {mark(asset)}" if asset.owner else "it has no owner"
    )
    described = asset.description or asset.comment
    (good if described else bad).append("it is described" if described else "it isn't described")
    return good, bad, unknown


def _verdict(asset: AssetDetail, quality: Quality | None, bad: list[str]) -> str:
    if asset.deprecated_at is not None:
        return "**no**, it is deprecated"
    if quality is not None and (quality.failed or quality.errors):
        return "**not now**, quality checks fail"
    if asset.certification and quality is not None and quality.checks:
        return "**yes**, as far as it is known here"
    return "**with care**: nothing here vouches for it" + (
        ", and some speaks against it" if bad else ""
    )


def _next(asset: AssetDetail, quality: Quality | None) -> str:
    asks = f"Ask {asset.owner} who answers for it. " if asset.owner else ""
    if quality is None or not quality.checks:
        return f"{asks}Next: “Which quality checks should I add to {asset.qualified_name}?”"
    return f"{asks}Next: “Run the quality checks of {asset.qualified_name}”."
