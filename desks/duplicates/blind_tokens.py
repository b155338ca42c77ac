"""Blind tokens: what was typed of a child, as values that can be compared and not read.

Whoever asks computes more tokens than whoever stores: names in the other order, and the years beside the year of birth.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from django.conf import settings

from desks.duplicates.folding import skeletons, words_of
from desks.duplicates.names import forms_of_given_name
from desks.duplicates.states import TokenKind

MAX_WORDS = 4  # of a name
SIGNIFICANT_DIGITS, FEWEST_DIGITS = 8, 7  # of a telephone number: without the prefix, which is written in many ways
FEWEST_SIGNS = 5  # of a document number
SPELLINGS = re.compile(r"[,;/\n]+")
NO_DIGIT = re.compile(r"\D+", re.ASCII)
TELEPHONE = re.compile(r"\+?\d[\d\s().\-–/]{5,}")
DOCUMENT = re.compile(r"(?:\b[^\W\d_]{1,3}[\s.\-]*)?\d[\dA-Z]*(?:[\s.\-]\d[\dA-Z]*)*")
LOOK_ALIKE = str.maketrans("АВЕІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEIJKMHOPCTYXABEZHIKMNOPTYX")

Text = tuple[TokenKind, str]


@dataclass(frozen=True)
class TypedIdentity:
    """What is known of a child. `other_spellings` are whole names or single ones, parted by commas."""

    given_name: str = ""
    family_name: str = ""
    other_spellings: str = ""
    birth_year: int | None = None
    telephone: str = ""
    document: str = ""


@dataclass(frozen=True)
class Question:
    """What somebody searches for: each value with its kind, and how many years beside the typed one it stands for."""

    tokens: dict[str, tuple[TokenKind, int]] = field(default_factory=dict)
    has_year: bool = False
    is_one_name: bool = False

    @property
    def kinds(self) -> list[str]:
        """The kinds of tokens that were asked for."""
        return sorted({kind.value for kind, _years in self.tokens.values()})


def tokens_to_store(identity: TypedIdentity) -> dict[str, TokenKind]:
    """The tokens of a record: each value with its kind."""
    return {blind(kind, text): kind for kind, text in _stored_texts(identity)}


def question_about(identity: TypedIdentity) -> Question:
    """What has to be looked for."""
    year = identity.birth_year
    years = [] if year is None else [year, year - 1, year + 1]
    names = list(_names(identity))
    pairs = {pair for given, family in names for pair in _pairs(given, family) | _pairs(family, given)}
    parts = {part for name in names for words in name for part in _parts(words)}
    is_one_name = not pairs and bool(parts)
    asked: list[tuple[TokenKind, str, int]] = [(TokenKind.NAME, pair, 0) for pair in pairs]
    asked += [(TokenKind.NAME_YEAR, f"{pair}|{near}", abs(near - years[0])) for near in years for pair in pairs]
    asked += [(TokenKind.PART, part, 0) for part in parts]
    if is_one_name:
        asked += [(TokenKind.PART_YEAR, f"{part}|{near}", abs(near - years[0])) for near in years for part in parts]
    asked += [(kind, number, 0) for kind, number in _numbers(identity)]
    tokens = {blind(kind, text): (kind, distance) for kind, text, distance in asked}
    return Question(tokens, has_year=bool(years), is_one_name=is_one_name)


def blind(kind: TokenKind, text: str) -> str:
    """The value of a token. Nobody computes it, or goes back from it, without `DUPLICATES_KEY`."""
    secret = settings.DUPLICATES_KEY.encode()
    return hmac.new(secret, f"{kind.value}\0{text}".encode(), hashlib.sha256).hexdigest()[:32]


def _stored_texts(identity: TypedIdentity) -> Iterator[Text]:
    names = list(_names(identity))
    pairs = {pair for given, family in names for pair in _pairs(given, family)}
    parts = {part for name in names for words in name for part in _parts(words)}
    yield from ((TokenKind.NAME, pair) for pair in pairs)
    if not pairs:
        yield from ((TokenKind.PART, part) for part in parts)
    if identity.birth_year is not None:
        yield from ((TokenKind.NAME_YEAR, f"{pair}|{identity.birth_year}") for pair in pairs)
        yield from ((TokenKind.PART_YEAR, f"{part}|{identity.birth_year}") for part in parts)
    yield from _numbers(identity)


def _names(identity: TypedIdentity) -> Iterator[tuple[list[str], list[str]]]:
    """The words of given and family name, in all spellings."""
    given, family = _words(identity.given_name), _words(identity.family_name)
    yield given, family
    for spelling in SPELLINGS.split(identity.other_spellings):
        words = words_of(spelling)[:MAX_WORDS]
        if len(words) > 1:
            yield _words(" ".join(words[:-1])), words[-1:]
        elif words:
            yield words, family
            yield given, words


def _words(text: str) -> list[str]:
    """The words of a name, and all of them as one: Ana Maria is also Anamaria."""
    words = words_of(text)[:MAX_WORDS]
    return [*words, "".join(words)] if len(words) > 1 else words


def _pairs(given: list[str], family: list[str]) -> set[str]:
    forms = {form for word in given for form in forms_of_given_name(word)}
    endings = {skeleton for word in family for skeleton in skeletons(word)}
    return {f"{form}|{skeleton}" for form, skeleton in product(forms, endings)}


def _parts(words: list[str]) -> set[str]:
    """What stands for each single name, whether it is a given or a family name."""
    return {part for word in words for part in forms_of_given_name(word) | skeletons(word)}


def _numbers(identity: TypedIdentity) -> Iterator[Text]:
    """The numbers of telephones and documents. Several may stand in a line, with words between them."""
    for number in TELEPHONE.findall(unicodedata.normalize("NFKC", identity.telephone)):
        digits = NO_DIGIT.sub("", number)
        if len(digits) >= FEWEST_DIGITS:
            yield TokenKind.TELEPHONE, digits[-SIGNIFICANT_DIGITS:]
    for number in DOCUMENT.findall(unicodedata.normalize("NFKC", identity.document).upper().translate(LOOK_ALIKE)):
        signs = "".join(sign for sign in number if sign.isalnum())
        if len(signs) >= FEWEST_SIGNS:
            yield TokenKind.DOCUMENT, signs
