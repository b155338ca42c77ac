"""What the coordinator's board says of desks: open now, in time, agreement, keys, last test. Shares, never counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from desks.desk.models import Desk
from desks.reports.models import Report
from victor.formatting import short_day
from victor.todo.board import Entry, Panel, shows_panel

if TYPE_CHECKING:
    from victor.accounts.models import User

WATCHED_FOR = timedelta(days=90)
FEWEST = 11  # reports: the share of fewer would say something about a child
MIN_SHARE = 90  # of a hundred, below which it has to be looked at
MIN_HOLDERS = 2
TEST_VALID_FOR = timedelta(days=90)


@shows_panel("desks.oversee", rank=10)
def desk_panel(user: User) -> Panel:
    """All desks, in the order of their countries. The number of queries does not depend on how many there are."""
    desks = Desk.objects.visible_to(user).for_work().with_readiness().order_by("country__position", "slug")
    shares = _shares_in_time()
    rows = [_row(desk, shares.get(desk.pk)) for desk in desks.prefetch_related("opening_hours", "closures")]
    columns = [
        gettext_lazy("Desk"),
        pgettext_lazy("desk", "Open"),
        gettext_lazy("In time"),
        gettext_lazy("Agreement"),
        gettext_lazy("Keys"),
        gettext_lazy("Test report"),
    ]
    return Panel(gettext_lazy("Desks"), columns, rows)


def _shares_in_time() -> dict[int, int]:
    """Of the reports of the last 90 days, how many of a hundred nobody had to be told of as late; by desk."""
    recent = Report.objects.filter(is_test=False, received_at__gte=timezone.now() - WATCHED_FOR).order_by()
    late = Count("pk", filter=Q(escalations__isnull=False), distinct=True)
    rows = recent.values("desk").annotate(late=late, total=Count("pk", distinct=True))
    return {row["desk"]: 100 - 100 * row["late"] // row["total"] for row in rows if row["total"] >= FEWEST}


def _row(desk: Desk, share: int | None) -> list[Entry]:
    agreements = f"{reverse('partners:agreements')}?party={desk.organisation_id}"
    text = reverse("admin:partners_organisation_change", args=[desk.organisation_id])
    signed = _("valid") if desk.has_agreement else _("missing")
    return [
        Entry(desk.name, text),
        _open_entry(desk),
        _share_entry(share),
        Entry(signed, agreements, is_alarming=not desk.has_agreement),
        Entry(str(desk.key_holders), is_alarming=desk.key_holders < MIN_HOLDERS),
        _test_entry(desk),
    ]


def _open_entry(desk: Desk) -> Entry:
    if desk.is_open_now is None:
        return Entry(_("Hours not confirmed"), is_alarming=True)
    return Entry(pgettext("desk", "now") if desk.is_open_now else desk.opens or _("Closed now"))


def _share_entry(share: int | None) -> Entry:
    if share is None:
        return Entry(_("not shown"))
    return Entry(_("%(number)d %%") % {"number": share}, is_alarming=share < MIN_SHARE)


def _test_entry(desk: Desk) -> Entry:
    if desk.rehearsed_at is None:
        return Entry(_("never"), is_alarming=True)
    return Entry(short_day(desk.rehearsed_at), is_alarming=desk.rehearsed_at < timezone.now() - TEST_VALID_FOR)
