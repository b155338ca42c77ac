"""A text that looks as if it named a case is saved only once somebody has decided; nothing typed is lost."""

from __future__ import annotations

from django import forms
from django.utils.datastructures import MultiValueDict

from victor.forms.references import ReferenceCheck

TYPED = "We spoke of R4M-7KQ. It went well."


class TextForm(ReferenceCheck, forms.Form):
    checked_fields = ("title", "text")
    title = forms.CharField()
    text = forms.CharField()


def form(**given: str | list[str]) -> TextForm:
    typed = {"title": "Rota", "text": TYPED} | given
    values = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    return TextForm(MultiValueDict(values))


def test_reference_is_asked_about_beside_its_field():
    asked = form()
    assert not asked.is_valid()
    assert asked.suspected == "R4M-7KQ"
    assert asked.errors["text"] == ["“R4M-7KQ” looks like the reference of a report or a case."]


def test_text_without_a_reference_is_valid():
    assert form(text="It went well.").is_valid()


def test_taken_out_reference_leaves_the_other_words():
    asked = form(reference="take_out", suspected="R4M-7KQ")
    assert asked.is_valid()
    assert asked.cleaned_data["text"] == "We spoke of. It went well."


def test_something_else_stays_as_typed():
    asked = form(reference="allow", suspected="R4M-7KQ")
    assert asked.is_valid()
    assert asked.cleaned_data["text"] == TYPED


def test_second_reference_is_asked_about_after_the_first():
    asked = form(title="GR-GE2T47", reference="allow", suspected="GR-GE2T47")
    assert not asked.is_valid()
    assert asked.suspected == "R4M-7KQ"
    assert asked.allowed == ["GR-GE2T47"]


def test_decided_reference_is_not_asked_about_again():
    assert form(allowed=["R4M-7KQ"]).is_valid()


def test_saved_reference_was_decided():
    asked = form()
    asked.saved_texts = ["An old text with R4M-7KQ"]
    assert asked.is_valid()


def test_nobody_allows_what_was_not_shown():
    assert not form(reference="allow").is_valid()
