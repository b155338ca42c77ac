"""What an entry of the admin's own log says of a change: the fields with their old and new values."""

from __future__ import annotations

import json

from django import template
from django.contrib.admin.models import LogEntry

register = template.Library()


@register.filter
def changed_values(entry: LogEntry) -> list[tuple[str, str, str]]:
    """Label, old and new value of each field that was changed. Entries of earlier versions have none."""
    try:
        parts = json.loads(entry.change_message)
    except ValueError:
        return []
    changes = [part.get("changed", {}) for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return [(label, old, new) for change in changes for label, old, new in change.get("values", [])]
