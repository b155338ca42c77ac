"""Renders a picture in a page."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from victor.pictures.models import Picture
from victor.pictures.states import STEPS, PictureFormat


class PictureOptions(TypedDict, total=False):
    """How a picture is shown: `sizes` is how wide it is in the page, `css` its classes, `urgent` loads it at once.

    `language` is that of its alternative text where it is not the page's.
    """

    sizes: str
    css: str
    urgent: bool
    language: str | None


def render_picture(picture: Picture | None, alternative: str, **options: Unpack[PictureOptions]) -> SafeString:
    """A `<picture>` in modern formats, with its width and height. Empty where it may not be shown today."""
    if picture is None or not picture.is_shown:
        return SafeString()
    context = {
        "picture": picture,
        "alternative": alternative,
        "avif": picture.addresses(PictureFormat.AVIF),
        "webp": picture.addresses(PictureFormat.WEBP),
    }
    return SafeString(render_to_string("elements/picture.html", {**context, **options}).strip())


def focus_classes(picture: Picture) -> str:
    """The classes that keep the focal point in view. The content security policy forbids inline styles."""
    return f"focus-x-{_nearest(picture.focal_x)} focus-y-{_nearest(picture.focal_y)}"


def _nearest(per_cent: int) -> int:
    return min(STEPS, key=lambda step: abs(step - per_cent))
