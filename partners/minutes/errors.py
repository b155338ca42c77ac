"""What is refused about minutes, decisions and actions. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class MinutesMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Somebody else has changed these minutes meanwhile. Please look again.")


class MeetingNotBegun(AccountRefusal):
    """Minutes are written from the start of a meeting on."""

    text = gettext_lazy("The meeting has not begun. Minutes can be opened when it starts.")


class StaleText(AccountRefusal):
    """Somebody else has saved the text since the page showed it. The page keeps what was typed."""

    text = gettext_lazy("Somebody else has saved this text meanwhile. Press “Save”: both texts are kept.")


class SecondTextWaits(AccountRefusal):
    """Two texts of one item wait for a choice."""

    text = gettext_lazy("Two texts of one item wait. Choose one of them first.")


class LooksLikeReference(AccountRefusal):
    """A text looks as if it named a case, and nobody has decided about that."""

    def __init__(self, reference: str) -> None:
        super().__init__()
        self.reference = reference
        self.text = _("“%(text)s” looks like the reference of a report or a case.") % {"text": reference}


class RemarksOpen(AccountRefusal):
    """Minutes are approved once the days for remarks are over."""

    text = gettext_lazy("Remarks can still be made. Approve the minutes when these days are over.")


class ReadOtherText(AccountRefusal):
    """Somebody approves a text that they have not read."""

    text = gettext_lazy("The minutes have changed since you opened them. Please read them again, then approve.")


class ApprovedBySame(AccountRefusal):
    """Chair and secretary are two people."""

    text = gettext_lazy("You have approved these minutes already. Another person has to approve them too.")


class PartApproved(AccountRefusal):
    """Somebody else has approved for this part."""

    text = gettext_lazy("This approval was given already.")


class WordsMissing(AccountRefusal):
    """Nothing is written."""

    text = gettext_lazy("Please write something first.")


class ActionMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Somebody else has changed this action meanwhile. Please look again.")


class OwnerNotInGroup(AccountRefusal):
    """An action belongs to somebody of the group who can log in."""

    text = gettext_lazy("Choose somebody of the group who can log in.")


class VerifiedBySame(AccountRefusal):
    """Who has done an action does not confirm it."""

    text = gettext_lazy("You have marked this action as done yourself. Somebody else has to confirm it.")
