"""What search finds of the directory. For staff, "guardian greece" answers with the number, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import EntryState, Function
from victor.languages import CODES, column, columns, local_text
from victor.publishing.search_index import Texts, searchable
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


def page_for_visitors(entry: Responsibility) -> str:
    """The path of the public page that shows an entry."""
    return reverse("partners:who_is_responsible", args=[entry.country_id.lower()])


@searchable(Responsibility, address=page_for_visitors)
def responsibility_text(obj: Responsibility, language: str) -> Texts | None:
    """A body that visitors are shown: its name, what it is responsible for, its country and its number."""
    body, country = getattr(obj, column("body", language)), getattr(obj.country, column("name", language))
    is_shown = Responsibility.objects.for_visitors().filter(pk=obj.pk).exists()
    if not (body and country and is_shown):
        return None
    with override(language):
        return body, " · ".join(filter(None, [str(obj.get_function_display()), country, obj.phone]))


@finds_for_staff(_("Whom to turn to"), rank=22)
def responsibilities(user: User, question: Question) -> Iterator[Hit]:
    """Bodies by their names, by what they are responsible for, and by their country. Those with a number come first."""
    entries = list(Responsibility.objects.visible_to(user).in_force().for_listing())
    for entry in sorted(entries, key=_rank):
        texts = [getattr(entry, name) for name in columns("body")]
        names = [getattr(entry.country, name) for name in columns("name")]
        if question.fits(*_words_for(entry.function), entry.phone, entry.email, *texts, *names):
            country = local_text(entry.country, "name").text
            function = str(entry.get_function_display())
            detail = " · ".join(filter(None, [entry.phone or entry.email, function, country]))
            yield Hit(local_text(entry, "body").text, detail, entry.get_absolute_url())


def _rank(entry: Responsibility) -> tuple[bool, bool]:
    """Who can be called, and was checked, stands before the others."""
    return not entry.phone, entry.state != EntryState.CHECKED


@cache
def _words_for(function: str) -> list[str]:
    """What the body is responsible for, in every language: people search in their own, whatever the page is in."""
    words = []
    for language in CODES:
        with override(language):
            words.append(str(Function(function).label))
    return words
