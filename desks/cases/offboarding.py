"""What happens to cases when somebody's role at their desk ends: in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from desks.cases.assignments import release_case
from desks.cases.models import Case
from desks.desk.actions import revoke_access
from desks.desk.rules import works_at
from victor.accounts.offboarding import on_role_end
from victor.audit.actions import record

if TYPE_CHECKING:
    from partners.memberships.models import Membership
    from victor.access import Actor
    from victor.accounts.models import User


@on_role_end
@transaction.atomic
def end_work_of_leaver(membership: Membership, by: Actor) -> None:
    """Each open case stands under "without worker", and the restricted ones are closed to the leaver at once.

    The last who holds the keys of a restricted case keeps them, or its record were lost; the pages are closed to them
    all the same, and two recovery officers can open it to somebody else.
    """
    person = _as_stored(membership.user)
    here = Case.objects.filter(desk__organisation=membership.organisation_id).select_related("desk")
    for case in here.filter(Q(worker=person) | Q(lead=person)).order_by("pk"):
        if not works_at(person, case.desk):
            release_case(case, person, by=by)
    for case in here.filter(restricted_group__members__user=person).order_by("pk"):
        group = case.restricted_group
        is_gone = group is not None and not works_at(person, case.desk)
        if is_gone and group is not None and not revoke_access(group, person, by=by):
            record("case.last_key_kept", case, by=by, person=person.pk)


def _as_stored(person: User) -> User:
    """The person with the roles that they hold now."""
    return type(person).objects.get(pk=person.pk)
