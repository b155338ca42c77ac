"""Fixed lists of values for registrations, and the table of moves between states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class OrganisationType(TextChoices):
    """The kind of organisation that a participant works for."""

    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    JUDICIARY = "judiciary", _("Courts and prosecution")
    SOCIAL_SERVICE = "social_service", _("Social services and child protection")
    HEALTH_SERVICE = "health_service", _("Health services")
    SCHOOL = "school", pgettext_lazy("kind of organisation", "Schools and education")
    LABOUR_INSPECTORATE = "labour_inspectorate", _("Labour inspectorate")
    NGO = "ngo", pgettext_lazy("kind of organisation", "NGO")
    OTHER_AUTHORITY = "other_authority", _("Another authority")
    INTERNATIONAL = "international", _("International organisation")
    OTHER = "other", pgettext_lazy("kind of organisation", "Another kind")


class Sex(TextChoices):
    """Asked because the funder counts by it. The answer is voluntary."""

    FEMALE = "female", pgettext_lazy("sex", "Woman")
    MALE = "male", pgettext_lazy("sex", "Man")
    OTHER = "other", pgettext_lazy("sex", "Another answer")
    NOT_STATED = "", pgettext_lazy("sex", "I would rather not say")


class RegistrationState(TextChoices):
    """The state of a registration."""

    APPLIED = "applied", pgettext_lazy("place in a seminar", "Under review")
    CONFIRMED = "confirmed", pgettext_lazy("place in a seminar", "Confirmed")
    WAITING = "waiting", pgettext_lazy("place in a seminar", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("place in a seminar", "A place is offered")
    LEFT = "left", pgettext_lazy("place in a seminar", "Cancelled by the participant")
    LAPSED = "lapsed", pgettext_lazy("place in a seminar", "Offer expired")
    DECLINED = "declined", pgettext_lazy("place in a seminar", "Not accepted")
    CANCELLED = "cancelled", pgettext_lazy("place in a seminar", "Seminar cancelled")


# What a participant reads of a registration that no longer holds.
STATE_FOR_PARTICIPANT: dict[str, _StrPromise] = {
    RegistrationState.LEFT: _("You have cancelled your place."),
    RegistrationState.LAPSED: _("The offer of a place has expired."),
    RegistrationState.DECLINED: _("Your registration was not accepted."),
    RegistrationState.CANCELLED: _("The seminar has been cancelled."),
}


class RegistrationMove(TextChoices):
    """What can happen to a registration."""

    ADMIT = "admit", pgettext_lazy("registration", "Accepted")
    DECLINE = "decline", pgettext_lazy("registration", "Not accepted")
    OFFER = "offer", pgettext_lazy("registration", "Place offered")
    PREFER = "prefer", pgettext_lazy("registration", "Place offered out of turn")
    ACCEPT = "accept", pgettext_lazy("registration", "Offer accepted")
    LAPSE = "lapse", pgettext_lazy("registration", "Offer expired")
    LEAVE = "leave", pgettext_lazy("registration", "Place cancelled")
    CANCEL = "cancel", pgettext_lazy("registration", "Seminar cancelled")
    CORRECT = "correct", pgettext_lazy("registration", "Name or email address corrected")


OPEN_STATES = (
    RegistrationState.APPLIED,
    RegistrationState.CONFIRMED,
    RegistrationState.WAITING,
    RegistrationState.OFFERED,
)
SEATED_STATES = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)  # an offered seat is not free
# The states in which each move may happen, and those to which it leads.
MOVES: dict[RegistrationMove, tuple[tuple[RegistrationState, ...], tuple[RegistrationState, ...]]] = {
    RegistrationMove.ADMIT: ((RegistrationState.APPLIED,), (RegistrationState.CONFIRMED, RegistrationState.WAITING)),
    RegistrationMove.DECLINE: ((RegistrationState.APPLIED,), (RegistrationState.DECLINED,)),
    RegistrationMove.OFFER: ((RegistrationState.WAITING,), (RegistrationState.OFFERED,)),
    RegistrationMove.PREFER: ((RegistrationState.WAITING,), (RegistrationState.OFFERED,)),
    RegistrationMove.ACCEPT: ((RegistrationState.OFFERED,), (RegistrationState.CONFIRMED,)),
    RegistrationMove.LAPSE: ((RegistrationState.OFFERED,), (RegistrationState.LAPSED,)),
    RegistrationMove.LEAVE: (OPEN_STATES, (RegistrationState.LEFT,)),
    RegistrationMove.CANCEL: (OPEN_STATES, (RegistrationState.CANCELLED,)),
}


class Stage(TextChoices):
    """When a questionnaire is answered."""

    BEFORE = "before", pgettext_lazy("questionnaire", "Before the seminar")
    AFTER = "after", pgettext_lazy("questionnaire", "After the seminar")
    REACTION = "reaction", pgettext_lazy("questionnaire", "Feedback on the seminar")
    FOLLOW_UP = "follow_up", pgettext_lazy("questionnaire", "After three months")


class Audience(TextChoices):
    """The participants to whom a mailing goes."""

    CONFIRMED = "confirmed", pgettext_lazy("mailing", "Everyone who has a place")
    WAITING = "waiting", pgettext_lazy("mailing", "Everyone on the waiting list")
    REGISTERED = "registered", pgettext_lazy("mailing", "Everyone who is registered")
    CAME = "came", pgettext_lazy("mailing", "Everyone who attended")
    AFTER_MISSING = (
        "after_missing",
        pgettext_lazy("mailing", "People who attended but have not answered the questions after the seminar"),
    )
    FOLLOW_UP_MISSING = (
        "follow_up_missing",
        pgettext_lazy("mailing", "People who attended but have not answered the questions after three months"),
    )
    CERTIFIED = "certified", pgettext_lazy("mailing", "Everyone who has a certificate")
