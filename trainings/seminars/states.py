"""Fixed lists of values for seminars, and periods before and after them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Track(TextChoices):
    """The target group of a module."""

    POLICE = "police", _("Police and border guards")
    JUSTICE = "justice", _("Prosecutors and judges")
    SOCIAL = "social", _("Social workers and NGOs")
    HEALTH = "health", _("Health staff and teachers")
    LABOUR = "labour", _("Labour inspectors")
    CONSULAR = "consular", _("Consular staff")


class Profession(TextChoices):
    """The profession of a participant, in the order in which professions are shown."""

    POLICE = "police", _("Police")
    BORDER_GUARD = "border_guard", _("Border guard")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    JUDGE = "judge", _("Judge")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    HEALTH_STAFF = "health_staff", _("Health staff")
    LABOUR_INSPECTOR = "labour_inspector", _("Labour inspector")
    TEACHER = "teacher", _("Teacher")
    NGO_STAFF = "ngo_staff", _("NGO staff")
    CONSULAR_STAFF = "consular_staff", _("Consular staff")
    GUARDIAN = "guardian", pgettext_lazy("profession", "Guardian")
    SHELTER_STAFF = "shelter_staff", _("Shelter staff")
    INTERPRETER = "interpreter", pgettext_lazy("profession", "Interpreter")
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    OTHER = "other", pgettext_lazy("profession", "Another profession")


class Availability(TextChoices):
    """Whether visitors can get a seat."""

    FREE = "free", pgettext_lazy("seminar", "Places available")
    FULL = "full", pgettext_lazy("seminar", "Fully booked, with a waiting list")
    EARLY = "early", pgettext_lazy("seminar", "Registration not open yet")
    CLOSED = "closed", pgettext_lazy("seminar", "Registration is closed")
    CANCELLED = "cancelled", pgettext_lazy("seminar", "Cancelled")
    OVER = "over", pgettext_lazy("seminar", "Ended")


# Check-in stays open after the end: for telephones that were offline, and lists that are completed later.
DOOR_OPEN_AFTER_END = timedelta(days=1)
FEW_SEATS = 3  # the public page says no more than that so few are free
REMINDER_DAYS = (7, 1)  # days before the beginning on which those who have a seat are reminded
