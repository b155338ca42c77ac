"""What the desks of an organisation that leaves still work on, and what nobody else could open after it.

Whoever coordinates sees numbers: no reference, and nothing of what a case is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from desks.cases.models import Case
from partners.memberships.departures import Step, contacts_page, declare_step
from victor.stored_names import stored_name
from victor.vault.groups.models import Group
from victor.vault.keys.models import Grant, Key
from victor.vault.keys.states import KeyKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def running_cases(organisation: Organisation) -> QuerySet[Case]:
    """Cases on which its desks work, the restricted ones too."""
    return Case.objects.running().filter(desk__organisation=organisation)


def sole_records(organisation: Organisation) -> QuerySet[Key]:
    """Records that a group of its desks or of its cases opens, and no group of anybody else.

    A receipt does not count: whoever holds it reads a report, and cannot work on it.
    """
    is_own = Q(desk__organisation=organisation) | Q(restricted_cases__desk__organisation=organisation)
    # As the vault names the owner of a key, so that a key that is being replaced counts too.
    label = Concat(Value(f"{stored_name(Group)}:"), Cast("pk", CharField()))
    own = Group.objects.filter(is_own).order_by().values(label=label)
    grants = Grant.objects.filter(key=OuterRef("pk"), holder__kind=KeyKind.GROUP)
    opened_here = Exists(grants.filter(holder__owner__in=own))
    opened_elsewhere = Exists(grants.exclude(holder__owner__in=own))
    return Key.objects.filter(opened_here, ~opened_elsewhere, kind=KeyKind.RECORD)


declare_step(
    Step(
        name="desks.cases",
        rank=30,
        title=_("Open cases of its desks"),
        task=_("The desk closes each case: the work is done, or another desk takes over. Only the desk can do it."),
        remaining=running_cases,
        place=_("Contacts"),
        page=contacts_page,
    )
)
declare_step(
    Step(
        name="desks.records",
        rank=40,
        title=_("Records that only its desks can open"),
        task=_("They are handed over to another desk, or deleted on their day. Nobody could read them afterwards."),
        remaining=sole_records,
        place=_("Contacts"),
        page=contacts_page,
    )
)
