"""Files that somebody asks for and another person decides, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from desks.exchange.states import ExportKind
from victor.todo.declarations import Kind, Line, declare_kind, since

if TYPE_CHECKING:
    from victor.todo.models import Item


def desk_line(item: Item, number: int) -> Line:
    """A colleague asks for a file of the desk."""
    return _line(item, reverse("desks:exports", args=[item.facts["desk"]]))


def network_line(item: Item, number: int) -> Line:
    """A coordinator asks for a file of all desks."""
    return _line(item, reverse("desks:network_exports"))


def _line(item: Item, url: str) -> Line:
    title = _("Export to decide on: %(kind)s") % {"kind": ExportKind(item.facts["kind"]).label}
    return Line(title, since(item.since), url)


declare_kind(
    Kind(
        name="desks.export",
        table="desks_dataexport",
        describe=desk_line,
        joins="JOIN desks_desk d ON d.id = r.desk_id",
        is_open="r.state = 'asked'",
        audiences="ARRAY['supervisor:' || d.organisation_id]",
        barred="r.asked_by_id",
        subject="'desks.dataexport:' || r.id",
        since="r.asked_at",
        facts={"kind": "r.kind", "desk": "d.slug"},
    )
)
declare_kind(
    Kind(
        name="desks.network_export",
        table="desks_dataexport",
        describe=network_line,
        is_open="r.state = 'asked' AND r.desk_id IS NULL",
        audiences="ARRAY['coordinator']",
        barred="r.asked_by_id",
        subject="'desks.dataexport:' || r.id",
        since="r.asked_at",
        facts={"kind": "r.kind"},
    )
)
