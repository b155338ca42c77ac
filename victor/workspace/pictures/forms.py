from __future__ import annotations

from itertools import product

from django import forms
from django.core.files import File
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victor.files.errors import FileRefused
from victor.files.uploads import check_picture
from victor.forms.fields import typed_formfield
from victor.pictures.models import Picture
from victor.pictures.states import STEPS

COLUMNS = (
    pgettext_lazy("column of a picture", "far left"),
    pgettext_lazy("column of a picture", "left"),
    pgettext_lazy("column of a picture", "middle"),
    pgettext_lazy("column of a picture", "right"),
    pgettext_lazy("column of a picture", "far right"),
)
LINES = (
    pgettext_lazy("row of a picture", "top"),
    pgettext_lazy("row of a picture", "upper part"),
    pgettext_lazy("row of a picture", "middle"),
    pgettext_lazy("row of a picture", "lower part"),
    pgettext_lazy("row of a picture", "bottom"),
)
# Row by row, as they stand on the page: the value is what `as_focus` reads.
POINTS = [
    (f"{x} {y}", format_lazy("{}, {}", line, column))
    for (y, line), (x, column) in product(zip(STEPS, LINES, strict=True), zip(STEPS, COLUMNS, strict=True))
]


def parse_focus(point: str) -> tuple[int, int]:
    """Per cent from the left and from the top."""
    x, y = point.split()
    return int(x), int(y)


class FocusForm(forms.Form):
    """Which part of a picture stays where only a part of it has room."""

    focus = forms.TypedChoiceField(
        label=_("The most important part"),
        choices=POINTS,
        coerce=parse_focus,
        initial="50 50",
        widget=forms.RadioSelect,
        help_text=_("It stays visible where only part of the image fits."),
    )


class PictureForm(forms.ModelForm, FocusForm):
    """A picture with what colleagues and visitors must know of it."""

    field_order = ["file", "description", "credit", "consent_until", "focus"]

    class Meta:
        model = Picture
        fields = ["file", "description", "credit", "consent_until"]
        formfield_callback = typed_formfield

    # No ImageField: what is in the file is looked at by `checked_picture`, before anything decodes it.
    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG or WebP. Information about location, author and device is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_file(self) -> File:
        """Refuse what is no picture, with the reason."""
        try:
            return check_picture(self.cleaned_data["file"])
        except FileRefused as refused:
            raise forms.ValidationError(refused.fault.label) from refused


class PictureFilterForm(forms.Form):
    """Which pictures are shown: those whose description or credit has these words."""

    q = forms.CharField(
        label=_("Description"), required=False, widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )

    @property
    def words(self) -> str:
        """What is asked for."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
