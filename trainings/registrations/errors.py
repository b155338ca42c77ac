"""What an action on a registration may refuse. A view shows the text of the error as a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import AlreadySettled, TrainingRefusal

if TYPE_CHECKING:
    from trainings.registrations.models import Registration


class NotOpen(TrainingRefusal):
    """Registration has not begun, is over, or the seminar is cancelled."""

    text = _("Registration for this seminar is not open.")


class SeminarHasBegun(AlreadySettled):
    """An offer ends when the seminar begins, so none can be made afterwards."""

    text = _("The seminar has started, so no more places are offered. Anyone who comes can be checked in at the door.")


class NoFreeSeat(TrainingRefusal):
    """All seats are taken, or all seats for this profession or country."""

    text = _("There is no free place.")


class NotAllFit(TrainingRefusal):
    """A group that comes together or not at all has more members than there are free seats."""

    text = _("There are not enough free places for all of you.")


class GroupDoesNotFit(TrainingRefusal):
    """The colleagues with whom a person comes together or not at all do not all fit."""

    text = _("These colleagues come together or not at all, and there are not enough free places for all of them.")


class AlreadyRegistered(TrainingRefusal):
    """This person has an open registration with this name and address. Only its owner may learn that."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration)
        self.registration = registration


class PerhapsRegistered(TrainingRefusal):
    """The mail of people who are registered arrives at this address: it has to be asked whether they are one person."""

    def __init__(self, registrations: list[Registration]) -> None:
        super().__init__(registrations)
        self.registrations = registrations
