"""Fields that show back how they read what was typed, and every form of the site."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils.translation import override
from import_export import widgets

from partners.directory.admin import OrganisationResource
from partners.help_lines.admin import HelpLineResource
from victor.accounts.models import User
from victor.accounts.site import SplitMomentField
from victor.forms.fields import (
    AddressField,
    DateField,
    MomentField,
    MonthField,
    NumberField,
    ShownBackField,
    WholeNumberField,
)
from victor.languages import CODES

APPS = ("victor", "partners", "desks", "trainings", "campaigns")
ROOT = Path(__file__).parents[2]
OWN_FIELDS = (ShownBackField, AddressField)
READ_FIELDS = (forms.IntegerField, forms.DateField, forms.DateTimeField)  # and Decimal and Float, which are Integer
CLEANED_BY_THE_ADAPTER = {"victor.accounts.forms.PasswordResetForm.email"}


class SeatsForm(forms.Form):
    """One field of each kind."""

    seats = WholeNumberField(min_value=1, max_value=50000)
    hours = NumberField(max_digits=4, decimal_places=1, required=False)
    day = DateField(required=False)
    moment = MomentField(required=False)
    month = MonthField(required=False)


def seats_form(**typed: str) -> SeatsForm:
    return SeatsForm({"seats": "20", **typed})


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(
    "text", ["1.000", "1 000", "1,000", "1’000", "1\u00a0000", "1\u202f000", "١٠٠٠", "12.0", "20.000"]
)
def test_whole_number_written_with_signs_never_counts_at_once(language: str, text: str) -> None:
    with override(language):
        form = seats_form(seats=text)
        assert not form.is_valid()
        assert text in str(form.errors["seats"][0])


def test_whole_number_is_shown_back_and_counts_when_it_is_sent_again() -> None:
    with override("el"):
        first = seats_form(seats="1.000")
        assert first.errors.as_data()["seats"][0].code == "shown_back"
        second = seats_form(seats=str(first["seats"].value()))
    assert second.is_valid()
    assert second.cleaned_data["seats"] == 1000


def test_whole_number_with_two_readings_names_both_and_stays_as_typed() -> None:
    with override("en"):
        form = seats_form(seats="1.000")
        assert form.errors["seats"] == ["“1.000” can mean 1 or 1000. Please write the number in digits only."]
    assert form["seats"].value() == "1.000"


def test_whole_number_beyond_its_bounds_is_refused_before_it_is_shown_back() -> None:
    with override("el"):
        assert seats_form(seats="60.000").errors.as_data()["seats"][0].code == "max_value"


@pytest.mark.parametrize("text", ["1000", " 1000 ", "01000"])
def test_whole_number_in_digits_counts_at_once(text: str) -> None:
    assert seats_form(seats=text).is_valid()


@pytest.mark.parametrize(("text", "value"), [("1.5", "1.5"), ("1,5", "1.5"), ("12", "12")])
def test_number_with_decimals_counts_with_dot_and_comma(text: str, value: str) -> None:
    form = seats_form(hours=text)
    assert form.is_valid()
    assert str(form.cleaned_data["hours"]) == value


@pytest.mark.parametrize(
    ("language", "words"), [("en", "2 March 2028"), ("el", "2 Μαρτίου 2028"), ("uk", "2 березня 2028")]
)
def test_date_with_the_day_first_is_shown_back_in_words(language: str, words: str) -> None:
    with override(language):
        form = seats_form(day="02/03/2028")
        assert form.errors.as_data()["day"][0].code == "shown_back"
        assert words in form.errors["day"][0]
        assert form["day"].value() == "2028-03-02"


@pytest.mark.parametrize("text", ["02/29/2028", "02/03/28", "2 March 2028"])
def test_date_that_cannot_be_read_is_refused_with_a_reason(text: str) -> None:
    with override("en"):
        form = seats_form(day=text)
        assert form.errors.as_data()["day"][0].code == "invalid"
    assert form["day"].value() == text


def test_date_of_a_calendar_counts_at_once() -> None:
    form = seats_form(day="2028-03-02")
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2028, 3, 2)


def test_moment_is_shown_back_and_counts_when_it_is_sent_again() -> None:
    with override("ro"):
        first = seats_form(moment="02.03.2028 14:30")
        assert first.errors.as_data()["moment"][0].code == "shown_back"
        assert seats_form(moment=str(first["moment"].value())).is_valid()


def test_month_with_the_month_first_counts_at_once() -> None:
    form = seats_form(month="3/2028")
    assert form.is_valid()
    assert form.cleaned_data["month"] == date(2028, 3, 1)


def test_two_inputs_of_the_admin_show_the_day_back() -> None:
    class MomentForm(forms.Form):
        at = SplitMomentField(widget=forms.SplitDateTimeWidget)

    with override("bg"):
        form = MomentForm({"at_0": "02.03.2028", "at_1": "14:30"})
        assert [error.code for error in form.errors.as_data()["at"]] == ["shown_back"]
        assert form["at"].value() == ["2028-03-02", "14:30"]


@pytest.mark.parametrize(("text", "number"), [("1.000", 1000), ("20 000", 20000), ("12,0", 12)])
def test_import_of_a_spreadsheet_reads_numbers_in_the_language(text: str, number: int) -> None:
    with override("el"):
        assert OrganisationResource.fields["position"].widget.clean(text) == number


@pytest.mark.parametrize("text", ["1.000", "02/03/28"])
def test_import_of_a_spreadsheet_refuses_what_is_unclear(text: str) -> None:
    field = HelpLineResource.fields["position" if "/" not in text else "last_checked"]
    with override("en"), pytest.raises(ValueError, match="Please write"):
        field.widget.clean(text)


@pytest.mark.parametrize("resource", [OrganisationResource, HelpLineResource])
def test_import_has_no_number_or_date_of_the_library(resource: type) -> None:
    plain = (widgets.IntegerWidget, widgets.DecimalWidget, widgets.FloatWidget, widgets.DateWidget)
    kinds = {type(field.widget) for field in resource.fields.values() if isinstance(field.widget, plain)}
    assert not kinds & set(plain)


def subclasses(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


def plain_fields(form: type[forms.BaseForm]) -> Iterator[str]:
    """Fields for numbers, dates and addresses that are Django's own, also inside others."""
    for name, field in getattr(form, "base_fields", {}).items():  # what forms mix in has none
        inner = [field, *getattr(field, "fields", ()), getattr(field, "base_field", field)]
        for part in inner:
            if isinstance(part, (*READ_FIELDS, forms.EmailField)) and not isinstance(part, OWN_FIELDS):
                yield f"{form.__module__}.{form.__qualname__}.{name}"


def admin_forms() -> Iterator[type[forms.BaseForm]]:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    for model_admin in admin.site._registry.values():
        if not model_admin.has_change_permission(request):
            continue
        yield model_admin.get_form(request)
        for inline in model_admin.get_inline_instances(request):
            yield inline.get_formset(request).form


def bases_of_the_admin() -> set[type]:
    """Forms from which the admin makes those that it shows, which another test walks."""
    admins = list(admin.site._registry.values())
    return {model_admin.form for model_admin in admins} | {
        inline.form for model_admin in admins for inline in model_admin.inlines
    }


def test_forms_have_no_plain_fields_for_what_is_typed() -> None:
    assert get_resolver().url_patterns  # all views, and with them all forms, are loaded
    ours = [form for form in subclasses(forms.BaseForm) if form.__module__.startswith(APPS)]
    ours = [form for form in ours if form not in bases_of_the_admin()]  # the admin makes its own fields of their models
    assert len(ours) > 60
    plain = {name for form in ours for name in plain_fields(form)}
    assert plain - CLEANED_BY_THE_ADAPTER == set()


@pytest.mark.django_db
def test_admin_has_no_plain_fields_for_what_is_typed() -> None:
    every_form = list(admin_forms())
    typed = [field for form in every_form for field in form.base_fields.values() if isinstance(field, ShownBackField)]
    assert len(typed) > 20
    assert [name for form in every_form for name in plain_fields(form)] == []


def test_source_makes_no_plain_field_for_what_is_typed() -> None:
    plain = {"IntegerField", "DecimalField", "FloatField", "DateField", "DateTimeField", "SplitDateTimeField"}
    plain.add("EmailField")
    calls = []
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                if is_call and node.func.attr in plain and ast.unparse(node.func.value) == "forms":
                    calls.append(f"{path}:{node.lineno}")
    assert calls == []


@pytest.mark.django_db
def test_fields_have_no_array_of_plain_numbers() -> None:
    arrays = [
        field for form in admin_forms() for field in form.base_fields.values() if isinstance(field, SimpleArrayField)
    ]
    assert all(
        not isinstance(field.base_field, READ_FIELDS) or isinstance(field.base_field, ShownBackField)
        for field in arrays
    )
