from __future__ import annotations

from itertools import product
from typing import Any

from django import forms
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.widgets import ProseEditorWidget

from victor.pictures.models import Picture
from victor.pictures.states import STEPS
from victor.publishing.exchange import FORMATS, MOST_BYTES
from victor.publishing.models import Publishable
from victor.publishing.richtext import SCHEMES
from victor.publishing.translation import options, publishable_models
from victor.uploads import Refused, checked_picture

EDITOR = {
    "extensions": {
        "Bold": True,
        "Italic": True,
        "Heading": {"levels": [2, 3]},
        "BulletList": True,
        "OrderedList": True,
        "ListItem": True,
        "Blockquote": True,
        "HardBreak": True,
        "History": True,
        "Image": True,
        "Link": {"enableTarget": False, "protocols": sorted(SCHEMES)},
    }
}
ROWS = 4
LONG = 200  # characters
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


class TextsForm(forms.Form):
    """A thing's texts in one language, as its translation.py declares them; nothing is required of a draft.

    `revision` is what was opened; `source` the number of the published source that stood beside it.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, obj: Publishable, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = options(type(obj))
        for name in self.known.texts:
            model_field = obj._meta.get_field(name)
            field = forms.CharField(label=model_field.verbose_name, max_length=model_field.max_length, required=False)
            field.widget = self._widget(name, field.max_length)
            field.widget.attrs |= {"lang": language, "spellcheck": "true"}
            self.fields[name] = field

    def _widget(self, name: str, max_length: int | None) -> forms.Widget:
        if name in self.known.rich:
            return ProseEditorWidget(config=EDITOR, preset="configurable")
        attributes = {"maxlength": max_length} if max_length else {}
        if max_length and max_length <= LONG:
            return forms.TextInput(attrs=attributes)
        return forms.Textarea(attrs={"rows": ROWS} | attributes)

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by name."""
        return {name: self.cleaned_data[name] for name in self.known.texts}


class SendOutForm(forms.Form):
    """Which texts go to a translator's own program, and in which format."""

    language = forms.ChoiceField(label=_("Into"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    form = forms.ChoiceField(label=_("Format"), choices=[(key, known.name) for key, known in FORMATS.items()])
    unfinished = forms.BooleanField(label=_("Only what is missing, unfinished or outdated"), required=False)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, model._meta.verbose_name_plural) for name, model in publishable_models().items()]
        self.fields["language"].choices = languages
        self.fields["kind"].choices = [("", _("All texts")), *kinds]


class TakeInForm(forms.Form):
    """What a translator's program made of them."""

    language = forms.ChoiceField(label=_("Language"))
    file = forms.FileField(label=_("File"), help_text=_("XLIFF 2.0, XLIFF 1.2 or PO, as you downloaded it here"))

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="in_%s", **kwargs)
        self.fields["language"].choices = languages

    def clean_file(self) -> bytes:
        """The file's content, no more of it than is looked at."""
        return self.cleaned_data["file"].read(MOST_BYTES + 1)


class ScheduleForm(forms.Form):
    """When a text goes public and when it is taken back, in the time of the site."""

    publish_at = forms.DateTimeField(label=_("Publish at"), required=False)
    unpublish_at = forms.DateTimeField(label=_("Take back at"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, error_class=ErrorList, **kwargs)
        for field in self.fields.values():
            field.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            field.input_formats = ["%Y-%m-%dT%H:%M"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("publish_at"), data.get("unpublish_at")
        if end and end <= (start or timezone.now()):
            self.add_error("unpublish_at", _("This is before the text goes public, or in the past."))
        return data


def as_focus(point: str) -> tuple[int, int]:
    """Per cent from the left and from the top."""
    x, y = point.split()
    return int(x), int(y)


class FocusForm(forms.Form):
    """Which part of a picture stays where only a part of it has room."""

    focus = forms.TypedChoiceField(
        label=_("The most important part"),
        choices=POINTS,
        coerce=as_focus,
        initial="50 50",
        widget=forms.RadioSelect,
        help_text=_("It stays in view where only a part of the picture has room."),
    )


class PictureForm(forms.ModelForm, FocusForm):
    """A picture with what colleagues and visitors must know of it."""

    field_order = ["file", "description", "credit", "consent_until", "focus"]

    class Meta:
        model = Picture
        fields = ["file", "description", "credit", "consent_until"]
        widgets = {"consent_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    # No ImageField: what is in the file is looked at by `checked_picture`, before anything decodes it.
    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG or WebP. Place, author and device are taken out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is no picture, with the reason."""
        try:
            return checked_picture(self.cleaned_data["file"])
        except Refused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
