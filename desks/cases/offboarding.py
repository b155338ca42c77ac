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
from victor.vault.groups.locks import lock_group
from victor.vault.groups.models import Group

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
    here = Case.objects.filter(desk__organisation=membership.organisation_id)
    own = here.filter(Q(worker=person) | Q(lead=person))
    restricted = here.filter(restricted_group__members__user=person)
    numbers = {*own.values_list("pk", flat=True), *restricted.values_list("pk", flat=True)}
    # All rows are locked before anything is recorded, in the order of every other action: cases, then groups.
    locked = list(here.filter(pk__in=numbers).select_for_update(of=["self"]).select_related("desk").order_by("pk"))
    groups = [pk for case in locked for pk in (case.desk.group_id, case.restricted_group_id) if pk]
    for group in Group.objects.filter(pk__in=groups).order_by("pk"):
        lock_group(group)
    for case in locked:
        if not works_at(person, case.desk):
            _close_case_to(case, person, by)


def _close_case_to(case: Case, person: User, by: Actor) -> None:
    release_case(case, person, by=by)
    group = case.restricted_group
    is_member = group is not None and group.members.filter(user=person).exists()
    if group is not None and is_member and not revoke_access(group, person, by=by):
        record("case.last_key_kept", case, by=by, person=person.pk)


def _as_stored(person: User) -> User:
    """The person with the roles that they hold now."""
    return type(person).objects.get(pk=person.pk)
