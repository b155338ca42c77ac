"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.states import Stop


class Refusal(Exception):
    """Something a desk does not do; its text is for the person who asked."""

    text = _("This is not possible.")

    def __str__(self) -> str:
        return str(self.text)


class NotPossible(Refusal):
    """What is asked does not start from the state of this moment."""

    text = _("Somebody else was faster: this is not possible any more.")


class NeedsReason(Refusal):
    """Nobody was answered, so colleagues have to know why."""

    text = _("The reporter has no answer yet. Answer first, or write down why not.")


class NotADuplicate(Refusal):
    """A report is the same as another one of the same desk, which is not a duplicate itself."""

    text = _("Choose another report of this desk that is not a duplicate itself.")


class NotAColleague(Refusal):
    """The person does not work at this desk."""

    text = _("This person does not work at this desk.")


class KeysExist(Refusal):
    """The desk has its keys already."""

    text = _("This desk has its keys already.")


class NoKeys(Refusal):
    """The desk has no keys yet, so nobody can be let in, and nothing can be sealed to it."""

    text = _("This desk has no keys yet.")


class NotInTime(Refusal):
    """It was no test report, or it was not triaged and answered as the desk promises."""

    text = _("This test report was not triaged and answered in time. Please send another.")


class OwnRequest(Refusal):
    """A second person is needed."""

    text = _("You have asked for this yourself. Another colleague has to agree.")


class NotGranted(Refusal):
    """Nobody has agreed, or it was too long ago, or it was opened."""

    text = _("Nobody has agreed to this, or it was opened already, or a day has passed. Please ask again.")


class Misread(Exception):
    """What was typed is no receipt: of the wrong length, with a word that we do not use, or two that changed places."""

    LENGTH, UNKNOWN, CHECK = "length", "unknown", "check"

    def __init__(self, fault: str, word: str = "") -> None:
        super().__init__(fault)
        self.fault, self.word = fault, word


class UnknownReceipt(Exception):
    """No report belongs to this receipt: there never was one, or it is no longer there. Nobody learns which."""


class OwnProposal(Refusal):
    """A rule needs a second coordinator."""

    text = _("You have proposed this rule. Another coordinator has to approve it.")


class NotDue(Refusal):
    """The day has not come, and the reporter did not ask."""

    text = _("This report is not to be deleted yet.")


class Stopped(Refusal):
    """Something keeps the report."""

    def __init__(self, why: Stop) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return str(_("This report is kept. %(why)s.") % {"why": self.why.label})
