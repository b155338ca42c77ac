"""Links in what is sent as words."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ADDRESS = re.compile(r"""(?<![^\s("„“«])(https?://[^\s<>"]*[^\s<>".,:;!?)])""")


@register.filter
def linked(text: str) -> SafeString:
    """The text, escaped, with a link for each address that is written with http:// or https://. What only looks like
    one, such as evil.com, stays text: it may be somebody's name."""
    pieces = ADDRESS.split(text)
    made = [format_html('<a href="{0}">{0}</a>', each) if n % 2 else escape(each) for n, each in enumerate(pieces)]
    return mark_safe("".join(made))  # noqa: S308 - each piece is escaped above
