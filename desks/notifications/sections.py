"""The section of a case's page with the authorities that have to be told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import CODE_LISTS
from desks.cases.decisions import after_presuming
from desks.cases.sections import CaseSection, add_case_section
from desks.cases.states import EntryKind
from desks.notifications.actions import prepare_notifications_of_presumed
from desks.notifications.presenters import authorities_of_case
from desks.notifications.states import AuthorityKind

CODE_LISTS[EntryKind.NOTIFIED] = AuthorityKind
after_presuming(prepare_notifications_of_presumed)
add_case_section(
    CaseSection("authorities", _("Authorities"), 45, "desks/notifications/_authorities.html", authorities_of_case)
)
