"""The preview of a mailing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from trainings.mailings.message_templates import message_template_of, placeholder_values
from trainings.mailings.models import Mailing
from trainings.registrations.models import Registration


@dataclass(frozen=True)
class MailingPreview:
    """A mailing in one language: the number of recipients, and what the first of them gets.

    Subject and text are pieces, each with whether it differs between recipients. They are empty where the mailing is
    not written in this language.
    """

    language: str
    number: int
    subject: list[tuple[str, bool]]
    text: list[tuple[str, bool]]


def previews_of(mailing: Mailing) -> list[MailingPreview]:
    """The mailing in every language that its recipients read, or would read if it were released today."""
    recipients = Registration.objects.filter(pk__in=mailing.recipients.values("registration"))
    people = recipients if mailing.released_at else mailing.concerned(mailing.seminar.registrations.all())
    numbers = Counter(people.order_by().values_list("language", flat=True))
    firsts = people.order_by("language", "pk").distinct("language").select_related("seminar__country")
    return [_preview(mailing, first, numbers[first.language]) for first in firsts]


def _preview(mailing: Mailing, first: Registration, number: int) -> MailingPreview:
    """The link to the participant's own page is left out: it is theirs alone."""
    template = message_template_of(mailing, first.language)
    pieces = (
        template.pieces(placeholder_values(first) | {"link": "https://…"}) if template else {"subject": [], "text": []}
    )
    return MailingPreview(first.language, number, pieces["subject"], pieces["text"])
