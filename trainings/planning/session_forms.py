"""Forms for the sessions of a seminar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from trainings.attendance.models import Attendance
from trainings.seminars.courses import Module
from trainings.seminars.models import Seminar, Session
from victor.languages import local_text
from victor.schedules.fields import LocalDateTimeField, read_local_times, to_local_times

if TYPE_CHECKING:
    from typing import Unpack
    from zoneinfo import ZoneInfo

    from victor.publishing.forms import FormData, FormFiles, ModelFormOptions

SPAN_FIELDS = ("starts", "ends")


class SessionForm(forms.ModelForm):
    """A session. Times are typed in the time zone of the country, `zone`; None where no country is chosen."""

    starts = LocalDateTimeField(label=_("begins"))
    ends = LocalDateTimeField(label=_("ends"))

    class Meta:
        model = Session
        fields = ["starts", "ends", "modules"]
        widgets = {"modules": forms.CheckboxSelectMultiple}

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        zone: ZoneInfo | None,
        modules: list[tuple[int, str]],
        **options: Unpack[ModelFormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.zone = zone
        cast("forms.ModelMultipleChoiceField", self.fields["modules"]).choices = modules
        if self.instance.pk and zone:
            span = {name: getattr(self.instance, name) for name in SPAN_FIELDS}
            self.initial = {**self.initial, **to_local_times(span, zone)}

    def clean(self) -> dict[str, object]:
        """Read the times in the time zone of the country."""
        cleaned = super().clean() or self.cleaned_data
        read_local_times(self, cleaned, SPAN_FIELDS, self.zone.key if self.zone else None)
        return cleaned


class SessionFormSet(forms.BaseInlineFormSet):
    """The sessions of a seminar."""

    @cached_property
    def modules(self) -> list[tuple[int, str]]:
        """All modules as choices: one query for all sessions."""
        return [(module.pk, f"{module.number}. {local_text(module, 'title')}") for module in Module.objects.all()]

    def get_form_kwargs(self, index: int | None) -> dict[str, object]:
        zone = self.instance.zone if self.instance.country_id else None
        return super().get_form_kwargs(index) | {"zone": zone, "modules": self.modules}

    def clean(self) -> None:
        """Refuse a registration that closes after the end, and the deletion of a session that somebody attended."""
        super().clean()
        ends = [form.instance.ends for form in self.forms if form.instance.ends and form not in self.deleted_forms]
        if ends and self.instance.closes and self.instance.closes > max(ends):
            raise forms.ValidationError(_("Registration has to close before the seminar ends."))
        removed = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        if Attendance.objects.filter(session__in=removed).exists():
            raise forms.ValidationError(_("Someone attended a session that you want to remove."))

    @property
    def remaining(self) -> list[tuple[Session, Iterable[Module]]]:
        """Each session that is new or stays, with its modules."""
        remaining = [form for form in self.forms if form not in self.deleted_forms and form.instance.ends]
        return [(form.instance, form.cleaned_data["modules"]) for form in remaining]

    @property
    def removed(self) -> list[Session]:
        """The sessions to delete."""
        return [form.instance for form in self.deleted_forms if form.instance.pk]


SeminarSessionFormSet = forms.inlineformset_factory(
    Seminar, Session, SessionForm, SessionFormSet, extra=1, min_num=1, validate_min=True
)
