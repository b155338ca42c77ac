"""A case that only named people may open: at least two who hold keys, with the recovery officers of the desk."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.assignments import release_case
from desks.cases.casework import Task
from desks.cases.errors import AlreadyRestricted, CaseMoveNotPossible, NeedsWords, TooFewKeyHolders, TooFewOfficers
from desks.cases.locks import able_colleagues, group_of, lock_case, lock_worked_case, save_case
from desks.cases.merges import lock_absorbed, lock_in_order
from desks.cases.models import Case
from desks.cases.states import EntryKind, Stage
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
    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault

LEAST_HOLDERS = LEAST_OFFICERS = 2


@transaction.atomic
def restrict_case(case: Case, people: Collection[User], *, by: UnlockedVault) -> Case:
    """From this moment only these people open the case: the record is sealed to them, and taken from the desk.

    Whoever works on it without being named ends. The desk's recovery officers can restore a lost access, two together.
    What was merged with it is closed with it.

    Raises:
        PermissionDenied: only the lead restricts.
        CaseMoveNotPossible: it is merged; the other case is restricted, and this one with it.
        AlreadyRestricted: it has named people.
        TooFewKeyHolders: fewer than two of them can open it, or the lead is not among them.
        TooFewOfficers: nobody could restore a lost access.
        NoGrant: the lead's own key does not open the case.
    """
    parts = lock_absorbed(case)
    case = lock_worked_case(case, by=by.person)
    require(by.person, "desks.lead_case", case)
    if case.stage == Stage.MERGED:
        raise CaseMoveNotPossible
    if case.is_restricted:
        raise AlreadyRestricted
    group = group_of(case)
    named = list(able_colleagues(case).filter(pk__in=[person.pk for person in people]))
    if len(named) < max(LEAST_HOLDERS, len(set(people))) or by.person not in named:
        raise TooFewKeyHolders
    officers = [officer.user for officer in group.officers.select_related("user")]
    if len(officers) < LEAST_OFFICERS:
        raise TooFewOfficers
    whole = [case, *parts]
    for part in whole:
        lock_record(part.key, Group.objects.filter(pk=group.pk))
    for part in whole:
        _release_others(part, named, by=by.person)
    restricted = groups_actions.create_group(name=case.reference, members=named, officers=officers, by=by.person)
    for part in whole:
        _give_record(part, restricted, instead_of=group, by=by)
        part.restricted_group = restricted
        update_stamped(part, "restricted_group")
    Task.objects.filter(case__in=whole).exclude(owner__in=named).update(owner=None)
    save_case(case)
    add_entry(case, EntryKind.RESTRICTED, by=by.person)
    record("case.restricted", case, by=by.person, people=" ".join(str(person.pk) for person in named))
    return case


def _release_others(case: Case, named: Collection[User], *, by: User) -> None:
    for person in filter(None, (case.worker, case.lead)):
        if person not in named:
            release_case(case, person, by=by)
    case.refresh_from_db()


def _give_record(case: Case, group: Group, *, instead_of: Group, by: UnlockedVault) -> None:
    share_record(case.key, group, by=by)
    withdraw_record(case.key, instead_of, by=by.person)


@transaction.atomic
def lift_restriction(case: Case, words: str, *, by: UnlockedVault) -> Case:
    """From this moment the whole desk opens the case again. The reason stands in the timeline.

    Raises:
        PermissionDenied: only the lead does.
        CaseMoveNotPossible: it is not restricted, or it is merged.
        NeedsWords: there is no reason.
        NoGrant: the lead's own key does not open the case.
    """
    parts = lock_absorbed(case)
    case = _lock_restricted(case, by=by)
    if not words.strip():
        raise NeedsWords
    group, desk_group = group_of(case), case.desk.trusted_group
    if desk_group is None:
        raise NoKeys
    whole = [case, *parts]
    for part in whole:
        lock_record(part.key, Group.objects.filter(pk__in=[group.pk, desk_group.pk]))
    for part in whole:
        _give_record(part, desk_group, instead_of=group, by=by)
        part.restricted_group = None
        update_stamped(part, "restricted_group")
    save_case(case)
    add_entry(case, EntryKind.LIFTED, by=by.person, text=words, language=language_of(by.person, case))
    if not group.restricted_cases.exists():
        groups_actions.dissolve_group(group, by=by.person)
    record("case.restriction_lifted", case, by=by.person)
    return case


@transaction.atomic
def name_person(case: Case, person: User, *, by: UnlockedVault) -> Case:
    """One more person may open a restricted case, and every other that the same people open.

    Raises:
        CaseMoveNotPossible: it is not restricted, or it is merged.
        TooFewKeyHolders: the person holds no key of the desk.
    """
    case, _others = _lock_sharing(case, by=by)
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
    """Somebody may no longer open a restricted case, and no other that the same people open. Two have to remain.

    Raises:
        CaseMoveNotPossible: it is not restricted, or it is merged.
        TooFewKeyHolders: name another person first.
    """
    case, others = _lock_sharing(case, by=by)
    if able_colleagues(case).exclude(pk=person.pk).count() < LEAST_HOLDERS:
        raise TooFewKeyHolders
    lock_group(group_of(case))
    for shared in (case, *others):
        release_case(shared, person, by=by.person)
    case.refresh_from_db()
    groups_actions.dismiss_member(group_of(case), person, by=by)
    save_case(case)
    add_entry(case, EntryKind.RESTRICTED, by=by.person, concerned=person, code="removed")
    record("case.person_removed", case, by=by.person, person=person.pk)
    return case


def _lock_restricted(case: Case, *, by: UnlockedVault) -> Case:
    case = lock_worked_case(case, by=by.person)
    require(by.person, "desks.lead_case", case)
    if not case.is_restricted or case.stage == Stage.MERGED:
        raise CaseMoveNotPossible
    return case


def _lock_sharing(case: Case, *, by: UnlockedVault) -> tuple[Case, list[Case]]:
    """The case, and others that the same people open: parts of it, and cases that were one with it and are no more.

    Raises:
        PermissionDenied: one of them, on which the desk still decides, has another lead.
    """
    lock_in_order(case, *_sharing(case))
    case = _lock_restricted(case, by=by)
    others = [lock_case(other) for other in _sharing(case)]
    for other in others:
        if other.stage != Stage.MERGED:
            require(by.person, "desks.lead_case", other)
    return case, others


def _sharing(case: Case) -> QuerySet[Case]:
    same = Case.objects.filter(restricted_group__isnull=False, restricted_group=case.restricted_group_id)
    return same.exclude(pk=case.pk).order_by("pk")
