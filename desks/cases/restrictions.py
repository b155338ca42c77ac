"""A case that only named people may open: at least two who hold keys, with the recovery officers of the desk."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.assignments import release_case
from desks.cases.errors import AlreadyRestricted, CaseMoveNotPossible, NeedsWords, TooFewKeyHolders, TooFewOfficers
from desks.cases.locks import able_colleagues, group_of, lock_worked_case, save_case
from desks.cases.merges import absorbed_cases
from desks.cases.states import EntryKind
from desks.cases.timeline import add_entry, language_of
from desks.desk.errors import NoKeys
from victor.access import require
from victor.audit.actions import record
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.locks import lock_group, lock_record
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import update_stamped
from victor.vault.records.actions import share_record, withdraw_record

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault

LEAST_HOLDERS = LEAST_OFFICERS = 2


@transaction.atomic
def restrict_case(case: Case, people: Collection[User], *, by: UnlockedVault) -> Case:
    """From this moment only these people open the case: the record is sealed to them, and taken from the desk.

    Whoever works on it without being named ends. The desk's recovery officers can restore a lost access, two together.

    Raises:
        PermissionDenied: only the lead restricts.
        AlreadyRestricted: it has named people.
        TooFewKeyHolders: fewer than two of them can open it, or the lead is not among them.
        TooFewOfficers: nobody could restore a lost access.
        NoGrant: the lead's own key does not open the case.
    """
    case = lock_worked_case(case, by=by.person)
    require(by.person, "desks.lead_case", case)
    if case.is_restricted:
        raise AlreadyRestricted
    group = group_of(case)
    named = list(able_colleagues(case).filter(pk__in=[person.pk for person in people]))
    if len(named) < max(LEAST_HOLDERS, len(set(people))) or by.person not in named:
        raise TooFewKeyHolders
    officers = [officer.user for officer in group.officers.select_related("user")]
    if len(officers) < LEAST_OFFICERS:
        raise TooFewOfficers
    together = [case, *absorbed_cases(case)]
    for one in together:
        lock_record(one.key, Group.objects.filter(pk=group.pk))
    for person in filter(None, (case.worker, case.lead)):
        if person not in named:
            release_case(case, person, by=by.person)
    case.refresh_from_db()
    restricted = groups_actions.create_group(name=case.reference, members=named, officers=officers, by=by.person)
    for one in together:
        _give_record(one, restricted, instead_of=group, by=by)
        one.restricted_group = restricted
        update_stamped(one, "restricted_group")
    case.tasks.exclude(owner__in=named).update(owner=None)
    save_case(case)
    add_entry(case, EntryKind.RESTRICTED, by=by.person)
    record("case.restricted", case, by=by.person, people=" ".join(str(person.pk) for person in named))
    return case


def _give_record(case: Case, group: Group, *, instead_of: Group, by: UnlockedVault) -> None:
    share_record(case.key, group, by=by)
    withdraw_record(case.key, instead_of, by=by.person)


@transaction.atomic
def lift_restriction(case: Case, words: str, *, by: UnlockedVault) -> Case:
    """From this moment the whole desk opens the case again. The reason stands in the timeline.

    Raises:
        PermissionDenied: only the lead does.
        CaseMoveNotPossible: it is not restricted.
        NeedsWords: there is no reason.
        NoGrant: the lead's own key does not open the case.
    """
    case = _lock_restricted(case, by=by)
    if not words.strip():
        raise NeedsWords
    group, desk_group = group_of(case), case.desk.trusted_group
    if desk_group is None:
        raise NoKeys
    together = [case, *absorbed_cases(case)]
    for one in together:
        lock_record(one.key, Group.objects.filter(pk__in=[group.pk, desk_group.pk]))
    for one in together:
        _give_record(one, desk_group, instead_of=group, by=by)
        one.restricted_group = None
        update_stamped(one, "restricted_group")
    save_case(case)
    add_entry(case, EntryKind.LIFTED, by=by.person, text=words, language=language_of(by.person, case))
    if not group.restricted_cases.exists():
        groups_actions.dissolve_group(group, by=by.person)
    record("case.restriction_lifted", case, by=by.person)
    return case


@transaction.atomic
def name_person(case: Case, person: User, *, by: UnlockedVault) -> Case:
    """One more person may open a restricted case.

    Raises:
        CaseMoveNotPossible: it is not restricted.
        TooFewKeyHolders: the person holds no key of the desk.
    """
    case = _lock_restricted(case, by=by)
    desk_group = case.desk.trusted_group
    if desk_group is None or not desk_group.members.filter(user=person).exists():
        raise TooFewKeyHolders
    groups_actions.admit_member(group_of(case), person, by=by)
    save_case(case)
    add_entry(case, EntryKind.RESTRICTED, by=by.person, concerned=person, code="named")
    record("case.person_named", case, by=by.person, person=person.pk)
    return case


@transaction.atomic
def remove_person(case: Case, person: User, *, by: UnlockedVault) -> Case:
    """Somebody may no longer open a restricted case. Two who hold keys have to remain.

    Raises:
        CaseMoveNotPossible: it is not restricted.
        TooFewKeyHolders: name another person first.
    """
    case = _lock_restricted(case, by=by)
    if able_colleagues(case).exclude(pk=person.pk).count() < LEAST_HOLDERS:
        raise TooFewKeyHolders
    lock_group(group_of(case))
    release_case(case, person, by=by.person)
    case.refresh_from_db()
    groups_actions.dismiss_member(group_of(case), person, by=by)
    save_case(case)
    add_entry(case, EntryKind.RESTRICTED, by=by.person, concerned=person, code="removed")
    record("case.person_removed", case, by=by.person, person=person.pk)
    return case


def _lock_restricted(case: Case, *, by: UnlockedVault) -> Case:
    case = lock_worked_case(case, by=by.person)
    require(by.person, "desks.lead_case", case)
    if not case.is_restricted:
        raise CaseMoveNotPossible
    return case
