"""What is refused about alerts. The texts are for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal

if TYPE_CHECKING:
    from desks.desk.models import Desk


class AlertOver(DeskRefusal):
    """It was taken back, or its day has come."""

    text = gettext_lazy("This alert has ended. Nobody can open it any more.")


class NobodyAgreed(DeskRefusal):
    """Neither guardian nor authority has agreed, or nothing says which office, when and how."""

    text = gettext_lazy("Say who agreed. Without guardian or authority no alert can be sent.")


class NoDeskChosen(DeskRefusal):
    """It goes to chosen desks only."""

    text = gettext_lazy("Choose at least one desk.")


class EndNotPossible(DeskRefusal):
    """It has no end, or one that is too far."""

    text = gettext_lazy("Choose an end: a day from today on, at most 30 days away.")


class InformationLacks(DeskRefusal):
    """Whoever has information says it."""

    text = gettext_lazy("Write what you know, or choose “We have seen nothing”.")


class WhoIsMissingLacks(DeskRefusal):
    """Nothing says who is missing, or where the child was last seen."""

    text = gettext_lazy("Write who is missing, and where the child was last seen.")


class DeskCannotReceive(DeskRefusal):
    """A desk is not published, or fewer than two people hold its keys."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.text = _("This desk cannot receive alerts now: %(desk)s. Telephone, or choose another desk.") % {
            "desk": desk.name
        }
