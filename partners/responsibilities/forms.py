"""Forms of the directory: narrow it, propose an entry, return one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import Function
from victor.forms.fields import MonthField, typed_formfield
from victor.languages import columns, local_text

if TYPE_CHECKING:
    from typing import Unpack

    from victor.forms.fields import FormfieldOptions
    from victor.publishing.forms import FormData, FormOptions, ModelFormOptions

NEW_FIELDS = ["country", "function"]
FACTS = [
    *("phone", "email", "website", "hours", "opens", "closes"),
    *("notify", "notify_hours", "notify_together", "notify_by", "source", "source_kind", "source_month"),
]


class CountryChoiceField(forms.ModelChoiceField):
    """A country, by its name in the reader's language."""

    def label_from_instance(self, obj: Country) -> str:
        return local_text(obj, "name").text


class DirectoryFilterForm(forms.Form):
    """For which country and which need somebody looks. It stays in the address."""

    country = CountryChoiceField(label=_("Country"), queryset=Country.objects.none(), required=False, empty_label=None)
    need = forms.ChoiceField(
        label=pgettext_lazy("of a child", "Need"), choices=[("", _("All")), *Function.choices], required=False
    )

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("CountryChoiceField", self.fields["country"]).queryset = Country.objects.for_readers()

    @property
    def chosen_country(self) -> Country | None:
        """The chosen country; the first one where none is chosen."""
        chosen: Country | None = self.cleaned_data.get("country") if self.is_valid() else None
        return chosen or Country.objects.for_readers().first()

    @property
    def chosen_need(self) -> str:
        """The chosen need, or none."""
        return self.cleaned_data.get("need", "") if self.is_valid() else ""


def entry_formfield(field: models.Field, **options: Unpack[FormfieldOptions]) -> forms.Field | None:
    """The form field of an entry's field. An address without a scheme is one of https."""
    if isinstance(field, models.URLField):
        return cast("forms.Field", field.formfield(assume_scheme="https", **options))
    return typed_formfield(field, **options)


class ResponsibilityForm(forms.ModelForm):
    """An entry as somebody proposes it."""

    source_month = MonthField(label=_("month in which the source was read"), required=False)

    class Meta:
        model = Responsibility
        fields = [*NEW_FIELDS, *columns("body"), *FACTS]
        formfield_callback = entry_formfield

    def __init__(self, data: FormData = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, **options)
        if "country" in self.fields:
            self.fields["country"] = CountryChoiceField(
                label=_("country"), queryset=Country.objects.in_partnership(), empty_label=None
            )
        self.fields["body_en"].required = True


class ChangeForm(ResponsibilityForm):
    """A change of an entry: it stays in its country and keeps its function."""

    class Meta(ResponsibilityForm.Meta):
        fields = [*columns("body"), *FACTS, "ends"]


class ReturnForm(forms.Form):
    """Why a proposal is returned."""

    reason = forms.CharField(label=pgettext_lazy("of a return", "Reason"), max_length=300)
