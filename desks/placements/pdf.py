"""The missing report for an authority, in its language. It is made for whoever prints it, and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.cases.models import today
from desks.notifications.errors import NotPrintable
from victor.formatting import long_day, long_moment
from victor.languages import current_language
from victor.pdf import Unprintable, personal_pdf, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desks.cases.models import Case
    from desks.notifications.pdf import LetterPart
    from desks.placements.models import MissingReport


def missing_report_pdf(
    case: Case, report: MissingReport, authority: str, language: str, parts: Sequence[LetterPart]
) -> bytes:
    """A tagged PDF in the language of the authority. What was typed stays in the language in which it was typed.

    Raises:
        NotPrintable: our fonts lack a sign of what was typed.
    """
    with override(language):
        content = missing_report_content(case, report, authority, parts)
        try:
            return personal_pdf("letter", content)
        except Unprintable as failure:
            raise NotPrintable from failure


def missing_report_content(
    case: Case, report: MissingReport, authority: str, parts: Sequence[LetterPart]
) -> Mapping[str, object]:
    """The values for the template of a letter, in the active language."""
    desk = printable(case.desk.name)
    return {
        "language": current_language(),
        "title": _("Report of a missing child"),
        "sender": _("From: %(desk)s") % {"desk": desk},
        "receiver": _("Receiver: %(authority)s") % {"authority": printable(authority)},
        "day": long_day(today()),
        "reference": _("Our reference: %(reference)s") % {"reference": case.reference},
        "facts": [
            [_("Missing since"), long_moment(report.noticed_at, case.desk.zone)],
            [_("Age"), str(case.get_age_band_display())],
            [_("Without parent or guardian"), str(case.get_unaccompanied_display())],
        ],
        "parts": [
            {"heading": part.heading(), "lines": [list(line) for line in part.lines()], "words": part.words}
            for part in parts
        ],
        "not_translated": _("Not translated: as the worker wrote it"),
        "request": _("The child is at risk of being harmed. Please search for the child at once and call us."),
        "confidential": _("Confidential. This letter is only for the authority named above."),
        "page": _("Page"),
    }
