"""What can happen to texts: saved, submitted, approved, published, taken back and brought back, one language a time.

Whoever changes a text locks its row; whoever publishes locks the rows of all languages of the thing, in one order.
Public columns of another language are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from victor.languages import column
from victor.publishing.errors import Incomplete
from victor.publishing.models import LanguageVersion, Publishable
from victor.publishing.publication_checks import REQUIREMENTS, Requirement
from victor.publishing.richtext import clean_html, images_in
from victor.publishing.translation import options


def clean_texts(obj: Publishable, texts: Mapping[str, str]) -> dict[str, str]:
    known = options(type(obj))
    return {
        name: clean_html(texts.get(name, "")) if name in known.rich else texts.get(name, "").strip()
        for name in known.texts
    }


def refuse_incomplete(version: LanguageVersion, requirements: Iterable[Requirement] = REQUIREMENTS) -> None:
    obj = version.object
    lacking = [
        obj._meta.get_field(column(name, version.language)).verbose_name
        for name in options(type(obj)).required_texts
        if not version.fields.get(name)
    ]
    lacking += [
        _("the alternative text of an image in “%(text)s”") % {"text": obj._meta.get_field(name).verbose_name}
        for name in options(type(obj)).rich
        if not all(image.alternative for image in images_in(version.fields.get(name, "")))
    ]
    for check in requirements:
        lacking += check(obj, version.language)
    if lacking:
        raise Incomplete(lacking)
