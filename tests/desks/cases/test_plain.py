"""No column of a case is plain without a written reason."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from desks.alerts.models import Alert, AlertDesk
from desks.cases.models import Case
from desks.cases.plain import PLAIN, STRUCTURE
from desks.cases.requests import CaseClosure
from desks.imports.models import CaseImport, ColumnMapping
from desks.packages.models import Package
from desks.referrals.models import Referral
from victor.stored_names import stored_name


def models_of_cases() -> list[type[models.Model]]:
    """The case, every model that belongs to one, to a referral or a package; and files of cases that wait."""
    owners = {Case, Referral, Package}
    owned = [
        model
        for model in apps.get_models()
        if any(field.is_relation and field.related_model in owners for field in model._meta.local_fields)
    ]
    return [Case, CaseClosure, CaseImport, ColumnMapping, Alert, AlertDesk, *owned]


def test_plain_column_without_a_reason_fails():
    undeclared = {
        f"{stored_name(model)}.{field.name}"
        for model in models_of_cases()
        for field in model._meta.local_fields
        if field.name not in STRUCTURE and not PLAIN.get(stored_name(model), {}).get(field.name)
    }
    assert undeclared == set()


def test_reason_of_a_column_that_is_not_there_fails():
    columns = {stored_name(model): {field.name for field in model._meta.local_fields} for model in models_of_cases()}
    strange = {name: set(reasons) - columns.get(name, set()) for name, reasons in PLAIN.items()}
    assert {name: columns for name, columns in strange.items() if columns} == {}


def test_plain_column_holds_no_free_text():
    """A column of text is a code of a list, or one of these short codes of our own."""
    own_codes = {
        "desks.case.reference",
        "desks.referral.reference",
        "desks.package.reference",
        "desks.package.receipt_digest",
        "desks.package.country",
        "desks.caseclock.kind",
        "desks.caseclock.source",
        "desks.timelineentry.code",
        "desks.dutyalarm.code",
        "desks.columnmapping.digest",
    }
    own_codes |= {f"desks.caseescalation.{name}" for name in ("kind", "source", "level")}
    texts = {
        f"{stored_name(model)}.{field.name}"
        for model in models_of_cases()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "stamp"
    }
    assert texts == own_codes
