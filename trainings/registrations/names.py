"""What a person's name may contain, and how names and addresses are compared."""

from __future__ import annotations

import json
import re
import unicodedata
from unicodedata import category, normalize

from django import forms
from django.utils.html import urlize
from django.utils.translation import gettext_lazy as _

from trainings.registrations.damaged_text import refuse_damaged

BARRED_CHARACTERS = set("/@<>\\")
SEPARATORS = {"Cc", "Zl", "Zp"}
JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))  # some scripts need them between letters: they are no fault
FILLER_CHARACTERS = set("\u115f\u1160\u2800\u3164\uffa0")
# What e-mail programs turn into links. An initial without a space is allowed: A.Ivanov
ADDRESS_PATTERN = re.compile(r"\w\w\.\w\w|\w\.[a-z]{2}")

APOSTROPHES = "'’‘ʼʹ´`′ʻ＇"
# Letters that do not decompose. Apostrophes are left out, and hyphens are spaces.
LATIN_LETTERS = (
    dict(zip("đðłøħıŋ", "ddlohin", strict=True))
    | {"æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys(APOSTROPHES, "")
    | dict.fromkeys("-‐‑–", " ")
)
# Letters of other scripts as `search_key` hears them: й is decomposed to и, and Greek letters have no accents.
SOUNDS = (
    dict(zip("абвгґдезијкклмнопрстуфхцчъыэі", "abvggdeziikklmnoprstufhccaiei", strict=True))
    | {"ж": "z", "ш": "s", "щ": "s", "ь": "", "ю": "iu", "я": "ia", "є": "ie", "ё": "e"}
    | {"ђ": "d", "љ": "l", "њ": "n", "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz"}
    | dict(zip("αβγδεζηικλμνοπρστυφχω", "abgdeziiklmnoprstufho", strict=True))
    | {"θ": "th", "ξ": "ks", "ψ": "ps", "ς": "s"}
)
# What several letters of one sound become, in this order.
REDUCTIONS = (
    *(("dzh", "dz"), ("shch", "s"), ("sht", "s"), ("dj", "d"), ("gj", "g"), ("lj", "l"), ("nj", "n")),
    *(("zh", "z"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("th", "t")),
    *(("ou", "u"), ("ei", "i"), ("oi", "i"), ("ai", "e"), ("mp", "b"), ("nt", "d"), ("gk", "g"), ("x", "ks")),
    *(
        ("y", "i"),
        ("j", "i"),
        ("w", "v"),
        ("g", "h"),
        ("ck", "k"),
        ("c", "h"),
    ),  # χ is written ch and h, ч is written ch and č
)

SEARCH_TABLES = json.dumps({"letters": LATIN_LETTERS, "sounds": SOUNDS, "reductions": REDUCTIONS})


def validate_person_name(text: str) -> None:
    """Accept a name in any script on one line: names are printed in e-mails and on certificates.

    Raises:
        ValidationError: it has no letter, has an invisible character, or could become a link.
    """
    refuse_damaged(text)
    name = text.translate(JOINERS)
    plain = normalize("NFKC", name)
    if any(category(char) == "Cf" for char in name) or FILLER_CHARACTERS & set(name):
        raise forms.ValidationError(_("The name contains an invisible character. Please type it again."))
    if BARRED_CHARACTERS & set(plain) or any(category(char) in SEPARATORS for char in name):
        raise forms.ValidationError(_("Please use letters, spaces, hyphens and dots only."))
    if not any(char.isalpha() for char in name):
        raise forms.ValidationError(_("Please enter a name."))
    if ADDRESS_PATTERN.search(plain) or urlize(plain) != plain:
        raise forms.ValidationError(_("Please put a space after the dot; otherwise this looks like a web address."))


def fold_name(name: str) -> str:
    """A name without capitals, accents and apostrophes, for comparison."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(LATIN_LETTERS.get(char, char) for char in decomposed if not unicodedata.combining(char))


def search_key(name: str) -> str:
    """A name by its sound in Latin letters, so that it is found however it was written: Ђорђе, Đorđe and Djordje."""
    key = "".join(SOUNDS.get(char, char) for char in fold_name(name))
    for letters, sound in REDUCTIONS:
        key = key.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", key)


def is_found_by(words: str, name: str) -> bool:
    """Whether a name contains each of the words, as they are written or by their sound."""
    folded, sound = fold_name(name), search_key(name)
    return all(word in folded or search_key(word) in sound for word in fold_name(words).split())


def is_same_name(first: str, second: str) -> bool:
    """Whether two names are one, whatever their order, capitals, accents and script."""
    return sorted(search_key(first).split()) == sorted(search_key(second).split())


def mailbox_key(address: str) -> str:
    """An address as its mail server reads it: Gmail ignores dots, and what follows a plus sign is a label."""
    user, _at, host = address.strip().lower().rpartition("@")
    user, host = user.partition("+")[0] or user, "gmail.com" if host == "googlemail.com" else host
    return f"{user.replace('.', '') if host == 'gmail.com' else user}@{host}"


def is_same_person(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two pairs of name and address are one person: several people may share an address."""
    return first[1].lower() == second[1].lower() and is_same_name(first[0], second[0])
