"""What staff find of grants: indicators by title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.grants.models import Grant
from partners.targets.models import IndicatorTarget
from victor.languages import columns, local_text
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Targets"), rank=46)
def targets(user: User, question: Question) -> Iterator[Hit]:
    """Indicators of grants by their titles."""
    visible = IndicatorTarget.objects.filter(grant__in=Grant.objects.visible_to(user)).select_related("grant")
    for target in visible.order_by("pk"):
        if question.fits(*(getattr(target, name) for name in columns("title"))):
            detail = local_text(target.grant, "title").text
            page = reverse("partners:grant_targets", args=[target.grant_id])
            yield Hit(local_text(target, "title").text, detail, page)
