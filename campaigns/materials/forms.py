"""The form of a material's file in the admin."""

from __future__ import annotations

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from campaigns.materials.models import MaterialFile
from victor.files.errors import FileRefused
from victor.files.uploads import check_upload
from victor.forms.fields import typed_formfield


class MaterialFileForm(forms.ModelForm):
    """A material's file in one language. Another file is a new version."""

    print_file = forms.BooleanField(
        label=_("Print file: publish the image unchanged"),
        help_text=_("It keeps its colours and resolution, and what it says about its author, place and device."),
        required=False,
    )

    class Meta:
        model = MaterialFile
        fields = ["language", "file", "alternative", "licence", "consent_until"]
        formfield_callback = typed_formfield

    def clean_file(self) -> File | None:
        """Refuse a file of a type that the site does not publish, with the reason."""
        file: File | None = self.cleaned_data["file"]
        if file is None or "file" not in self.changed_data:
            return file
        try:
            self.instance.format, file = check_upload(file, as_it_is=self._is_print_file())
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.fault.label) from refusal
        self.instance.size, self.instance.version = file.size, self.instance.version + 1
        return file

    def _is_print_file(self) -> bool:
        """Fields are cleaned in their order, and this one comes after the file."""
        name = self.add_prefix("print_file")
        return bool(self.fields["print_file"].widget.value_from_datadict(self.data, self.files, name))
