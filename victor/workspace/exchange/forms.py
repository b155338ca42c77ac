from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from victor.publishing.exchange import FORMATS, MAX_BYTES
from victor.publishing.forms import LanguageSelect
from victor.publishing.translation import publishable_models


class ExportForm(forms.Form):
    """Which texts go to a translator's own program, and in which format."""

    language = forms.ChoiceField(label=_("Translate into"), widget=LanguageSelect)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    form = forms.ChoiceField(label=_("Format"), choices=[(key, known.name) for key, known in FORMATS.items()])
    unfinished = forms.BooleanField(label=_("Only missing, unfinished or outdated texts"), required=False)

    def __init__(self, data: Mapping[str, object] | None = None, *, languages: list[tuple[str, str]]) -> None:
        super().__init__(data)
        kinds = [(name, str(model._meta.verbose_name_plural)) for name, model in publishable_models().items()]
        cast("forms.ChoiceField", self.fields["language"]).choices = languages
        cast("forms.ChoiceField", self.fields["kind"]).choices = [("", _("All texts")), *kinds]


class ImportForm(forms.Form):
    """What a translator's program made of them."""

    language = forms.ChoiceField(label=_("Language"), widget=LanguageSelect)
    file = forms.FileField(label=_("File"), help_text=_("XLIFF 2.0, XLIFF 1.2 or PO, as downloaded here"))

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        languages: list[tuple[str, str]],
    ) -> None:
        super().__init__(data, files, auto_id="in_%s")
        cast("forms.ChoiceField", self.fields["language"]).choices = languages

    def clean_file(self) -> bytes:
        """The file's content, no more of it than is looked at."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return content
