"""A notification that was neither sent nor explained stands in the way of closing a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.notifications.models import Notification
from desks.notifications.states import AuthorityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def waiting_notifications(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Each authority that has to be told or excused."""
    for row in Notification.objects.filter(case__in=cases).waiting():
        words = _("Notification neither sent nor explained: %(authority)s") % {
            "authority": AuthorityKind(row.kind).label
        }
        yield row.case_id, Obstacle(words, "authorities", f"notification-{row.pk}")
