"""What a screening refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class NoReasonToLower(DeskRefusal):
    """A professional may raise the level at any time, and lower it with a reason."""

    text = _("Say why you lower it.")


class NothingPoints(DeskRefusal):
    """Supervisors are asked where a screening points to a presumed victim."""

    text = _("The last finished screening does not point to a presumed victim.")


class ScreeningFinished(DeskRefusal):
    """A finished screening stays as it is."""

    text = _("This screening is finished. Begin another one.")


class StaleScreening(DeskRefusal):
    """The draft was saved from another page since this one was opened."""

    text = _("This draft was saved from another page. What you typed is still here; open the other page and compare.")
