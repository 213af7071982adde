"""The operations on templates of workflows; the templates themselves are in `template_list.py`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tools.context import Context
from tools.errors import ChooseAnother, nearest
from tools.operation import Effect, operation
from tools.racine.blanks import filled_in, values_for
from tools.racine.workflows.definitions import save_new
from tools.racine.workflows.template_list import TEMPLATES, Template
from tools.racine.workflows.types import WorkflowDetail, WorkflowTemplate
from tools.racine.workflows.validation import refuse_faulty
from tools.steps import Step
from tools.values import Page, page

NUMBERS = frozenset({"days"})


@operation(
    "workflows.templates",
    permission="workflows.read",
    path="GET /templates",
    examples=("Which workflow templates are there?", "What ready-made workflows do you have?"),
)
async def list_templates(ctx: Context) -> Page[WorkflowTemplate]:
    """List the workflows that can be created from a template, and what each asks for."""
    listed = [
        WorkflowTemplate(
            name=one.name,
            title=one.title,
            description=filled_in(one.description, one.defaults),
            starts=one.starts,
            arguments=dict(one.arguments),
            defaults=dict(one.defaults),
            steps=[step["operation"] for step in one.steps],
        )
        for one in TEMPLATES
    ]
    return page(listed, len(listed), None)


@operation(
    "workflows.create_from_template",
    permission="workflows.write",
    effect=Effect.WRITE,
    path="POST /create-from-template",
    examples=("Create a workflow from the template weekly-pii-sweep",),
)
async def create_from_template(
    ctx: Context,
    template: Annotated[str, Field(max_length=60, description="The template's name")],
    arguments: Annotated[
        dict[str, str] | None, Field(description="What the template asks for, such as its source")
    ] = None,
    name: Annotated[
        str | None, Field(min_length=1, max_length=200, description="Its name, if another")
    ] = None,
) -> WorkflowDetail:
    """Create a workflow from a template, after making sure that it would run."""
    chosen = _find(template)
    values = values_for(chosen.name, chosen.arguments, chosen.defaults, arguments or {})
    steps = [Step.model_validate(_typed(filled_in(step, values))) for step in chosen.steps]
    await refuse_faulty(ctx, steps)
    description = filled_in(chosen.description, values)
    return await save_new(
        ctx, name or chosen.name, steps, description, None, f"from the template {chosen.name}"
    )


def _find(name: str) -> Template:
    for template in TEMPLATES:
        if template.name == name:
            return template
    raise ChooseAnother(
        f"There is no workflow template '{name}'.",
        nearest(name, [template.name for template in TEMPLATES]),
        field="template",
    )


def _typed(step: dict[str, object]) -> dict[str, object]:
    """A step whose numbers, which are blanks in the template, are numbers."""
    given = step["arguments"]
    assert isinstance(given, dict)
    numbers = {
        name: int(value)
        for name, value in given.items()
        if name in NUMBERS and isinstance(value, str) and value.isdigit()
    }
    return step | {"arguments": given | numbers}
