"""How a picture stands in a page: the one place that writes it."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from victor.pictures.models import Picture
from victor.pictures.states import STEPS, PictureFormat


def render_picture(picture: Picture | None, alternative: str, **given: Any) -> SafeString:
    """A `<picture>` in modern formats, with its width and height; nothing where it may not be seen today.

    `sizes` says how wide it stands in the page, `css` which classes it has, `urgent` that it is seen first,
    `language` in which language its alternative text is where that is not the page's.
    """
    if picture is None or not picture.is_shown:
        return SafeString()
    said = {
        "picture": picture,
        "alternative": alternative,
        "avif": picture.addresses(PictureFormat.AVIF),
        "webp": picture.addresses(PictureFormat.WEBP),
    }
    return SafeString(render_to_string("elements/picture.html", said | given).strip())


def focus_classes(picture: Picture) -> str:
    """The classes that keep the focal point in view where the picture is cut; the policy forbids styles in the page."""
    return f"focus-x-{_nearest(picture.focal_x)} focus-y-{_nearest(picture.focal_y)}"


def _nearest(per_cent: int) -> int:
    return min(STEPS, key=lambda step: abs(step - per_cent))
