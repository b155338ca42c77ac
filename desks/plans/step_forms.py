"""The forms of the steps of plans, services, reviews and follow-ups."""

from __future__ import annotations

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from desks.assessments.questions import VIEW
from desks.cases.casework import Task
from desks.cases.code_lists import Answer, TaskKind
from desks.cases.errors import NeedsWords
from desks.cases.forms import StepForm, line_field, radio_field, text_field
from desks.cases.models import Case, today
from desks.cases.states import TaskState
from desks.desk.states import Service
from desks.plans.code_lists import (
    ANSWERS_OF,
    AnswerWay,
    FollowUpResult,
    PlanAnswer,
    ProviderKind,
    ReviewKind,
    ReviewOutcome,
    ServiceBasis,
    SignerRole,
)
from desks.plans.states import GoalState
from partners.directory.models import Country
from victor.formatting import short_day
from victor.forms.fields import DateField


class SignatureForm(StepForm):
    """What somebody says of a plan."""

    role = radio_field(_("Who answers?"), SignerRole.choices)
    answer = radio_field(_("What is the answer?"), PlanAnswer.choices)
    way = radio_field(_("Way"), AnswerWay.choices)
    signed_on = DateField(label=_("On"))
    name = line_field(_("Name and office of the person"))
    text = text_field(
        _("Words of the person, or the reason"),
        required=False,
        help_text=_("Needed for anything but a plain yes or “Not yet”."),
    )

    def prepare(self) -> None:
        """Today is the likeliest day."""
        self.fields["signed_on"].initial = today()

    def clean(self) -> dict[str, object]:
        """An answer that does not fit the person is asked about."""
        data = super().clean() or {}
        role, answer = data.get("role"), data.get("answer")
        if role and answer and answer not in ANSWERS_OF[SignerRole(role)]:
            self.add_error("answer", _("This answer does not fit the person who gives it."))
        return data


class GoalForm(StepForm):
    """What became of a goal."""

    state = radio_field(
        _("What became of it?"), [choice for choice in GoalState.choices if choice[0] != GoalState.OPEN]
    )
    ended_on = DateField(label=_("On"))
    words = text_field(_("Reason or remarks"), required=False, help_text=_("Needed where it was not reached."))

    def prepare(self) -> None:
        """Today is the likeliest day."""
        self.fields["ended_on"].initial = today()


class ServiceForm(StepForm):
    """A service that is asked for. Urgent help needs no plan."""

    demanded = ("text",)  # with a basis
    service = forms.ChoiceField(label=_("Service"), choices=Service.choices)
    provider = line_field(_("Who gives it: name, how to reach them"))
    provider_kind = forms.ChoiceField(label=_("Kind of provider"), choices=ProviderKind.choices)
    country: forms.ModelChoiceField = forms.ModelChoiceField(
        Country.objects.none(), label=_("Country"), empty_label=None
    )
    requested_on = DateField(label=_("Requested on"))
    due_on = DateField(label=_("Needed by"), required=False)
    basis = forms.ChoiceField(
        label=_("Consent or another basis"),
        choices=[("", _("Not recorded yet")), *ServiceBasis.choices],
        required=False,
    )
    text = text_field(_("What for, and on which basis"), required=False)

    def prepare(self) -> None:
        """The desk's own country and today are the likeliest."""
        cast("forms.ModelChoiceField", self.fields["country"]).queryset = Country.objects.all()
        self.fields["country"].initial = self.case.desk.country_id
        self.fields["requested_on"].initial = today()

    def clean(self) -> dict[str, object]:
        """Whoever says that there is a basis says which."""
        data = super().clean() or {}
        if data.get("basis") and not data.get("text"):
            self.add_error("text", str(NeedsWords.text))
        return data


class ServiceMoveForm(StepForm):
    """What has happened with a service."""

    day = DateField(label=_("On"))
    text = text_field(_("By whom, and why"), required=False)

    def prepare(self) -> None:
        """Today is the likeliest day."""
        self.fields["day"].initial = today()


class ServiceAnswerForm(ServiceMoveForm):
    """A service is accepted or declined, by whom and why."""

    text = text_field(_("By whom, and why"))


class ServiceGivenForm(ServiceMoveForm):
    """A service is given, on which basis."""

    demanded = ("text",)  # with a basis
    basis = forms.ChoiceField(
        label=_("Consent or another basis"),
        choices=[("", _("As it is recorded")), *ServiceBasis.choices],
        required=False,
    )
    text = text_field(_("Who consented, or why it may be given"), required=False)

    def clean(self) -> dict[str, object]:
        """Whoever says that there is a basis says which."""
        data = super().clean() or {}
        if data.get("basis") and not data.get("text"):
            self.add_error("text", str(NeedsWords.text))
        return data


class ServiceEndForm(ServiceMoveForm):
    """A service ends."""

    helpful = radio_field(_("Did it help the child?"), Answer.choices)
    text = text_field(_("What came of it"), required=False)


class ServiceBasisForm(ServiceMoveForm):
    """Why a service may be given."""

    basis = radio_field(_("Consent or another basis"), ServiceBasis.choices)
    text = text_field(_("Who consented, or why it may be given"))


class ReviewDayForm(StepForm):
    """When a case is looked at as a whole next."""

    kind = radio_field(_("Kind of review"), ReviewKind.choices)
    planned_on = DateField(
        label=_("On"), help_text=_("Within three months; within 30 days where the risk is high, 7 days in danger.")
    )

    def prepare(self) -> None:
        """Most reviews are regular."""
        self.fields["kind"].initial = ReviewKind.REGULAR


class ReviewForm(StepForm):
    """What a review has found, with the child's view."""

    held_on = DateField(label=_("Took place on"))
    kind = radio_field(_("Kind of review"), ReviewKind.choices)
    people = text_field(_("Who was present"), required=False, rows=2)
    child_view = text_field(VIEW[0].label, required=False)
    why_not_asked = text_field(
        VIEW[2].label, required=False, rows=2, help_text=_("A review without the child's view needs a reason.")
    )
    findings = text_field(_("What was found: each goal, what helps, what does not"))
    outcome = radio_field(_("Outcome"), ReviewOutcome.choices)
    next_on = DateField(label=_("Next review"), required=False)

    def prepare(self) -> None:
        """Today, and a regular review, are the likeliest."""
        self.fields["held_on"].initial = today()
        self.fields["kind"].initial = ReviewKind.REGULAR

    @property
    def words(self) -> dict[str, str]:
        """What is sealed."""
        names = ("people", "child_view", "why_not_asked", "findings")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class FollowUpField(forms.ModelChoiceField):
    """A choice among follow-ups, by their days."""

    def label_from_instance(self, obj: Task) -> str:
        return short_day(obj.due_at) if obj.due_at else str(obj)


class FollowUpForm(StepForm):
    """What was found out about the child of a closed case."""

    task = FollowUpField(Task.objects.none(), label=_("Follow-up"), empty_label=None)
    done_on = DateField(label=_("On"))
    result = radio_field(_("Way"), FollowUpResult.choices)
    safe = radio_field(_("Is the child safe?"), Answer.choices)
    words = text_field(_("What you saw or heard"))

    def prepare(self) -> None:
        """The follow-ups that wait, the first first."""
        cast("FollowUpField", self.fields["task"]).queryset = open_follow_ups(self.case)
        self.fields["done_on"].initial = today()


def open_follow_ups(case: Case) -> QuerySet[Task]:
    """The follow-ups of a case that nobody has settled."""
    return Task.objects.filter(case=case, kind=TaskKind.FOLLOW_UP, state=TaskState.OPEN).order_by("due_at")
