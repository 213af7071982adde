"""Data contracts of the Open Data Contract Standard as files: YAML in, checked against it. Pure.

The standard's own JSON schema decides; it comes with the package `open-data-contract-standard`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jsonschema import Draft201909Validator
from jsonschema.exceptions import ValidationError, best_match

from tools.errors import CorrectInput
from tools.scan_rule_sets.yaml_files import parse

VERSIONS = ("v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0")
WRITTEN = "v3.1.0"
TOLD = 8


def read_contract(text: str) -> dict[str, Any]:
    """The contract in a YAML or JSON text.

    Raises:
        CorrectInput: it is none; the places where it departs from the standard are named.
    """
    raw, lines, faults = parse(text)
    if faults:
        where, what = faults[0]
        raise CorrectInput(
            f"The contract can't be read: {what} (line {lines.get(where, 1)}).",
            "Send a data contract as YAML.",
            field="contract",
        )
    document = _plain(raw)
    if not isinstance(document, dict):
        raise CorrectInput(
            "The text is no data contract: it isn't a YAML mapping.",
            "Send a contract with apiVersion, kind, id, version and status.",
            field="contract",
        )
    version = document.get("apiVersion")
    if isinstance(version, str) and version not in VERSIONS:
        raise CorrectInput(
            f"'apiVersion' is {version[:40]}.",
            f"Contracts of these versions of the standard are taken: {', '.join(VERSIONS)}.",
            field="contract",
        )
    found = sorted(validator().iter_errors(document), key=lambda one: list(map(str, one.path)))
    if found:
        told = list(dict.fromkeys(_told(error, lines) for error in found))
        more = f" And {len(told) - TOLD} more." if len(told) > TOLD else ""
        raise CorrectInput(
            "The contract departs from the Open Data Contract Standard: "
            + "; ".join(told[:TOLD])
            + f".{more}",
            "Mend these places.",
            field="contract",
        )
    return document


def write_contract(document: Mapping[str, Any]) -> str:
    """The contract as YAML."""
    return yaml.safe_dump(dict(document), sort_keys=False, allow_unicode=True, width=100)


@cache
def validator() -> Draft201909Validator:
    """The standard's own schema."""
    text = files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8")
    return Draft201909Validator(json.loads(text))


def place(path: Iterable[object]) -> str:
    """`schema[0].properties[2].name`."""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else str(part)
    return written or "the contract"


def _told(error: ValidationError, lines: Mapping[str, int]) -> str:
    inner = best_match(error.context) if error.context else None
    deepest = inner if inner is not None and len(inner.absolute_path) > len(error.path) else error
    path = list(deepest.absolute_path)
    line = lines.get(".".join(str(part) for part in path))
    message = deepest.message
    if deepest.validator in ("oneOf", "anyOf") and deepest.context:
        message = "it fits none of the forms that the standard allows"
    where = f"{place(path)} (line {line})" if line else place(path)
    return f"{where}: {message[:160]}"


def _plain(value: Any) -> Any:
    """As JSON has it: YAML's dates are texts again."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
