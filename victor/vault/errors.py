"""What the vault refuses. Views turn each error into a message."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _


class VaultRefusal(Exception):
    """The vault does not do this. `text` is for the person who asked."""

    text = _("The vault does not allow this.")

    def __str__(self) -> str:
        return str(self.text)


class Unopenable(VaultRefusal):
    """The ciphertext was not made for this key and this context, or was altered. The error does not say which."""

    text = _("This cannot be opened: it has been changed, or it is not meant for you.")


class NoGrant(VaultRefusal):
    """No grant leads from the unlocked key to this one."""

    text = _("This cannot be opened with your key.")


class NoSlot(VaultRefusal):
    """Nothing was offered of this record, or no longer."""

    text = _("This is no longer offered to you.")


class VaultLocked(VaultRefusal):
    """The vault is not unlocked in this browser, or no longer."""

    text = _("Your vault is locked. Please enter your passphrase.")


class WrongPassphrase(VaultRefusal):
    """The passphrase does not open the key."""

    text = _("This is not your vault passphrase.")


class WrongPasskey(VaultRefusal):
    """The passkey is not this person's, its answer is no good, or what it gave does not open the key."""

    text = _("This passkey gave no valid answer. Please try again, or use your passphrase.")


class NotAsked(VaultRefusal):
    """No passkey was asked in this session, or too long ago."""

    text = _("The passkey took too long. Please try again.")


class TooManyTries(VaultRefusal):
    """Too many passphrases or passkeys were wrong. The next try is allowed at `until`."""

    text = _("Too many wrong tries. Please wait a few minutes and try again.")

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class AlreadySetUp(VaultRefusal):
    """The person has a vault already."""

    text = _("Your vault is already set up.")


class NoVault(VaultRefusal):
    """The person has no passphrase yet, so nothing can be sealed to them."""

    text = _("This person has not set up a vault passphrase yet.")


class NotAMember(VaultRefusal):
    """The person who acts, or the one concerned, is not a member of the group."""

    text = _("This person does not belong to the group.")


class AlreadyAMember(VaultRefusal):
    """The person is a member already. A forgotten passphrase is a case for two recovery officers."""

    text = _("This person already belongs to the group.")


class StillOpensRecords(VaultRefusal):
    """Records are sealed to the group: who deleted it would lose them."""

    text = _("This group still opens records.")


class LastMember(VaultRefusal):
    """Without this person or group nobody could open the records."""

    text = _("After this, nobody could open these records any more.")


class NotRecoverable(VaultRefusal):
    """The group has no two officers with shares that fit its key."""

    text = _("This group does not have two recovery officers who could restore access.")


class NotAnOfficer(VaultRefusal):
    """Recovery needs two different officers of the group, neither of them the person concerned."""

    text = _("Two different recovery officers are needed, and neither may be the person concerned.")


class RecoveryNotPossible(VaultRefusal):
    """The recovery is in another state, or over."""

    text = _("This recovery has changed or ended in the meantime.")


class SetAsideToday(VaultRefusal):
    """A key was set aside within the last day already."""

    text = _("A forgotten passphrase can be replaced once in 24 hours. Please try again tomorrow.")
