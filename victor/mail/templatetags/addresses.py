"""Links in mails that are written as plain text."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ADDRESS = re.compile(r"""(?<![^\s("„“«])(https?://[^\s<>"]*[^\s<>".,:;!?)])""")


@register.filter
def linked(text: str) -> SafeString:
    """The text, escaped, with a link for each address that begins with http:// or https://.

    Other text that looks like an address, such as evil.com, stays text: it may be somebody's name.
    """
    pieces = ADDRESS.split(text)
    parts = [
        format_html('<a href="{0}">{0}</a>', piece) if position % 2 else escape(piece)
        for position, piece in enumerate(pieces)
    ]
    return mark_safe("".join(parts))  # noqa: S308 - each piece is escaped above
