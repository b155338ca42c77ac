"""What may be written where the name of somebody is asked for."""

from __future__ import annotations

import re
import unicodedata
from unicodedata import category, normalize

from django import forms
from django.utils.html import urlize
from django.utils.translation import gettext_lazy as _

BARRED_CHARACTERS = set("/@<>\\")
SEPARATORS = {"Cc", "Zl", "Zp"}
JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))  # some scripts need them between their letters
FILLER_CHARACTERS = set("\u115f\u1160\u2800\u3164\uffa0")
# Mail programs make links of more than we do. An initial may stand close to a name: A.Ivanov
ADDRESS_PATTERN = re.compile(r"\w\w\.\w\w|\w\.[a-z]{2}")


def validate_person_name(text: str) -> None:
    """In any script, on one line, to be read as it is: names are written into mails and set on paper.

    Raises:
        ValidationError: it is none, holds what nobody sees, or could become a link.
    """
    seen = text.translate(JOINERS)
    plain = normalize("NFKC", seen)
    if any(category(each) == "Cf" for each in seen) or FILLER_CHARACTERS & set(seen):
        raise forms.ValidationError(_("The name contains an invisible character. Please type it again."))
    if BARRED_CHARACTERS & set(plain) or any(category(each) in SEPARATORS for each in seen):
        raise forms.ValidationError(_("Please use letters, spaces, hyphens and dots only."))
    if not any(each.isalpha() for each in seen):
        raise forms.ValidationError(_("Please enter a name."))
    if ADDRESS_PATTERN.search(plain) or urlize(plain) != plain:
        raise forms.ValidationError(_("Please put a space after the dot; otherwise this looks like a web address."))


def fold_name(name: str) -> str:
    """A name without what does not matter when it is looked for: capitals and accents."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))
