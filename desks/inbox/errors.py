"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class NeedsReason(DeskRefusal):
    """Colleagues have to know to whom a report went, or why it ended."""

    text = _("Please write to whom it was referred, or why.")


class NotADuplicate(DeskRefusal):
    """A report is the same as another one of the same desk, which is not a duplicate itself."""

    text = _("Choose another report at this desk that is not itself a duplicate.")


class NotGranted(DeskRefusal):
    """Nobody has agreed, or it was too long ago, or it was opened."""

    text = _("Nobody has approved this, it has already been opened, or 24 hours have passed. Please ask again.")
