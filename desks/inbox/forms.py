from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.desk.models import Desk
from desks.inbox.models import CannedAnswer
from desks.reports.models import Report
from desks.reports.states import OPEN_STATES, ReportState, Risk, Voice
from partners.memberships.states import Role
from victor.accounts.models import User
from victor.languages import column, local_text

MAX_LENGTH = 10_000
DEFAULT_ORDER = "due"
ORDERS = {
    DEFAULT_ORDER: ("-urgent", "due_at", "-received_at", "pk"),
    "newest": ("-received_at", "pk"),
    "oldest": ("received_at", "pk"),
}
STATE_CHOICES = [
    ("", pgettext_lazy("reports", "Open")),
    ("all", pgettext_lazy("reports", "All")),
    *ReportState.choices,
]
ASSIGNEE_CHOICES = [
    ("", pgettext_lazy("reports", "Anyone's")),
    ("me", pgettext_lazy("reports", "Assigned to me")),
    ("nobody", pgettext_lazy("reports", "Not assigned")),
]


def textarea(rows: int) -> forms.Textarea:
    """A field for some lines of text, which no browser keeps."""
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


class InboxFilterForm(forms.Form):
    """Which reports are shown, and in which order. It stays in the address, which holds nothing that was said."""

    state = forms.ChoiceField(label=_("Status"), choices=STATE_CHOICES, required=False)
    assigned = forms.ChoiceField(label=_("Assigned to"), choices=ASSIGNEE_CHOICES, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    reference = forms.CharField(label=_("Reference"), max_length=12, required=False)
    danger = forms.BooleanField(label=_("Danger"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    order = forms.ChoiceField(choices=[(name, name) for name in ORDERS], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("All languages")), *settings.LANGUAGES]
        self.fields["reference"].widget.attrs |= {"size": 10, "autocomplete": "off"}

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for; what makes no sense is not."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(value for name, value in self.asked.items() if name != "order")

    @property
    def order_name(self) -> str:
        """The order. By the clock, unless what is over is looked at."""
        needing_work = self.asked.get("state", "") in {"", *OPEN_STATES}
        return self.asked.get("order") or (DEFAULT_ORDER if needing_work else "newest")

    def narrow(self, reports: Any, *, by: User, now: datetime) -> Any:
        """The reports that are asked for, in order."""
        asked = self.asked
        if asked.get("state") in ReportState.values:
            reports = reports.filter(state=asked["state"])
        elif asked.get("state") != "all":
            reports = reports.needing_work()
        given = {
            "me": Q(assignee=by),
            "nobody": Q(assignee=None),
        }.get(asked.get("assigned", ""), Q())
        given &= Q(language=asked["language"]) if asked.get("language") else Q()
        given &= Q(reference__istartswith=asked["reference"].strip()) if asked.get("reference") else Q()
        given &= (Q(danger=True) | Q(risk=Risk.DANGER)) if asked.get("danger") else Q()
        given &= Q(due_at__lte=now) if asked.get("overdue") else Q()
        return reports.filter(given).order_by(*ORDERS[self.order_name])


class ComposerForm(forms.Form):
    """What a colleague writes: a note for colleagues unless they choose, twice, to answer the reporter."""

    voice = forms.ChoiceField(
        label=_("Target groups"),
        choices=[(Voice.NOTE, Voice.NOTE.label), (Voice.ANSWER, Voice.ANSWER.label)],
        initial=Voice.NOTE,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Text"), max_length=MAX_LENGTH, required=False, widget=textarea(6))
    language = forms.ChoiceField(label=_("Language of the reply"), choices=settings.LANGUAGES)
    own = forms.CharField(
        label=_("Your translation, for colleagues"), max_length=MAX_LENGTH, required=False, widget=textarea(6)
    )
    canned = forms.ModelChoiceField(
        CannedAnswer.objects.none(),
        label=_("Saved reply"),
        required=False,
        to_field_name="slug",
        empty_label=pgettext_lazy("canned answer", "No saved reply"),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"language": report.language})
        super().__init__(*args, **kwargs)
        language = self.data.get("language") or report.language
        self.language = language if language in dict(settings.LANGUAGES) else report.language
        field = self.fields["canned"]
        field.queryset = CannedAnswer.objects.for_desk(report.desk, self.language)
        field.label_from_instance = lambda canned: local_text(canned, "title").text

    def with_canned_text(self, reader: str) -> ComposerForm:
        """The same form with the chosen words put into it: the reporter's on one side, the colleague's on the other."""
        self.is_valid()
        data = self.data.copy()
        if canned := self.cleaned_data.get("canned"):
            sides = {"text": self.language} | ({"own": reader} if reader != self.language else {})
            for name, language in sides.items():
                ready = getattr(canned, column("text", language)) or ""
                data[name] = "\n\n".join(filter(None, (data.get(name, "").strip(), ready)))
        self.data = data
        self._errors = None
        return self

    def clean(self) -> dict[str, Any]:
        """Whoever answers has chosen to, and pressed the button that says so."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("text", "").strip():
            self.add_error("text", _("Please write something."))
        if self.data.get("send") != data.get("voice"):
            self.add_error("voice", _("Please choose who this is for, then use the matching button."))
        return data


class PrefixedForm(forms.Form):
    """A form that stands beside others on a page: its fields are known there by its own name."""

    place = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{self.place}_%s", **kwargs)


class TriageForm(PrefixedForm):
    """How soon the desk has to act, and why."""

    place = "triage"

    risk = forms.ChoiceField(label=_("Risk"), choices=Risk.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Saved as a note for colleagues"), max_length=MAX_LENGTH, widget=textarea(2)
    )


class ConcludeForm(PrefixedForm):
    """What is to be known of an outcome."""

    place = "conclude"

    reason = forms.CharField(
        label=_("Action taken"),
        help_text=_("Saved as a note for colleagues"),
        max_length=MAX_LENGTH,
        required=False,
        widget=textarea(2),
    )


class ReasonForm(forms.Form):
    """Why an original is needed."""

    reason = forms.CharField(label=_("Why do you need the original?"), max_length=MAX_LENGTH, widget=textarea(2))


class MergeForm(PrefixedForm):
    """Which report tells the same."""

    place = "merge"

    into = forms.CharField(label=_("Reference of the other report"), max_length=12)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report

    def clean_into(self) -> Report:
        """A report of the same desk."""
        reports = Report.objects.filter(desk=self.report.desk_id, reference__iexact=self.cleaned_data["into"].strip())
        found = reports.first()
        if found is None:
            raise forms.ValidationError(_("There is no such report at this desk."))
        return found


class AssignForm(PrefixedForm):
    """Who looks after a report."""

    place = "assign"

    to = forms.ModelChoiceField(User.objects.none(), label=_("Assigned to"), required=False, empty_label=_("Nobody"))

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = {Role.WORKER, Role.SUPERVISOR}
        at_desk = User.objects.filter(memberships__organisation=desk.organisation_id, memberships__role__in=roles)
        self.fields["to"].queryset = at_desk.filter(is_active=True).distinct().order_by("name")
        self.fields["to"].label_from_instance = lambda user: user.name


class TranslationForm(forms.Form):
    """A translation by hand."""

    text = forms.CharField(label=_("Translation for colleagues"), max_length=MAX_LENGTH, widget=textarea(5))
