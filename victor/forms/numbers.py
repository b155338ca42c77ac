"""Numbers as people write them: with the separators of their language, or with digits of another script.

Nothing is guessed: what has two readings in the reader's language is refused with both of them.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise

from babel.numbers import get_decimal_symbol

from victor.languages import locale

MAX_LENGTH = 40  # characters
MAX_DIGITS = 18  # no primary key, page or count of ours is longer
GROUP_ONLY, DECIMAL_ONLY = "'", "d"  # separators that have one meaning in every language
PLAIN_SIGNS = (
    dict.fromkeys("'’‘ʼ´`′٬", GROUP_ONLY) | {"٫": DECIMAL_ONLY, "−": "-", "﹣": "-", "－": "-"} | {"．": ".", "，": ","}
)
NUMBER_PATTERN = re.compile(r"([+-]?)([0-9]+(?:[., 'd][0-9]+)*)")
GROUP_LENGTH = 3


def read_digits(text: str) -> int | None:
    """A number in the digits 0 to 9, as addresses, hidden fields and files have it; None where it is no such number.

    Digits of other scripts are none, and neither are more digits than anything of ours has: Python refuses to convert
    thousands of them.
    """
    is_number = text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
    return int(text) if is_number else None


class UnreadableNumber(ValueError):
    """This is not a number."""


class UnclearNumber(UnreadableNumber):
    """A dot or a comma can be a decimal sign or a thousands separator: there are two `readings`."""

    def __init__(self, readings: tuple[Decimal, Decimal]) -> None:
        super().__init__(readings)
        self.readings = readings


def read_number(text: str) -> Decimal:
    """A number with the decimal sign of the reader's language. A dot or a comma that is not that sign makes thousands.

    Raises:
        UnreadableNumber: it is not a number, or a separator stands where no language has one.
    """
    sign, parts, separators = _split_number(text)
    grouped, decimal = _grouped(parts, separators), _decimal(parts, separators)
    if grouped is not None and decimal is not None:
        number = decimal if separators[0] == get_decimal_symbol(locale()) else grouped
    elif grouped is not None:
        number = grouped
    elif decimal is not None:
        number = decimal
    else:
        raise UnreadableNumber
    return -number if sign == "-" else number


def read_whole_number(text: str) -> int:
    """A whole number. One like 1.000 is refused where the dot is the decimal sign: people mean a thousand with it too.

    Raises:
        UnclearNumber: it can mean two whole numbers.
        UnreadableNumber: it is not a whole number.
    """
    number = read_number(text)
    _sign, parts, separators = _split_number(text)
    grouped, decimal = _grouped(parts, separators), _decimal(parts, separators)
    if separators and grouped is not None and decimal is not None and abs(number) == decimal:
        raise UnclearNumber((decimal, grouped))
    if number != int(number):
        raise UnreadableNumber
    return int(number)


def _split_number(text: str) -> tuple[str, list[str], list[str]]:
    """The sign, the groups of digits, and what stands between them."""
    plain = "".join(map(_plain_sign, text)).strip()
    match = NUMBER_PATTERN.fullmatch(plain) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise UnreadableNumber
    parts = re.split(r"[., 'd]", match[2])
    return match[1], parts, [sign for sign in match[2] if not sign.isdigit()]


def _plain_sign(sign: str) -> str:
    """One sign of a number in ASCII; marks that only say in which direction the text runs are left out."""
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Cf":
        return ""
    return " " if category == "Zs" else PLAIN_SIGNS.get(sign, sign)


def _grouped(parts: list[str], separators: list[str]) -> Decimal | None:
    """The number if all separators make thousands: groups of three digits, and one sign throughout."""
    if DECIMAL_ONLY in separators or any(first != second for first, second in pairwise(separators)):
        return None
    if separators and (parts[0].startswith("0") or len(parts[0]) > GROUP_LENGTH):
        return None
    return Decimal("".join(parts)) if all(len(part) == GROUP_LENGTH for part in parts[1:]) else None


def _decimal(parts: list[str], separators: list[str]) -> Decimal | None:
    """The number if the last separator is the decimal sign."""
    if not separators or separators[-1] not in (".", ",", DECIMAL_ONLY) or separators[-1] in separators[:-1]:
        return None
    whole = _grouped(parts[:-1], separators[:-1])
    return None if whole is None else Decimal(f"{whole}.{parts[-1]}")
