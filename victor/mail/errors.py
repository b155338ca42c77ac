"""What can be refused or fail about mail."""

from __future__ import annotations


class NotGivenUp(Exception):
    """The message waits or was sent, so there is nothing to try again."""


class AttachmentRefused(Exception):
    """The outbox takes text only. Offer a file behind the log-in instead."""


class DeliveryFailed(Exception):
    """A message was not delivered. `str()` is the kind of error and the server's code, never its text or an address."""


class ServerUnreachable(DeliveryFailed):
    """The mail server accepts nothing from us now. Other messages would fail too."""


class MessageDeferred(DeliveryFailed):
    """The mail server does not accept this message now. It may later."""


class MessageRefused(DeliveryFailed):
    """The mail server will never accept this message."""
