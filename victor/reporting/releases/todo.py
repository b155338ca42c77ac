"""Releases that wait for a second person, for publication, or for whoever made them, in the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from victor.todo.declarations import Kind, Line, declare_kind, names_subject, since

if TYPE_CHECKING:
    from victor.todo.models import Item

LABEL = "r.number || CASE WHEN r.correction > 0 THEN '.' || r.correction ELSE '' END"


def _line(words: str, item: Item) -> Line:
    return Line(words % {"number": item.facts["number"]}, since(item.since), _page_of(item))


def approval_line(item: Item, number: int) -> Line:
    """A release that another coordinator approves."""
    return _line(_("Approve release %(number)s of figures"), item)


def publication_line(item: Item, number: int) -> Line:
    """A release that is approved."""
    return _line(_("Publish release %(number)s of figures"), item)


def failure_line(item: Item, number: int) -> Line:
    """A release that did not pass the check, or was returned."""
    return _line(_("Release %(number)s of figures needs a change"), item)


@names_subject("reporting.release")
def release_line(item: Item) -> Line:
    """The release itself, where it is told what has happened to it."""
    return Line(_("Release %(number)s") % {"number": item.facts["number"]}, "", _page_of(item))


def _page_of(item: Item) -> str:
    return reverse("reporting:release", args=[item.source])


declare_kind(
    Kind(
        name="reporting.release_approval",
        table="reporting_release",
        describe=approval_line,
        is_open="r.state = 'checked'",
        audiences="ARRAY['coordinator']",
        subject="'reporting.release:' || r.id",
        since="r.counted_at",
        barred="r.made_by_id",
        facts={"number": LABEL},
    )
)
declare_kind(
    Kind(
        name="reporting.release_publication",
        table="reporting_release",
        describe=publication_line,
        is_open="r.state = 'approved'",
        audiences="ARRAY['coordinator']",
        subject="'reporting.release:' || r.id",
        since="r.approved_at",
        facts={"number": LABEL},
    )
)
declare_kind(
    Kind(
        name="reporting.release_failure",
        table="reporting_release",
        describe=failure_line,
        is_open="r.state = 'draft' AND r.counted_at IS NOT NULL",
        audiences="ARRAY['user:' || r.made_by_id]",
        subject="'reporting.release:' || r.id",
        since="r.counted_at",
        facts={"number": LABEL},
    )
)
