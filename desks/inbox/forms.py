"""The forms of the inbox and of the page of a report."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.desk.models import Desk
from desks.inbox.models import CannedAnswer
from desks.reports.models import Report
from desks.reports.states import OPEN_STATES, ReportMove, ReportState, Risk, Voice
from desks.retention.states import DeletionReason
from partners.memberships.states import Role
from victor.accounts.models import User
from victor.confirmations import ReferenceForm
from victor.forms.side_by_side import SideForm
from victor.languages import column
from victor.publishing.forms import LanguageSelect, TitledChoiceField

if TYPE_CHECKING:
    from typing import Unpack

    from desks.reports.querysets import ReportQuerySet
    from victor.publishing.forms import FormData, FormOptions

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
CONCLUSION_CHOICES = [
    (ReportMove.REFER, ReportState.REFERRED.label),
    (ReportMove.INFORM, ReportState.INFORMED.label),
    (ReportMove.CLOSE_AS_UNFOUNDED, ReportState.UNFOUNDED.label),
]
ASSIGNEE_CHOICES = [
    ("", pgettext_lazy("reports", "Anyone's")),
    ("me", pgettext_lazy("reports", "Assigned to me")),
    ("nobody", pgettext_lazy("reports", "Not assigned")),
]


def textarea(rows: int) -> forms.Textarea:
    """A field for some lines of text, which no browser keeps."""
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


class ColleagueChoiceField(forms.ModelChoiceField):
    """A choice among colleagues, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class InboxFilterForm(forms.Form):
    """Which reports are listed, and in which order. It stays in the address, which holds nothing that was written."""

    state = forms.ChoiceField(label=_("Status"), choices=STATE_CHOICES, required=False)
    assigned = forms.ChoiceField(label=_("Assigned to"), choices=ASSIGNEE_CHOICES, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    reference = forms.CharField(label=_("Reference or a part of it"), max_length=20, required=False)
    danger = forms.BooleanField(label=_("Danger"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    order = forms.ChoiceField(choices=[(name, name) for name in ORDERS], required=False, widget=forms.HiddenInput)

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("forms.ChoiceField", self.fields["language"]).choices = [
            ("", _("All languages")),
            *settings.CONTENT_LANGUAGES,
        ]
        self.fields["reference"].widget.attrs |= {"size": 10, "autocomplete": "off"}

    @property
    def criteria(self) -> dict[str, Any]:  # as `cleaned_data`: each field has its own type
        """What is asked for; invalid values are left out."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(value for name, value in self.criteria.items() if name != "order")

    @property
    def order_name(self) -> str:
        """The order: by deadline, unless closed reports are listed."""
        needing_work = self.criteria.get("state", "") in {"", *OPEN_STATES}
        return self.criteria.get("order") or (DEFAULT_ORDER if needing_work else "newest")

    def narrow(self, reports: ReportQuerySet, *, by: User, now: datetime) -> ReportQuerySet:
        """The reports that are asked for, in order."""
        criteria = self.criteria
        if criteria.get("reference"):
            reports = reports.named_like(criteria["reference"])  # in whatever state
        elif criteria.get("state") in ReportState.values:
            reports = reports.filter(state=criteria["state"])
        elif criteria.get("state") != "all":
            reports = reports.needing_work()
        condition = {
            "me": Q(assignee=by),
            "nobody": Q(assignee=None),
        }.get(criteria.get("assigned", ""), Q())
        condition &= Q(language=criteria["language"]) if criteria.get("language") else Q()
        condition &= (Q(danger=True) | Q(risk=Risk.DANGER)) if criteria.get("danger") else Q()
        condition &= Q(due_at__lte=now) if criteria.get("overdue") else Q()
        return reports.filter(condition).order_by(*ORDERS[self.order_name])


class ComposerForm(SideForm):
    """What a colleague writes: a note for colleagues unless they choose, twice, to answer the reporter."""

    demanded = ("text",)  # unless a saved reply is put in, so it is not called optional

    voice = forms.ChoiceField(
        label=_("Visible to"),
        choices=[(Voice.NOTE, Voice.NOTE.label), (Voice.ANSWER, Voice.ANSWER.label)],
        initial=Voice.NOTE,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Text"), max_length=MAX_LENGTH, required=False, widget=textarea(6))
    language = forms.ChoiceField(
        label=_("Language of the reply"), choices=settings.CONTENT_LANGUAGES, widget=LanguageSelect
    )
    own = forms.CharField(
        label=_("Your translation, for colleagues"), max_length=MAX_LENGTH, required=False, widget=textarea(6)
    )
    canned = TitledChoiceField(
        CannedAnswer.objects.none(),
        label=_("Saved reply"),
        required=False,
        to_field_name="slug",
        empty_label=pgettext_lazy("canned answer", "No saved reply"),
    )

    def __init__(self, data: FormData = None, *, report: Report, **options: Unpack[FormOptions]) -> None:
        options.setdefault("initial", {"language": report.language})
        super().__init__(data, **options)
        language = self.data.get("language") or report.language
        self.answer_language = language if language in dict(settings.CONTENT_LANGUAGES) else report.language
        cast("TitledChoiceField", self.fields["canned"]).queryset = CannedAnswer.objects.for_desk(
            report.desk, self.answer_language
        )

    def with_canned_text(self, reader: str) -> ComposerForm:
        """The same form with the chosen words put into it: the reporter's on one side, the colleague's on the other."""
        self.is_valid()
        data = cast("MultiValueDict[str, str]", self.data).copy()
        if canned := self.cleaned_data.get("canned"):
            sides = {"text": self.answer_language} | ({"own": reader} if reader != self.answer_language else {})
            for name, language in sides.items():
                ready = getattr(canned, column("text", language)) or ""
                data[name] = "\n\n".join(filter(None, (data.get(name, "").strip(), ready)))
        self.data = data
        self._errors = None
        return self

    def clean(self) -> dict[str, object]:
        """Whoever answers has chosen to, and pressed the button that says so."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("text", "").strip():
            self.add_error("text", _("Please write something."))
        if self.data.get("send") != data.get("voice"):
            self.add_error("voice", _("Please choose who this is for, then use the matching button."))
        return data


class TriageForm(SideForm):
    """How soon the desk has to act, and why."""

    name_prefix = "triage"

    risk = forms.ChoiceField(label=_("Risk"), choices=Risk.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Saved as a note for colleagues"), max_length=MAX_LENGTH, widget=textarea(2)
    )


class ConcludeForm(SideForm):
    """What came of a report, and to whom it went, or why."""

    name_prefix = "conclude"

    outcome = forms.ChoiceField(label=_("Outcome"), choices=CONCLUSION_CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("To whom, or why"),
        help_text=_("For example the service that it was referred to. Saved as a note for colleagues."),
        max_length=MAX_LENGTH,
        widget=textarea(2),
    )


class ReasonForm(SideForm):
    """Why an original is needed. There is one for each file, with a prefix of its own."""

    reason = forms.CharField(label=_("Why do you need the original?"), max_length=MAX_LENGTH, widget=textarea(2))


class DeletionForm(ReferenceForm):
    """Why a report is deleted as its reporter asks, and its reference, typed."""

    reason = forms.ChoiceField(label=_("Why is it deleted?"), choices=DeletionReason.choices, widget=forms.RadioSelect)

    field_order = ("reason", "reference")


class KeepForm(forms.Form):
    """Why a report is kept although its reporter asks for its deletion."""

    text = forms.CharField(
        label=_("Answer to the reporter"),
        help_text=_("In the reporter's language. Say why it is kept, and until when."),
        max_length=MAX_LENGTH,
        widget=textarea(4),
    )


class MergeForm(SideForm):
    """Which report tells the same."""

    name_prefix = "merge"

    into = forms.CharField(label=_("Reference of the other report"), max_length=12)

    def __init__(self, data: FormData = None, *, report: Report, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        self.report = report

    def clean_into(self) -> Report:
        """A report of the same desk."""
        reports = Report.objects.filter(desk=self.report.desk_id, reference__iexact=self.cleaned_data["into"].strip())
        report = reports.first()
        if report is None:
            raise forms.ValidationError(_("There is no such report at this desk."))
        return report


class AssignForm(SideForm):
    """Who looks after a report."""

    name_prefix = "assign"

    to = ColleagueChoiceField(User.objects.none(), label=_("Assigned to"), required=False, empty_label=_("Nobody"))

    def __init__(self, data: FormData = None, *, desk: Desk, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        roles = {Role.WORKER, Role.SUPERVISOR}
        at_desk = User.objects.filter(memberships__organisation=desk.organisation_id, memberships__role__in=roles)
        colleagues = at_desk.filter(is_active=True).distinct().order_by("name")
        cast("ColleagueChoiceField", self.fields["to"]).queryset = colleagues


class TranslationForm(SideForm):
    """A translation by hand. There is one for each text, with a prefix of its own."""

    text = forms.CharField(label=_("Translation for colleagues"), max_length=MAX_LENGTH, widget=textarea(5))
