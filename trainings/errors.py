"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something that is not possible now; its text is for the person who asked."""

    text = _("This is not possible.")

    def __str__(self) -> str:
        return str(self.text)


class NotOpen(Refusal):
    """Registration has not begun, is over, or the seminar is cancelled."""

    text = _("Registration for this seminar is not open.")


class NotPossible(Refusal):
    """The registration is not where this could happen: the offer was answered or has lapsed, the place given up."""

    text = _("This was settled before. Nothing was changed.")


class Over(NotPossible):
    """A seminar that has taken place is not called off."""

    text = _("This seminar is over.")


class Begun(NotPossible):
    """An offer ends when the seminar begins, so that afterwards none can be made."""

    text = _("The seminar has begun, so no place is offered any more. Whoever comes is let in at the door.")


class NoFreeSeat(Refusal):
    """All seats are taken, or all those for this profession or country."""

    text = _("There is no free seat.")


class NoPlace(Refusal):
    """Only who has a place is checked in; others come by the door for those without registration."""

    text = _("This person has no place in this seminar.")


class NotYet(Refusal):
    """Nobody can have been at a session before its day."""

    text = _("This session is on another day. Check-in opens that morning.")


class TooLate(Refusal):
    """Whatever is noted a day after the end or later is a correction, by whoever trains."""

    text = _("Check-in ended a day after the seminar. Correct the list instead, with a reason.")


class NotAllFit(Refusal):
    """A group that comes together or not at all is larger than what is free."""

    text = _("There are not enough free seats for all of you.")


class GroupDoesNotFit(Refusal):
    """Colleagues who come together or not at all are not admitted one by one."""

    text = _("These colleagues come together or not at all, and there are not enough free places for all of them.")


class NotAsked(Refusal):
    """The questions are not open, or not for who has no place."""

    text = _("These questions are not open now.")


class HandedInBefore(Refusal):
    """The answers are handed in, and nobody knows any more whose they are."""

    text = _("You have handed your answers in already. Thank you.")


class NobodyToWriteTo(Refusal):
    """A mailing would go to nobody."""

    text = _("There is nobody to whom this goes.")


class LanguageMissing(Refusal):
    """Somebody would get a mailing whose words are not written in their language."""

    text = _("Some recipients read a language in which the words are not written yet.")


class NotOver(Refusal):
    """The last session has not begun, so nobody knows yet who was there."""

    text = _("Certificates are issued once the last session has begun.")


class AlreadyRegistered(Refusal):
    """There is an open registration with this address: told to nobody but the address itself."""

    def __init__(self, registration: Any) -> None:
        super().__init__(registration)
        self.registration = registration


class Answered(Refusal):
    """Other questions are to be asked before and after a seminar of which some are answered."""

    text = _("Some have answered these questions already, so the seminar keeps them.")


class TooFewSeats(Refusal):
    """A seminar is to have fewer seats than are somebody's."""

    text = _("More places than that are given already.")
