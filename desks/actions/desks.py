"""What can happen to a desk itself: it is made, its people get its keys and lose them, and it passes its rehearsals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from django.db import transaction

from desks.errors import KeysExist, NoKeys, NotAColleague, NotInTime
from desks.models import Desk, Rehearsal, Report
from desks.querysets import colleagues
from partners.leaving import on_leaving
from partners.models import Country, Membership, Organisation
from partners.states import Role
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.publishing.actions import prepare
from victor.publishing.languages import CODES
from victor.publishing.translation import options
from victor.vault import actions as vault
from victor.vault.errors import LastMember, NotAMember
from victor.vault.keys import Opened, personal_key
from victor.vault.models import Group, PersonalKey


@transaction.atomic
def open_keys(desk: Desk, *, by: User) -> Desk:
    """Make a desk's keys, for all colleagues who have a vault; the supervisors among them are its officers.

    Raises:
        KeysExist: it has them already.
        NoVault: whoever asks has no vault yet.
    """
    desk = _locked(desk)
    require(by, "desks.lead", desk)
    if desk.group:
        raise KeysExist
    personal_key(by)
    members = colleagues(desk).filter(personal_keys__in=PersonalKey.objects.in_use())
    officers = colleagues(desk, Role.SUPERVISOR).filter(pk__in=members)
    name = desk.organisation.native_name or desk.slug
    desk.group = vault.create_group(name=name, members=list(members), officers=list(officers), by=by)
    desk.save(update_fields=["group"])
    record("desk.keys_opened", desk, by=by)
    return desk


@transaction.atomic
def admit(desk: Desk, user: User, *, by: Opened) -> None:
    """Give a colleague the keys: they read all reports of the desk, those of before too.

    Raises:
        NoKeys: the desk has none.
        NotAColleague: the person does not work there.
        NoVault, AlreadyAMember, NoGrant: as the vault does.
    """
    vault.admit(_keys(desk, by, user), user, by=by)
    record("desk.admitted", desk, by=by.person, person=str(user.pk))


@transaction.atomic
def dismiss(desk: Desk, user: User, *, by: Opened) -> None:
    """Take the keys from somebody at once; a worker seals the reports to a new one.

    Raises:
        NoKeys: the desk has none.
        NotAMember, LastMember, NoGrant: as the vault does.
    """
    vault.dismiss(_keys(desk, by), user, by=by)
    record("desk.dismissed", desk, by=by.person, person=str(user.pk))


@transaction.atomic
def appoint(desk: Desk, user: User, *, by: Opened) -> None:
    """Make a colleague one of those of whom two restore a forgotten access.

    Raises:
        NoKeys, NotAColleague: as `admit` does.
        NoVault, NoGrant: as the vault does.
    """
    vault.appoint(_keys(desk, by, user), user, by=by)
    record("desk.officer_appointed", desk, by=by.person, person=str(user.pk))


@transaction.atomic
def relieve(desk: Desk, user: User, *, by: Opened) -> None:
    """End a colleague's office.

    Raises:
        NoKeys: the desk has none.
        NotAMember: they hold none.
    """
    vault.relieve(_keys(desk, by), user, by=by.person)
    record("desk.officer_relieved", desk, by=by.person, person=str(user.pk))


@on_leaving
@transaction.atomic
def lose_keys(membership: Membership, by: User | System) -> None:
    """Take the keys at once from somebody who works at the desk no longer.

    The last who holds them keeps them, or the reports were lost; the pages are closed to them all the same.
    """
    held = Group.objects.filter(desk__organisation=membership.organisation_id, members__user=membership.user_id)
    for group in held.select_related("desk"):
        works = colleagues(group.desk).filter(pk=membership.user_id).exists()
        if not works and not _cut_off(group, membership.user, by=by):
            record("desk.last_key_kept", group.desk, by=by, person=str(membership.user_id))


def cut_off_leavers(*, by: System) -> int:
    """Take the keys from whoever holds some and works at the desk no longer, by whichever way; return how many."""
    lost = 0
    for group in Group.objects.exclude(desk=None).select_related("desk"):
        left = group.members.exclude(user__in=colleagues(group.desk)).select_related("user")
        lost += sum(_cut_off(group, member.user, by=by) for member in left)
    return lost


@transaction.atomic
def pass_rehearsal(report: Report, *, by: User) -> Rehearsal:
    """Note that a test report was triaged and answered within the times that the desk promises; once a report.

    Raises:
        NotInTime: it was not, or it is no test.
    """
    desk = report.desk
    require(by, "desks.work", desk)
    triage = timedelta(minutes=desk.danger_minutes) if report.danger else timedelta(hours=desk.triage_hours)
    triaged, answered = report.triaged_at, report.answered_at
    if not (report.is_test and triaged and answered):
        raise NotInTime
    if max(triaged - triage, answered - timedelta(hours=desk.answer_hours)) > report.received_at:
        raise NotInTime
    passed, new = Rehearsal.objects.get_or_create(desk=desk, passed_at=answered, defaults={"by": by})
    if new:
        record("desk.rehearsal_passed", desk, by=by)
    return passed


@transaction.atomic
def load_desk(written: Mapping[str, Any], *, by: System) -> Desk:
    """Make a desk of the project's own facts and texts. It is not public before people hold its keys."""
    facts = {name: written[name] for name in ("languages", "services", "address", "outreach", "takes_reports")}
    facts |= {
        "organisation": Organisation.objects.get(slug=written["organisation"]),
        "country": Country.objects.get(code=written["country"]),
        "is_fallback": written.get("is_fallback", False),
    }
    desk, _made = Desk.objects.update_or_create(slug=written["slug"], defaults=facts)
    desk.opening_hours.all().delete()
    for span in written["hours"]:
        opens, closes = map(time.fromisoformat, (span["opens"], span["closes"]))
        for weekday in span["days"]:
            desk.opening_hours.create(weekday=weekday, opens=opens, closes=closes)
    source = None
    for language in CODES:
        texts = {name: _text(written.get(name, ""), language) for name in options(Desk).texts}
        version = prepare(desk, language, texts, by=by, source=source)
        source = source or version
    record("desk.loaded", desk, by=by)
    return desk


def _text(written: Any, language: str) -> str:
    """A text of one language, which may be put together of several."""
    parts = written if isinstance(written, list) else [written]
    return "\n".join(part[language] for part in parts if part)


def _keys(desk: Desk, by: Opened, user: User | None = None) -> Group:
    """The desk's keys, for somebody who leads it; `user`: a colleague who is to have to do with them."""
    desk = _locked(desk)
    require(by.person, "desks.lead", desk)
    if desk.group is None:
        raise NoKeys
    if user and not colleagues(desk).filter(pk=user.pk).exists():
        raise NotAColleague
    return desk.group


def _cut_off(group: Group, user: User, *, by: User | System) -> bool:
    """Whether the person holds the keys no longer."""
    try:
        vault.cut_off(group, user, by=by)
    except (LastMember, NotAMember):
        return False
    return True


def _locked(desk: Desk) -> Desk:
    return Desk.objects.select_for_update(of=["self"]).select_related("organisation", "group").get(pk=desk.pk)
