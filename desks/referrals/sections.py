"""The section of a case's page that says what others see of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import CODE_LISTS
from desks.cases.sections import CaseSection, add_case_section
from desks.cases.states import EntryKind
from desks.referrals.presenters import sharing_of_case
from desks.referrals.states import ReferralState

CODE_LISTS[EntryKind.REFERRAL] = ReferralState
add_case_section(CaseSection("sharing", _("Sharing"), 70, "desks/referrals/_sharing.html", sharing_of_case))
