"""What a text needs so that it can stand on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from victor.glyphs import signs_without_glyph
from victor.signs import clean_signs


def missing_for_paper(texts: Iterable[str]) -> Iterator[str]:
    """Name the signs that have to go, because the fonts of our papers lack them."""
    if signs := signs_without_glyph(" ".join(texts)):
        yield _("a text without characters that cannot be printed: %(signs)s") % {"signs": " ".join(signs)}


def validate_signs(text: str) -> None:
    """Refuse what no feed can hold.

    Raises:
        ValidationError: it has signs that are no text.
    """
    _refuse(f"U+{ord(sign):04X}" for sign in sorted(set(text)) if clean_signs(sign) != sign)


def validate_printed(text: str) -> None:
    """Refuse what no paper can show, where a text stands on posters and certificates.

    Raises:
        ValidationError: our fonts lack a sign of it.
    """
    _refuse(signs_without_glyph(clean_signs(text)))


def _refuse(signs: Iterable[str]) -> None:
    if named := " ".join(signs):
        raise ValidationError(_("Please delete these characters. They cannot be printed: %(signs)s") % {"signs": named})
