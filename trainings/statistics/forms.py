from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country, Organisation
from trainings.seminars.querysets import SeminarQuerySet
from victor.indicators.forms import PeriodForm
from victor.languages import local_text

MAX_DIGITS = 10  # of a number that the database can hold


class StatisticsForm(PeriodForm):
    """Of which seminars, in the address: a period, a country, a host. What cannot be read narrows nothing."""

    def __init__(self, asked: Any, *, seminars: SeminarQuerySet) -> None:
        super().__init__(asked)
        self.seminars, of_all = seminars, seminars.order_by()
        self.add("country", _("Country"), Country.objects.filter(pk__in=of_all.values("country")))
        hosts = Organisation.objects.for_listing().filter(pk__in=of_all.values("organisation"))
        self.add("host", _("Host"), hosts)
        country, host = asked.get("country") or "", asked.get("host") or ""
        self.data["country"] = country.upper() if country.isalpha() and len(country) == len("GR") else ""
        self.data["host"] = host if host.isdecimal() and len(host) < MAX_DIGITS else ""

    def add(self, name: str, label: Any, things: Any) -> None:
        """Let it be narrowed by one of these, which are asked for when the field is shown."""

        def choices() -> list[tuple[str, Any]]:
            return [("", _("all")), *((str(each.pk), local_text(each, "name").text) for each in things)]

        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def narrowed(self) -> SeminarQuerySet:
        """The seminars that are asked for."""
        found = self.seminars
        if country := self.data["country"]:
            found = found.filter(country=country)
        if host := self.data["host"]:
            found = found.filter(organisation=host)
        return found

    @property
    def said(self) -> str:
        """The same in words, for a file."""
        fields = {name: dict(self.fields[name].choices) for name in ("country", "host") if self.data[name]}
        words = [choices.get(self.data[name], "") for name, choices in fields.items()]
        return ", ".join([f"{self.data['first']} – {self.data['last']}", *filter(None, words)])
