"""Who gets an extract of a case, for whom a notice of privacy is, and how it was given."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Receiver(TextChoices):
    """Who gets an extract."""

    CHILD = "child", pgettext_lazy("receiver of an extract", "The child")
    GUARDIAN = "guardian", pgettext_lazy("receiver of an extract", "Guardian")
    SCHOOL = "school", pgettext_lazy("receiver of an extract", "School")
    DOCTOR = "doctor", pgettext_lazy("receiver of an extract", "Doctor or hospital")
    AUTHORITY = "authority", pgettext_lazy("receiver of an extract", "Authority")
    COURT = "court", pgettext_lazy("receiver of an extract", "Court or lawyer")


# What these get is found by others: it never says what happened to the child, nor names the project.
DISCREET = frozenset({Receiver.CHILD, Receiver.GUARDIAN, Receiver.SCHOOL, Receiver.DOCTOR})
CONCERNED = frozenset({Receiver.CHILD, Receiver.GUARDIAN})
OFFICIAL = frozenset(Receiver) - DISCREET
# Those who agree to a plan, and those who decide about the child.
FAMILIAR = OFFICIAL | {Receiver.CHILD, Receiver.GUARDIAN}


class Audience(TextChoices):
    """For whom a notice of privacy is."""

    CHILD = "child", pgettext_lazy("notice of privacy", "Child")
    ADULT = "adult", pgettext_lazy("notice of privacy", "Parent, guardian or adult who gets help")
    THIRD = "third", pgettext_lazy("notice of privacy", "Somebody else who is named in the record")


class NoticeWay(TextChoices):
    """How a notice was given."""

    PRINTED = "printed", pgettext_lazy("notice of privacy", "On paper")
    READ_OUT = "read_out", pgettext_lazy("notice of privacy", "Read out")
    BOTH = "both", pgettext_lazy("notice of privacy", "Read out and on paper")
