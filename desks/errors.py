"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something that a desk does not do; its text is for the person who asked."""

    text = _("The desk does not allow this.")

    def __str__(self) -> str:
        return str(self.text)


class KeysExist(Refusal):
    """The desk has its keys already."""

    text = _("This desk has its keys already.")


class NoKeys(Refusal):
    """The desk has no keys yet, so nobody can be let in."""

    text = _("This desk has no keys yet.")


class NotAColleague(Refusal):
    """Whoever does not work at a desk gets no key to it."""

    text = _("This person does not work at this desk.")


class NotInTime(Refusal):
    """It was no test report, or it was not triaged and answered as the desk promises."""

    text = _("This test report was not triaged and answered in time. Please send another.")
