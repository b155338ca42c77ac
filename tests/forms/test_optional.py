"""No field is called optional that its form then demands."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from textwrap import dedent

from django import forms
from django.template.loader import render_to_string
from django.urls import get_resolver

from desks.intake.forms import ContactForm

OURS = ("victor", "partners", "desks", "trainings", "campaigns")
# May be left empty; the error is about what somebody typed, or about a field that nobody sees until it is asked for.
FREE = {
    ("BirthFields", "birth_day"): "a day that does not exist is refused",
    ("BirthFields", "birth_month"): "a day without its month is asked about",
    ("BirthFields", "birth_year"): "a year that has not come is asked about",
    ("BirthFields", "which"): "asked where date and age contradict each other",
    ("PlanForm", "answer_by"): "only a day after the meeting is refused",
    ("PlanForm", "place"): "a place or a link is enough",
    ("SeriesForm", "last_day"): "asked for only where the meeting repeats",
    ("ScheduleForm", "unpublish_at"): "only a time in the past is refused",
    ("SharedAddressForm", "different"): "hidden until it is asked for",
    ("WalkInForm", "who"): "hidden until it is asked for",
}


def form_classes() -> set[type[forms.BaseForm]]:
    """The forms of our own that the addresses load."""
    assert get_resolver().url_patterns
    classes: set[type[forms.BaseForm]] = set()
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        subclasses = waiting.pop().__subclasses__()
        classes |= set(subclasses)
        waiting += subclasses
    return {kind for kind in classes if kind.__module__.partition(".")[0] in OURS}


def refused_fields(kind: type[forms.BaseForm]) -> Iterator[str]:
    """The fields to which a form itself adds errors."""
    for node in ast.walk(ast.parse(dedent(inspect.getsource(kind)))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add_error":
            yield from (name.value for name in node.args[:1] if isinstance(name, ast.Constant) and name.value)


def called_optional() -> set[tuple[str, str]]:
    return {
        (kind.__name__, name)
        for kind in form_classes()
        for name in refused_fields(kind)
        if name in kind.base_fields and not kind.base_fields[name].required
        if name not in getattr(kind, "demanded", ())
    }


def test_field_that_a_form_may_demand_is_not_called_optional():
    assert len(form_classes()) > 30
    assert called_optional() == set(FREE)


def test_label_of_a_field_that_may_be_demanded_does_not_say_optional():
    form = ContactForm()
    labels = {name: render_to_string("elements/field.html", {"field": form[name]}) for name in ("how", "safe")}
    assert {name: "(optional)" in label for name, label in labels.items()} == {"how": False, "safe": True}
