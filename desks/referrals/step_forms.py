"""What the steps of a referral ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import radio_field, text_field
from desks.cases.models import Case
from desks.referrals.states import CHOSEN_REASONS, DeclineReason, ReferralOutcome

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from desks.referrals.models import Referral
    from victor.accounts.models import User
    from victor.publishing.forms import FormData


class MoveForm(forms.Form):
    """What a move asks for: nothing, unless it says so."""

    def __init__(self, data: FormData = None, *, referral: Referral, user: User) -> None:
        super().__init__(data)
        self.prepare(referral, user)

    def prepare(self, referral: Referral, user: User) -> None:
        """Fit the fields to the referral."""


class WordsForm(MoveForm):
    """Words to the other desk."""

    text = text_field(_("Your words"))


class AnswerForm(MoveForm):
    """The answer to a question of a desk that has not accepted yet."""

    text = text_field(_("Your answer"), help_text=_("They read it before they accept. Name nobody."))


class DeclineForm(MoveForm):
    """Why the desk does not take part."""

    reason = radio_field(_("Why do you decline?"), DeclineReason.choices)
    text = text_field(_("What else the other desk should know"), required=False)


class OutcomeForm(MoveForm):
    """What came of it."""

    outcome = radio_field(_("What came of it?"), ReferralOutcome.choices)
    text = text_field(_("What was done, and what the child needs next"))


class RevokeForm(MoveForm):
    """Why the access ends."""

    reason = radio_field(_("Why does access end?"), [(str(reason), reason.label) for reason in CHOSEN_REASONS])


class CloseReferralForm(MoveForm):
    """Whether the receiver may read on until the day on which its access ends."""

    ends = radio_field(
        _("When does the other desk's access end?"), [("now", _("Now")), ("later", _("On the day that was agreed"))]
    )


class CaseField(forms.ModelChoiceField):
    """A case, by its reference."""

    def label_from_instance(self, obj: Case) -> str:
        return obj.reference


class LinkForm(MoveForm):
    """The receiver's own case of the child."""

    case = CaseField(Case.objects.none(), label=_("Your case of this child"), to_field_name="reference")

    def prepare(self, referral: Referral, user: User) -> None:
        cases: QuerySet[Case] = Case.objects.visible_to(user).running().filter(desk=referral.to_desk)
        cast("CaseField", self.fields["case"]).queryset = cases.order_by("reference")
