"""What can happen to a desk: it is made, and its people get its keys and lose them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import NotRequired, TypedDict

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import KeysExist, NoKeys, NotAColleague
from desks.desk.models import Desk
from desks.desk.querysets import DESK_ROLES, colleagues
from partners.directory.models import Country, Organisation
from partners.memberships.states import Role
from victor.access import Actor, System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.languages import CODES
from victor.publishing.bundled_texts import approve_bundled
from victor.publishing.translation import options
from victor.vault.errors import LastMember, NotAMember
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import UnlockedVault, personal_key
from victor.vault.keys.models import PersonalKey

CLOSING_PERIOD = timedelta(days=1)  # after that, whose account is closed loses the keys


class HoursData(TypedDict):
    """Opening hours in the data file: the days, counted from Monday as 0, and the times as 09:00."""

    days: list[int]
    opens: str
    closes: str


class DeskData(TypedDict):
    """A desk in the data file. Its texts stand beside it, by the names of the fields."""

    slug: str
    organisation: str
    country: str
    languages: list[str]
    services: list[str]
    address: str
    outreach: bool
    takes_reports: bool
    is_fallback: NotRequired[bool]
    hours: list[HoursData]


@transaction.atomic
def create_desk_keys(desk: Desk, *, by: User) -> Desk:
    """Create the keys of a desk for all colleagues who have a vault; the supervisors among them are recovery officers.

    Raises:
        KeysExist: it has them already.
        NoVault: whoever asks has no vault yet.
    """
    desk = _lock_desk(desk)
    require(by, "desks.lead", desk)
    if desk.group:
        raise KeysExist
    personal_key(by)
    members = colleagues(desk).filter(personal_keys__in=PersonalKey.objects.in_use())
    officers = colleagues(desk, Role.SUPERVISOR).filter(pk__in=members)
    name = desk.organisation.native_name or desk.slug
    desk.group = groups_actions.create_group(name=name, members=list(members), officers=list(officers), by=by)
    desk.group_stamp = desk.group_seal()
    desk.save(update_fields=["group", "group_stamp"])
    record("desk.keys_opened", desk, by=by)
    return desk


@transaction.atomic
def admit(desk: Desk, user: User, *, by: UnlockedVault) -> None:
    """Give a colleague the keys: they read all reports of the desk, those of before too.

    Raises:
        NoKeys: the desk has none.
        NotAColleague: the person does not work there.
        NoVault, AlreadyAMember, NoGrant: as the vault does.
    """
    groups_actions.admit_member(_lock_keys(desk, by, user), user, by=by)
    record("desk.admitted", desk, by=by.person, person=str(user.pk))


@transaction.atomic
def dismiss(desk: Desk, user: User, *, by: UnlockedVault) -> None:
    """Take the keys from somebody at once; a worker seals the reports to a new one.

    Raises:
        NoKeys: the desk has none.
        NotAMember, LastMember, NoGrant: as the vault does.
    """
    groups_actions.dismiss_member(_lock_keys(desk, by), user, by=by)
    record("desk.dismissed", desk, by=by.person, person=str(user.pk))


@transaction.atomic
def add_recovery_officer(desk: Desk, user: User, *, by: UnlockedVault) -> None:
    """Make a colleague one of those of whom two restore a forgotten access.

    Raises:
        NoKeys, NotAColleague: as `admit` does.
        NoVault, NoGrant: as the vault does.
    """
    groups_actions.add_recovery_officer(_lock_keys(desk, by, user), user, by=by)
    record("desk.officer_appointed", desk, by=by.person, person=str(user.pk))


@transaction.atomic
def remove_recovery_officer(desk: Desk, user: User, *, by: UnlockedVault) -> None:
    """End a colleague's role as recovery officer.

    Raises:
        NoKeys: the desk has none.
        NotAMember: they are none.
    """
    groups_actions.remove_recovery_officer(_lock_keys(desk, by), user, by=by.person)
    record("desk.officer_relieved", desk, by=by.person, person=str(user.pk))


def revoke_access(group: Group, user: User, *, by: Actor) -> bool:
    """Take the keys of a group from a person; whether that was possible."""
    try:
        groups_actions.revoke_access(group, user, by=by)
    except (LastMember, NotAMember):
        return False
    return True


def revoke_access_of_leavers(*, by: System) -> int:
    """Take the keys from whoever holds some and works at the desk no longer, by whichever way; return how many.

    Whose account was closed less than a day ago keeps them, sealed: it may have been closed by mistake.
    """
    count = 0
    just_closed = User.objects.filter(is_active=False, closed_at__gt=timezone.now() - CLOSING_PERIOD)
    for desk in Desk.objects.exclude(group=None).select_related("group"):
        works_there = just_closed.filter(
            memberships__organisation=desk.organisation_id, memberships__role__in=DESK_ROLES
        )
        if group := desk.trusted_group:
            leavers = group.members.exclude(user__in=colleagues(desk)).exclude(user__in=works_there)
            count += sum(revoke_access(group, member.user, by=by) for member in leavers.select_related("user"))
    return count


@transaction.atomic
def load_desk(data: DeskData, *, by: System) -> Desk:
    """Make a desk of the project's own facts and texts. It is not public before people hold its keys."""
    facts = {
        "languages": data["languages"],
        "services": data["services"],
        "address": data["address"],
        "outreach": data["outreach"],
        "takes_reports": data["takes_reports"],
        "organisation": Organisation.objects.get(slug=data["organisation"]),
        "country": Country.objects.get(code=data["country"]),
        "is_fallback": data.get("is_fallback", False),
    }
    desk, _is_new = Desk.objects.update_or_create(slug=data["slug"], defaults=facts)
    desk.opening_hours.all().delete()
    for span in data["hours"]:
        opens, closes = map(time.fromisoformat, (span["opens"], span["closes"]))
        for weekday in span["days"]:
            desk.opening_hours.create(weekday=weekday, opens=opens, closes=closes)
    source = None
    for language in CODES:
        texts = {name: _text(data, name, language) for name in options(Desk).texts}
        version = approve_bundled(desk, language, texts, by=by, source=source)
        source = source or version
    record("desk.loaded", desk, by=by)
    return desk


def _text(data: Mapping[str, object], name: str, language: str) -> str:
    """A text of one language, which may be put together of several."""
    value = data.get(name)
    parts = value if isinstance(value, list) else [value]
    return "\n".join(part[language] for part in parts if isinstance(part, Mapping))


def _lock_keys(desk: Desk, by: UnlockedVault, user: User | None = None) -> Group:
    """The desk's keys, for somebody who leads it; `user`: a colleague who is to have to do with them."""
    desk = _lock_desk(desk)
    require(by.person, "desks.lead", desk)
    group = desk.trusted_group
    if group is None:
        raise NoKeys
    if user and not colleagues(desk).filter(pk=user.pk).exists():
        raise NotAColleague
    return group


def _lock_desk(desk: Desk) -> Desk:
    return Desk.objects.select_for_update(of=["self"]).select_related("organisation", "group").get(pk=desk.pk)
