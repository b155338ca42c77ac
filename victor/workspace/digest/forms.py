"""How often somebody is told of their tasks, and of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from victor.accounts.states import Digest
from victor.workspace.digest.states import Part

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.publishing.forms import FormData


class DigestForm(forms.Form):
    """What was chosen."""

    often = forms.ChoiceField(label=_("How often?"), choices=Digest, widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label=_("About what?"),
        choices=Part,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The email has only kinds and numbers. Where nothing waits, none is sent."),
    )

    def __init__(self, data: FormData = None, *, person: User) -> None:
        wanted = [part for part in Part if part not in person.digest_without]
        super().__init__(data, initial={"often": person.digest or Digest.NEVER, "parts": wanted})

    @property
    def left_out(self) -> list[Part]:
        """The parts that were not ticked."""
        return [part for part in Part if part not in self.cleaned_data["parts"]]
