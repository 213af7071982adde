"""Named checks on one value that no pattern can make: check digits, real dates, digit counts.

Each takes the text of a value and never raises. A detector names one in `checksum`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType, ModuleType

from stdnum import iban, verhoeff
from stdnum.us import ssn

Check = Callable[[str], bool]

_DOUBLED = str.maketrans("0123456789", "0246813579")  # twice the digit, and its digits added
_SEPARATORS = str.maketrans("", "", " -.")
_NO_PHONE = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(?:\d{2}|\d{4})|\d{3}-\d{2}-\d{4}")
_OCTET = r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"
_IP_V4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}(?::\d+)?", re.ASCII)
_DIGIT = re.compile(r"\d")
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
# Modules of stdnum whose numbers natural persons bear. A number of digits alone is tried only
# against schemes of its length, so that few of them fit by chance
_IN_DIGITS = {
    9: "il.idnr nl.bsn",
    10: "at.vnr bg.egn dk.cpr ec.ci se.personnummer ua.rntrc",
    11: "be.nn br.cpf ee.ik gr.amka hr.oib lt.asmens no.fodselsnummer pl.pesel tr.tckimlik",
    12: "jp.in_ ru.inn",
    13: "ro.cnp si.emso th.pin za.idnr",
    15: "fr.nir",
    18: "cn.ric",
}
_WRITTEN = (
    "ar.cuit be.nn br.cpf ch.ssn cl.rut cn.ric cz.rc dk.cpr es.dni es.nie fi.hetu fr.nir ie.pps "
    "in_.pan is_.kennitala it.codicefiscale kr.rrn lv.pvn mx.curp my.nric se.personnummer"
)


def _luhn(text: str) -> bool:
    digits = text.translate(_SEPARATORS)
    # 0000 0000 0000 0000 passes the sum and is nobody's number
    if not (digits.isascii() and digits.isdigit() and len(set(digits)) > 1):
        return False
    doubled = digits[-2::-2].translate(_DOUBLED)
    return (sum(map(int, digits[::-2])) + sum(map(int, doubled))) % 10 == 0


def _vin(text: str) -> bool:
    """The check digit of ISO 3779 as North America and China use it; elsewhere it is free."""
    vin = text.upper()
    try:
        total = sum(
            weight * (int(c) if c.isdigit() else _VIN_VALUES[c])
            for c, weight in zip(vin, _VIN_WEIGHTS, strict=True)
        )
    except (KeyError, ValueError):
        return False
    return vin[8] == "0123456789X"[total % 11]


def _ip(text: str) -> bool:
    if _IP_V4.fullmatch(text):
        return True
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return True


def _phone(text: str) -> bool:
    """Of 7 digits, the shortest with an area code, to 15, E.164's longest; and no date or SSN."""
    return (
        _NO_PHONE.fullmatch(text) is None
        and 7 <= sum(map(str.isdigit, text.partition("x")[0])) <= 15
    )


def _mixed_characters(text: str) -> bool:
    """Lower case, upper case and digits in one word, as in generated passwords."""
    return text.upper() != text != text.lower() and _DIGIT.search(text) is not None


def _modules(names: str) -> list[ModuleType]:
    return [import_module(f"stdnum.{name}") for name in names.split()]


def _personal_number() -> Check:
    in_digits = {length: _modules(names) for length, names in _IN_DIGITS.items()}
    written = _modules(_WRITTEN)

    def check(text: str) -> bool:
        modules = in_digits.get(len(text), []) if text.isdigit() else written
        return any(module.is_valid(text) for module in modules)

    return check


CHECKSUMS: MappingProxyType[str, Check] = MappingProxyType(
    {
        "luhn": _luhn,
        "verhoeff": lambda text: bool(verhoeff.is_valid(text.translate(_SEPARATORS))),
        "iban": lambda text: bool(iban.is_valid(text)),
        "vin": _vin,
        "ip": _ip,
        "us_ssn": lambda text: bool(ssn.is_valid(text.replace(" ", "-"))),
        "personal_number": _personal_number(),
        "phone": _phone,
        "mixed_characters": _mixed_characters,
    }
)
