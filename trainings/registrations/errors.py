"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import AlreadySettled, TrainingRefusal


class NotOpen(TrainingRefusal):
    """Registration has not begun, is over, or the seminar is cancelled."""

    text = _("Registration for this seminar is not open.")


class SeminarHasBegun(AlreadySettled):
    """An offer ends when the seminar begins, so that afterwards none can be made."""

    text = _("The seminar has started, so no more places are offered. Anyone who comes can be checked in at the door.")


class NoFreeSeat(TrainingRefusal):
    """All seats are taken, or all those for this profession or country."""

    text = _("There is no free place.")


class NotAllFit(TrainingRefusal):
    """A group that comes together or not at all is larger than what is free."""

    text = _("There are not enough free places for all of you.")


class GroupDoesNotFit(TrainingRefusal):
    """Colleagues who come together or not at all are not admitted one by one."""

    text = _("These colleagues come together or not at all, and there are not enough free places for all of them.")


class AlreadyRegistered(TrainingRefusal):
    """There is an open registration with this address: told to nobody but the address itself."""

    def __init__(self, registration: Any) -> None:
        super().__init__(registration)
        self.registration = registration
