"""What somebody does first in each role. A step is ticked by what is there, not by a press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.duty.models import DutySpan
from partners.agreements.models import Agreement
from partners.agreements.states import AgreementState
from partners.memberships.models import ContactPoint, MembershipInvitation
from partners.memberships.rules import memberships_of, organisations_of
from partners.memberships.states import Role
from trainings.seminars.models import Seminar
from victor.accounts.models import User
from victor.publishing.models import LanguageVersion
from victor.vault.groups.models import Member
from victor.vault.keys.models import PersonalKey

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable
    from django_stubs_ext import StrOrPromise

# Of a person: what tells whether the step is done, as an expression over the row of their account.
Fact: TypeAlias = "Callable[[User], Combinable]"
ME = OuterRef("pk")
CHOSEN = ExpressionWrapper(~Q(digest=""), output_field=BooleanField())


@dataclass(frozen=True)
class Step:
    """A step in words, the page where it is done, and what tells that it is."""

    title: StrOrPromise
    route: str
    fact: Fact


@dataclass(frozen=True)
class StepLine:
    """A step as the reader sees it."""

    title: StrOrPromise
    route: str
    is_done: bool


def _emails(_user: User) -> Combinable:
    return CHOSEN


def _details(_user: User) -> Combinable:
    return Exists(ContactPoint.objects.present().filter(user=ME, confirmed_on__isnull=False))


def _personal_key(_user: User) -> Combinable:
    return Exists(PersonalKey.objects.in_use().filter(user=ME))


def _desk_key(_user: User) -> Combinable:
    return Exists(Member.objects.filter(user=ME))


def _second_holder(user: User) -> Combinable:
    others = Member.objects.exclude(user=user).filter(group__desk__organisation__in=_supervised(user))
    return Exists(others)


def _hours(user: User) -> Combinable:
    return Exists(Desk.objects.filter(organisation__in=_supervised(user), opening_hours__isnull=False))


def _rota(user: User) -> Combinable:
    return Exists(DutySpan.objects.filter(desk__organisation__in=_supervised(user)))


def _seminar(user: User) -> Combinable:
    return Exists(Seminar.objects.filter(organisation__in=organisations_of(user)))


def _text(_user: User) -> Combinable:
    return Exists(LanguageVersion.objects.filter(author=ME))


def _invited(_user: User) -> Combinable:
    return Exists(MembershipInvitation.objects.filter(invitation__invited_by=ME))


def _contacts(_user: User) -> Combinable:
    return Exists(ContactPoint.objects.present())


def _signed(_user: User) -> Combinable:
    return Exists(Agreement.objects.filter(state=AgreementState.SIGNED))


def _supervised(user: User) -> list[int]:
    return organisations_of(user, supervising=True)


EMAILS = Step(_("Choose whether emails tell you of your tasks"), "workspace:digest", _emails)
DETAILS = Step(_("Confirm your contact details"), "partners:contacts", _details)
VAULT = Step(_("Set up your vault"), "workspace:vault", _personal_key)
TEXT = Step(_("Write your first text"), "workspace:texts", _text)
STEPS: dict[Role, list[Step]] = {
    Role.PARTNER: [DETAILS, EMAILS],
    Role.WORKER: [VAULT, Step(_("Be given the keys of your desk"), "desks:inbox_desks", _desk_key), DETAILS, EMAILS],
    Role.SUPERVISOR: [
        VAULT,
        Step(_("Give a second person the keys"), "desks:led", _second_holder),
        Step(_("Confirm the hours of your desk"), "desks:led", _hours),
        Step(_("Plan who is on duty"), "desks:led", _rota),
    ],
    Role.TRAINER: [Step(_("Plan your first seminar"), "trainings:my_seminars", _seminar), EMAILS],
    Role.TRANSLATOR: [TEXT, EMAILS],
    Role.EDITOR: [TEXT, EMAILS],
    Role.COORDINATOR: [
        Step(_("Invite a person"), "partners:invite", _invited),
        Step(_("Enter the contact points of partners"), "partners:contacts", _contacts),
        Step(_("Sign the first agreement"), "partners:agreements", _signed),
        EMAILS,
    ],
}


def first_steps_of(user: User) -> list[StepLine]:
    """The steps of a person's roles, in one query. None once all are done, or the person has hidden them."""
    roles = {membership.role for membership in memberships_of(user)}
    steps = list(dict.fromkeys(step for role, own in STEPS.items() if role in roles for step in own))
    if user.hides_first_steps or not steps:
        return []
    facts = {f"step{number}": step.fact(user) for number, step in enumerate(steps)}
    answers = cast("dict[str, bool]", User.objects.filter(pk=user.pk).values(**facts).get())
    lines = [StepLine(step.title, step.route, answers[f"step{number}"]) for number, step in enumerate(steps)]
    return [] if all(line.is_done for line in lines) else lines
