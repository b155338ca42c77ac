"""Rich text: what may be in it. Cleaned when it is saved, and again when it is shown."""

from __future__ import annotations

import nh3

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "mailto", "tel"}


def clean(html: str) -> str:
    """The text without anything that acts, styles or loads: scripts, styles, frames, foreign addresses of `http`."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener", strip_comments=True
    ).strip()


def words(html: str) -> str:
    """The text alone, for search and for comparing."""
    return nh3.clean(html.replace("</", " </"), tags=set()).strip()
