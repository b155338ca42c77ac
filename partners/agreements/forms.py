"""Forms of agreements: narrow the list, draft one, note a signature, name an owner, give a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.agreements.models import Agreement, AgreementFile, AgreementParty
from partners.agreements.paperwork import CheckedFile
from partners.agreements.states import AgreementKind, FileKind, Gate, Shown
from partners.directory.models import Country, Organisation
from victor.accounts.models import User
from victor.files.antivirus import is_infected
from victor.files.errors import FileRefused
from victor.files.states import FileFormat
from victor.files.uploads import check_upload
from victor.forms.fields import DateField, typed_formfield
from victor.languages import columns, local_text

if TYPE_CHECKING:
    from typing import Unpack

    from django.core.files.base import File
    from django.db.models import QuerySet

    from partners.agreements.querysets import AgreementQuerySet
    from victor.publishing.forms import FormData, FormFiles, FormOptions, ModelFormOptions


PAPER_FORMATS = {FileFormat.PDF, FileFormat.JPEG, FileFormat.PNG, FileFormat.WEBP}


class NamedField(forms.ModelChoiceField):
    """An organisation by its name."""

    def label_from_instance(self, obj: Organisation) -> str:
        return local_text(obj, "name").text


class NamesField(forms.ModelMultipleChoiceField):
    """Organisations or countries by their names, to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Organisation | Country) -> str:
        return local_text(obj, "name").text


class OwnerField(forms.ModelChoiceField):
    """Somebody who works for a partner and may log in, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


def possible_owners() -> QuerySet[User]:
    """Those who may log in and have a role, by name."""
    return User.objects.filter(is_active=True, memberships__isnull=False).distinct().order_by("name", "pk")


class AgreementFilterForm(forms.Form):
    """Which agreements are listed. It stays in the address."""

    party = NamedField(label=_("Party"), queryset=Organisation.objects.none(), required=False, empty_label=_("All"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *AgreementKind.choices], required=False)
    shown = forms.ChoiceField(choices=[("", _("All")), *Shown.choices], required=False, widget=forms.HiddenInput)

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("NamedField", self.fields["party"]).queryset = Organisation.objects.for_listing()

    def narrow(self, agreements: AgreementQuerySet) -> AgreementQuerySet:
        """The agreements of the party and the kind that were chosen; all of them where that cannot be read."""
        if not self.is_valid():
            return agreements
        if party := self.cleaned_data["party"]:
            agreements = agreements.filter(parties__organisation=party)
        if kind := self.cleaned_data["kind"]:
            agreements = agreements.filter(kind=kind)
        return agreements

    @property
    def chosen_part(self) -> Shown | None:
        """The part of the list that was chosen; None where it is all of it."""
        chosen = self.cleaned_data.get("shown") if self.is_valid() else ""
        return Shown(chosen) if chosen else None

    def address_of(self, part: Shown | None) -> str:
        """The query of the same list, in another part."""
        narrowing = {name: self.data.get(name, "") for name in ("party", "kind")} | {"shown": part or ""}
        return "?" + urlencode({name: value for name, value in narrowing.items() if value})


class AgreementForm(forms.ModelForm):
    """A draft: what it is, who signs, what it allows."""

    organisations = NamesField(label=_("Parties"), queryset=Organisation.objects.none())
    countries = NamesField(label=_("Countries"), queryset=Country.objects.none(), required=False)
    gates = forms.MultipleChoiceField(
        label=_("What it allows"),
        choices=Gate,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose only what the paper allows. The portal then checks it for you."),
    )
    owner = OwnerField(
        label=_("owner"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Reminders go to this person."),
    )

    class Meta:
        model = Agreement
        fields = [
            *("kind", *columns("title"), "scope", "organisations", "countries", "gates"),
            *("valid_from", "valid_to", "notice_months", "renewal", "owner"),
        ]
        formfield_callback = typed_formfield

    def __init__(self, data: FormData = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, **options)
        cast("NamesField", self.fields["organisations"]).queryset = Organisation.objects.present().for_listing()
        cast("NamesField", self.fields["countries"]).queryset = Country.objects.in_partnership()
        cast("OwnerField", self.fields["owner"]).queryset = possible_owners()
        self.fields["title_en"].required = True
        if self.instance.pk:
            self.initial["organisations"] = [party.organisation_id for party in self.instance.parties.all()]


class SignatureForm(forms.ModelForm):
    """Which office has signed for a party, and on which day."""

    class Meta:
        model = AgreementParty
        fields = ["office", "signed_on"]
        formfield_callback = typed_formfield

    def __init__(self, data: FormData = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, **options)
        for field in self.fields.values():
            field.required = True


class FileForm(forms.ModelForm):
    """A paper of an agreement. It is looked at by its content, and for viruses where a scanner is there."""

    class Meta:
        model = AgreementFile
        fields = ["kind", "words", "file"]
        formfield_callback = typed_formfield
        help_texts = {
            "words": _("For example: second version, or the amendment of article 4."),
            "file": _("A PDF or an image. Its parties and the coordinators can open it."),
        }

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, files, **options)
        self.checked: CheckedFile | None = None

    def clean_file(self) -> File:
        """Refuse what is no paper, and what a scanner warns of."""
        file: File = self.cleaned_data["file"]
        try:
            file_format, file = check_upload(file)
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.fault.label) from refusal
        if file_format not in PAPER_FORMATS:
            raise forms.ValidationError(_("Choose a PDF or an image (JPEG, PNG, WebP)."))
        infected = is_infected(file.read())
        file.seek(0)
        if infected:
            raise forms.ValidationError(_("Refused: a virus was found."))
        self.checked = CheckedFile(file, file_format, was_scanned=infected is False)
        return file

    @property
    def chosen_kind(self) -> FileKind:
        """What the paper is."""
        return FileKind(self.cleaned_data["kind"])


class NoticeForm(forms.Form):
    """On which day a party has given notice."""

    given_on = DateField(label=_("Notice given on"))


class OwnerForm(forms.Form):
    """Who is told of the end from now on."""

    owner = OwnerField(label=_("owner"), queryset=User.objects.none())

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("OwnerField", self.fields["owner"]).queryset = possible_owners()


class MoveReasonForm(forms.Form):
    """Why an agreement is suspended or terminated."""

    reason = forms.CharField(label=pgettext_lazy("of a suspension", "Reason"), max_length=300)
