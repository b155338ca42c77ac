"""What is refused about releases. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class ReleaseMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Someone else has already changed this release. Please look again.")


class StillBeingMade(AccountRefusal):
    """The portal is counting or checking it."""

    text = gettext_lazy("The figures are still being counted. Please wait until that is done.")


class SourcesNotCompared(AccountRefusal):
    """Whoever approves has not said that they looked."""

    text = gettext_lazy("Compare the summary with its sources first, and tick the box.")


class WhyMissing(AccountRefusal):
    """A release is returned or corrected without words."""

    text = gettext_lazy("Please give the reason.")


class HalfYearNotOver(AccountRefusal):
    """No half-year was chosen, or one of them is not shown yet."""

    text = gettext_lazy("Choose half-years that are over. Figures are counted 31 days after the end.")
