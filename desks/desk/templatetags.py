from __future__ import annotations

from typing import Any

from django import template

from desks.desk.models import Desk

register = template.Library()


@register.simple_tag
def desks_in(country: Any) -> Any:
    """The public desks of a country: `{% desks_in country as desks %}`."""
    return Desk.objects.for_listing().filter(country=country)
