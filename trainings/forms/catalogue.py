from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from partners.models import Country
from trainings.models import Seminar
from trainings.states import Profession
from victor.fields import Named


class SeminarFilterForm(forms.Form):
    """Which seminars are shown; what cannot be read narrows nothing."""

    country = Named(Country.objects.none(), label=_("Country"), empty_label=_("All"), required=False)
    profession = forms.ChoiceField(label=_("Profession"), choices=[("", _("All")), *Profession.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Q(in_partnership=True) | Q(pk__in=Seminar.objects.published().values("country"))
        self.fields["country"].queryset = Country.objects.filter(held)
        languages = [(code, get_language_info(code)["name_translated"]) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [("", _("All")), *languages]

    def narrow(self, seminars: Any) -> Any:
        """Those that are asked for; what is for all is for each profession."""
        self.full_clean()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if profession := asked.pop("profession", None):
            seminars = seminars.filter(Q(professions=[]) | Q(professions__contains=[profession]))
        return seminars.filter(**asked)

    @property
    def asked(self) -> dict[str, str]:
        """What the address asks for, as it would stand in another address."""
        values = {name: getattr(value, "pk", value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in values.items() if value}
