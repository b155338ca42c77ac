"""Forms of agreements: narrow the list, draft one, note a signature, name an owner, give a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.agreements.models import Agreement, AgreementParty
from partners.agreements.states import AgreementKind, AgreementState, Gate
from partners.directory.models import Country, Organisation
from victor.accounts.models import User
from victor.forms.fields import typed_formfield
from victor.languages import columns, local_text

if TYPE_CHECKING:
    from typing import Unpack

    from django.db.models import QuerySet

    from partners.agreements.querysets import AgreementQuerySet
    from victor.publishing.forms import FormData, FormOptions, ModelFormOptions


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
    state = forms.ChoiceField(label=_("Status"), choices=[("", _("All")), *AgreementState.choices], required=False)

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("NamedField", self.fields["party"]).queryset = Organisation.objects.for_listing()

    def narrow(self, agreements: AgreementQuerySet) -> AgreementQuerySet:
        """The agreements that fit what was chosen; all of them where it cannot be read."""
        if not self.is_valid():
            return agreements
        if party := self.cleaned_data["party"]:
            agreements = agreements.filter(parties__organisation=party)
        chosen = {name: value for name in ("kind", "state") if (value := self.cleaned_data[name])}
        return agreements.filter(**chosen)


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


class OwnerForm(forms.Form):
    """Who is told of the end from now on."""

    owner = OwnerField(label=_("owner"), queryset=User.objects.none())

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("OwnerField", self.fields["owner"]).queryset = possible_owners()


class MoveReasonForm(forms.Form):
    """Why an agreement is suspended or terminated."""

    reason = forms.CharField(label=pgettext_lazy("of a suspension", "Reason"), max_length=300)
