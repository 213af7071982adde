"""The operations that propose detectors: for what a column holds, or out of examples.

Nothing is stored, and no value comes back but masked.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from tools.classifications.tables import Label
from tools.context import Context
from tools.errors import CorrectInput
from tools.masking import sensitive_columns
from tools.operation import operation
from tools.scan_rule_sets.default_rules import DEFAULT_RULE_SET
from tools.scan_rule_sets.detectors import Column, Detection, RuleSet, detect, mask
from tools.scan_rule_sets.generalising import fitting, generalise
from tools.scan_rule_sets.names import is_telling, normalise
from tools.scan_rule_sets.operations import RuleSetRef, tested_labels
from tools.scan_rule_sets.sampling import sample_asset
from tools.scan_rule_sets.types import (
    LearnedDetector,
    RuleSuggestion,
    RuleSuggestions,
)
from tools.scan_rule_sets.versions import DEFAULT, find_rule_set
from tools.values import AssetRef, Cursor, Limit, offset_of, page

SAMPLE = 200
ENOUGH = 5
Values = Annotated[
    list[Annotated[str, Field(max_length=500)]],
    Field(min_length=1, max_length=1000, json_schema_extra={"x-secret": True}),
]


@operation(
    "scan_rule_sets.suggest_rules",
    permission="scan_rule_sets.read",
    path="POST /suggest-rules",
    target="asset",
    reaches=True,
    examples=(
        "Suggest scan rules for shop.orders",
        "Which detectors would find what crm.customers holds?",
    ),
)
async def suggest_rules(
    ctx: Context,
    asset: Annotated[
        AssetRef | None, Field(description="A table or column, whose values are sampled")
    ] = None,
    values: Annotated[Values | None, Field(description="Values, instead of an asset")] = None,
    column_name: Annotated[
        str | None, Field(max_length=300, description="What the values' column is called")
    ] = None,
    rule_set: RuleSetRef = DEFAULT,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RuleSuggestions:
    """Propose detectors from values and names, with expected matches; nothing is stored."""
    if (asset is None) == (values is None):
        raise CorrectInput(
            "Detectors are suggested for an asset or for values.",
            "Give one of asset and values.",
            field="asset" if asset is None else "values",
        )
    row = await find_rule_set(ctx.session, rule_set)
    rules = RuleSet.model_validate(row.definition)
    labels = set(await ctx.session.scalars(select(Label.id)))
    columns = await _columns(ctx, asset, values, column_name)
    found: list[RuleSuggestion] = []
    unexplained: list[str] = []
    for name, column, hidden in columns:
        one = _known(column, rules) or _made(column, literals=not hidden)
        if isinstance(one, str):
            unexplained.append(f"{name or 'the values'}: {one}")
        else:
            found.append(
                one.model_copy(update={"column": name, "new_label": one.label not in labels})
            )
    start = offset_of(cursor)
    shown = page(found[start : start + limit], len(found), cursor)
    return RuleSuggestions(
        **dict(shown), rule_set=row.name, columns=len(columns), unexplained=unexplained
    )


async def _columns(
    ctx: Context, asset: str | None, values: list[str] | None, column_name: str | None
) -> list[tuple[str | None, Column, bool]]:
    if asset is None:
        column = Column(name=column_name, table=None, data_type="text", values=values or [])
        return [(column_name, column, False)]
    sampled = await sample_asset(ctx, asset, SAMPLE)
    hidden = await sensitive_columns(ctx.session, [one.asset.id for one in sampled])
    return [(one.asset.qualified_name, one.column, one.asset.id in hidden) for one in sampled]


def _known(column: Column, rules: RuleSet) -> RuleSuggestion | None:
    """The best of the rule set's own detectors, else of the default ones."""
    for known, present in ((rules, True), (DEFAULT_RULE_SET, False)):
        detections = detect(column, known)
        if detections and detections[0].score >= known.minimum_score:
            return _suggestion(column, known, detections[0], present=present)
    return None


def _suggestion(
    column: Column, rules: RuleSet, found: Detection, *, present: bool
) -> RuleSuggestion:
    detector = next(
        one for one in rules.detectors if (one.name or one.label) == found.detector
        and one.label == found.label
    )  # fmt: skip
    where = "It is in the rule set." if present else "It is one of the default detectors."
    return RuleSuggestion(
        column=column.name,
        label=found.label,
        new_label=False,
        present=present,
        score=round(found.score, 3),
        tested=found.tested,
        matched=found.matched,
        detector=detector.model_dump(mode="json", exclude_defaults=True),
        explanation=f"{found.explanation} {where}",
        samples=[mask(value) for value in column.values[:3]],
    )


def _made(column: Column, *, literals: bool) -> RuleSuggestion | str:
    """A detector of the form that the values have in common, or why there is none."""
    texts = list(dict.fromkeys(str(value).strip() for value in column.values if value is not None))
    if len(texts) < ENOUGH:
        return f"{len(texts)} distinct values are too few to see a form in them"
    form = generalise(texts, coverage=0.9, literals=literals)
    if form is None:
        return "its values have no form in common; examples or a dictionary would tell more"
    if not form.specific:
        return "its values have a form that many other columns have too"
    words = normalise(column.name)
    telling = bool(words) and is_telling(words)
    label = re.sub(r"\W+", "_", words)[:60] if telling else "own_number"
    detector = form.detector(label, name=f"{label}: form", **_names(words if telling else ""))
    rules = RuleSet(name="suggested", version=1, detectors=(detector,))
    found = detect(column, rules)[0]
    return RuleSuggestion(
        column=column.name,
        label=label,
        new_label=True,
        present=False,
        score=round(found.score, 3),
        tested=found.tested,
        matched=found.matched,
        detector=detector.model_dump(mode="json", exclude_defaults=True),
        explanation=f"{found.explanation} The form: {'; or '.join(form.words)}.",
        samples=[mask(value) for value in column.values[:3]],
    )


def _names(words: str) -> dict[str, Any]:
    return {"column_names": (re.escape(words).replace("\\ ", " "),)} if words else {}


@operation(
    "scan_rule_sets.learn_detector",
    permission="scan_rule_sets.read",
    path="POST /learn-detector",
    examples=(
        "Make a detector out of these examples",
        "Which pattern do these customer numbers have in common?",
    ),
)
async def learn_detector(
    ctx: Context,
    label: Annotated[
        str,
        Field(min_length=1, max_length=60, pattern="^[a-z][a-z0-9_]*$", description="Its label"),
    ],
    examples: Annotated[Values, Field(description="Values that it is to find")],
    counterexamples: Annotated[
        Values | None, Field(description="Values that it must not find")
    ] = None,
    column_name: Annotated[
        str | None, Field(max_length=300, description="What such columns are called")
    ] = None,
) -> LearnedDetector:
    """Generalise examples to a detector, and try it on them; update_rule_set adds it."""
    wrong = counterexamples or []
    form = generalise(examples, wrong)
    if form is None:
        raise CorrectInput(
            "The examples have no form in common that a pattern could tell.",
            "Give examples that are built alike, or a dictionary of the values "
            "(scan_rule_sets.create_rule_set).",
            field="examples",
        )
    words = normalise(column_name)
    weights = {} if form.specific else {"value_weight": 0.3}
    detector = form.detector(label, name=f"{label}: examples", **_names(words), **weights)
    matched, mistaken = len(fitting(detector, examples)), fitting(detector, wrong)
    also = detect(
        Column(name=None, table=None, data_type="text", values=examples), DEFAULT_RULE_SET
    )
    known = await ctx.session.get(Label, label)
    return LearnedDetector(
        works=matched == len(examples) and not mistaken,
        detector=detector.model_dump(mode="json", exclude_defaults=True),
        patterns=list(form.patterns),
        in_words=list(form.words),
        examples_matched=matched,
        examples=len(examples),
        counterexamples_matched=[mask(value) for value in mistaken],
        counterexamples=len(wrong),
        specific=form.specific,
        also=await tested_labels(
            ctx.session,
            [(None, one) for one in also if one.score >= DEFAULT_RULE_SET.minimum_score],
        ),
        advice=_advice(
            mistaken, specific=form.specific, named=bool(words), known=known is not None
        ),
    )


def _advice(mistaken: list[str], *, specific: bool, named: bool, known: bool) -> str:
    advice = []
    if mistaken:
        advice.append(
            "Some counterexamples are built like the examples: let the column's name decide "
            "(column_name), or give a dictionary."
        )
    if not specific:
        advice.append(
            "Many other values have this form, so that it is found only together with the "
            "column's name."
            if named
            else "Many other values have this form: say what such columns are called (column_name)."
        )
    if not known:
        advice.append("The taxonomy doesn't have the label yet (classifications.create_label).")
    return " ".join(advice) or "Add it to a rule set (scan_rule_sets.update_rule_set, add)."
