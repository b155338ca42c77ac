"""What staff find of the directory: "guardian greece" answers with the number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners.responsibilities.models import Responsibility
from victor.languages import columns, local_text
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Whom to turn to"), rank=22)
def responsibilities(user: User, question: Question) -> Iterator[Hit]:
    """Bodies by their names, by what they are responsible for, and by their country."""
    for entry in Responsibility.objects.visible_to(user).in_force().for_listing():
        function, country = str(entry.get_function_display()), local_text(entry.country, "name").text
        texts = [getattr(entry, name) for name in columns("body")]
        names = [getattr(entry.country, name) for name in columns("name")]
        if question.fits(function, country, entry.phone, entry.email, *texts, *names):
            detail = " · ".join(filter(None, [function, country, entry.phone or entry.email]))
            yield Hit(local_text(entry, "body").text, detail, entry.get_absolute_url())
