"""What can be refused about accounts. The texts are for people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AccountRefusal(Exception):
    """An action on an account is refused. `text` is for the person who asked."""

    text: str | Promise = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.text)


class InvitationNotOpen(AccountRefusal):
    """The invitation is unknown, used, revoked or expired. The text does not say which."""

    text = _("This invitation is no longer valid. Please ask for a new one.")


class AlreadyHasAccount(AccountRefusal):
    """There is an account with this address already."""

    text = _("A person with this email address already has an account.")
