"""Receipts as they are written down and read: digits, or words of a language, with a check against slips."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from victor.languages import SCRIPTS, SERBIAN, content_language


class MisreadReceipt(Exception):
    """What was typed is no receipt: of the wrong length, with a word that we do not use, or two that changed places."""

    LENGTH, UNKNOWN, CHECK = "length", "unknown", "check"

    def __init__(self, reason: str, word: str = "") -> None:
        super().__init__(reason)
        self.reason, self.word = reason, word


WORD_LISTS = Path(__file__).parent.parent / "data" / "receipts"
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


def new_receipt() -> int:
    """A random receipt."""
    return secrets.randbits(8 * BYTES)


def receipt_words(number: int, language: str) -> list[str]:
    """The receipt in the words of a language."""
    word_list, spelled = _word_list(content_language(language)), number.to_bytes(BYTES, "big")
    words = [word_list[byte] for byte in (*spelled, _check_byte(spelled))]
    return [word.translate(SERBIAN) for word in words] if language in SCRIPTS else words


def receipt_digits(number: int) -> list[str]:
    """The receipt in groups of digits."""
    whole = f"{number:0{DIGITS}d}"
    whole += str(_damm(whole))
    return [whole[start : start + GROUP] for start in range(0, len(whole), GROUP)]


def parse_receipt(text: str, language: str) -> int:
    """The receipt that somebody has typed, in whatever way: digits, or words in this or another language.

    Raises:
        MisreadReceipt: it is no receipt, and why.
    """
    if re.fullmatch(r"[\d\s.,/–—-]+", text):
        return _read_digits(re.sub(r"\D", "", text))
    typed = [word for part in re.split(r"[\s.,;:/\-–—\d]+", text) if (word := fold_word(part))]
    lists = [_word_positions(code) for code in (language, *LANGUAGES)]
    readings = [[positions[word] for word in typed] for positions in lists if set(typed) <= positions.keys()]
    if not readings:
        raise MisreadReceipt(MisreadReceipt.UNKNOWN, next(word for word in typed if word not in lists[0]))
    right = (reading for reading in readings if _is_right(reading))  # some words stand in two lists
    return _read_words(next(right, readings[0]))


def fold_word(word: str) -> str:
    """A word as everybody types it: without capitals and accents."""
    letters = unicodedata.normalize("NFD", word.casefold().replace("đ", "dj"))
    return "".join(letter for letter in letters if unicodedata.category(letter).startswith("L"))


def _read_digits(typed: str) -> int:
    if len(typed) != DIGITS + 1:
        raise MisreadReceipt(MisreadReceipt.LENGTH)
    number = int(typed[:-1])
    if _damm(typed) or number >> (8 * BYTES):
        raise MisreadReceipt(MisreadReceipt.CHECK)
    return number


def _read_words(positions: list[int]) -> int:
    if len(positions) != BYTES + 1:
        raise MisreadReceipt(MisreadReceipt.LENGTH)
    if not _is_right(positions):
        raise MisreadReceipt(MisreadReceipt.CHECK)
    return int.from_bytes(bytes(positions[:BYTES]), "big")


def words_of_receipts(language: str) -> frozenset[str]:
    """All words that a receipt in this language can have, as `fold_word` writes them."""
    return frozenset(_word_positions(language))


def _is_right(positions: list[int]) -> bool:
    return len(positions) == BYTES + 1 and _check_byte(bytes(positions[:BYTES])) == positions[BYTES]


def _check_byte(spelled: bytes) -> int:
    """The sum of the bytes, each times another power of two in the field."""
    check = 0
    for byte in spelled:
        check = _double(check ^ byte)
    return check


def _double(byte: int) -> int:
    return byte << 1 ^ (POLYNOMIAL if byte & 0x80 else 0)


def _damm(typed: str) -> int:
    row = 0
    for digit in typed:
        row = int(DAMM[row][int(digit)])
    return row


@cache
def _word_list(language: str) -> list[str]:
    return (WORD_LISTS / f"{language}.txt").read_text().split()


@cache
def _word_positions(language: str) -> dict[str, int]:
    """Where each word stands in the list; a Serbian one by its Latin spelling too."""
    positions = {fold_word(word): position for position, word in enumerate(_word_list(language))}
    if language == "sr":
        latin = (word.translate(SERBIAN) for word in _word_list(language))
        positions |= {fold_word(word): position for position, word in enumerate(latin)}
    return positions
