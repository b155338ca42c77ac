"""The form that selects which seminars the statistics count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from partners.directory.models import Country, Organisation
from trainings.seminars.querysets import SeminarQuerySet
from victor.forms.inputs import MONTH_FORMAT
from victor.forms.numbers import read_digits
from victor.indicators.forms import PeriodForm
from victor.languages import local_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAX_KEY = 2**31  # of an organisation


class StatisticsForm(PeriodForm):
    """A period, a country and a host, read from the query string. Values that are not valid filter nothing."""

    def __init__(self, query: Mapping[str, str], *, seminars: SeminarQuerySet) -> None:
        super().__init__(query)
        self.seminars, unordered = seminars, seminars.order_by()
        self.add_choice("country", _("Country"), Country.objects.filter(pk__in=unordered.values("country")))
        hosts = Organisation.objects.for_listing().filter(pk__in=unordered.values("organisation"))
        self.add_choice("host", _("Host"), hosts)
        country, host = query.get("country") or "", query.get("host") or ""
        self.data = {
            **self.data,
            "country": country.upper() if country.isalpha() and len(country) == len("GR") else "",
            "host": host if 0 < (read_digits(host) or 0) < MAX_KEY else "",
        }

    def add_choice(self, name: str, label: str | _StrPromise, rows: QuerySet[Country] | QuerySet[Organisation]) -> None:
        """Add a field that filters by one of these rows. They are loaded when the field is shown."""

        def choices() -> list[tuple[str, str | _StrPromise]]:
            return [("", pgettext("filter", "any")), *((str(row.pk), local_text(row, "name").text) for row in rows)]

        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def has_default(self) -> bool:
        """Whether nobody has chosen anything: all seminars of this year to date."""
        default = StatisticsForm({}, seminars=self.seminars)
        return bool(self.data == default.data)

    def filtered(self) -> SeminarQuerySet:
        """The seminars of the chosen country and host."""
        seminars = self.seminars
        if country := self.data["country"]:
            seminars = seminars.filter(country=country)
        if host := self.data["host"]:
            seminars = seminars.filter(organisation=host)
        return seminars

    @property
    def description(self) -> str:
        """The choices in words, for a file."""
        chosen = [name for name in ("country", "host") if self.data[name]]
        fields: dict[str, Any] = {name: self.fields[name] for name in chosen}  # stubs do not know `choices` as pairs
        choices = {name: dict(field.choices) for name, field in fields.items()}
        words = [str(choices[name].get(self.data[name], "")) for name in chosen]
        return ", ".join(
            [f"{self.first_month:{MONTH_FORMAT}} – {self.last_month:{MONTH_FORMAT}}", *filter(None, words)]
        )
