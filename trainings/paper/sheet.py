"""The list that is signed at a seminar."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.models import Session
from victor.documents import emblem, personal_pdf
from victor.publishing.languages import current, shown

EMPTY_LINES = 12  # for those who come without registration
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")  # that our fonts can set


def sheet(session: Session) -> bytes:
    """The list of a session, to be signed by everybody who is there, in the seminar's language.

    Raises:
        Unprintable: the fonts lack a letter of the title.
    """
    with override(session.seminar.language):
        return personal_pdf("sheet", sheet_words(session))


def sheet_words(session: Session) -> dict[str, Any]:
    """All that stands on it. A name in another script than our fonts have is left to be written by hand."""
    seminar = session.seminar
    names = [each.name for each in seminar.registrations.confirmed().only("name", "seminar").by_name()]
    places = [shown(seminar, "place").text, shown(seminar.country, "name").text]
    return {
        "language": current(),
        "title": shown(seminar, "title").text or seminar.slug,
        "what": _("List of signatures"),
        "when": session.when,
        "zone": session.zone_name,
        "where": ", ".join(filter(None, places)),
        "host": shown(seminar.organisation, "name").text,
        "columns": [_("No."), _("Name"), _("Signature")],
        "names": [name if can_be_set(name) else "" for name in names],
        "by_hand": _("Write the name by hand"),
        "walk_ins": _("Came without registration"),
        "empty_lines": EMPTY_LINES,
        "page": _("Page"),
        "emblem": emblem(),
        "emblem_name": _("Emblem of the European Union"),
        "statement": render_to_string("pdf/funder.txt").strip(),
    }


def can_be_set(text: str) -> bool:
    """Whether our fonts have every letter of it."""
    letters = [each for each in text if unicodedata.category(each)[0] == "L"]
    return all(unicodedata.name(each, "").startswith(SCRIPTS) for each in letters)
