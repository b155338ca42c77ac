"""The lock that every action on a case takes first, and what is asked of whoever acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks.cases.errors import CaseMoveNotPossible, NotAKeyHolder, RecordBlocked
from desks.cases.models import Case, today
from desks.desk.errors import NoKeys
from desks.desk.querysets import colleagues
from desks.desk.rules import works_at
from victor.access import require
from victor.accounts.models import User
from victor.vault.keys.keyring import verify_stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from victor.access import Actor
    from victor.vault.groups.models import Group
    from victor.vault.keys.keyring import AnyStamped

# Asked of higher slices: what follows from every change of a case, in the same transaction.
AFTER_CHANGE: list[Callable[[Case], object]] = []


def after_change(act: Callable[[Case], object]) -> Callable[[Case], object]:
    """Do this whenever a case was opened or changed. The case is locked and saved."""
    AFTER_CHANGE.append(act)
    return act


def lock_case(case: Case) -> Case:
    """The case as it is now. Nobody else changes it until the transaction ends.

    Raises:
        Case.DoesNotExist: it has been deleted.
        Unopenable: its key, desk or named people are not those that we gave it.
    """
    related = ("desk__group", "desk__organisation", "key", "restricted_group")
    return verify_stamp(Case.objects.select_for_update(of=["self"]).select_related(*related).get(pk=case.pk))


def lock_kept_case(case: Case, *, by: Actor) -> Case:
    """The same for somebody who works on it and holds its keys, also where the record is kept and not used.

    For requests of the people concerned, and for what the law keeps; all else takes `lock_worked_case`.

    Raises:
        PermissionDenied: `by` does not work at its desk, or is not named in it.
        NotAKeyHolder: `by` could not read what they write.
    """
    case = lock_case(case)
    require(by, "desks.work_on_case", case)
    if isinstance(by, User):
        require_able(case, by)
    return case


def lock_worked_case(case: Case, *, by: Actor) -> Case:
    """The same of a case whose record may be used. The vault of whoever works on it may be locked.

    Raises:
        PermissionDenied, NotAKeyHolder: as above.
        RecordBlocked: the record is kept and not used.
    """
    case = lock_kept_case(case, by=by)
    if case.is_blocked:
        raise RecordBlocked
    return case


def lock_running_case(case: Case, *, by: Actor) -> Case:
    """The same of a case on which the desk works.

    Raises:
        CaseMoveNotPossible: it has ended.
    """
    case = lock_worked_case(case, by=by)
    if not case.is_running:
        raise CaseMoveNotPossible
    return case


def lock_supervised_case(case: Case, *, by: Actor) -> Case:
    """The case, for a supervisor of its desk who may read it.

    Raises:
        PermissionDenied: `by` is none.
        NotAKeyHolder: as above.
    """
    case = lock_worked_case(case, by=by)
    require(by, "desks.supervise_case", case)
    return case


def lock_row(row: AnyStamped, case: Case, *states: str) -> AnyStamped:
    """A row of a locked case as it is now. Where states are given, it is in one of them.

    Raises:
        CaseMoveNotPossible: it is of another case, gone, or in another state.
        Unopenable: somebody else has made or changed it.
    """
    rows = type(row)._default_manager.select_for_update(of=["self"]).filter(pk=row.pk, case=case)
    locked = (rows.filter(state__in=states) if states else rows).first()
    if locked is None:
        raise CaseMoveNotPossible
    return verify_stamp(locked)


def group_of(case: Case) -> Group:
    """The people who open a case: those named in it, else those of its desk.

    Raises:
        NoKeys: the desk has none.
    """
    group = case.restricted_group or case.desk.trusted_group
    if group is None:
        raise NoKeys
    return group


def holders_of(group: Group) -> QuerySet[User]:
    """Those who hold the keys of a group now, and may log in. A key that was set aside does not count."""
    holds = {
        "personal_keys__set_aside_at": None,
        "personal_keys__key__grants_held__key__group": group.pk,
    }
    return User.objects.filter(is_active=True, **holds).distinct()


def able_colleagues(case: Case) -> QuerySet[User]:
    """Those to whom a case can be given: they work at its desk, may log in and hold its keys."""
    return colleagues(case.desk).filter(pk__in=holders_of(group_of(case)).values("pk"))


def require_able(case: Case, person: User) -> None:
    """Refuse whoever could not open the case.

    Raises:
        NotAKeyHolder: the person does not work here, may not log in, or holds no key to it.
    """
    if not works_at(person, case.desk) or not holders_of(group_of(case)).filter(pk=person.pk).exists():
        raise NotAKeyHolder


def save_case(case: Case, *fields: str) -> None:
    """Save these columns of a locked case, with what every change moves on: its version and the day of its last event.

    The clocks are the database's: what it computes is not written over.
    """
    case.version += 1
    case.last_event_on = today()
    case.save(update_fields=[*fields, "version", "last_event_on"])
    follow_change(case)


def follow_change(case: Case) -> None:
    """What follows from a change of a locked case that was saved."""
    for act in AFTER_CHANGE:
        act(case)
