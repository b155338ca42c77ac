"""What hand-overs add to the inbox: reports that other desks offer, and on a report the step that comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.handovers.forms import HandOverForm
from desks.inbox.sections import Section, add_inbox_section, add_report_section
from desks.referrals.models import Referral
from desks.reports.states import OPEN_STATES

if TYPE_CHECKING:
    from django.forms import Form

    from desks.desk.models import Desk
    from desks.reports.models import Report


@add_report_section
def hand_over_of_report(report: Report, bound: Mapping[str, Form]) -> Section:
    """The hand-over that is under way, or the form that asks for one."""
    bound_form = bound.get("hand_over")
    form = bound_form if isinstance(bound_form, HandOverForm) else HandOverForm(report=report)
    content = {
        "hand_over": report.hand_overs.open().select_related("to_desk__country").first(),
        "is_possible": report.state in OPEN_STATES,
        "form": form,
    }
    return Section("desks/handovers/_hand_over.html", content, form=form)


@add_inbox_section
def offers_to_desk(desk: Desk) -> Section:
    """The reports that other desks would hand over to this one."""
    offers = list(Referral.objects.offered_to(desk))
    return Section(
        "desks/handovers/_offers.html", offers, len(offers), label=_("offered by other desks"), anchor="offers"
    )
