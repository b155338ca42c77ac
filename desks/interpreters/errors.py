"""What is refused about interpreters. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class TieNotExcluded(DeskRefusal):
    """Somebody who may know the family does not interpret for the child."""

    text = _("Nobody is booked before it is confirmed that they have no tie to the family. Check this first.")


class InterpreterChanged(DeskRefusal):
    """Nobody corrects over what they have not seen."""

    text = _("Somebody else has corrected this. What you typed is still here; open the case again and compare.")


class InThePast(DeskRefusal):
    """An appointment is booked before it begins."""

    text = _("This time has passed. Choose a later one.")


class AlreadyBooked(DeskRefusal):
    """One appointment is not booked twice."""

    text = _("This interpreter is already booked for this time.")


class NotBegun(DeskRefusal):
    """What has not begun has not taken place."""

    text = _("This appointment has not begun yet. Move it to another time, or record it afterwards.")
