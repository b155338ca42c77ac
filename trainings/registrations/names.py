"""What a person's name may contain, and how names are compared."""

from __future__ import annotations

import re
import unicodedata
from unicodedata import category, normalize

from django import forms
from django.utils.html import urlize
from django.utils.translation import gettext_lazy as _

BARRED_CHARACTERS = set("/@<>\\")
SEPARATORS = {"Cc", "Zl", "Zp"}
JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))  # some scripts need them between letters: they are no fault
FILLER_CHARACTERS = set("\u115f\u1160\u2800\u3164\uffa0")
# What e-mail programs turn into links. An initial without a space is allowed: A.Ivanov
ADDRESS_PATTERN = re.compile(r"\w\w\.\w\w|\w\.[a-z]{2}")


def validate_person_name(text: str) -> None:
    """Accept a name in any script on one line: names are printed in e-mails and on certificates.

    Raises:
        ValidationError: it has no letter, has an invisible character, or could become a link.
    """
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
    """A name without capitals and accents, for comparison."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
