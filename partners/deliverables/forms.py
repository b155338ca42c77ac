"""Forms of deliverables: a version, who reads it, why it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from partners.activities.forms import checked_file
from partners.agreements.forms import OwnerField, possible_owners
from partners.deliverables.states import FORMATS
from victor.accounts.models import User

if TYPE_CHECKING:
    from typing import Unpack

    from victor.files.states import FileFormat
    from victor.publishing.forms import FormData, FormOptions


class VersionForm(forms.Form):
    """The file of a new version."""

    file = forms.FileField(label=_("File"), help_text=_("A PDF."))

    def clean_file(self) -> tuple[FileFormat, File]:
        """Refuse what is no PDF."""
        return checked_file(self.cleaned_data["file"], FORMATS, str(_("Choose a PDF.")))


class ReviewerForm(forms.Form):
    """Who reads the newest version."""

    reviewer = OwnerField(
        label=_("reviewer"), queryset=User.objects.none(), help_text=_("The reviewer may not be the author.")
    )

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("OwnerField", self.fields["reviewer"]).queryset = possible_owners()
