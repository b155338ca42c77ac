"""What is refused about agreements. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class AgreementMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Someone else has already changed this agreement. Please look again.")


class NoOwner(AccountRefusal):
    """An agreement is signed only where somebody is there who is told of its end."""

    text = gettext_lazy("Choose an owner who can log in. Reminders go to this person.")


class SignatureMissing(AccountRefusal):
    """Not every party has signed."""

    text = gettext_lazy("A signature is missing. Enter the date of each party first.")


class SignedFileMissing(AccountRefusal):
    """Nobody can read what was signed."""

    text = gettext_lazy("Add the signed file before you mark it as signed.")


class NoNotice(AccountRefusal):
    """The agreement does not say how long before its end notice is given."""

    text = gettext_lazy("This agreement names no period of notice. End it, or suspend it, with a reason.")


class NoRenewalToAsk(AccountRefusal):
    """It was never signed, or its next period is signed."""

    text = gettext_lazy("This agreement needs no renewal now. Please look again.")


class SignedInFuture(AccountRefusal):
    """A date of signature lies ahead."""

    text = gettext_lazy("The date of signature lies in the future.")


class TooFewParties(AccountRefusal):
    """An agreement has two parties at least."""

    text = gettext_lazy("An agreement needs at least two parties.")


class ReasonMissing(AccountRefusal):
    """Suspending and terminating are said with their reason."""

    text = gettext_lazy("Please give the reason.")
