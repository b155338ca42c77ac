from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class AccountRefusal(Exception):
    """Something the rules do not allow; its text is for the person who asked."""

    text = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.text)


class InvitationNotOpen(AccountRefusal):
    """The token is unknown, used, withdrawn or too old: which of these, a stranger does not learn."""

    text = _("This invitation is no longer valid. Please ask for a new one.")


class AlreadyHasAccount(AccountRefusal):
    """Somebody with this address can log in already."""

    text = _("A person with this email address already has an account.")
