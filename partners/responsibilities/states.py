"""For what somebody is responsible, and where an entry of the directory stands."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VALIDITY = timedelta(days=180)  # after that, a check is too old to rely on


class Function(TextChoices):
    """For what a body is responsible in its country, in the order in which people need it."""

    FOCAL_POINT = "focal_point", pgettext_lazy("responsibility", "Referral across a border")
    MISSING_CHILD = "missing_child", pgettext_lazy("responsibility", "Missing child")
    GUARDIANSHIP = "guardianship", pgettext_lazy("responsibility", "Guardian for a child")
    CHILD_PROTECTION = "child_protection", pgettext_lazy("responsibility", "Child protection")
    FORMAL_IDENTIFICATION = "formal_identification", pgettext_lazy("responsibility", "Identification of victims")
    POLICE_UNIT = "police_unit", pgettext_lazy("responsibility", "Police unit")
    PROSECUTOR = "prosecutor", pgettext_lazy("responsibility", "Prosecutor")
    LEGAL_AID = "legal_aid", pgettext_lazy("responsibility", "Legal aid")
    SHELTER_NETWORK = "shelter_network", pgettext_lazy("responsibility", "Safe place (office, never an address)")
    RETURN = "return", pgettext_lazy("responsibility", "Return home")
    HELP_LINE = "help_line", pgettext_lazy("responsibility", "Helpline")
    COORDINATOR = "coordinator", pgettext_lazy("responsibility", "National coordinator")
    RAPPORTEUR = "rapporteur", pgettext_lazy("responsibility", "National rapporteur")


class OfficeHours(TextChoices):
    """When the office is open."""

    AROUND_THE_CLOCK = "around_the_clock", _("24 hours a day, every day")
    WEEKDAYS = "weekdays", _("Monday to Friday, at set hours")
    UNCONFIRMED = "unconfirmed", _("Hours not confirmed")


class Way(TextChoices):
    """How the body is to be notified."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("way to notify", "Not confirmed: telephone first and ask")
    TELEPHONE = "telephone", pgettext_lazy("way to notify", "By telephone")
    WRITING = "writing", pgettext_lazy("way to notify", "In writing")
    BOTH = "both", pgettext_lazy("way to notify", "By telephone, then in writing")


class SourceKind(TextChoices):
    """Where a fact comes from."""

    BODY = "body", pgettext_lazy("kind of source", "The body itself")
    PUBLICATION = "publication", pgettext_lazy("kind of source", "A publication")
    KNOWLEDGE = "knowledge", pgettext_lazy("kind of source", "General knowledge, not confirmed by a source")


class EntryState(TextChoices):
    """Where an entry stands. That a check is outdated is computed from its day."""

    PROPOSED = "proposed", pgettext_lazy("responsibility", "Proposed, not checked")
    CHECKED = "checked", pgettext_lazy("responsibility", "Checked")
    RETURNED = "returned", pgettext_lazy("responsibility", "Returned")
    REPLACED = "replaced", pgettext_lazy("responsibility", "Replaced")
    ENDED = "ended", pgettext_lazy("responsibility", "Ended")


class EntryMove(TextChoices):
    """What can be done with an entry."""

    CONFIRM = "confirm"  # the first person, for an entry of the data file
    CHECK = "check"  # the second person, and again when the check is old
    RETURN = "return"


ENTRY_MOVES: dict[EntryMove, set[EntryState]] = {
    EntryMove.CONFIRM: {EntryState.PROPOSED},
    EntryMove.CHECK: {EntryState.PROPOSED, EntryState.CHECKED},
    EntryMove.RETURN: {EntryState.PROPOSED},
}
