"""What can't be stored or streamed is refused at the door, by the name of the place."""

from __future__ import annotations

import json

import pytest

from tools.errors import CorrectInput, SendLess
from tools.safety import MAXIMUM_BYTES, MAXIMUM_DEPTH, check_storable, read_json


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        (b'{"a": {"b": "x\\u0000"}}', "a.b", "NUL"),
        (b'{"a": ["ok", "\\ud800"]}', "a.1", "surrogate"),
        (b'{"a": {"\\udfff": 1}}', "a", "surrogate"),
        (b'{"\\u0000": 1}', "body", "NUL"),
        (b'{"a": NaN}', "a", "NaN"),
        (b'{"a": {"b": [-Infinity]}}', "a.b.0", "Infinity"),
        (b'{"a": 1e999}', "a", "Infinity"),
        (b"NaN", "body", "NaN"),
        (b'{"a": 9223372036854775808}', "a", "64 bits"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a", "64 bits"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "c", "twice"),
        (b'{"a": 1, "\\ud800": 1, "\\ud800": 2}', "body", "surrogate"),
        (b"[" * 40 + b"]" * 40, "0." * 32 + "0", "levels"),
        (b"[" * 200_000 + b"]" * 200_000, "body", "levels"),
        (b'{"a": ', "body", "character 6"),
        (b'{"a": "\xff"}', "body", "UTF-8"),
        (b"", "body", "not JSON"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(body: bytes, field: str, said: str) -> None:
    with pytest.raises(CorrectInput) as refused:
        read_json(body)
    assert refused.value.field == field
    assert said in refused.value.detail
    assert refused.value.remedy
    json.dumps(refused.value.problem(), ensure_ascii=False).encode()  # can itself be sent


def test_a_megabyte_is_too_much_and_a_byte_less_is_not() -> None:
    body = b'"' + b"x" * (MAXIMUM_BYTES - 3) + b'"'
    assert len(read_json(body)) == MAXIMUM_BYTES - 3
    with pytest.raises(SendLess, match="1000000 bytes"):
        read_json(body + b" ")


def test_whole_characters_of_every_plane_pass() -> None:
    value = {
        "große Straße": ["😀", "\u202e", "𝕏", "\ufeff"],
        "n": [0, -(2**63) + 1, 1.5, None, True],
    }
    assert read_json(json.dumps(value).encode()) == value
    assert read_json(json.dumps(value, ensure_ascii=False).encode()) == value


def test_the_deepest_nesting_that_is_allowed_passes() -> None:
    check_storable(json.loads("[" * MAXIMUM_DEPTH + "]" * MAXIMUM_DEPTH))
    with pytest.raises(CorrectInput):
        check_storable(json.loads("[" * (MAXIMUM_DEPTH + 2) + "]" * (MAXIMUM_DEPTH + 2)))
