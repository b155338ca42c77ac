"""Kinds and licences of materials."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MaterialKind(TextChoices):
    """The kind of a material, in the order in which materials are shown."""

    POSTER = "poster", pgettext_lazy("campaign material", "Poster")
    LEAFLET = "leaflet", pgettext_lazy("campaign material", "Leaflet")
    SPOT = "spot", pgettext_lazy("campaign material", "Radio spot")
    VIDEO = "video", pgettext_lazy("campaign material", "Video")
    PRESS_KIT = "press_kit", pgettext_lazy("campaign material", "Press kit")


class Licence(TextChoices):
    """What others may do with a material."""

    BY = "by", pgettext_lazy("licence", "CC BY 4.0: you may share and change it if you name VICTOR")
    BY_ND = "by_nd", pgettext_lazy("licence", "CC BY-ND 4.0: you may share it unchanged if you name VICTOR")
    BY_NC_ND = (
        "by_nc_nd",
        pgettext_lazy("licence", "CC BY-NC-ND 4.0: you may share it unchanged, not commercially, if you name VICTOR"),
    )
