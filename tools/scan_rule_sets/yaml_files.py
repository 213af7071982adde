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
TOO_DEEP = f"it is nested more than {DEEPEST} levels deep"
Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str) -> tuple[Any, dict[str, int], list[Fault]]:
    """The document, the line of every place in it, and what is wrong with it as YAML."""
    lines: dict[str, int] = {"": 1}
    faults: list[Fault] = []
    try:
        if (fault := _refused(text, lines)) is not None:
            return None, lines, [fault]
        loader = Loader(text)
        try:
            node = loader.get_single_node()
            if node is not None:
                _walk(node, "", lines, faults)
            if faults:
                return None, lines, faults
            return (None if node is None else loader.construct_document(node)), lines, []
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        if error.problem_mark is not None:
            # What is missing at the end is missing in the last line, not after it
            lines["yaml"] = min(error.problem_mark.line + 1, len(text.splitlines()))
        return None, lines, [("yaml", f"it is no YAML: {error.problem or error.context}")]
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return None, lines, [("yaml", "it is no YAML that can be read as plain data")]


def _refused(text: str, lines: dict[str, int]) -> Fault | None:
    """What may not stand in it, found as it is read: what is nested deeply takes ages to build."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            fault = ("anchor", "anchors and aliases aren't taken; repeat the text")
        elif depth > DEEPEST:
            fault = ("yaml", TOO_DEEP)
        else:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            continue
        lines[fault[0]] = event.start_mark.line + 1 if event.start_mark else 1
        return fault
    return None


def _walk(node: yaml.Node, path: str, lines: dict[str, int], faults: list[Fault]) -> None:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
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
            _walk(value, inner, lines, faults)
            lines[inner] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, f"{path}.{index}" if path else str(index), lines, faults)
