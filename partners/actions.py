"""What can happen to help lines and to the people of an organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override

from partners.leaving import CONSEQUENCES
from partners.models import Country, HelpLine, Membership, MembershipInvitation, Network, Organisation
from partners.states import Confidence, Precision, Role
from victor.access import System, require
from victor.accounts import actions as accounts
from victor.accounts.models import User
from victor.audit.actions import record
from victor.publishing.languages import shown
from victor.publishing.search import refresh


@transaction.atomic
def confirm_help_line(line: HelpLine, *, by: User) -> HelpLine:
    """Note that `by` has just checked the number with its operator, which makes it one that may be relied on."""
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    require(by, "partners.check_help_lines", line)
    line.last_checked, line.check_precision = timezone.localdate(), Precision.DAY
    line.checked_by, line.confidence = by, Confidence.HIGH
    line.save(update_fields=["last_checked", "check_precision", "checked_by", "confidence"])
    record("help_line.confirmed", line, by=by, number=line.dial)
    return line


@transaction.atomic
def load_partnership(records: Iterable[Any], *, by: System, update: bool = False) -> dict[str, int]:
    """Write the checked records of the data files; return how many of each kind were written.

    What exists already is left as coordinators have edited it, unless `update` brings it back to the files.
    """
    written: Counter[str] = Counter()
    for record_ in records:
        existing = record_.kind.model.objects.filter(**{record_.kind.key: record_.key}).first()
        if existing is None or update:
            _write(record_, existing)
            written[record_.kind.file] += 1
    if written:
        record("partnership.loaded", "partners", by=by, **written)
        refresh()
    return dict(written)


def _write(source: Any, existing: Any) -> None:
    obj = source.obj
    obj.pk = existing.pk if existing else obj.pk
    for name, key in source.references.items():
        setattr(obj, name, _named(source.kind.model, name, key))
    obj.save(force_insert=existing is None)
    if isinstance(obj, Country):
        obj.parts.exclude(part__in=source.lists["roles"]).delete()
        for part in source.lists["roles"]:
            obj.parts.get_or_create(part=part)
    if isinstance(obj, Network):
        obj.countries.set(source.lists["members"])


def _named(model: type[Model], name: str, key: str | None) -> Model | None:
    target: Any = model._meta.get_field(name).related_model
    return target.objects.get(**{"code" if target is Country else "slug": key}) if key else None


@transaction.atomic
def invite_member(
    *, email: str, language: str, organisation: Organisation, role: Role, by: User | System
) -> MembershipInvitation:
    """Invite a person to work for an organisation in a role.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    require(by, "partners.invite_coordinator" if role == Role.COORDINATOR else "partners.invite", organisation)
    with override(language):
        place = shown(organisation, "name").text
    invitation = accounts.invite(email=email, language=language, by=by, place=place)
    return MembershipInvitation.objects.create(invitation=invitation, organisation=organisation, role=role)


@transaction.atomic
def revoke_invitation(offer: MembershipInvitation, *, by: User) -> MembershipInvitation:
    """Withdraw an invitation.

    Raises:
        InvitationNotOpen: it was used, withdrawn or is too old.
    """
    require(by, "partners.invite", offer.organisation)
    accounts.revoke(offer.invitation, by=by)
    return offer


@transaction.atomic
def join(offer: MembershipInvitation, *, name: str, password: str) -> User:
    """Accept an invitation: make the account and give it its place in the organisation.

    Raises:
        InvitationNotOpen: it was used, withdrawn or is too old.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    user = accounts.accept(offer.invitation, name=name, password=password)
    grant(user, organisation=offer.organisation, role=Role(offer.role), by=user)
    return user


@transaction.atomic
def grant(user: User, *, organisation: Organisation, role: Role, by: User | System) -> Membership:
    """Give a person a role in an organisation. The caller has checked who may; coordinators may enter the admin.

    A translator writes in the own language, and in others when a coordinator says so.
    """
    languages = [user.language] if role == Role.TRANSLATOR else []
    membership, _ = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"languages": languages}
    )
    _sync_staff(user)
    record("membership.granted", membership, by=by, organisation=organisation.slug, role=str(role))
    return membership


@transaction.atomic
def withdraw(membership: Membership, *, by: User | System) -> None:
    """End a person's role in an organisation, with all that hangs on it."""
    require(by, "partners.delete_membership", membership)
    record("membership.withdrawn", membership, by=by, organisation=membership.organisation.slug, role=membership.role)
    membership.delete()
    _sync_staff(membership.user)
    for consequence in CONSEQUENCES:
        consequence(membership, by)


def _sync_staff(user: Any) -> None:
    user.is_staff = user.is_superuser or user.memberships.filter(role=Role.COORDINATOR).exists()
    user.save(update_fields=["is_staff"])
