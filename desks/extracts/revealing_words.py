"""Words that tell what happened to a child. A paper that a child, guardian, school or doctor gets never has one.

They are looked for in all languages at once, without accents, in both Serbian scripts: whoever typed them may have
written in any of them. A word too many is refused rather than one too few.
"""

from __future__ import annotations

import re
import unicodedata

PATTERNS = (
    "traffic",
    "victim",
    "smuggl",
    "trafic",
    "трафик",
    "трефикинг",
    "трафікінг",
    "σωματεμπορ",
    "εμπορια[^ ]* (ανθρωπων|παιδι)",
    "θυμα(τα|τος|των)?(?![α-ω])",  # not: θυμάται, remembers
    "θυματοποι",
    "жертв",
    "търговия с (хора|деца)",
    "zrtv",
    "trgovin[^ ]* (z|s) (ljudmi|otroki)",
    "trgovin[^ ]* (ljudima|decom)",
    "трговин[^ ]* (људима|децом)",
    "aldozat",
    "(ember|gyermek)kereskedel",
    "торгівл[^ ]* (людьми|дітьми)",
    "потерпіл",
)


def _plain(text: str) -> str:
    """A text without accents and capitals, as the patterns are written."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")


REVEALING = re.compile("|".join(_plain(pattern) for pattern in PATTERNS))


def is_revealing(text: str) -> bool:
    """Whether a text tells what happened to a child."""
    return REVEALING.search(_plain(text)) is not None
