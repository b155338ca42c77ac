"""What staff find of groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners.groups.models import WorkingGroup
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Groups"), rank=26)
def groups(user: User, question: Question) -> Iterator[Hit]:
    """Groups by name and by what they are for."""
    for group in WorkingGroup.objects.visible_to(user).order_by("name"):
        if question.fits(group.name, group.slug, group.purpose):
            yield Hit(group.name, str(group.get_kind_display()), group.get_absolute_url())
