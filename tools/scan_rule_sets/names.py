"""Names of columns and tables as plain lower-case words: the form that name rules match."""

from __future__ import annotations

import re
import unicodedata

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)")
_APART = re.compile(r"[\W_]+")
# What exports, spreadsheets and query engines call a column that nobody named
_TELLS_NOTHING = re.compile(
    r"(?:unnamed|columns?|col|field|attribute|attr|values?|val|var|data|text|expr|"
    r"[cfvx])?(?: ?\d+)*"
    r"|names?"
)


def normalise(name: str | None) -> str:
    """`BillingPostalCode` → "billing postal code", `cust_Email2` → "cust email 2", None → ""."""
    decomposed = unicodedata.normalize("NFKD", name or "")
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _APART.sub(" ", _CAMEL.sub(" ", plain)).strip().lower()


def is_telling(normalised: str) -> bool:
    """Whether a column so named says anything of what it holds ("column 3" and "name" don't)."""
    return _TELLS_NOTHING.fullmatch(normalised) is None
