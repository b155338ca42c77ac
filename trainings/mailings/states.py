"""The kinds of mailings, and the audience of each."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from trainings.registrations.states import Audience


class MailKind(TextChoices):
    """What a mailing to the participants of a seminar is about."""

    REMINDER = "reminder", pgettext_lazy("mailing", "Reminder")
    MATERIALS = "materials", pgettext_lazy("mailing", "Materials")
    QUESTIONS = "questions", pgettext_lazy("mailing", "Questionnaire")
    CERTIFICATE = "certificate", pgettext_lazy("mailing", "Certificate")
    FOLLOW_UP = "follow_up", pgettext_lazy("mailing", "Follow-up after three months")
    CHANGE = "change", pgettext_lazy("mailing", "New time or venue")
    WORDS = "words", pgettext_lazy("mailing", "Your own text")


# The audience of each kind that the portal has a text for.
AUDIENCE_BY_KIND: dict[MailKind, Audience] = {
    MailKind.REMINDER: Audience.CONFIRMED,
    MailKind.MATERIALS: Audience.CONFIRMED,
    MailKind.QUESTIONS: Audience.AFTER_MISSING,
    MailKind.CERTIFICATE: Audience.CERTIFIED,
    MailKind.FOLLOW_UP: Audience.FOLLOW_UP_MISSING,
    MailKind.CHANGE: Audience.REGISTERED,
}
