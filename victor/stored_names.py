"""What a model is called in stored data: in the log, in stamps and owners of the vault, in addresses of texts and files
for translators.

The name is written at the model (`stored_name = "desks.report"`) and never changes, since stamps and references that
were stored with it would no longer fit. The class may be renamed or moved; its stored name goes with it.
`tests/stored_names.tsv` lists these names.
"""

from __future__ import annotations

from django.db.models import Model


class NoStoredName(LookupError):
    """A model that has no name in stored data yet; it is not stored under the name of its class instead."""


def stored_name(of: Model | type[Model]) -> str:
    """What the model, or the model of a row, is called in stored data.

    Raises:
        NoStoredName: the class itself declares none. That of a parent is the parent's.
    """
    model = of._meta.model
    name = vars(model).get("stored_name")
    if not isinstance(name, str):
        raise NoStoredName(model)
    return name


def stored_reference(row: Model) -> str:
    """What one row is called in stored data: `desks.report:…`."""
    return f"{stored_name(row)}:{row.pk}"
