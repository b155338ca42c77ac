"""What is wrong with what somebody has sent: for the title of the page, and summed up above its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.template import Context

register = template.Library()

REFUSALS = ("refused", "fault", "unanswered", "is_too_many")  # in the context of a page that asks to send again


@dataclass(frozen=True)
class FormError:
    """An error, and the field that it is about; `target` is where on the page that field is answered."""

    message: str
    label: str = ""
    target: str = ""

    @property
    def colon(self) -> str:
        """What stands after the label. A question has its own sign, in Greek another."""
        return "" if self.label.endswith(("?", ";", "\N{GREEK QUESTION MARK}")) else ":"


@register.simple_tag
def errors_of(*forms: object) -> list[FormError]:
    """The errors of forms and formsets in the order of their fields: `{% errors_of form as errors %}`."""
    return [error for form in _bound_forms(forms) for error in _form_errors(form)]


@register.simple_tag(takes_context=True)
def is_refused(context: Context) -> bool:
    """Whether the page says that what was sent has not been accepted: a form has errors, or there is a refusal.

    A page that is `quiet` shows again what was typed before it is complete.
    """
    values = context.flatten()
    if values.get("quiet"):
        return False
    return any(values.get(name) for name in REFUSALS) or bool(errors_of(*values.values()))


def _bound_forms(values: Iterable[object]) -> Iterator[BaseForm | BaseFormSet]:
    """The forms and formsets among these values, or in dictionaries and lists of them, that hold what was sent.

    It asks for types and not by `isinstance`, which would wake what is lazy: the session, and the token of a form.
    """
    for value in values:
        for form in _members(value):
            if issubclass(type(form), BaseForm | BaseFormSet) and cast("BaseForm", form).is_bound:
                yield cast("BaseForm", form)


def _members(value: object) -> Iterable[object]:
    if issubclass(type(value), dict):
        return cast("dict[str, object]", value).values()
    return cast("list[object]", value) if issubclass(type(value), list | tuple) else (value,)


def _form_errors(form: BaseForm | BaseFormSet) -> Iterator[FormError]:
    if isinstance(form, BaseFormSet):
        yield from (FormError(str(error)) for error in form.non_form_errors())
        yield from (error for row in form for error in _form_errors(row))
        return
    yield from (FormError(str(error)) for error in form.non_field_errors())
    for field in form:
        yield from (_field_error(field, str(error)) for error in field.errors)


def _field_error(field: BoundField, message: str) -> FormError:
    if field.is_hidden:
        return FormError(message)
    # A group of choices, or of parts, has no label of its own: the way leads to the first of them.
    return FormError(message, str(field.label), field.id_for_label or f"{field.auto_id}_0")
