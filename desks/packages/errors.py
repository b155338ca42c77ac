"""What is refused about packages and partners' keys. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class PackageMoveNotPossible(DeskRefusal):
    """What is asked does not start from where the package stands."""

    text = _("The package has moved on since you opened this page. Please look again.")


class ReceiverMissing(DeskRefusal):
    """Nobody is named to whom it goes."""

    text = _("Say who receives it: a partner with a key, or an office and its country.")


class NotAKey(DeskRefusal):
    """What was typed is no public key of age."""

    text = _("This is no key of age. It begins with “age1” and has 62 signs.")


class KeyKnown(DeskRefusal):
    """The desk has registered this key already."""

    text = _("Your desk has registered this key already.")


class FingerprintNotConfirmed(DeskRefusal):
    """Only one person has read the fingerprint, or the key is used no more."""

    text = _("Nobody has confirmed this fingerprint. Read it aloud with the partner.")


class FingerprintDiffers(DeskRefusal):
    """What the partner read aloud is not the fingerprint of the key that is registered."""

    text = _("This is not the fingerprint of the registered key. Telephone the partner once more, and send nothing.")


class NotTheReader(DeskRefusal):
    """Whoever has registered a key does not confirm it."""

    text = _("You have registered this key, so another person confirms its fingerprint.")


class KeyRemoved(DeskRefusal):
    """The key is used no more."""

    text = _("This key was removed. Register it anew if the partner still uses it.")


class SupervisorMakes(DeskRefusal):
    """Another person than the author makes a package."""

    text = _("A supervisor who has not written this package makes it.")


class ChildNotInformed(DeskRefusal):
    """Neither the child nor the guardian knows."""

    text = _("Tell the child or guardian first. A package cannot be taken back.")


class NoGroundOutside(DeskRefusal):
    """The data would leave the European Union without a ground."""

    text = _("This receiver is outside the European Union: record the ground of the transfer first.")


class FileGone(DeskRefusal):
    """The file was deleted on its day."""

    text = _("The file was deleted after 7 days. Write a new package if they still need it.")


class NothingForCode(DeskRefusal):
    """A code is wrong or old; nobody learns which."""

    text = _("There is nothing for this code.")
