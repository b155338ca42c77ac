"""One way to compare words in a search: small letters, no accents, no apostrophes, Serbian in either script."""

from __future__ import annotations

import re
import unicodedata

from victor.languages import SERBIAN

APOSTROPHES = re.compile("['`´’‘ʼʻʹˈ′＇]")
FINAL_SIGMA = str.maketrans("ς", "σ")
GAPS = re.compile(r"[\s\-‐-―./()]+")


def fold(text: str, language: str) -> str:
    """Small letters without accents and apostrophes. Serbian becomes Latin letters."""
    text = text.lower()
    if language == "sr":
        text = text.translate(SERBIAN).replace("đ", "dj")
    text = APOSTROPHES.sub("", text)
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


class Question:
    """What somebody searches for, in no particular language. `fits` says whether some texts have all of it."""

    def __init__(self, text: str) -> None:
        self.words = [_spellings(word) for word in text.split()]
        self.numbers = GAPS.sub("", text).lower()

    def __bool__(self) -> bool:
        return bool(self.words)

    def fits(self, *texts: object) -> bool:
        """Whether every word is somewhere in the texts, or the whole is, whatever stands between its signs."""
        if not self.words:
            return False
        known = [_spellings(str(text)) for text in texts if text not in (None, "")]
        if any(self.numbers in GAPS.sub("", plain) for plain, _latin in known):
            return True
        return all(any(_is_in(word, text) for text in known) for word in self.words)


def _spellings(text: str) -> tuple[str, str]:
    return fold(text, "").translate(FINAL_SIGMA), fold(text, "sr")


def _is_in(word: tuple[str, str], text: tuple[str, str]) -> bool:
    return any(part in whole for part, whole in zip(word, text, strict=True))
