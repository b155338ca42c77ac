"""What a screening adds to the gates of a case: nobody is assessed before a screening is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from desks.cases.gates import Requirement, declare_requirement
from desks.cases.states import CaseMove

if TYPE_CHECKING:
    from desks.cases.models import Case


def has_screening(case: Case) -> bool:
    """Whether a screening of this case is finished."""
    return case.screenings.done().exists()


declare_requirement(
    Requirement(
        name="screening",
        move=CaseMove.ASSESS,
        words=pgettext_lazy("what a move needs", "Screening"),
        section="screening",
        anchor="screening",
        check=has_screening,
    )
)
