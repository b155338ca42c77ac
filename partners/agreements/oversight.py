"""What the coordinator's board says of agreements: which need action, and which end next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from partners.agreements.models import Agreement
from partners.agreements.states import Shown
from victor.formatting import short_day
from victor.languages import local_text
from victor.todo.board import Entry, Need, Panel, shows_need, shows_panel

if TYPE_CHECKING:
    from victor.accounts.models import User

MANAGE = "partners.manage_agreements"
MAX_ENDING = 5
SOON_DAYS = 30


@shows_need(MANAGE, rank=30)
def agreements_need(user: User) -> Need:
    """Those that wait for a signature, end soon, or have no owner."""
    number = Agreement.objects.visible_to(user).needing_action().count()
    words = ngettext("%(count)d agreement needs action", "%(count)d agreements need action", number)
    url = f"{reverse('partners:agreements')}?shown={Shown.ACTION}"
    return Need(number, words % {"count": number}, pgettext_lazy("agreements", "Renew"), url)


@shows_panel(MANAGE, rank=30)
def ending_panel(user: User) -> Panel:
    """Those that end within 90 days, the next first."""
    ending = Agreement.objects.visible_to(user).ending().order_by(F("valid_to"), "code")[:MAX_ENDING]
    columns = [gettext_lazy("Agreement"), gettext_lazy("Last day"), gettext_lazy("Left")]
    return Panel(gettext_lazy("Agreements that end"), columns, [_ending_row(agreement) for agreement in ending])


def _ending_row(agreement: Agreement) -> list[Entry]:
    left = agreement.days_left or 0
    name = f"{agreement.code} {local_text(agreement, 'title').text}"
    days = ngettext("%(count)d day", "%(count)d days", left) % {"count": left}
    last = short_day(agreement.valid_to) if agreement.valid_to else _("Open-ended")
    return [Entry(name, agreement.get_absolute_url()), Entry(last), Entry(days, is_alarming=left <= SOON_DAYS)]
