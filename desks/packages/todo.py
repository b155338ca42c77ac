"""What waits in packages, for the list of tasks. No line says more than the reference and what kind of thing waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from victor.todo.declarations import Kind, Line, Watched, declare_kind, names_subject, since

if TYPE_CHECKING:
    from victor.todo.models import Item

JOINS = "JOIN desks_case c ON c.id = r.case_id JOIN desks_desk d ON d.id = c.desk_id"
OF_DESK = "SELECT own.* FROM desks_package own JOIN desks_case c ON c.id = own.case_id WHERE c.desk_id = {row}.id"


def _line(item: Item, number: int) -> Line:
    reference = str(item.facts["reference"])
    words = _("%(reference)s: a package waits to be made") % {"reference": reference}
    return Line(words, since(item.since), _page_of(item))


@names_subject("desks.package")
def package_line(item: Item) -> Line:
    """The package itself, where it is told what has happened to it."""
    return Line(_("Package %(reference)s") % {"reference": item.facts["reference"]}, "", _page_of(item))


def _page_of(item: Item) -> str:
    return reverse("desks:package", args=[item.facts["desk"], item.facts["reference"]])


declare_kind(
    Kind(
        name="desks.package_asked",
        table="desks_package",
        describe=_line,
        joins=JOINS,
        is_open="r.state = 'asked'",
        audiences="ARRAY['supervisor:' || d.organisation_id]",
        subject="'desks.package:' || r.id",
        since="r.moved_at",
        barred="r.author_id",
        facts={"reference": "r.reference", "desk": "d.slug"},
        watched=[Watched("desks_desk", OF_DESK, ("organisation_id", "slug"))],
    )
)
