"""What a model is called in stored data: in the log, in stamps and owners of the vault, in the addresses of texts and
in files for translators.

The name is written at the model (`stored_name = "desks.report"`) and never changes: stamps and references that were
stored with it would no longer fit. The class may be renamed or moved. Its stored name goes with it.
`tests/stored_names.tsv` lists these names.
"""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model


class NoStoredName(LookupError):
    """A model has no stored name yet. It is not stored under the name of its class instead."""


def stored_name(of: Model | type[Model]) -> str:
    """The stored name of a model, or of the model of a row.

    Raises:
        NoStoredName: the class itself declares none. The name of a parent class does not count.
    """
    model = of._meta.model
    name = vars(model).get("stored_name")
    if not isinstance(name, str):
        raise NoStoredName(model)
    return name


def stored_reference(row: Model) -> str:
    """The stored name of one row: `desks.report:…`."""
    return f"{stored_name(row)}:{row.pk}"


def describe_reference(reference: str) -> str:
    """A stored reference in the words of today: `vault.ceremony:1` is "recovery of access 1".

    A reference to something that is no model stays as it is.
    """
    model, pk = model_of_reference(reference), reference.partition(":")[2]
    return f"{model._meta.verbose_name} {pk}" if model else reference


def model_of_reference(reference: str) -> type[Model] | None:
    """The model of the row that a reference names; None where it names no row of a model of today."""
    name, _colon, pk = reference.partition(":")
    models: dict[str | None, type[Model]] = {vars(model).get("stored_name"): model for model in apps.get_models()}
    return models.get(name) if pk else None
