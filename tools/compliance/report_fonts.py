"""What a PDF report shows of each character, and in which font. Pure but for the fonts' files.

Latin is in the font that comes with us. Greek, Cyrillic and what else stands letter by letter is
drawn, embedded, in a font of this machine that has it; Chinese, Japanese and Korean else in the
fonts that PDF viewers bring. What no font has, and scripts that need more than letters side by
side, are written in Latin or in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from unicodedata import category, name, normalize

BASE = "Vera"
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
WIDE = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "Arial Unicode.ttf",
    "arial.ttf",
    "DroidSansFallbackFull.ttf",
    "wqy-microhei.ttc",
    "msyh.ttc",
)
VIEWERS = (
    ("HYGothic-Medium", "\u1100\u11ff \u3130\u318f \uac00\ud7a3"),
    ("HeiseiKakuGo-W5", "\u3040\u30ff"),
    ("STSong-Light", "\u3000\u303f \u3400\u9fff \uff01\uff5e"),
)
"""The fonts that viewers have, each with the characters that it is taken for."""
SHAPED = "\u0590\u109f \ufb1d\ufefc"
"""Hebrew to Burmese: written from the right, or joined and stacked."""
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґαβγδεζηθικλμνξοπρσςτυφχψω",
        (
            *("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o"),
            *("p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e"),
            *("yu", "ya", "i", "yi", "ye", "g", "a", "v", "g", "d", "e", "z", "i", "th", "i"),
            *("k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "u", "f", "ch", "ps", "o"),
        ),
        strict=True,
    )
)
SIGNS = {"→": "to", "←": "from", "✓": "yes", "✗": "no", "≥": ">=", "≤": "<="}


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the font that shows it; what none shows is spelt out."""
    named = ((font, piece) for word in re.split(r"(\s+)", text) for font, piece in _word(word))
    for font, pieces in groupby(named, key=lambda pair: pair[0]):
        piece = "".join(piece for _, piece in pieces)
        yield font or BASE, piece if font else spelt(piece)


def _word(word: str) -> Iterator[tuple[str | None, str]]:
    """A word in one font if one has all of it."""
    shaped = any(_within(char, SHAPED) for char in word)
    for fonts in ((lambda: (BASE,)), _wide):
        for font in fonts():
            if word.isspace() or (not shaped and _characters(font).issuperset(word)):
                yield font, word
                return
    yield from ((_font(char), char) for char in word)


def spelt(text: str) -> str:
    """The text in characters that the font has that comes with us."""
    known = _characters(BASE)
    return "".join(char if char.isspace() or char in known else _spelt(char) for char in text)


def _spelt(char: str) -> str:
    known = _characters(BASE)
    bare = [one for one in normalize("NFKD", char) if category(one) != "Mn"]
    if (letter := LATIN.get(bare[0].lower())) is not None:
        return letter if bare[0].islower() else letter.capitalize()
    if all(one in known for one in bare):
        return "".join(bare)
    called = name(char, f"U+{ord(char):04X}")
    if "IDEOGRAPH-" in called:
        return f"U+{ord(char):04X} "
    if char.isalnum() or category(char).startswith("M"):
        return called.rsplit(" ", 1)[-1].lower()
    return SIGNS.get(char, f"({called.lower()})")


@cache
def _font(char: str) -> str | None:
    """The font that shows a character, ready for use."""
    if char.isspace() or char in _characters(BASE):
        return BASE
    if _within(char, SHAPED):
        return None
    wide = next((font for font in _wide() if char in _characters(font)), None)
    return wide or next((_viewers(font) for font, whose in VIEWERS if _within(char, whose)), None)


def _within(char: str, ranges: str) -> bool:
    return any(pair[0] <= char <= pair[1] for pair in ranges.split(" "))


@cache
def _characters(font: str) -> frozenset[str]:
    from reportlab.pdfbase import pdfmetrics

    if font == BASE:
        register()
    had = frozenset(map(chr, pdfmetrics.getFont(font).face.charToGlyph))
    return had - LATIN.keys() if font == BASE else had  # Vera has a π and no other such letter


@cache
def register() -> None:
    """Make the font known that comes with us."""
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    faces = {"Vera": "Vera", "Vera-Bold": "VeraBd", "Vera-Italic": "VeraIt", "Vera-Both": "VeraBI"}
    for face, file in faces.items():
        pdfmetrics.registerFont(TTFont(face, folder / f"{file}.ttf"))
    pdfmetrics.registerFontFamily(BASE, *faces)


@cache
def _wide() -> tuple[str, ...]:
    """The fonts of this machine that have more than Latin; only asked for when they are needed."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    there = {path.name: path for folder in FOLDERS for path in Path(folder).rglob("*.tt[fc]")}
    found = []
    for file in WIDE:
        font = Path(file).stem.replace(" ", "")
        try:
            pdfmetrics.registerFont(TTFont(font, there[file]))
        except (KeyError, OSError, TTFError):
            continue
        pdfmetrics.registerFontFamily(font, font, font, font, font)
        found.append(font)
    return tuple(found)


@cache
def _viewers(font: str) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(font))
    pdfmetrics.registerFontFamily(font, font, font, font, font)
    return font
