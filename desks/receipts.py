"""A receipt: a number of 64 bits that only its holder has, as nine words of a language or twenty-one digits.

The number is the same in every language. The last word, and the last digit, is a check: any one wrong word or digit,
and any two neighbours that changed places, are noticed before anything is looked for.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from desks.errors import Misread
from victor.publishing.languages import SERBIAN

LISTS = Path(__file__).parent / "data" / "receipts"
LANGUAGES = ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk")
BYTES, DIGITS, GROUP = 8, 20, 3
POLYNOMIAL = 0x11D  # of the field with 256 elements in which the check word is computed
DAMM = [  # the quasigroup with which the check digit is found
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
]


def new() -> int:
    """A random receipt."""
    return secrets.randbits(8 * BYTES)


def words(number: int, language: str) -> list[str]:
    """The receipt in the words of a language."""
    listed, spelled = _list(language), number.to_bytes(BYTES, "big")
    return [listed[each] for each in (*spelled, _check_byte(spelled))]


def digits(number: int) -> list[str]:
    """The receipt in groups of digits."""
    whole = f"{number:0{DIGITS}d}"
    whole += str(_damm(whole))
    return [whole[start : start + GROUP] for start in range(0, len(whole), GROUP)]


def read(text: str, language: str) -> int:
    """The receipt that somebody has typed, in whatever way: digits, or words in this or another language.

    Raises:
        Misread: it is no receipt, and why.
    """
    if re.fullmatch(r"[\d\s.,/–—-]+", text):
        return _read_digits(re.sub(r"\D", "", text))
    typed = [each for part in re.split(r"[\s.,;:/\-–—\d]+", text) if (each := folded(part))]
    known = next((places for code in (language, *LANGUAGES) if set(typed) <= (places := _places(code)).keys()), None)
    if known is None:
        raise Misread(Misread.UNKNOWN, next(each for each in typed if each not in _places(language)))
    return _read_words([known[each] for each in typed])


def folded(word: str) -> str:
    """A word as everybody types it: without capitals and accents."""
    letters = unicodedata.normalize("NFD", word.casefold().replace("đ", "dj"))
    return "".join(each for each in letters if unicodedata.category(each).startswith("L"))


def _read_digits(typed: str) -> int:
    if len(typed) != DIGITS + 1:
        raise Misread(Misread.LENGTH)
    number = int(typed[:-1])
    if _damm(typed) or number >> (8 * BYTES):
        raise Misread(Misread.CHECK)
    return number


def _read_words(places: list[int]) -> int:
    if len(places) != BYTES + 1:
        raise Misread(Misread.LENGTH)
    spelled = bytes(places[:BYTES])
    if _check_byte(spelled) != places[BYTES]:
        raise Misread(Misread.CHECK)
    return int.from_bytes(spelled, "big")


def _check_byte(spelled: bytes) -> int:
    """The sum of the bytes, each times another power of two in the field."""
    check = 0
    for each in spelled:
        check = _twice(check ^ each)
    return check


def _twice(each: int) -> int:
    return each << 1 ^ (POLYNOMIAL if each & 0x80 else 0)


def _damm(typed: str) -> int:
    row = 0
    for each in typed:
        row = int(DAMM[row][int(each)])
    return row


@cache
def _list(language: str) -> list[str]:
    return (LISTS / f"{language}.txt").read_text().split()


@cache
def _places(language: str) -> dict[str, int]:
    """Where each word stands in the list; a Serbian one by its Latin spelling too."""
    places = {folded(word): place for place, word in enumerate(_list(language))}
    if language == "sr":
        places |= {folded(word.translate(SERBIAN)): place for place, word in enumerate(_list(language))}
    return places
