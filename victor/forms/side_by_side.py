"""Forms that stand beside each other on one page and are sent together, so that none throws away another's words.

The page has one `<form>`; each button names by `formaction` what it does. A view reads its own form, and shows the
others as they were typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Unpack

    from victor.publishing.forms import FormOptions

CHOICES = (forms.CheckboxInput, forms.CheckboxSelectMultiple)


class SideForm(forms.Form):
    """One of several forms of a page. Its fields are known there by its own name, `name_prefix`."""

    name_prefix = ""
    has_typed = False
    was_alone = False  # sent by its plain names, with no other form

    def __init__(self, data: Mapping[str, object] | None = None, **options: Unpack[FormOptions]) -> None:
        prefix = options.pop("prefix", None) or self.name_prefix
        if prefix:
            options |= {"prefix": prefix, "auto_id": "%s"}
            if data is not None and not any(name.startswith(f"{prefix}-") for name in data):
                data = {f"{prefix}-{name}": value for name, value in data.items()}
                self.was_alone = True
        super().__init__(data, **options)

    @property
    def is_open(self) -> bool:
        """Whether the page shows it unfolded: something was typed here, or has an error."""
        return bool(self.is_bound or self.has_typed)

    def keep_typed(self, data: Mapping[str, object]) -> bool:
        """Show what was typed here while another form was sent. Whether that is anything but what it shows first."""
        changed = False
        for name, field in self.fields.items():
            typed = data.get(self.add_prefix(name))
            if typed is None or isinstance(field.widget, CHOICES):
                continue
            first = self.get_initial_for_field(field, name)
            changed |= _plain(typed) != _plain("" if first is None else first)
            self.initial[name] = typed
        self.has_typed = changed
        return changed


def _plain(value: object) -> str:
    return str(value).replace("\r\n", "\n").strip()
