"""What staff find of grants: activities by code and title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners.activities.models import Activity
from victor.languages import columns, local_text
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Activities of grants"), rank=44)
def activities(user: User, question: Question) -> Iterator[Hit]:
    """Activities by their codes and titles."""
    for activity in Activity.objects.visible_to(user).select_related("package").order_by("-pk"):
        if question.fits(activity.code, *(getattr(activity, name) for name in columns("title"))):
            detail = f"{activity.package.code} · {activity.get_state_display()}"
            yield Hit(f"{activity.code} {local_text(activity, 'title').text}", detail, activity.get_absolute_url())
