"""What the gate of assessing needs: of a presumed victim every authority is told, or the lead says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks.cases.gates import COMES_FIRST, Requirement, declare_requirement
from desks.cases.states import CaseMove
from desks.notifications.models import Notification

if TYPE_CHECKING:
    from desks.cases.models import Case


def is_everybody_notified(case: Case) -> bool:
    """Whether nothing has to be told yet, or each authority was told or excused. No row at all is not enough."""
    if case.presumed_at is None:
        return True
    rows = Notification.objects.filter(case=case)
    return rows.exists() and not rows.waiting().exists()


declare_requirement(
    Requirement(
        name="notifications",
        move=CaseMove.ASSESS,
        words=COMES_FIRST[CaseMove.ASSESS]["notifications"],
        section="authorities",
        anchor="authorities",
        check=is_everybody_notified,
    )
)
