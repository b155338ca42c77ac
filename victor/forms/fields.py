"""Fields for numbers, dates and email addresses that people type.

What was typed in another way than computers write it is read in the reader's language and shown back, and counts when
the form is sent again. Every form of the site, also those of the admin, has these fields instead of Django's: a test
walks all forms.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, TypeVar, cast

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.db import models
from django.forms.utils import to_current_timezone
from django.utils.translation import gettext_lazy as _

from victor.formatting import long_day, long_moment
from victor.forms import dates, numbers
from victor.forms.inputs import DATE_FORMAT, MINUTE_FORMAT, MONTH_FORMAT, DateInput, MinuteInput, MonthInput
from victor.languages import current_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from django_stubs_ext import StrOrPromise

WHOLE_PATTERN = re.compile(r"-?[0-9]+")
FRACTION_PATTERN = re.compile(r"-?[0-9]+(?:[.,](?:[0-9]{1,2}|[0-9]{4,}))?")  # with three digits it may be thousands
DATE_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?")
INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}
UNCLEAR = _("“%(text)s” can mean %(small)s or %(large)s. Please write the number in digits only.")
SHOWN_BACK = _("We read “%(text)s” as %(value)s. If that is right, please press the button again.")
NO_WHOLE_NUMBER = _("Please enter a whole number in digits only.")
NO_NUMBER = _("Please enter a number in digits.")
NO_DATE = _("Please write the date in figures: day, month and year, for example %(example)s.")
NO_DATE_YEAR_FIRST = _("Please write the date in figures: year, month and day, for example %(example)s.")
NO_MOMENT = _("Please write the date and the time in figures, for example %(example)s 14:30.")
SHORT_YEAR = _("Please write the year with four figures.")
NO_SUCH_DATE = _("There is no such date. We read the day first, then the month.")
NO_SUCH_DATE_YEAR_FIRST = _("There is no such date.")
INVISIBLE_SIGN = _("The email address contains an invisible character. Please type it again.")
EXAMPLE = date(2028, 12, 31)
FieldValue = TypeVar("FieldValue", date, datetime)


class ShownBackField(forms.Field):
    """A field that shows how it has read what was typed, before that counts."""

    def is_plain(self, text: str) -> bool:
        """Whether the text has one reading everywhere, so that there is nothing to show."""
        raise NotImplementedError

    def as_typed(self, value: object) -> str:
        """A value as its input takes it."""
        raise NotImplementedError

    def as_words(self, value: object) -> str:
        """A value as a sentence names it."""
        return self.as_typed(value)

    def clean(self, value: object) -> object:
        """The value, once it is typed plainly.

        Raises:
            ValidationError: it cannot be read, or this is the first time that its reading is shown.
        """
        cleaned = super().clean(value)
        if isinstance(value, str) and cleaned not in self.empty_values and not self.is_plain(value.strip()):
            words = {"text": value.strip(), "value": self.as_words(cleaned)}
            raise forms.ValidationError(SHOWN_BACK, code="shown_back", params=words)
        return cleaned

    def bound_data(self, data: object, initial: object) -> object:
        """What the input holds when the form is shown again: the reading, so that sending it again confirms it."""
        bound = super().bound_data(data, initial)
        try:
            value = self.to_python(bound) if isinstance(bound, str) else None
        except forms.ValidationError:
            return bound
        return bound if value in self.empty_values else self.as_typed(value)


class WholeNumberField(ShownBackField, forms.IntegerField):
    """A whole number."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        """The keyboard that a telephone shows."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}

    def to_python(self, value: object) -> int | None:
        if not isinstance(value, str):
            number: int | None = super().to_python(value)
            return number
        if not (text := value.strip()):
            return None
        try:
            return numbers.read_whole_number(text)
        except numbers.UnclearNumber as unclear:
            small, large = unclear.readings
            readings = {"text": text, "small": f"{small.normalize():f}", "large": f"{large:f}"}
            raise forms.ValidationError(UNCLEAR, code="unclear", params=readings) from unclear
        except numbers.UnreadableNumber as fault:
            raise forms.ValidationError(NO_WHOLE_NUMBER, code="invalid") from fault

    def is_plain(self, text: str) -> bool:
        return bool(WHOLE_PATTERN.fullmatch(text))

    def as_typed(self, value: object) -> str:
        return str(value)


class NumberField(ShownBackField, forms.DecimalField):
    """A number that may have decimal places."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        """The keyboard that a telephone shows."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # as Django's own has it
        if not isinstance(value, str):
            number: Decimal | None = super().to_python(value)
            return number
        if not (text := value.strip()):
            return None
        try:
            return numbers.read_number(text)
        except numbers.UnreadableNumber as fault:
            raise forms.ValidationError(NO_NUMBER, code="invalid") from fault

    def is_plain(self, text: str) -> bool:
        return bool(FRACTION_PATTERN.fullmatch(text))

    def as_typed(self, value: object) -> str:
        return f"{Decimal(str(value)).normalize():f}"


class AddressField(forms.EmailField):
    """An email address. Signs that nobody sees are refused: with them it would be another address."""

    default_error_messages = {"invisible": INVISIBLE_SIGN}

    def to_python(self, value: object) -> str:
        address = super().to_python(value) or ""
        if any(unicodedata.category(sign) in INVISIBLE for sign in address):
            raise forms.ValidationError(self.error_messages["invisible"], code="invisible")
        return address


class WholeNumbersField(SimpleArrayField):
    """Whole numbers with commas between them. `base_field` is a `WholeNumberField`."""

    def bound_data(self, data: object, initial: object) -> object:
        """The numbers, each as it was read."""
        bound = super().bound_data(data, initial)
        if not isinstance(bound, str):
            return bound
        return self.delimiter.join(str(self.base_field.bound_data(part, None)) for part in bound.split(self.delimiter))


class DateField(ShownBackField, forms.DateField):
    """A day."""

    widget = DateInput
    input_formats = (DATE_FORMAT,)

    def to_python(self, value: object) -> date | None:
        if not isinstance(value, str):
            day: date | None = super().to_python(cast("date | None", value))
            return day
        return _read(dates.read_date, value, _no_date())

    def is_plain(self, text: str) -> bool:
        return bool(DATE_PATTERN.fullmatch(text))

    def as_typed(self, value: object) -> str:
        return f"{value:%Y-%m-%d}"

    def as_words(self, value: object) -> str:
        return long_day(cast("date", value))


class MonthField(ShownBackField, forms.DateField):
    """A month, as its first day. It only chooses what a page shows, which names it: so it need not be sent twice."""

    widget = MonthInput
    input_formats = (MONTH_FORMAT,)

    def to_python(self, value: object) -> date | None:
        if not isinstance(value, str):
            day: date | None = super().to_python(cast("date | None", value))
            return day
        fault = forms.ValidationError(_("Please write the month in figures, for example 12/2028."), code="invalid")
        return _read(dates.read_month, value, fault)

    def is_plain(self, text: str) -> bool:
        return True

    def as_typed(self, value: object) -> str:
        return f"{value:{MONTH_FORMAT}}"


class MomentField(ShownBackField, forms.DateTimeField):
    """A day with a time, in the current time zone."""

    widget = MinuteInput

    def to_python(self, value: object) -> datetime | None:
        if isinstance(value, str):
            moment = _read(dates.read_moment, value, _no_moment())
            value = None if moment is None else moment.isoformat()
        result: datetime | None = super().to_python(cast("datetime | str | None", value))
        return result

    def is_plain(self, text: str) -> bool:
        return bool(MOMENT_PATTERN.fullmatch(text))

    def as_typed(self, value: object) -> str:
        return f"{to_current_timezone(cast('datetime', value)):{MINUTE_FORMAT}}"

    def as_words(self, value: object) -> str:
        return long_moment(cast("datetime", value))


# The fields of forms of models: Django's own would read 1.000 as one.
FORM_FIELDS: dict[type[models.Field], type[forms.Field]] = {
    models.IntegerField: WholeNumberField,
    models.DecimalField: NumberField,
    models.EmailField: AddressField,
    models.DateTimeField: MomentField,
    models.DateField: DateField,
}


class FormfieldOptions(TypedDict, total=False):
    """What a form's Meta says of a field."""

    form_class: type[forms.Field]
    widget: forms.Widget | type[forms.Widget]
    localize: bool
    label: StrOrPromise
    help_text: StrOrPromise
    initial: object
    error_messages: dict[str, StrOrPromise]


def typed_formfield(field: models.Field, **options: Unpack[FormfieldOptions]) -> forms.Field | None:
    """The form field of a model's field, for `formfield_callback` of a form's Meta."""
    typed = next((FORM_FIELDS[kind] for kind in type(field).__mro__ if kind in FORM_FIELDS), None)
    if typed and not field.choices:
        options.setdefault("form_class", typed)
    formfield: forms.Field | None = field.formfield(**options)
    return formfield


def _read(reader: Callable[[str], FieldValue], value: str, fault: forms.ValidationError) -> FieldValue | None:
    """What the reader makes of a text; None of an empty one.

    Raises:
        ValidationError: the text cannot be read.
    """
    if not (text := value.strip()):
        return None
    try:
        return reader(text)
    except dates.ShortYear as error:
        raise forms.ValidationError(SHORT_YEAR, code="invalid") from error
    except dates.NoSuchDate as error:
        reason = NO_SUCH_DATE_YEAR_FIRST if _is_year_first() else NO_SUCH_DATE
        raise forms.ValidationError(reason, code="invalid") from error
    except dates.UnreadableDate as error:
        raise fault from error


def _no_date() -> forms.ValidationError:
    reason: StrOrPromise = NO_DATE_YEAR_FIRST if _is_year_first() else NO_DATE
    return forms.ValidationError(reason, code="invalid", params={"example": _example()})


def _no_moment() -> forms.ValidationError:
    return forms.ValidationError(NO_MOMENT, code="invalid", params={"example": _example()})


def _example() -> str:
    """A day as the reader's language writes it, one that cannot be read in another order."""
    return f"{EXAMPLE:%Y-%m-%d}" if _is_year_first() else f"{EXAMPLE:%d/%m/%Y}"


def _is_year_first() -> bool:
    return current_language() in dates.YEAR_FIRST
