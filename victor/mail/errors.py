from __future__ import annotations


class NotGivenUp(Exception):
    """The message waits or was sent: there is nothing to try again."""


class AttachmentRefused(Exception):
    """The outbox carries words only; a file is offered behind the log-in instead."""


class DeliveryFailed(Exception):
    """A message did not go out. `str()` is the reason in a word and the server's code: never its text or an address."""


class ServerUnreachable(DeliveryFailed):
    """The mail server does not take anything from us now; other messages would fare the same."""


class MessageDeferred(DeliveryFailed):
    """The mail server answers and does not take this message for now."""


class MessageRefused(DeliveryFailed):
    """This message will not be taken however often it is tried."""
