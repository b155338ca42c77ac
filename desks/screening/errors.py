"""What a screening refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class NoReasonToLower(DeskRefusal):
    """A professional may raise the level at any time, and lower it with a reason."""

    text = _("Say why you lower it.")
