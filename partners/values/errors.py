"""What is refused about values and periods. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class ValueMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Someone else has already changed this value. Please look again.")


class ValueIncomplete(AccountRefusal):
    """There is neither a figure nor the reason why there is none, or there are both."""

    text = gettext_lazy("Enter the figure, or say why there is none.")


class SourceMissing(AccountRefusal):
    """A figure has no source."""

    text = gettext_lazy("Give a source: a list, an invoice, minutes.")


class PeriodOver(AccountRefusal):
    """The period is closed for the organisation."""

    text = gettext_lazy("The period is closed. Propose a correction.")


class CorrectionWaiting(AccountRefusal):
    """Another correction of the value waits."""

    text = gettext_lazy("A correction of this value is waiting already.")


class ValuesLeft(AccountRefusal):
    """A value of the organisation is not filled in or not approved."""

    text = gettext_lazy("Values of this organisation are not filled in or not approved yet.")


class PartnersLeft(AccountRefusal):
    """An organisation has not closed the period."""

    text = gettext_lazy("Not all organisations have closed this period yet.")
