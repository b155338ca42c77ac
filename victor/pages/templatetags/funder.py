"""The funder's notice where no page is shown: in mails."""

from __future__ import annotations

from django import template

from victor.pages.models import FunderNotice
from victor.publishing.languages import shown

register = template.Library()


@register.simple_tag
def funder_statement() -> str:
    """The sentence that holds today, in the active language; nothing where no notice is in force."""
    notice = FunderNotice.objects.in_force().first()
    return shown(notice, "statement").text if notice else ""
