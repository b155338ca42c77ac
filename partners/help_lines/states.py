"""Purposes, hours and reach of help lines, and how sure their data are."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Purpose(TextChoices):
    """What a line is for."""

    EMERGENCY = "emergency", _("Emergency")
    POLICE = "police", _("Police")
    MISSING_CHILDREN = "missing_children", _("Missing children")
    CHILDREN = "children", _("Children and young people")
    TRAFFICKING = "trafficking", _("Human trafficking")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    SOCIAL_AID = "social_aid", _("Social aid")
    VICTIMS = "victims", _("Victims of crime")
    OFFICE = "office", _("Office (not a helpline)")


# The order in which lines are shown: a child finds its own number on the first screen of a phone.
PURPOSES_AS_SHOWN = [
    Purpose.EMERGENCY,
    Purpose.CHILDREN,
    Purpose.POLICE,
    Purpose.MISSING_CHILDREN,
    Purpose.TRAFFICKING,
    Purpose.CHILD_PROTECTION,
    Purpose.SOCIAL_AID,
    Purpose.VICTIMS,
    Purpose.OFFICE,
]


EMERGENCY = "112"
# 112 does not serve in the whole of these countries; the police do.
POLICE_NUMBERS = {"RS": "192", "UA": "102"}


class Hours(TextChoices):
    """When the line is answered."""

    AROUND_THE_CLOCK = "around_the_clock", _("24 hours a day, every day")
    DAILY = "daily", _("Daily, at set hours")
    UNCONFIRMED = "unconfirmed", _("Hours not confirmed")


class Reach(TextChoices):
    """Where a number can be dialled from."""

    COUNTRY = "country", _("only within the country")
    MOBILES = "mobiles", _("only from mobile phones within the country")
    ANYWHERE = "anywhere", _("from any country")


class Confidence(TextChoices):
    """How sure we are of a number. The public sees those of high confidence only."""

    HIGH = "high", pgettext_lazy("confidence in a phone number", "High: official source or several independent sources")
    MEDIUM = "medium", pgettext_lazy("confidence in a phone number", "Medium: older or second-hand source")
    LOW = "low", pgettext_lazy("confidence in a phone number", "Low: doubtful")


class Precision(TextChoices):
    """How exactly the date of a check is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
