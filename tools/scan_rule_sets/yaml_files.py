"""Reads YAML that somebody sent: plain data only, with the line of every place in it.

Anchors, aliases and merge keys are refused (nine of them make a billion values), and so is a key
that stands twice. It never raises: what is wrong comes back as faults.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

Fault = tuple[str, str]  # where, as in "detectors.0.label", and what is wrong there
DEEPEST = 20


def parse(text: str) -> tuple[Any, dict[str, int], list[Fault]]:
    """The document, the line of every place in it, and what is wrong with it as YAML."""
    lines: dict[str, int] = {"": 1}
    faults: list[Fault] = []
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                lines["anchor"] = event.start_mark.line + 1 if event.start_mark else 1
                return (
                    None,
                    lines,
                    [("anchor", "anchors and aliases aren't taken; repeat the text")],
                )
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            if node is not None:
                _walk(node, "", 0, lines, faults)
            if faults:
                return None, lines, faults
            return (None if node is None else loader.construct_document(node)), lines, []
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        if error.problem_mark is not None:
            lines["yaml"] = error.problem_mark.line + 1
        return None, lines, [("yaml", f"it is no YAML: {error.problem or error.context}")]
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return None, lines, [("yaml", "it is no YAML that can be read as plain data")]


def _walk(
    node: yaml.Node, path: str, depth: int, lines: dict[str, int], faults: list[Fault]
) -> None:
    lines[path] = node.start_mark.line + 1
    if depth > DEEPEST:
        faults.append((path, f"it is nested more than {DEEPEST} levels deep"))
    elif isinstance(node, yaml.MappingNode):
        seen: set[Hashable] = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            inner = f"{path}.{name}" if path else name
            lines.setdefault(inner, key.start_mark.line + 1)
            if name == "?":
                faults.append((inner, "its key is no text"))
            elif name in seen:
                faults.append((inner, "the key stands twice"))
            seen.add(name)
            _walk(value, inner, depth + 1, lines, faults)
            lines[inner] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, f"{path}.{index}" if path else str(index), depth + 1, lines, faults)
