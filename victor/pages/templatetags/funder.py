"""The funder's notice where no page is shown: in mails and on certificates."""

from __future__ import annotations

from django import template

from victor.pages.models import FunderNotice
from victor.publishing.languages import shown

register = template.Library()


@register.simple_tag
def funder_statement() -> str:
    """The sentence that holds today, in the active language; nothing where no notice is in force."""
    return _text("statement")


@register.simple_tag
def funder_disclaimer() -> str:
    """Whose views the project's papers express."""
    return _text("disclaimer")


def _text(field: str) -> str:
    notice = FunderNotice.objects.in_force().first()
    return shown(notice, field).text if notice else ""
