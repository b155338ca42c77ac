"""Where a child can live, what a check-in found, and where a missing report stands."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

# Children who were trafficked often disappear in the first three days at a new place.
WATCH, EVERY = timedelta(hours=72), timedelta(hours=12)
# A check-in is recorded from so long before its time on, so that one look does not count for two.
EARLY = timedelta(hours=4)
REPORT_WITHIN, ASK_AGAIN = timedelta(minutes=30), timedelta(hours=24)


class PlaceKind(TextChoices):
    """Where a child lives."""

    PARENTS = "parents", pgettext_lazy("place to live", "With a parent")
    KIN = "kin", pgettext_lazy("place to live", "With relatives")
    FOSTER = "foster", pgettext_lazy("place to live", "Foster family")
    SHELTER = "shelter", pgettext_lazy("place to live", "Shelter or crisis centre")
    RESIDENTIAL = "residential", pgettext_lazy("place to live", "Children's home or group home")
    SUPPORTED = "supported", pgettext_lazy("place to live", "Own home with support")
    HOSPITAL = "hospital", pgettext_lazy("place to live", "Hospital")
    CUSTODY = "custody", pgettext_lazy("place to live", "Police or border police")
    NO_PLACE = "no_place", pgettext_lazy("place to live", "No fixed place")
    OTHER = "other", pgettext_lazy("place to live", "Another place")


# Nobody stays there: a case with such a place does not go on to follow-up.
PASSING_KINDS = frozenset({PlaceKind.HOSPITAL, PlaceKind.CUSTODY, PlaceKind.NO_PLACE})


class CheckInState(TextChoices):
    """What a check-in found."""

    DUE = "due", pgettext_lazy("check-in", "Due")
    PRESENT = "present", pgettext_lazy("check-in", "The child is here")
    ABSENT = "absent", pgettext_lazy("check-in", "The child is not here")
    DROPPED = "dropped", pgettext_lazy("check-in", "Not needed: the child has moved")


class MissingState(TextChoices):
    """Where a missing report stands."""

    NOTICED = "noticed", pgettext_lazy("missing child", "Missing, police not told yet")
    REPORTED = "reported", pgettext_lazy("missing child", "Missing, reported to the police")
    RETURNED = "returned", pgettext_lazy("missing child", "The child is back")


MISSING_STATES = frozenset({MissingState.NOTICED, MissingState.REPORTED})


class Contact(TextChoices):
    """Who is told of a missing child, or says something of it."""

    POLICE = "police", pgettext_lazy("missing child", "Police")
    HOTLINE = "hotline", pgettext_lazy("missing child", "Hotline for missing children")
    PROTECTION = "protection", pgettext_lazy("missing child", "Child protection")
    GUARDIAN = "guardian", pgettext_lazy("missing child", "Guardian")
    BACK = "back", pgettext_lazy("missing child", "The child is back")
    OTHER = "other", pgettext_lazy("missing child", "Somebody else")


TOLD = tuple(contact for contact in Contact if contact != Contact.BACK)
