"""The base of every admin page and of every import: what is saved, deleted or imported there is in the audit log.

The entry is written in the transaction of the change. `tests/audit/test_recorded_admin.py` refuses other bases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from import_export.resources import ModelResource
from import_export.results import Result, RowResult
from tablib import Dataset

from victor.access import Actor, signed_in_user
from victor.audit.actions import record
from victor.folding import Question
from victor.stored_names import NoStoredName, stored_reference

MAX_VALUE = 200  # characters of an old or new value
MAX_FIELDS = 300  # characters of the names of changed fields
DELETED = "delete_selected"  # records each row that it deletes


def _naming_rows(values: list[str], primary_key: models.Field) -> list[str]:
    """Those of some values that can name a row. Django asks the database for all of them, and fails at the others."""
    return [value for value in values if _fits(primary_key, value)]


def _fits(primary_key: models.Field, value: str) -> bool:
    try:
        primary_key.run_validators(primary_key.to_python(value))
    except ValidationError:
        return False
    return "\0" not in value


class KnownChoice(AutocompleteSelect):
    """One row, found by typing; what names no row is left out."""

    def format_value(self, value: object) -> list[str]:
        """The row that was chosen."""
        return _naming_rows(super().format_value(value), self.field.remote_field.model._meta.pk)


class KnownChoices(AutocompleteSelectMultiple):
    """Several rows, found by typing; what names no row is left out."""

    def format_value(self, value: object) -> list[str]:
        """The rows that were chosen."""
        return _naming_rows(super().format_value(value), self.field.remote_field.model._meta.pk)


class KnownRows(BaseModelAdmin):
    """For an admin page or an inline of one whose form finds rows by typing."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: object
    ) -> forms.ModelChoiceField | None:
        """A field that leaves out what names no row."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> forms.ModelMultipleChoiceField | None:
        """The same for several rows."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownChoices(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RecordedAdmin(KnownRows, admin.ModelAdmin):
    """Records additions, changes, deletions and the actions on several rows.

    Searches without accents and capital letters, as the public search does. The history has old and new values.
    """

    is_counted = False  # on the start page
    is_searched_in_the_database = False  # for tables too long to be read

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """The rows that have every word of the question, in any of the searched fields."""
        fields = [name.lstrip("^=@") for name in self.get_search_fields(request)]
        question = Question(search_term)
        if self.is_searched_in_the_database or not fields or not question:
            return super().get_search_results(request, queryset, search_term)
        rows = queryset.order_by().values_list("pk", *fields)
        return queryset.filter(pk__in=[pk for pk, *texts in rows if question.fits(*texts)]), False

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        """A field without signs beside it that add, change or delete what it names."""
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if form_field is not None and isinstance(form_field.widget, RelatedFieldWidgetWrapper):
            form_field.widget = form_field.widget.widget
        return form_field

    def construct_change_message(
        self, request: HttpRequest, form: forms.Form, formsets: Iterable[forms.BaseFormSet], add: bool = False
    ) -> list[dict[str, dict[str, list]]]:
        """What Django notes of a change, and the old and the new value of each field of the form."""
        message: list[dict[str, dict[str, list]]] = super().construct_change_message(request, form, formsets, add)
        for part in message:
            if not add and "changed" in part and "object" not in part["changed"]:
                part["changed"]["values"] = changed_values(form)
        return message

    def log_addition(self, request: HttpRequest, obj: models.Model, message: object) -> LogEntry:
        entry = super().log_addition(request, obj, message)
        record("admin.added", reference_of(obj), by=signed_in_user(request))
        return entry

    def log_change(self, request: HttpRequest, obj: models.Model, message: object) -> LogEntry:
        if getattr(obj, "is_proposed", False):
            return LogEntry()  # nothing has changed yet, and the proposal is recorded
        entry = super().log_change(request, obj, message)
        if message:
            record("admin.changed", reference_of(obj), by=signed_in_user(request), fields=_changed_fields(message))
        return entry

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        """Say that it was saved only where that is true."""
        if getattr(obj, "is_proposed", False):
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return super().response_change(request, obj)

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet[models.Model]) -> list[LogEntry]:
        rows = [obj for obj in queryset if self.is_deleted_at_once(request, obj)]
        for obj in rows:
            record("admin.deleted", reference_of(obj), by=signed_in_user(request))
        return super().log_deletions(request, cast("models.QuerySet[models.Model]", rows))  # Django passes a list too

    def is_deleted_at_once(self, request: HttpRequest, obj: models.Model) -> bool:
        """Whether a deletion needs nobody else: what is only proposed is not recorded as done."""
        return True

    def response_action(
        self, request: HttpRequest, queryset: models.QuerySet[models.Model], *args: object, **kwargs: object
    ) -> HttpResponse | None:
        """Run an action on several rows and record it, in one transaction."""
        name = request.POST.get("action", "")
        with transaction.atomic(using=router.db_for_write(self.model)):
            response = super().response_action(request, queryset)
            if name and name != DELETED:
                chosen = len(request.POST.getlist(ACTION_CHECKBOX_NAME))
                record(
                    "admin.action",
                    self.model._meta.label_lower,
                    by=signed_in_user(request),
                    name=name[:100],
                    rows=chosen,
                )
        return response


class RecordedResource(ModelResource):
    """An import or export of rows. An import records each row that it adds or changes; a preview is rolled back."""

    def after_import(self, dataset: Dataset, result: Result, *, user: Actor, **kwargs: object) -> None:
        super().after_import(dataset, result, user=user, **kwargs)
        self.record_rows(result, user)

    def record_rows(self, result: Result, by: Actor) -> None:
        """Record what was imported. A row that was skipped changes nothing."""
        for row in result.rows:
            if row.object_id and row.import_type in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE):
                obj = self._meta.model(pk=row.object_id)
                record("admin.imported", reference_of(obj), by=by, is_new=row.import_type == RowResult.IMPORT_TYPE_NEW)


def changed_values(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """The fields that were changed: label, old and new value, in words. Files and secrets have no value here."""
    fields = [(name, form.fields[name]) for name in form.changed_data if name in form.fields]
    return [
        (str(field.label or name), _value(field, form[name].initial), _value(field, form.cleaned_data.get(name)))
        for name, field in fields
        if not isinstance(field, forms.FileField)
    ]


def _value(field: forms.Field, value: object) -> str:
    """A value as people read it: the words of a choice, the name of a row."""
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.ModelChoiceField) and not isinstance(value, models.Model):
        pks = value if isinstance(value, list | tuple | models.QuerySet) else [value]
        known = field.queryset if field.queryset is not None else []
        rows = [row for row in known if row in pks or row.pk in pks]
        return ", ".join(str(row) for row in rows)[:MAX_VALUE]
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    words = dict(choices)
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(words.get(part, part)) for part in values)[:MAX_VALUE]


def reference_of(obj: models.Model) -> str:
    """The stored name of a row. A library's model has none: then the name of its class."""
    try:
        return stored_reference(obj)
    except NoStoredName:
        return f"{obj._meta.label_lower}:{obj.pk}"


def _changed_fields(message: object) -> str:
    """The fields that Django's own entry names: labels, and never a value."""
    entries = message if isinstance(message, list) else []
    changes = [change for entry in entries for change in entry.values()]
    fields = [str(field) for change in changes for field in change.get("fields", [change.get("name", "")])]
    return ", ".join(filter(None, fields))[:MAX_FIELDS]
