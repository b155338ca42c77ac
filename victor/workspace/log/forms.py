"""Which entries of the audit log are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from victor.accounts.models import User
from victor.forms.fields import WholeNumberField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.audit.models import Entry


class PersonField(forms.ModelChoiceField):
    """A person with an account, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class LogFilterForm(forms.Form):
    """Who did what to what. It stays in the address, which holds numbers and codes only."""

    person = PersonField(label=_("Person"), queryset=User.objects.order_by("name", "pk"), required=False)
    action = forms.CharField(label=_("Code of the action, or its beginning"), max_length=100, required=False)
    object = forms.CharField(label=_("Reference of the object"), max_length=100, required=False)
    before = WholeNumberField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit what was chosen; all of them where it cannot be read."""
        if not self.is_valid():
            return entries
        chosen = self.cleaned_data
        if chosen["person"]:
            entries = entries.filter(actor=f"{User.stored_name}:{chosen['person'].pk}")
        if chosen["action"]:
            entries = entries.filter(action__startswith=chosen["action"])
        if chosen["object"]:
            entries = entries.filter(object=chosen["object"])
        return entries.filter(sequence__lt=chosen["before"]) if chosen["before"] else entries
