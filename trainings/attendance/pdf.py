"""The signature list of a session as a PDF."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.seminars.models import Session
from victor.funding import current_funder_texts
from victor.languages import current_language, language_as_read, local_text
from victor.pdf import Unprintable, emblem, is_printable, personal_pdf

EMPTY_LINES = 12  # for those who come without registration


def signature_list_pdf(session: Session) -> bytes:
    """The list of a session for signatures, in the language of the seminar, with lines for people who are not on it.

    A name with a letter that the fonts lack is left out, to be written by hand.

    Raises:
        Unprintable: the title has a letter that the fonts lack.
    """
    with override(language_as_read(session.seminar.language)):
        content = signature_list_content(session)
        try:
            return personal_pdf("sheet", content)
        except Unprintable:  # checked only then, because such names are rare
            names = [name if is_printable(name) else "" for name in confirmed_names(session)]
            return personal_pdf("sheet", content | {"names": names})


def confirmed_names(session: Session) -> list[str]:
    """The names of everybody with a confirmed seat, in alphabetical order."""
    people = session.seminar.registrations.confirmed().only("name", "seminar").by_name()
    return [registration.name for registration in people]


def signature_list_content(session: Session) -> dict[str, object]:
    """The values for the template of the list, in the active language."""
    seminar = session.seminar
    location = [local_text(seminar, "place").text, local_text(seminar.country, "name").text]
    return {
        "language": current_language(),
        "title": local_text(seminar, "title").text or seminar.slug,
        "what": _("Attendance sheet"),
        "when": session.when,
        "zone": session.zone_name,
        "where": ", ".join(filter(None, location)),
        "host": local_text(seminar.organisation, "name").text,
        "columns": [_("No."), _("Name"), _("Signature")],
        "names": confirmed_names(session),
        "by_hand": _("Write your name by hand"),
        "walk_ins": _("Participants without registration"),
        "empty_lines": EMPTY_LINES,
        "page": _("Page"),
        "emblem": emblem(),
        "emblem_name": _("Emblem of the European Union"),
        "statement": current_funder_texts().statement,
    }
