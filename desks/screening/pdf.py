"""The form for professionals without an account: on paper, in the language they read. It asks for no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.screening.screening_signs import signs_by_group
from desks.screening.states import Answer, Weight
from partners.help_lines.models import HelpLine
from partners.help_lines.presenters import lines_to_call_first
from victor.languages import current_language, local_text
from victor.pdf import pdf, printable

if TYPE_CHECKING:
    from partners.directory.models import Country

MAX_LINES = 4


def screening_form_pdf(country: Country, language: str) -> bytes:
    """The form in a language, with the published numbers of a country."""
    with override(language):
        return pdf("screening", screening_form_content(country))


def screening_form_content(country: Country) -> dict[str, object]:
    """The values for the template of the form, in the active language."""
    emergency = list(HelpLine.objects.emergency().filter(country=country)[:1])
    lines = [*emergency, *HelpLine.objects.for_help().filter(country=country)][:MAX_LINES]
    return {
        "language": current_language(),
        "title": _("Signs to look for"),
        "subtitle": _("Form for professionals"),
        "intro": [
            _("Note what you see, hear or read. This is no interview: do not question the child about what happened."),
            _("Write no names on this sheet. Never give it to the child or the family to fill in."),
            _("One sign proves nothing. “No” and “Unknown” do not mean that nothing happened."),
        ],
        "boxes": [
            _("Reference of the desk"),
            _("Date"),
            _("Your function and organisation"),
        ],
        "sign": _("Sign"),
        "answers": [str(answer.label) for answer in Answer],
        "strong": _("strong sign"),
        "groups": [
            {
                "name": str(group.label),
                "signs": [
                    {"code": sign.code, "words": str(sign.words), "strong": sign.weight == Weight.STRONG}
                    for sign in signs
                ],
            }
            for group, signs in signs_by_group()
        ],
        "now": _("What to do now"),
        "steps": _steps(lines_to_call_first(country.pk)[0].number),
        "lines": [{"number": line.number, "name": printable(local_text(line, "name").text)} for line in lines],
        "page": _("Page"),
    }


def _steps(emergency_number: str) -> list[str]:
    """What to do, for somebody who does not know our words for it."""
    return [
        _("If the child is in danger now, call %(number)s first, then child protection.")
        % {"number": emergency_number},
        _("If a strong sign is answered with “Yes”, tell the desk or child protection today, within 24 hours at most."),
        _("If two other signs are answered with “Yes”, speak to the desk the same day."),
        _("If you are unsure, call the desk. You may always call."),
        _("Do not confront anybody, do not promise to keep a secret, and do not call the family first."),
        _("Hand this sheet to the desk. Do not send it by email, and keep no copy."),
    ]
