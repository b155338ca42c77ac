"""What is refused about the directory of responsibilities. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class EntrySettled(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("This entry was decided already. Please look again.")


class ChangeWaiting(AccountRefusal):
    """Somebody has proposed a change of this entry, and nobody has checked it yet."""

    text = gettext_lazy("Another change of this entry waits for a check. Please let it be decided first.")


class NeedsFirstPerson(AccountRefusal):
    """An entry of the data file has no proposer: one person confirms it, and another checks it."""

    text = gettext_lazy("One person has to confirm this entry first. Then another one can check it.")


class FocalPointExists(AccountRefusal):
    """A country has one active focal point."""

    text = gettext_lazy(
        "This country already has a first contact. Propose a change of that entry instead of a second one."
    )
