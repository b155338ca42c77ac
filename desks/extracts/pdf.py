"""Papers about a child: an extract with its watermark, a notice of privacy. They are made for whoever prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from desks.cases.models import today
from desks.extracts.privacy_notices import notice_of
from desks.extracts.revealing_words import is_revealing
from desks.extracts.states import DISCREET, Audience, Receiver
from desks.notifications.errors import NotPrintable
from victor.formatting import long_day
from victor.languages import current_language
from victor.pdf import Unprintable, pdf, personal_pdf, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desks.cases.models import Case
    from desks.desk.models import Desk

PROJECT = "victor"


@dataclass(frozen=True)
class PrintedPart:
    """A part as it stands on the paper."""

    name: str
    title: str
    lines: list[tuple[str, str]]


def extract_pdf(
    case: Case, receiver: Receiver, language: str, parts: Sequence[PrintedPart], *, name: str, number: int
) -> bytes:
    """A tagged PDF in the language of whoever gets it. What was written stays in the language in which it was written.

    Raises:
        NotPrintable: our fonts lack a sign of what is written.
    """
    with override(language):
        content = extract_content(case, receiver, parts, name=name, number=number)
        try:
            return personal_pdf("extract", content)
        except Unprintable as failure:
            raise NotPrintable from failure


def extract_content(
    case: Case, receiver: Receiver, parts: Sequence[PrintedPart], *, name: str, number: int
) -> Mapping[str, object]:
    """The values for the template of an extract, in the active language."""
    is_discreet = receiver in DISCREET
    facts = {"name": printable(name), "day": long_day(today()), "number": number}
    return {
        "language": current_language(),
        "title": pgettext("extract", "Record") if is_discreet else _("Extract from the record of a child"),
        "sender": sender_of(case.desk, is_discreet=is_discreet),
        "reference": _("Our reference: %(reference)s") % {"reference": case.reference},
        "day": long_day(today()),
        "parts": [{"title": part.title, "lines": [list(line) for line in part.lines]} for part in parts if part.lines],
        "mark": _("%(name)s · %(day)s · copy %(number)d") % facts,
        "confidential": _("Confidential. This paper is only for whoever it was given to."),
        "page": _("Page"),
    }


def sender_of(desk: Desk, *, is_discreet: bool) -> str:
    """Whose paper it is. A desk whose name tells what it does is left out where nobody else has to know."""
    title = printable(desk.name)
    if is_discreet and (is_revealing(title) or PROJECT in title.casefold()):
        return ""
    return title


def notice_pdf(audience: Audience, language: str, desk: Desk) -> bytes:
    """A notice of privacy as a tagged PDF. It names no child.

    Raises:
        NotPrintable: our fonts lack a sign of the desk's name.
    """
    with override(language):
        try:
            return pdf("notice", notice_content(audience, desk))
        except Unprintable as failure:
            raise NotPrintable from failure


def notice_content(audience: Audience, desk: Desk) -> Mapping[str, object]:
    """The values for the template of a notice, in the active language."""
    notice = notice_of(audience)
    return {
        "language": current_language(),
        "title": notice.title,
        "sender": sender_of(desk, is_discreet=True),
        "parts": [{"title": part.title, "sentences": list(part.sentences)} for part in notice.parts],
        "large": audience == Audience.CHILD,
        "page": _("Page"),
    }
