"""What happens to an entry of the directory: it is proposed, checked by a second person, or returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.directory.models import Country
from partners.memberships.second_persons import require_second_person
from partners.memberships.states import Role
from partners.responsibilities.errors import ChangeWaiting, EntrySettled, FocalPointExists, NeedsFirstPerson
from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import ENTRY_MOVES, EntryMove, EntryState, Function
from victor.access import require
from victor.audit.actions import record
from victor.publishing.search_index import update_index

if TYPE_CHECKING:
    from victor.accounts.models import User

CHECKERS = frozenset({Role.COORDINATOR, Role.SUPERVISOR})


@transaction.atomic
def propose_responsibility(
    entry: Responsibility, *, by: User, replaces: Responsibility | None = None
) -> Responsibility:
    """Propose a new entry as `by` has written it, or one that takes the place of another.

    Raises:
        EntrySettled: the other is not in force any more.
        ChangeWaiting: another change of it waits.
    """
    old = _lock(replaces) if replaces else None
    require(by, "partners.propose_responsibility", entry)
    if old and not Responsibility.objects.in_force().filter(pk=old.pk).exists():
        raise EntrySettled
    if old and old.changes.filter(state=EntryState.PROPOSED).exists():
        raise ChangeWaiting
    entry.pk, entry.key, entry.replaces = None, None, old
    entry.state, entry.return_reason = EntryState.PROPOSED, ""
    entry.proposed_by, entry.proposed_at = by, timezone.now()
    entry.checked_by = entry.checked_on = None
    entry.save(force_insert=True)
    record("responsibility.proposed", entry, by=by, function=entry.function, replaces=str(old.pk) if old else "")
    return entry


@transaction.atomic
def confirm_responsibility(entry: Responsibility, *, by: User) -> Responsibility:
    """Confirm an entry of the data file as the first of two people.

    Raises:
        EntrySettled: somebody has confirmed it, or it is decided.
    """
    entry = _lock(entry)
    require(by, "partners.check_responsibility", entry)
    if entry.state not in ENTRY_MOVES[EntryMove.CONFIRM] or entry.proposed_by_id is not None:
        raise EntrySettled
    entry.proposed_by, entry.proposed_at = by, timezone.now()
    entry.save(update_fields=["proposed_by", "proposed_at"])
    record("responsibility.confirmed", entry, by=by, function=entry.function)
    return entry


@transaction.atomic
def check_responsibility(entry: Responsibility, *, by: User) -> Responsibility:
    """Note that `by` has checked an entry today, as the second person. What it replaces is no longer shown.

    Raises:
        EntrySettled: it was decided already.
        NeedsFirstPerson: nobody has confirmed this entry of the data file.
        NotSecondPerson: `by` is not independent of whoever has proposed it, or too new.
        FocalPointExists: the country has another first contact.
    """
    entry = _lock(entry)
    require(by, "partners.check_responsibility", entry)
    if entry.state not in ENTRY_MOVES[EntryMove.CHECK]:
        raise EntrySettled
    if entry.proposed_by is None:
        raise NeedsFirstPerson
    require_second_person(by, asker=entry.proposed_by, roles=CHECKERS)
    if entry.state == EntryState.PROPOSED:
        _replace_old(entry)
        entry.state = EntryState.ENDED if entry.ends else EntryState.CHECKED
    entry.checked_by, entry.checked_on = by, timezone.localdate()
    entry.save(update_fields=["state", "checked_by", "checked_on"])
    update_index(entry)
    record("responsibility.checked", entry, by=by, function=entry.function, proposed_by=str(entry.proposed_by_id))
    return entry


@transaction.atomic
def return_responsibility(entry: Responsibility, reason: str, *, by: User) -> Responsibility:
    """Return a proposal with a reason. Whoever has proposed it may take it back. Nothing else changes.

    Raises:
        EntrySettled: it was decided already.
    """
    entry = _lock(entry)
    require(by, "partners.return_responsibility", entry)
    if entry.state not in ENTRY_MOVES[EntryMove.RETURN]:
        raise EntrySettled
    entry.state, entry.return_reason = EntryState.RETURNED, reason
    entry.save(update_fields=["state", "return_reason"])
    record("responsibility.returned", entry, by=by, function=entry.function)
    return entry


def _replace_old(entry: Responsibility) -> None:
    """Take the replaced entry out of force, and make sure of one focal point."""
    old = entry.replaces
    if old is not None:
        old = _lock(old)
        old.state = EntryState.REPLACED
        old.save(update_fields=["state"])
        update_index(old)
    if entry.function == Function.FOCAL_POINT and not entry.ends:
        Country.objects.select_for_update(no_key=True).get(pk=entry.country_id)
        if Responsibility.objects.first_contact(entry.country).exclude(pk=entry.pk).exists():
            raise FocalPointExists


def _lock(entry: Responsibility) -> Responsibility:
    entries = Responsibility.objects.select_for_update(of=["self"], no_key=True)
    return entries.select_related("proposed_by", "country", "replaces").get(pk=entry.pk)
