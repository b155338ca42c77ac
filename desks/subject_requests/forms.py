"""The forms of requests of the people concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.cases.forms import StepForm, line_field, radio_field, text_field
from desks.cases.models import today
from desks.subject_requests.actions import RequestFacts
from desks.subject_requests.states import Requester, RightKind, SubjectDecision
from victor.forms.fields import DateField

if TYPE_CHECKING:
    from collections.abc import Mapping


class RequestForm(StepForm):
    """What is asked for, by whom, and when it came."""

    kind = radio_field(_("What is asked for?"), RightKind.choices)
    requester = radio_field(_("Who asks?"), Requester.choices)
    name = line_field(_("Name"), help_text=_("Leave it empty if the child asks."))
    contact = line_field(_("How to answer them safely"))
    received_on = DateField(label=_("Received on"))
    text = text_field(_("In their own words"), rows=4)

    def prepare(self) -> None:
        """Today is the likeliest day."""
        self.fields["received_on"].initial = today()

    @property
    def facts(self) -> RequestFacts:
        """What is plain of it."""
        data = self.cleaned_data
        return RequestFacts(RightKind(data["kind"]), Requester(data["requester"]), data["received_on"])

    @property
    def words(self) -> Mapping[str, str]:
        """What is sealed."""
        return {name: self.cleaned_data[name] for name in ("name", "contact", "text") if self.cleaned_data[name]}


class WordsForm(StepForm):
    """A reason, or how something was proved."""

    words = text_field(_("Reason"))


class IdentityForm(StepForm):
    """How it is certain who asks."""

    words = text_field(
        _("How do you know who asks?"),
        help_text=_("For example: known for a year, or a document was shown. Do not copy documents for this."),
    )


class DecisionForm(StepForm):
    """What is decided, and why."""

    decision = radio_field(_("Decision"), SubjectDecision.choices)
    words = text_field(
        _("Reason, as you tell it to whoever asked"),
        help_text=_("Say too that they may complain to the data protection authority, and go to court."),
    )
