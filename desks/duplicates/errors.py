"""What the search for a child who is known already refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class NothingToSearch(DeskRefusal):
    """Nothing was typed that could be compared."""

    text = _("Enter a name, a telephone number or a document number.")


class NoSearchReason(DeskRefusal):
    """Other desks are asked only with consent, or in danger to life."""

    text = _("Say why you ask other desks.")


class TooManySearches(DeskRefusal):
    """Somebody has asked other desks as often as one may on a day."""

    text = _("You have asked other desks 20 times today. Telephone them, or ask tomorrow.")
