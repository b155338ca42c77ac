"""Other spellings under which a word or a number is found.

People who have no Greek or Cyrillic keyboard write Greek, Bulgarian and Ukrainian in Latin letters, each in their own
way. The word of a text and the word of a question are brought to one rough spelling. A number is found with whatever
stands between its digits, and with or without the code of its country.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MARK = "xx"  # in front of a rough spelling, so that it is found by such spellings only
DIGITS = "00"  # in front of the digits of a number
SMALL_NUMBER = 3  # digits of a number that is worth finding as a whole
NUMBER = re.compile(r"\+?\d(?:[\s().\-/\u2010-\u2015\u2212]*\d){2,24}")
LATIN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
LETTER_PAIRS = {
    "el": "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξks οo πp ρr σs τt υy φf χh ψps ωo ςs",
    "bg": "аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хh цts чch шsh щsht ъa ьy юyu яya",
    "uk": (
        "аa бb вv гh ґg дd еe єye жzh зz иy іi їyi йy кk лl мm нn оo пp рr сs тt уu фf хh цts чch шsh щshch юyu яya ь"
    ),
}
LETTERS = {language: {pair[0]: pair[1:] for pair in LETTER_PAIRS[language].split()} for language in LETTER_PAIRS}
# One sound in the ways in which people write it, in the order in which they are read: "8 th" is an 8 in place of th.
SOUND_PAIRS = {
    "el": (
        "8 th,w o,j ks,oy u,ou u,af av,ay av,au av,ef ev,ey ev,eu ev,ai e,ei i,oi i,yi i,u y,y i,mp b,nt d,gk g,gg g,"
        "b v,ph f,th t,ch h,kh h,ks h,x h,c k,q k"
    ),
    "bg": "6t sht,shch sht,4 ch,6 sh,w v,q ya,kh h,x h,j zh,c ts,tsh ch,g h,y i,ii i",
}
SOUND_PAIRS["uk"] = SOUND_PAIRS["bg"].replace("j zh", "j y")
SOUNDS = {language: [tuple(pair.split()) for pair in SOUND_PAIRS[language].split(",")] for language in SOUND_PAIRS}


def keys_of_text(words: list[str], text: str, language: str) -> list[str]:
    """What is indexed beside the words of a text: their rough spellings, and the digits of its numbers."""
    letters = LETTERS.get(language)
    spellings = (
        {_rough("".join(letters.get(sign, sign) for sign in word), language) for word in words} if letters else ()
    )
    return [*(MARK + spelling for spelling in sorted(spellings)), *(DIGITS + digits for digits in _numbers_in(text))]


def key_of_word(word: str, language: str) -> str:
    """The rough spelling of a word that was typed in Latin letters; empty for others."""
    return MARK + _rough(word, language) if language in LETTERS and LATIN.fullmatch(word) else ""


def split_numbers(question: str) -> tuple[str, list[str]]:
    """The words of a question without its numbers, and the numbers as they are indexed."""
    numbers = [_digits(match[0]) for match in NUMBER.finditer(question)]
    return NUMBER.sub(" ", question), [DIGITS + digits for digits in numbers]


def _rough(spelling: str, language: str) -> str:
    for written, sound in SOUNDS[language]:
        spelling = spelling.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", spelling)


def _numbers_in(text: str) -> Iterator[str]:
    """The digits of each number, whole and without the code of a country, which has up to three digits."""
    variants = set()
    for match in NUMBER.finditer(text):
        digits = _digits(match[0])
        variants.add(digits)
        if match[0].startswith("+"):
            variants |= {digits[length:] for length in (1, 2, 3) if len(digits) - length >= SMALL_NUMBER}
    yield from sorted(variants)


def _digits(number: str) -> str:
    """The digits alone, without the zeros with which a number abroad or in the same country begins."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in number if sign.isdigit())
    return digits.lstrip("0") or digits
