"""The letter to an authority, in its language. It is made for whoever prints it, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.cases.models import today
from desks.notifications.errors import NotPrintable
from victor.formatting import long_day
from victor.languages import current_language
from victor.pdf import Unprintable, personal_pdf, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from desks.cases.models import Case


@dataclass(frozen=True)
class LetterPart:
    """A part of the letter: its heading, and lines of label and value, or words as somebody typed them."""

    heading: Callable[[], str]
    lines: Callable[[], Sequence[tuple[str, str]]]
    words: str = ""


def letter_pdf(case: Case, authority: str, language: str, parts: Sequence[LetterPart]) -> bytes:
    """A tagged PDF in the language of the authority. What the worker typed is marked as not translated.

    Raises:
        NotPrintable: our fonts lack a sign of what was typed.
    """
    with override(language):
        content = letter_content(case, authority, parts)
        try:
            return personal_pdf("letter", content)
        except Unprintable as failure:
            raise NotPrintable from failure


def letter_content(case: Case, authority: str, parts: Sequence[LetterPart]) -> Mapping[str, object]:
    """The values for the template of the letter, in the active language."""
    desk = printable(case.desk.name)
    return {
        "language": current_language(),
        "title": _("Notification of a child who may be a victim of trafficking in human beings"),
        "sender": _("From: %(desk)s") % {"desk": desk},
        "receiver": _("Receiver: %(authority)s") % {"authority": printable(authority)},
        "day": long_day(today()),
        "reference": _("Our reference: %(reference)s") % {"reference": case.reference},
        "facts": [
            [_("Age"), str(case.get_age_band_display())],
            [_("Without parent or guardian"), str(case.get_unaccompanied_display())],
            [_("Risk"), str(case.get_risk_display())],
            [_("Status"), str(case.get_victim_status_display())],
        ],
        "parts": [
            {
                "heading": part.heading(),
                "lines": [list(line) for line in part.lines()],
                "words": part.words,
            }
            for part in parts
        ],
        "not_translated": _("Not translated: as the worker wrote it"),
        "request": _("Please confirm receipt to the desk by telephone, and tell it your reference number."),
        "confidential": _("Confidential. This letter is only for the authority named above."),
        "page": _("Page"),
    }
