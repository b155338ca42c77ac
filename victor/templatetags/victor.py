"""Tags for database texts, which may be shown in another language than the page's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Unpack

from django import template
from django.db import models
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from victor import languages
from victor.formatting import (
    clock,
    clock_name,
    format_skeleton,
    format_unit,
    long_day,
    long_moment,
    month_and_year,
    short_appointment,
    short_day,
    short_moment,
)
from victor.pictures.models import Picture
from victor.pictures.rendering import PictureOptions, focus_classes, render_picture
from victor.schedules import times

register = template.Library()
register.simple_tag(clock_name)


class Text(languages.LocalText):
    """A shown text that marks its own language where that is not the page's."""

    def __str__(self) -> str:
        return self.marked()

    def __html__(self) -> SafeString:
        return self.marked()

    def marked(self) -> SafeString:
        """The text, escaped, in a `<span lang>` where it stands in for a missing translation."""
        if self.language is None:
            return format_html("{}", self.text)
        return format_html('<span lang="{}">{}</span>', self.language, self.text)

    @property
    def lang(self) -> str | None:
        """The language of the text where it is not the page's."""
        return self.language


@register.simple_tag
def shown(obj: models.Model, field: str) -> Text:
    """The text of a translated field, or what stands in for it: `{% shown organisation "name" %}`."""
    text = languages.local_text(obj, field)
    return Text(text.text, text.language)


@register.simple_tag
def json_ld(kind: str, data: Mapping[str, object] = MappingProxyType({}), **said: object) -> SafeString:
    """What a page is, for search engines: data in the words of schema.org, which no browser runs."""
    known = {name: each for name, each in {**data, **said}.items() if each}
    written = json.dumps({"@context": "https://schema.org", "@type": kind} | known)
    escaped = written.translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"})
    return mark_safe(f'<script type="application/ld+json">{escaped}</script>')  # noqa: S308 - nothing in it can end it


@register.filter
def language_tag(code: str) -> str:
    """A language as HTML names it: `lang="{{ LANGUAGE_CODE|language_tag }}"`."""
    return languages.language_tag(code)


@register.filter
def language_as_read(code: str) -> str:
    """The tag of a language in the script in which the reader gets its texts."""
    return languages.language_tag(languages.language_as_read(code))


@register.filter
def in_readers_script(text: str) -> str:
    """A text in the language of the page that is no column of a translation, in the letters of the page."""
    return languages.in_readers_script(text)


@register.filter
def day_and_month(value: date) -> str:
    """A day of the year as the reader's language writes it: 18 October, 18 Οκτωβρίου, október 18."""
    return format_skeleton("MMMMd", value)


def _or_nothing(write: Callable[[datetime], str]) -> Callable[[datetime | None], str]:
    def write_known(value: datetime | None) -> str:
        return write(value) if value else ""

    return write_known


# `{{ report.received_at|short_moment }}`: a day has two formats, one for lists and one for sentences.
for write in (clock, long_day, long_moment, month_and_year, short_appointment, short_day, short_moment):
    register.filter(write.__name__, _or_nothing(write))


@register.filter
def in_hours(value: Decimal) -> str:
    """So many hours, as the reader's language writes and declines them: 1.5 hours, 1,5 ώρα."""
    return format_unit(int(value) if value == int(value) else value, "duration-hour")


@register.filter
def hours_of(part: timedelta, whole: timedelta) -> str:
    """How much of a time somebody was there: 5.5 of 6 hours."""
    return times.hours_of(part, whole)


@register.simple_tag
def picture(shown: Picture, alternative: str, *, cut: bool = False, **options: Unpack[PictureOptions]) -> SafeString:
    """A picture where it may be seen today: `{% picture campaign.key_image alternative sizes="100vw" %}`."""
    if cut:
        options["css"] = f"{options.get('css', '')} {focus_classes(shown)}".strip()
    return render_picture(shown, alternative, **options)


@register.filter
def typed_in_digits(field: BoundField) -> SafeString:
    """A field of a form for which a phone shows its digits, not its letters."""
    return field.as_widget(attrs={"inputmode": "numeric"})
