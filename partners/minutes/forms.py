"""Forms of minutes, decisions and actions. None of their texts names a case by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.groups.models import GroupMember
from partners.minutes.contents import name_of
from partners.minutes.decisions import Votes
from partners.minutes.group_actions import Task
from partners.minutes.models import Action
from partners.minutes.states import Priority
from victor.accounts.models import User
from victor.forms.fields import DateField, WholeNumberField
from victor.forms.references import ReferenceCheck

if TYPE_CHECKING:
    from typing import Unpack

    from partners.groups.models import WorkingGroup
    from partners.minutes.models import Decision, Minutes
    from victor.publishing.forms import FormData, FormOptions

LONG = 20_000
ACTION_STATES = [("open", _("Open")), ("overdue", _("Overdue")), ("done", _("Done")), ("dropped", _("Dropped"))]


class TextForm(ReferenceCheck, forms.Form):
    """What minutes say about an item. `seen` is the revision that the page showed."""

    checked_fields = ("text",)
    seen = WholeNumberField(min_value=0, initial=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What was said"), required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": 12})
    )


class AttendanceForm(forms.Form):
    """Who of the invited was there."""

    present = forms.MultipleChoiceField(label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, minutes: Minutes, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        invited = sorted(minutes.meeting.invitations.all(), key=name_of)
        choices = [(str(row.pk), name_of(row)) for row in invited]
        cast("forms.MultipleChoiceField", self.fields["present"]).choices = choices
        there = minutes.attendance.filter(is_present=True).values_list("invitation", flat=True)
        self.initial.setdefault("present", [str(pk) for pk in there])

    @property
    def invitations(self) -> list[int]:
        """The invitations of those who were there."""
        return [int(pk) for pk in self.cleaned_data["present"]]


class RemarkForm(ReferenceCheck, forms.Form):
    """A remark on minutes."""

    checked_fields = ("text",)
    text = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class CorrectionForm(ReferenceCheck, forms.Form):
    """What a new version changes."""

    checked_fields = ("changes",)
    changes = forms.CharField(label=_("What has changed?"), max_length=500)


class DecisionForm(ReferenceCheck, forms.Form):
    """The words of a decision, and its votes."""

    checked_fields = ("words",)
    words = forms.CharField(label=_("Decision"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    votes_for = WholeNumberField(label=pgettext_lazy("votes", "For"), min_value=0, max_value=999, initial=0)
    votes_against = WholeNumberField(label=pgettext_lazy("votes", "Against"), min_value=0, max_value=999, initial=0)
    abstained = WholeNumberField(label=pgettext_lazy("votes", "Abstained"), min_value=0, max_value=999, initial=0)

    def __init__(
        self, data: FormData = None, *, decision: Decision | None = None, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, **options)
        if decision is not None:
            self.saved_texts = [decision.words]
            self.initial.update({name: getattr(decision, name) for name in self.fields})

    @property
    def votes(self) -> Votes:
        """The votes."""
        names = ("votes_for", "votes_against", "abstained")
        return Votes(**{name: self.cleaned_data[name] for name in names})


class PersonField(forms.ModelChoiceField):
    """Somebody of a group, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class ActionForm(ReferenceCheck, forms.Form):
    """What somebody of the group takes on."""

    checked_fields = ("words",)
    words = forms.CharField(label=pgettext_lazy("of a group", "Action"), max_length=500)
    owner = PersonField(label=pgettext_lazy("of an action", "Owner"), queryset=User.objects.none())
    deputy = PersonField(label=pgettext_lazy("of an action", "Deputy"), queryset=User.objects.none(), required=False)
    due_on = DateField(label=pgettext_lazy("of an action", "Due"))
    priority = forms.ChoiceField(
        label=pgettext_lazy("of an action", "Priority"), choices=Priority.choices, initial=Priority.NORMAL
    )

    def __init__(
        self,
        group: WorkingGroup,
        data: FormData = None,
        *,
        action: Action | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, **options)
        members = GroupMember.objects.active().filter(group=group).values("user")
        people = User.objects.filter(pk__in=members, is_active=True).order_by("name", "pk")
        for name in ("owner", "deputy"):
            cast("PersonField", self.fields[name]).queryset = people
        if action is not None:
            self.saved_texts = [action.words]
            self.initial.update({name: getattr(action, name) for name in self.fields})

    @property
    def task(self) -> Task:
        """What is agreed."""
        given = self.cleaned_data
        return Task(given["words"], given["owner"], given["due_on"], given["deputy"], Priority(given["priority"]))


class DoneForm(ReferenceCheck, forms.Form):
    """What shows that an action is done."""

    checked_fields = ("evidence",)
    evidence = forms.CharField(
        label=_("What shows that it is done"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DropForm(ReferenceCheck, forms.Form):
    """Why an action is dropped."""

    checked_fields = ("reason",)
    reason = forms.CharField(label=pgettext_lazy("of a dropped action", "Reason"), max_length=300)
