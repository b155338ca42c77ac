"""The funder's notice where no page is shown: in mails and on certificates."""

from __future__ import annotations

from django import template

from victor.funding import current_funder_notice
from victor.languages import local_text

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
    notice = current_funder_notice()
    return local_text(notice, field).text if notice else ""
