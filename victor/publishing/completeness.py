"""Cleans texts, and refuses those that lack something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from victor.languages import column
from victor.publishing.errors import Incomplete
from victor.publishing.models import LanguageVersion, Publishable
from victor.publishing.publication_checks import REQUIREMENTS, Requirement
from victor.publishing.richtext import clean_html, images_in
from victor.publishing.translation import options
from victor.signs import clean_signs


def clean_texts(obj: Publishable, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of the model, by field name: rich text is cleaned, other text is stripped. Others are left out.

    Signs that no paper, feed or calendar can hold are taken out of both.
    """
    fields = options(type(obj))
    readable = {name: clean_signs(texts.get(name, "")) for name in fields.texts}
    return {name: clean_html(text) if name in fields.rich else text.strip() for name, text in readable.items()}


def refuse_incomplete(version: LanguageVersion, requirements: Iterable[Requirement] = REQUIREMENTS) -> None:
    """Refuse a text that lacks something.

    Raises:
        Incomplete: with what is missing, in words.
    """
    obj = version.object
    missing = [
        obj._meta.get_field(column(name, version.language)).verbose_name
        for name in options(type(obj)).required_texts
        if not version.fields.get(name)
    ]
    missing += [
        _("the alternative text of an image in “%(text)s”") % {"text": obj._meta.get_field(name).verbose_name}
        for name in options(type(obj)).rich
        if not all(image.alternative for image in images_in(version.fields.get(name, "")))
    ]
    for check in requirements:
        missing += check(obj, version.language)
    if missing:
        raise Incomplete(missing)
