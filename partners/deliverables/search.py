"""What staff find of grants: deliverables by code and title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners.deliverables.models import Deliverable
from victor.languages import columns, local_text
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Deliverables"), rank=45)
def deliverables(user: User, question: Question) -> Iterator[Hit]:
    """Deliverables by their codes and titles."""
    for deliverable in Deliverable.objects.visible_to(user).select_related("package").order_by("-due_on", "pk"):
        if question.fits(deliverable.code, *(getattr(deliverable, name) for name in columns("title"))):
            title = f"{deliverable.code} {local_text(deliverable, 'title').text}"
            yield Hit(title, str(deliverable.get_state_display()), deliverable.get_absolute_url())
