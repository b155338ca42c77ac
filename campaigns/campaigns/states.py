"""The audiences of campaigns."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Audience(TextChoices):
    """The audience of a message, in the order in which messages are shown."""

    CHILDREN = "children", pgettext_lazy("audience of a campaign", "Children and young people")
    VULNERABLE = "vulnerable", pgettext_lazy("audience of a campaign", "People on the move and people in need")
    PARENTS = "parents", pgettext_lazy("audience of a campaign", "Parents and carers")
    PUBLIC = "public", pgettext_lazy("audience of a campaign", "Everyone")
    DEMAND = "demand", pgettext_lazy("audience of a campaign", "Buyers of services and employers")
    PROFESSIONALS = "professionals", pgettext_lazy("audience of a campaign", "Professionals")
