"""What a child reads on the form, on the receipt and on the way back speaks to a child, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib
import pytest
from django.conf import settings
from django.utils.translation import override

from desks.intake.forms import (
    ContactForm,
    DeletionForm,
    NoticeForm,
    RetypeForm,
    WhatForm,
    WhoForm,
    WordedForm,
    WordsForm,
)

# How each language addresses adults: pronouns, and endings of verbs that nothing else has.
POLITE = {
    "el": r"σας|εσάς|εσείς|\w+(?:ήστε|άστε|έστε|ίστε|άξτε|έξτε|άψτε|ετε|άτε|είτε)",
    "bg": r"ви|вас|ваш\w*|\w+(?:айте|ейте|ийте)|можете|искате|изберете|напишете|натиснете|пишете",
    "ro": r"dumneavoastr\w+|vă|\w+(?:ieți|egeți|uneți|uteți|vreți|unteți|ăsați|eptați|unați)",
    "sl": r"vas|vam|vaš\w*|\w+(?:ajte|ijte|ite)",
    "sr": r"вас|вам|ваш\w*|\w+(?:ајте|ијте|ите)",
    "hu": r"ön\w{0,4}|kérjük|\w+(?:sson|sszen|ssen|jon|jen)",
    "uk": r"(?!навіть)(?:вас|вам|ваш\w*|\w+(?:іть|йте|ете|єте|ите))",
}
FORMS = (WhoForm, WhatForm, ContactForm, RetypeForm, WordsForm, NoticeForm, DeletionForm)
TOO_LONG = "x" * 20_000
SENT = (
    {},
    dict.fromkeys(("story", "text", "place", "when", "link", "how", "safe", "name", "typed", "shown"), TOO_LONG),
    {"contact": "yes", "notice": "nowhere", "shown": "1", "typed": "nowhere"},
)


def polite_words(text: str, language: str) -> list[str]:
    """The words of a text that address an adult."""
    return re.findall(rf"\b(?:{POLITE[language]})\b", text, re.IGNORECASE)


def words_of(form: WordedForm) -> Iterator[str]:
    """Labels, hints and errors. The choices are the child's own words."""
    for field in form.visible_fields():
        yield from (str(field.label), str(field.help_text), *map(str, field.errors))


def words_for_children() -> set[str]:
    """All of them, in the language in force."""
    return {words for kind in FORMS for data in SENT for words in words_of(kind(data, for_child=True))}


@pytest.mark.parametrize("language", POLITE)
def test_form_that_is_refused_speaks_to_a_child_as_to_a_child(language):
    with override(language):
        assert {words for words in words_for_children() if polite_words(words, language)} == set()


@pytest.mark.parametrize("language", POLITE)
def test_text_for_children_addresses_them_informally(language):
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"))
    entries = [entry for entry in catalogue if entry.msgctxt == "to a child"]
    texts = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert len(entries) > 50
    assert [text for text in texts if polite_words(text, language)] == []


@pytest.mark.parametrize("language", POLITE)
def test_form_of_an_adult_is_found_to_be_polite(language):
    """The list of polite words finds some: it is not empty by mistake."""
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"))
    adults = [entry.msgstr for entry in catalogue if not entry.msgctxt]
    assert sum(bool(polite_words(text, language)) for text in adults) > 20
