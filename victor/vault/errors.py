"""What the vault refuses; the doors turn each into a message."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _


class VaultRefusal(Exception):
    """Something the vault does not do; its text is for the person who asked."""

    text = _("The vault does not allow this.")

    def __str__(self) -> str:
        return str(self.text)


class Unopenable(VaultRefusal):
    """What lies here was not sealed for this key and this place, or was altered: which of these, nobody learns."""

    text = _("This cannot be opened: it has been changed, or it is not meant for you.")


class NoGrant(VaultRefusal):
    """Nothing leads from the open key to the one that is asked for."""

    text = _("This cannot be opened with your key.")


class VaultLocked(VaultRefusal):
    """The vault is not open in this browser, or no longer."""

    text = _("Your vault is locked. Please enter your passphrase.")


class WrongPassphrase(VaultRefusal):
    """The passphrase does not open the key."""

    text = _("This is not your vault passphrase.")


class TooManyTries(VaultRefusal):
    """Wrong passphrases have come too fast; `until` is when the next is looked at."""

    text = _("Too many wrong passphrases. Please wait a few minutes and try again.")

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class AlreadySetUp(VaultRefusal):
    """The person has a vault."""

    text = _("Your vault is already set up.")


class NoVault(VaultRefusal):
    """The person has not chosen a passphrase yet, so nothing can be sealed to them."""

    text = _("This person has not set up a vault passphrase yet.")


class NotAMember(VaultRefusal):
    """Whoever acts, or is acted on, does not belong to the group."""

    text = _("This person does not belong to the group.")


class AlreadyAMember(VaultRefusal):
    """The person belongs to the group; a forgotten passphrase is a matter for two officers."""

    text = _("This person already belongs to the group.")


class LastMember(VaultRefusal):
    """Without this person or group nobody could open what is sealed."""

    text = _("After this, nobody could open these records any more.")


class NotRecoverable(VaultRefusal):
    """The group has no two officers whose shares fit its key."""

    text = _("This group does not have two recovery officers who could restore access.")


class NotAnOfficer(VaultRefusal):
    """Recovery needs two officers of the group, two different ones, and never the person concerned."""

    text = _("Two different recovery officers are needed, and neither may be the person concerned.")


class RecoveryNotPossible(VaultRefusal):
    """The recovery is in a state from which this does not start, or is over."""

    text = _("This recovery has changed or ended in the meantime.")
