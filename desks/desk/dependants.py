"""Desks that are public depend on an agreement that allows their publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from desks.desk.models import Desk
from partners.agreements.dependants import Dependant, declare_dependant
from partners.agreements.states import Gate

if TYPE_CHECKING:
    from django.db.models import QuerySet


def public_desks(parties: list[int]) -> QuerySet[Desk]:
    """Those of the organisations that have signed."""
    return Desk.objects.published().filter(organisation__in=parties)


def desks_in_words(number: int) -> str:
    """How many desks are public."""
    return ngettext("%(count)d desk is public", "%(count)d desks are public", number) % {"count": number}


declare_dependant(Dependant("desks.desks", 20, Gate.DESK_PUBLICATION, desks_in_words, public_desks))
