"""Kinds of organisations, and parts of countries in trafficking routes."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(TextChoices):
    """What kind of organisation a partner is, in the order of the Partnership Scheme."""

    COORDINATOR = "coordinator", pgettext_lazy("organisation", "Coordinator")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    STATE_AUTHORITY = "state_authority", _("State authority")
    INTERNATIONAL_NGO = "international_ngo", _("International NGO")
    NATIONAL_NGO = "national_ngo", _("National NGO")


class MembershipKind(TextChoices):
    """The kind of membership. The Partnership Scheme says full or associate for the six national NGOs only."""

    COORDINATOR = "coordinator", pgettext_lazy("organisation", "Coordinator")
    FULL = "full", _("Full partner")
    ASSOCIATE = "associate", _("Associate partner")
    UNSPECIFIED = "unspecified", pgettext_lazy("organisation", "Partner")


class Part(TextChoices):
    """The part of a country in trafficking routes; one country may have several."""

    ORIGIN = "origin", _("country of origin")
    TRANSIT = "transit", _("country of transit")
    DESTINATION = "destination", _("country of destination")


# The members of the European Union (ISO 3166).
UNION = frozenset(
    (
        *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI"),
        *("FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU"),
        *("MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
    )
)
# Those that belong to the European Economic Area and not to the Union (ISO 3166).
ECONOMIC_AREA = frozenset(("IS", "LI", "NO"))
