"""The forms of the steps of a case: what each asks, and which choices the case has."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.cases.code_lists import (
    AgeBand,
    AgeBasis,
    Answer,
    ClosureReason,
    GuardianKind,
    Phase,
    Priority,
    RelativeKind,
    StatusBody,
)
from desks.cases.forms import PeopleField, PersonField, StepForm, line_field, radio_field, text_field
from desks.cases.gates import offered_outcomes
from desks.cases.locks import able_colleagues
from desks.cases.states import GUARDIAN_MOVES, STATUS_MOVES, GuardianState, VictimStatus
from desks.reports.states import Risk
from partners.memberships.states import Role
from victor.accounts.models import User
from victor.forms.fields import DateField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.cases.querysets import CaseQuerySet
    from victor.publishing.forms import FormData


class TaskForm(StepForm):
    """Something to do."""

    text = text_field(_("What is to be done?"), rows=2)
    due = DateField(label=_("Until"), required=False)
    owner = PersonField(
        User.objects.none(), label=_("Assigned to"), required=False, empty_label=_("Nobody in particular")
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)

    def prepare(self) -> None:
        cast("PersonField", self.fields["owner"]).queryset = able_colleagues(self.case).order_by("name")

    @property
    def due_at(self) -> datetime | None:
        """The end of the working day until which it is due, at the desk."""
        day = self.cleaned_data["due"]
        return datetime.combine(day, time(17), self.case.desk.zone) if day else None


class RiskForm(StepForm):
    """How high the risk is now."""

    risk = radio_field(_("Risk now"), Risk.choices)
    reason = text_field(_("Reason"), help_text=_("What you saw or heard, and of whom."))


class FactsForm(StepForm):
    """The facts by which lists, clocks and gates go. What the page showed travels along: two editors are seen."""

    age_band = forms.ChoiceField(label=_("Age"), choices=AgeBand.choices)
    age_basis = radio_field(_("How do we know the age?"), AgeBasis.choices)
    unaccompanied = radio_field(_("Is the child without parent or guardian?"), Answer.choices)
    family_may_be_involved = radio_field(
        _("Might a family member be involved?"),
        Answer.choices,
        help_text=_("If yes or unknown: do not contact the family."),
    )
    language = forms.ChoiceField(
        label=_("Language the child speaks best"), choices=settings.CONTENT_LANGUAGES, widget=LanguageSelect
    )
    limits_told = forms.BooleanField(label=_("The child was told what we must pass on"), required=False)

    def prepare(self) -> None:
        for name in list(self.fields):
            self.fields[name].initial = getattr(self.case, name)
            seen = forms.CharField(widget=forms.HiddenInput, required=False, initial=str(getattr(self.case, name)))
            self.fields[f"seen_{name}"] = seen

    @property
    def facts(self) -> dict[str, object]:
        """What was chosen."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("seen_")}

    @property
    def seen(self) -> dict[str, object]:
        """What the page showed when the writing began."""
        shown: dict[str, object] = {name: self.cleaned_data[f"seen_{name}"] for name in self.facts}
        return shown | {"limits_told": shown["limits_told"] == "True"}


class ColleagueForm(StepForm):
    """To whom a case is given."""

    to = PersonField(User.objects.none(), label=_("New worker"))

    def prepare(self) -> None:
        others = able_colleagues(self.case).exclude(pk=self.case.worker_id or 0)
        cast("PersonField", self.fields["to"]).queryset = others.order_by("name")


class HandOverForm(ColleagueForm):
    """The same, with words for the colleague."""

    words = text_field(_("Words for your colleague"), help_text=_("What they have to know first."))


class LeadForm(StepForm):
    """Which supervisor leads the case."""

    lead = PersonField(User.objects.none(), label=_("Lead"))

    def prepare(self) -> None:
        able = able_colleagues(self.case).filter(
            memberships__role=Role.SUPERVISOR, memberships__organisation=self.case.desk.organisation_id
        )
        cast("PersonField", self.fields["lead"]).queryset = able.order_by("name")


class GuardianForm(StepForm):
    """A step about the guardian."""

    state = radio_field(_("What has happened?"), GuardianState.choices)
    happened_on = DateField(label=_("On"))
    kind = forms.ChoiceField(label=_("Kind of guardian"), choices=GuardianKind.choices)
    name = line_field(_("Name of the guardian or authority"))
    contact = line_field(_("How to reach them"))
    number = line_field(_("Number given by the authority"))
    speaks = line_field(_("Languages they speak"))
    reason = text_field(_("Reason or remarks"), required=False, help_text=_("Needed where no guardian is needed."))
    conflict_checked = forms.BooleanField(label=_("We have checked for a conflict of interest"), required=False)
    conflict = forms.BooleanField(label=_("There is a conflict of interest"), required=False)

    def prepare(self) -> None:
        self.offer("state", [state for state, starts in GUARDIAN_MOVES.items() if self.case.guardian_state in starts])


class RelativeForm(StepForm):
    """Somebody of the family."""

    relation = forms.ChoiceField(label=_("Who is it?"), choices=RelativeKind.choices)
    name = line_field(_("Name"), required=True)
    contact = line_field(_("How to reach them"))
    blocked = forms.BooleanField(label=_("Do not contact this person"), required=False, initial=True)
    why = line_field(_("Why nobody may contact them"))


class StatusForm(StepForm):
    """Whether the child is a victim, as far as it is decided."""

    status = radio_field(_("Status"), VictimStatus.choices)
    words = text_field(_("Grounds"))
    body = forms.ChoiceField(label=_("Which body decided?"), choices=[("", "–"), *StatusBody.choices], required=False)
    decided_on = DateField(label=_("Decided on"), required=False)
    received_on = DateField(label=_("Received on"), required=False)
    paper = forms.FileField(
        label=_("The paper"),
        required=False,
        help_text=_(
            "Needed for a decision of a body. A PDF, a picture or an office file; a copy without hidden data is kept."
        ),
    )

    def prepare(self) -> None:
        possible = [status for status, starts in STATUS_MOVES.items() if self.case.victim_status in starts]
        self.offer("status", possible)

    def without_presuming(self) -> StatusForm:
        """The same for who is no supervisor."""
        field = cast("forms.ChoiceField", self.fields["status"])
        field.choices = [
            (value, label)
            for value, label in cast("list[tuple[str, str]]", field.choices)
            if value != VictimStatus.PRESUMED
        ]
        return self


class PhaseForm(StepForm):
    """A phase begins."""

    phase = forms.TypedChoiceField(label=_("Phase"), choices=Phase.choices, coerce=int)
    words = text_field(_("Reason"), rows=2)


class CloseForm(StepForm):
    """With what outcome a case is to be closed."""

    outcome = forms.ChoiceField(label=_("Outcome"))
    reason = forms.ChoiceField(label=_("Why now"), choices=ClosureReason.choices)
    words = text_field(_("What was reached, and what was not"))
    child_view = text_field(_("What the child says about it"), required=False, rows=2)
    guardian_view = text_field(_("What the guardian says about it"), required=False, rows=2)
    follow_up = forms.BooleanField(label=_("Look after six and twelve months"), required=False, initial=True)

    def prepare(self) -> None:
        field = cast("forms.ChoiceField", self.fields["outcome"])
        field.choices = [(str(outcome), str(outcome.label)) for outcome in offered_outcomes(self.case)]


class ReasonForm(StepForm):
    """Why."""

    words = text_field(_("Reason"))


class OtherCaseForm(StepForm):
    """Another case of the desk, by its reference."""

    other = line_field(_("Reference of the case that stays"), required=True, size=20)

    def __init__(self, data: FormData = None, *, case: Case, others: CaseQuerySet) -> None:
        super().__init__(data, case=case)
        self.others = others

    def clean_other(self) -> Case:
        """The case with this reference, if the reader may open it."""
        other: Case | None = self.others.named(self.cleaned_data["other"]).first()
        if other is None:
            raise forms.ValidationError(_("No other open case of your desk has this reference."))
        return other


class RestrictForm(StepForm):
    """Who may open the case from now on."""

    people = PeopleField(
        User.objects.none(),
        label=_("Who may open this case?"),
        help_text=_("At least two who hold keys. You are one of them."),
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        cast("PeopleField", self.fields["people"]).queryset = able_colleagues(self.case).order_by("name")


class PersonForm(StepForm):
    """Who may open a restricted case too."""

    person = PersonField(User.objects.none(), label=pgettext_lazy("restricted case", "Person"))

    def prepare(self) -> None:
        group = self.case.desk.group
        holders = User.objects.filter(is_active=True, vault_groups__group=group)
        named = able_colleagues(self.case).values("pk")
        cast("PersonField", self.fields["person"]).queryset = holders.exclude(pk__in=named).order_by("name")


class DecisionForm(StepForm):
    """What the second person adds."""

    words = text_field(
        _("Your remarks"),
        required=False,
        rows=2,
        help_text=_("Needed where the risk is high and further help was declined."),
    )
