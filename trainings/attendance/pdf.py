"""The list that is signed at a seminar."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.seminars.models import Session
from victor.languages import current_language, local_text
from victor.pdf import Unprintable, emblem, is_printable, personal_pdf

EMPTY_LINES = 12  # for those who come without registration


def signature_list_pdf(session: Session) -> bytes:
    """The list of a session, to be signed by everybody who is there, in the seminar's language. A name that our fonts
    cannot set is left to be written by hand.

    Raises:
        Unprintable: the fonts lack a letter of the title.
    """
    with override(session.seminar.language):
        words = signature_list_words(session)
        try:
            return personal_pdf("sheet", words)
        except Unprintable:  # looked for only then: hardly any list has such a name
            names = [name if is_printable(name) else "" for name in words["names"]]
            return personal_pdf("sheet", words | {"names": names})


def signature_list_words(session: Session) -> dict[str, Any]:
    """All that stands on it."""
    seminar = session.seminar
    names = [each.name for each in seminar.registrations.confirmed().only("name", "seminar").by_name()]
    places = [local_text(seminar, "place").text, local_text(seminar.country, "name").text]
    return {
        "language": current_language(),
        "title": local_text(seminar, "title").text or seminar.slug,
        "what": _("Attendance sheet"),
        "when": session.when,
        "zone": session.zone_name,
        "where": ", ".join(filter(None, places)),
        "host": local_text(seminar.organisation, "name").text,
        "columns": [_("No."), _("Name"), _("Signature")],
        "names": names,
        "by_hand": _("Write your name by hand"),
        "walk_ins": _("Participants without registration"),
        "empty_lines": EMPTY_LINES,
        "page": _("Page"),
        "emblem": emblem(),
        "emblem_name": _("Emblem of the European Union"),
        "statement": render_to_string("pdf/funder.txt").strip(),
    }
