"""What staff find of decisions and actions of groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.minutes.models import Action, Decision
from victor.formatting import short_day
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Decisions"), rank=26)
def decisions(user: User, question: Question) -> Iterator[Hit]:
    """Decisions by their numbers and words."""
    for row in Decision.objects.visible_to(user).for_listing():
        if question.fits(row.code, row.words, row.group.name):
            page = reverse("partners:group_decisions", args=[row.group.slug])
            yield Hit(f"{row.code} {row.words}", row.group.name, page)


@finds_for_staff(pgettext_lazy("of a group", "Actions"), rank=27)
def actions(user: User, question: Question) -> Iterator[Hit]:
    """Actions that are not settled, by their words and owners."""
    for row in Action.objects.visible_to(user).unsettled().for_listing():
        if question.fits(row.words, row.group.name, row.owner.name if row.owner else ""):
            yield Hit(row.words, f"{row.group.name} · {short_day(row.due_on)}", row.get_absolute_url())
