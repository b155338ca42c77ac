"""What the search for staff finds: cases by any part of their reference; a restricted one for its people alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desks.cases.models import Case
from desks.cases.states import Stage
from victor.staff_search import MAX_HITS, Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question

LEAST_OF_A_REFERENCE = 2  # signs: one alone fits nearly all


@finds_for_staff(_("Cases"), rank=5)
def cases_by_reference(user: User, question: Question) -> Iterator[Hit]:
    """Cases that the person may open, the newest first."""
    if len(question.numbers) < LEAST_OF_A_REFERENCE:
        return
    cases = Case.objects.visible_to(user).named_like(question.numbers).select_related("desk")
    for case in cases.order_by("-opened_at")[:MAX_HITS]:
        url = reverse("desks:case", args=[case.desk.slug, case.reference])
        yield Hit(case.reference, f"{Stage(case.stage).label} · {case.desk}", url)
