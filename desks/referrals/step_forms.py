"""What the steps of a referral ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import line_field, radio_field, text_field
from desks.cases.models import Case
from desks.desk.models import Desk
from desks.referrals.emergencies import EmergencyWords
from desks.referrals.forms import ReceiverField
from desks.referrals.receivers import receivers_for
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


class EmergencyForm(forms.Form):
    """What a desk on duty needs at once. Nothing is taken from the record."""

    called = text_field(_("Whom have you called?"), rows=1, help_text=_("Name and time, or: nobody answered."))
    to_desk = ReceiverField(Desk.objects.none(), label=_("Desk on duty"), widget=forms.RadioSelect, empty_label=None)
    name = line_field(_("Name"))
    birth_year = line_field(_("Year of birth"), size=20)
    description = text_field(_("Description"), required=False, help_text=_("What one sees: height, hair, clothes."))
    contact = text_field(_("Safe contact"), required=False, rows=2)

    def __init__(self, data: FormData = None, *, desk: Desk) -> None:
        super().__init__(data)
        ready = {receiver.desk.pk: receiver for receiver in receivers_for(desk) if receiver.is_ready}
        on_duty = Desk.objects.filter(pk__in=ready, duty_spans__isnull=False).distinct()
        field = cast("ReceiverField", self.fields["to_desk"])
        field.queryset, field.receivers = on_duty.select_related("country"), ready

    @property
    def words(self) -> EmergencyWords:
        """What was typed."""
        data = self.cleaned_data
        names = ("name", "birth_year", "description", "contact", "called")
        return EmergencyWords(**{name: data[name] for name in names})
