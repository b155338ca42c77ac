"""HTTP statuses of pages that show a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS

if TYPE_CHECKING:
    from django.forms import BaseForm


def status_of(form: BaseForm) -> int:
    """422 for what was typed wrongly, 409 for what the action refused, else 200.

    RFC 9110, sections 15.5.10 and 15.5.21.
    """
    if not form.errors:
        return 200
    return 422 if form.errors.keys() - {NON_FIELD_ERRORS} else 409
