"""Spreadsheets of the admin: what is exported can be imported unchanged, whichever program has saved it again.

A table of text is read with commas, semicolons or tabs, as the program of the country writes it. An empty cell is what
the field has for nothing. What differs in white space at the ends of lines only is no change.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from django import forms
from django.db import models
from import_export.fields import Field
from import_export.formats import base_formats
from import_export.resources import ModelResource
from import_export.widgets import CharWidget, DateWidget, IntegerWidget, Widget
from tablib import Dataset

from victor.forms.fields import DateField, WholeNumberField
from victor.publishing.printability import validate_printed
from victor.signs import clean_signs

PRINTED = re.compile(r"(?:name|statement|disclaimer)(?:_[a-z]{2})?")  # fields of texts that stand on papers
DELIMITERS = ",;\t"
DECLARED = "sep="  # the first line with which Excel is told the delimiter


class TextWidget(CharWidget):
    """Text without control signs. A whole number that a spreadsheet has made of it becomes its digits again."""

    def clean(self, value: object, row: Mapping[str, object] | None = None, **options: object) -> str | None:
        """The text of a cell."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = clean_signs(super().clean(value, row, **options) or "")
        return text or ("" if self.allow_blank else None)

    def render(self, value: object, obj: models.Model | None = None, **options: object) -> str:
        """The cell of a text."""
        return clean_signs(super().render(value, obj, **options))


class NullableTextWidget(TextWidget):
    """Text that is NULL where nothing is."""

    def __init__(self) -> None:
        super().__init__(allow_blank=False)


class TypedIntegerWidget(IntegerWidget):
    """A whole number of a spreadsheet, read as one that is typed. The preview shows it back."""

    def clean(self, value: object, row: Mapping[str, object] | None = None, **options: object) -> object:
        """The number of a cell."""
        return _read_cell(WholeNumberField(required=False), value)


class TypedDateWidget(DateWidget):
    """A day of a spreadsheet, read as one that is typed. A spreadsheet gives it a time. The preview shows it back."""

    def clean(self, value: object, row: Mapping[str, object] | None = None, **options: object) -> object:
        """The date of a cell."""
        return value.date() if isinstance(value, datetime) else _read_cell(DateField(required=False), value)


def _read_cell(field: forms.Field, value: object) -> object:
    """What a form would read.

    Raises:
        ValueError: it cannot be read; the library shows these words beside the row.
    """
    try:
        return field.to_python(value)
    except forms.ValidationError as fault:
        raise ValueError(" ".join(fault.messages)) from fault


class RoundTrip(ModelResource):
    """For a resource: an unchanged export changes nothing when it is imported."""

    @classmethod
    def widget_from_django_field(cls, field: models.Field, default: type[Widget] = Widget) -> type[Widget]:
        """The widget that reads and writes a field."""
        if isinstance(field, models.CharField | models.TextField):
            return NullableTextWidget if field.null else TextWidget
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            return TypedDateWidget
        if isinstance(field, models.IntegerField):
            return TypedIntegerWidget
        return super().widget_from_django_field(field, default)

    @classmethod
    def widget_kwargs_for_field(cls, name: str, field: models.Field) -> dict[str, object]:
        """Nothing for texts: their widgets know what an empty cell is."""
        if isinstance(field, models.CharField | models.TextField):
            return {}
        return super().widget_kwargs_for_field(name, field)

    def import_field(self, field: Field, instance: models.Model, row: Mapping[str, object], **options: Any) -> None:
        """Set a field. A text whose lines are the same stays as it was, to the letter."""
        before = field.get_value(instance)
        super().import_field(field, instance, row, **options)
        after = field.get_value(instance)
        if isinstance(before, str) and isinstance(after, str) and _lines(before) == _lines(after):
            setattr(instance, field.attribute, before)
        elif isinstance(after, str) and PRINTED.fullmatch(field.attribute):
            validate_printed(after)


class CSV(base_formats.CSV):
    """A table of text, with commas, semicolons or tabs between its cells."""

    def create_dataset(self, in_stream: str | bytes, **options: object) -> Dataset:
        """The rows of a file."""
        text = in_stream.decode(self.encoding or "utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        return _dataset(_rows(text.removeprefix("\ufeff")))


class TSV(CSV):
    """The same, written with tabs."""

    TABLIB_MODULE = base_formats.TSV.TABLIB_MODULE
    CONTENT_TYPE = base_formats.TSV.CONTENT_TYPE


class XLSX(base_formats.XLSX):
    """A workbook. Whatever a text begins with, it is no formula."""

    def create_dataset(self, in_stream: bytes) -> Dataset:
        """The rows of the first sheet, as far as there is something in them."""
        sheet = openpyxl.load_workbook(BytesIO(in_stream), read_only=True, data_only=True).active
        return _dataset(list(row) for row in sheet.iter_rows(values_only=True))

    def export_data(self, dataset: Dataset, **options: object) -> bytes:
        """The workbook."""
        book = openpyxl.Workbook()
        sheet = book.active
        for row in [dataset.headers, *dataset]:
            sheet.append(["" if isinstance(value, str) else value for value in row])
            for cell, value in zip(sheet[sheet.max_row], row, strict=True):
                if isinstance(value, str) and value:
                    cell.value, cell.data_type = value.replace("\r\n", "\n").replace("\r", "\n"), "s"
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()


OWN = {known.__name__: known for known in (CSV, TSV, XLSX)}
FORMATS = [OWN.get(known.__name__, known) for known in base_formats.DEFAULT_FORMATS]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _rows(text: str) -> Iterator[list[str]]:
    first, _end, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith(DECLARED):
        delimiter = first.strip().strip('"')[len(DECLARED) :][:1] or ","
        text = rest
    else:
        delimiter = max(DELIMITERS, key=first.count)
    yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _dataset(rows: Iterator[list[Any]]) -> Dataset:
    """The table of these rows: with empty cells at the end where a row is short, and none where it is long."""
    dataset = Dataset()
    for row in rows:
        while row and row[-1] in (None, ""):
            row.pop()
        if dataset.headers is None:
            dataset.headers = row
        elif row:
            dataset.append([*row, *[""] * (len(dataset.headers) - len(row))])
    return dataset
