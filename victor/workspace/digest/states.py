"""The parts of the portal of whose tasks somebody is told, and when that is."""

from __future__ import annotations

from datetime import time

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FROM, UNTIL = time(8), time(18)  # where the person works, from Monday to Friday
WORKING_DAYS = 5


class Part(TextChoices):
    """A part of the portal."""

    AGREEMENTS = "agreements", _("Agreements")
    CASES = "cases", _("Cases")
    CONTACTS = "contacts", _("Contacts")
    DOCUMENTS = "documents", _("Documents")
    GRANT = "grant", _("Grant")
    MEETINGS = "meetings", _("Meetings")
    PEOPLE = "people", _("People and rights")
    REFERRALS = "referrals", _("Referrals")
    REPORTS = "reports", _("Reports")
    SEMINARS = "seminars", _("Seminars")
    TEXTS = "texts", _("Texts")
    OTHER = "other", _("Other tasks")


# By the slice that declares a kind of task, or by its app. What is not named here is another task.
PART_OF_SLICE = {
    "partners.agreements": Part.AGREEMENTS,
    "partners.memberships": Part.PEOPLE,
    "partners.responsibilities": Part.CONTACTS,
    "partners.help_lines": Part.CONTACTS,
    "partners.groups": Part.MEETINGS,
    "partners.meetings": Part.MEETINGS,
    "partners.minutes": Part.MEETINGS,
    "partners.documents": Part.DOCUMENTS,
    "partners.grants": Part.GRANT,
    "partners.targets": Part.GRANT,
    "desks.access_reviews": Part.PEOPLE,
    "desks.desk": Part.REPORTS,
    "desks.duty": Part.REPORTS,
    "desks.handovers": Part.REFERRALS,
    "desks.inbox": Part.REPORTS,
    "desks.packages": Part.REFERRALS,
    "desks.referrals": Part.REFERRALS,
    "desks.retention": Part.REPORTS,
    "desks": Part.CASES,
    "trainings": Part.SEMINARS,
    "victor.publishing": Part.TEXTS,
}


def part_of(module: str) -> Part:
    """The part to which the tasks that a module declares belong."""
    words = module.split(".")
    names = [".".join(words[:length]) for length in range(len(words), 0, -1)]
    return next((PART_OF_SLICE[name] for name in names if name in PART_OF_SLICE), Part.OTHER)
