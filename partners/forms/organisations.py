from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from victor.uploads import Refused, checked_picture


class OrganisationForm(forms.ModelForm):
    """An organisation, with a logo that is a picture and nothing else."""

    # Django's own field would open the file with every decoder it has before anybody could refuse it.
    logo = forms.FileField(label=_("logo"), required=False, widget=AdminFileWidget)

    class Meta:
        model = Organisation
        fields = ["logo"]

    def clean_logo(self) -> Any:
        """Refuse what is no picture, and take from a picture what it tells of who made it."""
        file = self.cleaned_data["logo"]
        if "logo" not in self.changed_data or not file:
            return file
        try:
            _format, file = checked_picture(file)
        except Refused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
        return file
