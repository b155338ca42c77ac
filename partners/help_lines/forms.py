"""The form of a help line in the admin."""

from __future__ import annotations

from django import forms

from partners.help_lines.actions import refuse_hidden_emergency
from partners.help_lines.errors import EmergencyNumber
from partners.help_lines.models import HelpLine
from victor.forms.fields import typed_formfield


class HelpLineForm(forms.ModelForm):
    """Refuses at the form what would hide an emergency number."""

    class Meta:
        model = HelpLine
        exclude: list[str] = []
        formfield_callback = typed_formfield

    def _post_clean(self) -> None:
        """Compare the line with what is stored, once the form has written into it."""
        before = HelpLine.objects.filter(pk=self.instance.pk).first()
        super()._post_clean()  # type: ignore[misc]  # the stubs do not know it
        try:
            if before is not None:
                refuse_hidden_emergency(before, self.instance)
        except EmergencyNumber as refusal:
            self.add_error(None, str(refusal))
