"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class NeedsReason(DeskRefusal):
    """Nobody was answered, so colleagues have to know why."""

    text = _("The reporter has no answer yet. Answer first, or write down why not.")


class NotADuplicate(DeskRefusal):
    """A report is the same as another one of the same desk, which is not a duplicate itself."""

    text = _("Choose another report of this desk that is not a duplicate itself.")


class OwnRequest(DeskRefusal):
    """A second person is needed."""

    text = _("You have asked for this yourself. Another colleague has to agree.")


class NotGranted(DeskRefusal):
    """Nobody has agreed, or it was too long ago, or it was opened."""

    text = _("Nobody has agreed to this, or it was opened already, or a day has passed. Please ask again.")
