"""What is refused about the place where a child lives. The texts are for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal
from victor.formatting import short_moment

if TYPE_CHECKING:
    from datetime import datetime


class ChildIsMissing(DeskRefusal):
    """A child who is missing gets no new place, and no second report."""

    text = gettext_lazy("The child is recorded as missing. Record first that the child is back.")


class BeforeEarlierPlace(DeskRefusal):
    """The child came to the earlier place later."""

    text = gettext_lazy("The child came to the last place later than this. Check the date.")


class BeforeMissing(DeskRefusal):
    """The child was missed later."""

    text = gettext_lazy("The child was missed later than this. Check the date.")


class TooEarly(DeskRefusal):
    """One look does not count for two check-ins."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self.text = _("This check-in can be recorded from %(moment)s on. Until then write a note.") % {
            "moment": short_moment(moment)
        }
