from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django import forms
from django.conf import settings
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.widgets import ProseEditorWidget

from victor.forms.fields import MomentField, WholeNumberField
from victor.publishing.forms import LanguageSelect
from victor.publishing.models import Publishable
from victor.publishing.richtext import SCHEMES, find_losses
from victor.publishing.states import TextState
from victor.publishing.translation import options, text_field

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
# What the editor brings along in English, by the words that it uses itself.
EDITOR_WORDS = {
    "paragraph": pgettext_lazy("text editor", "paragraph"),
    "heading 2": pgettext_lazy("text editor", "heading 2"),
    "heading 3": pgettext_lazy("text editor", "heading 3"),
    "bold": pgettext_lazy("text editor", "bold"),
    "italic": pgettext_lazy("text editor", "italic"),
    "unordered list": pgettext_lazy("text editor", "unordered list"),
    "ordered list": pgettext_lazy("text editor", "ordered list"),
    "blockquote": pgettext_lazy("text editor", "blockquote"),
    "insert link": pgettext_lazy("text editor", "insert link"),
    "remove link": pgettext_lazy("text editor", "remove link"),
    "undo": pgettext_lazy("text editor", "undo"),
    "redo": pgettext_lazy("text editor", "redo"),
    "Edit Link": pgettext_lazy("text editor", "Edit Link"),
    "Edit Image": pgettext_lazy("text editor", "Edit Image"),
    "URL": pgettext_lazy("text editor", "URL"),
    "Image URL": pgettext_lazy("text editor", "Image URL"),
    "Alternative Text": pgettext_lazy("text editor", "Alternative Text"),
    "Title": pgettext_lazy("text editor", "Title"),
    "Open in new window": pgettext_lazy("text editor", "Open in new window"),
    "Update": pgettext_lazy("text editor", "Update"),
    "Cancel": pgettext_lazy("text editor", "Cancel"),
    "List properties": pgettext_lazy("text editor", "List properties"),
    "List type": pgettext_lazy("text editor", "List type"),
    "Start at": pgettext_lazy("text editor", "Start at"),
    "Bullets": pgettext_lazy("text editor", "Bullets"),
    "Decimal numbers": pgettext_lazy("text editor", "Decimal numbers"),
    "Lowercase letters": pgettext_lazy("text editor", "Lowercase letters"),
    "Uppercase letters": pgettext_lazy("text editor", "Uppercase letters"),
    "Lowercase Roman numerals": pgettext_lazy("text editor", "Lowercase Roman numerals"),
    "Uppercase Roman numerals": pgettext_lazy("text editor", "Uppercase Roman numerals"),
}
ROWS = 4
MAX_SINGLE_LINE = 200  # characters


class TextsForm(forms.Form):
    """A thing's texts in one language, as its translation.py declares them; nothing is required of a draft.

    `revision` is what was opened; `source` the number of the published source that stood beside it.
    """

    revision = WholeNumberField(widget=forms.HiddenInput)
    source = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        obj: Publishable,
        language: str,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.known = options(type(obj))
        for name in self.known.texts:
            model_field = text_field(type(obj), name)
            field = forms.CharField(label=model_field.verbose_name, max_length=model_field.max_length, required=False)
            field.widget = self._widget(name, field.max_length)
            field.widget.attrs |= {"lang": language, "spellcheck": "true"}
            self.fields[name] = field

    def _widget(self, name: str, max_length: int | None) -> forms.Widget:
        if name in self.known.rich:
            return ProseEditorWidget(config=EDITOR, preset="configurable")
        attributes = {"maxlength": max_length} if max_length else {}
        if max_length and max_length <= MAX_SINGLE_LINE:
            return forms.TextInput(attrs=attributes)
        return forms.Textarea(attrs={"rows": ROWS} | attributes)

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by name."""
        return {name: self.cleaned_data[name] for name in self.known.texts}

    def find_losses(self) -> list[str]:
        """What saving would take away, text by text, in words."""
        losses = {name: find_losses(text) for name, text in self.texts.items() if name in self.known.rich}
        return [f"{self.fields[name].label}: {', '.join(map(str, lost))}" for name, lost in losses.items() if lost]


class ScheduleForm(forms.Form):
    """When a text goes public and when it is taken back, in the time of the site."""

    publish_at = MomentField(label=_("Publish at"), required=False)
    unpublish_at = MomentField(label=_("Unpublish at"), required=False)

    def __init__(
        self, data: Mapping[str, object] | None = None, *, initial: dict[str, datetime | None] | None = None
    ) -> None:
        super().__init__(data, initial=initial, error_class=ErrorList)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        start, end = data.get("publish_at"), data.get("unpublish_at")
        if end and end <= (start or timezone.now()):
            self.add_error("unpublish_at", _("This time is in the past, or before the text is published."))
        return data


class MatrixFilterForm(forms.Form):
    """Which texts are shown, as the address says it: `MatrixFilters` has read it."""

    kind = forms.ChoiceField(label=_("Kind"))
    state = forms.ChoiceField(label=_("Status"), choices=[("", _("All statuses")), *TextState.choices], required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.CONTENT_LANGUAGES],
        required=False,
        widget=LanguageSelect,
    )
    mine = forms.BooleanField(label=_("Only texts I wrote"), required=False)

    def __init__(self, data: Mapping[str, object], *, kinds: list[tuple[str, str]]) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
