"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class NotInTime(DeskRefusal):
    """It was no test report, or it was not triaged and answered as the desk promises."""

    text = _("This test report was not triaged and answered in time. Please send another one.")
