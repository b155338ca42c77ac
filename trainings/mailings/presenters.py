"""What a mailing will say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from trainings.mailings.message_templates import message_template_of, placeholder_values
from trainings.mailings.models import Mailing
from trainings.registrations.models import Registration


@dataclass(frozen=True)
class MailingPreview:
    """A mailing in one language: to how many it goes, and what the first of them gets, in pieces; the second of each
    says whether it differs from one to the other. There are none where nobody has written it."""

    language: str
    number: int
    subject: list[tuple[str, bool]]
    text: list[tuple[str, bool]]


def previews_of(mailing: Mailing) -> list[MailingPreview]:
    """The mailing in every language that somebody reads to whom it goes, or would go today."""
    goes_to = Registration.objects.filter(pk__in=mailing.recipients.values("registration"))
    people = goes_to if mailing.released_at else mailing.seminar.registrations.for_audience(mailing.audience)
    numbers = Counter(people.order_by().values_list("language", flat=True))
    firsts = people.order_by("language", "pk").distinct("language").select_related("seminar__country")
    return [_preview(mailing, each, numbers[each.language]) for each in firsts]


def _preview(mailing: Mailing, first: Registration, number: int) -> MailingPreview:
    """The address of somebody's place is theirs alone: it is not shown."""
    wording = message_template_of(mailing, first.language)
    pieces = (
        wording.pieces(placeholder_values(first) | {"link": "https://…"}) if wording else {"subject": [], "text": []}
    )
    return MailingPreview(first.language, number, pieces["subject"], pieces["text"])
