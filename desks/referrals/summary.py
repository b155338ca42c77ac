"""What the receiver sees before accepting: at most ten codes, from which nobody is found.

Not in it: sex, citizenship, exact place, dates, words, the reference of the case. The form of exploitation is said only
where enough cases of the same age and form were opened this year that it leads to nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from desks.cases.code_lists import AgeBand
from desks.cases.states import GuardianState
from desks.desk.states import Service
from desks.facts.indicators import facts_in
from desks.referrals.code_lists import CoarseForm, FieldGroup, SharingPurpose
from desks.referrals.states import ReferralKind, Urgency
from desks.retention.indicators import DeskPeriod
from desks.screening.states import Purpose
from victor.formatting import long_day

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.referrals.models import Referral

LEAST_CASES = 11  # as everywhere where children are counted
FORMS = {
    CoarseForm.SEXUAL: frozenset({Purpose.SEXUAL}),
    CoarseForm.LABOUR: frozenset({Purpose.LABOUR, Purpose.SERVITUDE}),
}


class SummaryLine(NamedTuple):
    """One of the codes, in words."""

    label: str
    value: str


def fill_summary(referral: Referral, case: Case) -> None:
    """Take the codes from the case, as they are at this moment."""
    referral.age_band, referral.language = case.age_band, case.language
    referral.has_guardian = case.guardian_state == GuardianState.APPOINTED
    if referral.form and not is_common(CoarseForm(referral.form), case):
        referral.form = CoarseForm.NOT_SAID


def is_common(form: CoarseForm, case: Case) -> bool:
    """Whether the desk has opened enough cases of this age and form this year."""
    if form == CoarseForm.UNCLEAR:
        return True
    today = timezone.localdate(timezone=case.desk.zone)
    year = DeskPeriod.of_months([case.desk_id], today.replace(month=1), today)
    same = [facts for facts in facts_in(year, "opened") if facts.age == case.age_band]
    return sum(_is_of_form(facts.form, form) for facts in same) >= LEAST_CASES


def _is_of_form(purpose: str, form: CoarseForm) -> bool:
    if form in FORMS:
        return purpose in FORMS[form]
    named = frozenset().union(*FORMS.values())
    return bool(purpose) and purpose in Purpose.values and purpose not in named


def summary_lines(referral: Referral) -> list[SummaryLine]:
    """The summary in the reader's language."""
    numbers = ", ".join(str(FieldGroup(group).number) for group in referral.groups)
    lines = [
        SummaryLine(_("How soon"), str(Urgency(referral.urgency).label)),
        SummaryLine(_("From country"), str(referral.from_desk.country)),
        SummaryLine(_("To country"), str(referral.to_desk.country)),
        SummaryLine(pgettext("referral", "Purpose"), str(SharingPurpose(referral.purpose).label)),
        SummaryLine(_("Age"), str(AgeBand(referral.age_band).label)),
        SummaryLine(_("Language"), str(get_language_info(referral.language)["name_translated"])),
        SummaryLine(_("Services"), " · ".join(str(Service(name).label) for name in referral.services) or "–"),
        SummaryLine(_("Groups offered"), numbers),
        SummaryLine(_("Form of exploitation"), str(CoarseForm(referral.form).label)),
        SummaryLine(
            _("Has a guardian"), pgettext("answer", "Yes") if referral.has_guardian else pgettext("answer", "No")
        ),
    ]
    if referral.kind == ReferralKind.INFORMATION and referral.parent:
        lines[3] = SummaryLine(_("Update of"), referral.parent.reference)
    return lines


def feedback_line(referral: Referral) -> str:
    """Until when the receiver reports back."""
    return long_day(referral.feedback_on) if referral.feedback_on else ""


def _guardian(referral: Referral) -> str:
    return pgettext("answer", "Yes") if referral.has_guardian else pgettext("answer", "No")
