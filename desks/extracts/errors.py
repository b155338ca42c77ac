"""What is refused about extracts. The texts are for people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal


class NotForReceiver(DeskRefusal):
    """A part goes to others only. `titles` are those parts."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.text = _("This receiver does not get: %(parts)s") % {"parts": " · ".join(titles)}


class NothingWritten(DeskRefusal):
    """Nothing is written in the parts that were chosen."""

    text = gettext_lazy("Nothing is written in these parts yet.")


class RevealingWords(DeskRefusal):
    """Words of a part tell what happened to the child. `titles` are those parts."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        words = _(
            "Words in these parts tell what happened to the child: %(parts)s. Change them, or leave the parts out."
        )
        self.text = words % {"parts": " · ".join(titles)}
