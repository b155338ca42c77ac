"""Renders rich texts with their pictures. Views call it, so that a template reads nothing while it renders."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from victor.languages import local_html
from victor.pictures.models import Picture
from victor.pictures.rendering import render_picture
from victor.publishing.richtext import clean_html, images_in, with_images

IN_TEXT = "(min-width: 46rem) 42rem, 100vw"  # as wide as a line of text


def render_prose(obj: Model, *fields: str) -> dict[str, SafeString]:
    """Rich texts of an object, by field. One that stands in for a missing translation is in a `<div lang>`."""
    texts = {field: local_html(obj, field) for field in fields}
    rendered = render_rich({field: text.text for field, text in texts.items()})
    return {field: _mark_language(html, texts[field].language) for field, html in rendered.items()}


def render_rich(texts: Mapping[str, str]) -> dict[str, SafeString]:
    """Rich texts by name, cleaned once more on their way out. Their pictures are those that may be shown today."""
    cleaned = {name: clean_html(html) for name, html in texts.items()}
    keys = {image.key for html in cleaned.values() for image in images_in(html)}
    known = {picture.key: picture for picture in Picture.objects.shown().filter(key__in=keys)} if keys else {}
    return {name: _with_pictures(html, known) for name, html in cleaned.items()}


def _with_pictures(html: str, known: Mapping[str, Picture]) -> SafeString:
    drawn = with_images(html, lambda image: render_picture(known.get(image.key), image.alternative, sizes=IN_TEXT))
    return mark_safe(drawn)  # noqa: S308 - that is what cleaning is for


def _mark_language(html: SafeString, language: str | None) -> SafeString:
    return html if language is None else format_html('<div lang="{}">{}</div>', language, html)
