"""What the references in a definition point to, before anything has run.

A step's result has the shape of what its operation returns; a loop's is made of its items'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.errors import RacineError, nearest
from tools.racine.workflows.shapes import Shape, fits
from tools.steps import EVENT, ITEM, Step, is_definition

if TYPE_CHECKING:
    from tools.registry import Registry

RESULT = "result"
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Broken:
    """Why a reference points to nothing, and the way out."""

    detail: str
    remedy: str


class Scope:
    """The steps of one definition, as their references see them."""

    def __init__(self, registry: Registry, steps: Sequence[Step]) -> None:
        self._registry = registry
        self.steps = {step.id: step for step in steps}
        self._results: dict[str, Shape] = {}

    def result(self, step: Step) -> Shape:
        """What one run of a step returns; for a loop, what each of its items does."""
        if step.id not in self._results:
            self._results[step.id] = self._returned(step.operation)
        return self._results[step.id]

    def follow(self, reference: str, inside: Step, extra: Mapping[str, Shape]) -> Shape | Broken:
        """What a reference points to.

        Args:
            inside: the step that it stands in.
            extra: what else is known where it stands: the item of a loop, a step's own result.
        """
        root, *path = reference.split(".")
        if root in extra:
            shape = extra[root]
        elif root in self.steps:
            step = self.steps[root]
            shape = self.result(step) if step.each is None else Shape.of_loop(self.result(step))
        elif root == EVENT:
            return Shape()  # what an event carries is known when it comes
        elif root == ITEM:
            return Broken(
                f"'{reference}' refers to the item of a loop, and there is none here.",
                "Give the step 'each'; conditions, and what is looped over, can't use the item.",
            )
        else:
            others = [one for one in self.steps if one != inside.id]
            return Broken(
                f"'{reference}' refers to the step '{root}', which is not there.",
                nearest(root, others),
            )
        for number, part in enumerate(path):
            found = shape.at(part)
            if isinstance(found, str):
                before = ".".join([root, *path[:number]])
                listed = shape.fields().get("items")
                if listed is not None and part in listed.items().fields():
                    found = f"Its items have it: '{before}.items.0.{part}', or loop over them."
                return Broken(
                    f"'{reference}' points to nothing: '{before}' has no '{part}'.", found
                )
            shape = found
        return shape

    def _returned(self, operation: str) -> Shape:
        try:
            found = self._registry.find(operation)
        except RacineError:
            return Shape()
        return Shape.of(found.result.model_json_schema(mode="serialization"))

    def shape(self, value: Any, inside: Step, extra: Mapping[str, Shape]) -> Shape:
        """The shape of a value that may be or hold references; what is broken may be anything."""
        if isinstance(value, Mapping) and set(value) == {"$ref"}:
            found = self.follow(str(value["$ref"]), inside, extra)
            return Shape() if isinstance(found, Broken) else found
        if isinstance(value, list | tuple) and any(True for _ in references_in(value)):
            return Shape(({"type": "array", "items": {}},))
        return Shape.of_value(value)

    def before(self, step: Step) -> set[str]:
        """The steps that have ended when a step starts, directly or not."""
        found: set[str] = set()
        left = [step]
        while left:
            for needed in left.pop().comes_after():
                if needed in self.steps and needed not in found:
                    found.add(needed)
                    left.append(self.steps[needed])
        return found - {step.id}

    def item(self, step: Step) -> Shape:
        """What the items of a step's loop look like."""
        assert step.each is not None
        return self.shape(step.each.over, step, {}).items()


def references_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every reference in a value, with where it stands."""
    if isinstance(value, Mapping):
        if set(value) == {"$ref"}:
            yield path, str(value["$ref"])
            return
        if is_definition(value):
            return
        for key, item in value.items():
            yield from references_in(item, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from references_in(item, (*path, number))


def fitting(root: str, shape: Shape, wanted: Shape) -> str:
    """The sentence that offers the fields of a record that would fit instead."""
    names = [
        f"{root}.{name}"
        for name, field in shape.fields().items()
        if field.types and fits(field, wanted)
    ]
    return f"These would fit: {', '.join(names[:6])}." if names else ""
