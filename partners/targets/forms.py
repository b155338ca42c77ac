"""A total of money, typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms

from partners.directory.models import Organisation
from partners.memberships.rules import coordinates, organisations_of
from partners.targets.models import MoneyTotal, Period
from partners.targets.states import PeriodState
from victor.forms.fields import typed_formfield
from victor.publishing.forms import NamedChoiceField

if TYPE_CHECKING:
    from typing import Unpack

    from victor.accounts.models import User
    from victor.publishing.forms import FormData, ModelFormOptions


class PeriodField(forms.ModelChoiceField):
    """A period, by its days."""

    def label_from_instance(self, obj: Period) -> str:
        return str(obj)


class MoneyForm(forms.ModelForm):
    """A total as typed, with its source. Partners type their own."""

    class Meta:
        model = MoneyTotal
        fields = ["period", "organisation", "kind", "amount", "source"]
        field_classes = {"organisation": NamedChoiceField, "period": PeriodField}
        formfield_callback = typed_formfield

    def __init__(self, data: FormData = None, *, grant: int, by: User, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, **options)
        organisations = Organisation.objects.present().for_listing()
        if not coordinates(by):
            organisations = organisations.filter(pk__in=organisations_of(by))
        cast("NamedChoiceField", self.fields["organisation"]).queryset = organisations
        periods = Period.objects.filter(grant=grant).exclude(state=PeriodState.APPROVED)
        cast("PeriodField", self.fields["period"]).queryset = periods

    def validate_unique(self) -> None:
        """A total that is there is replaced."""
