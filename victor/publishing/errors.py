"""What can be refused of a text in one language, and of its address. Views turn each error into a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise

from victor.publishing.states import ExchangeFault, TextMove, TextState

if TYPE_CHECKING:
    from victor.publishing.models import LanguageVersion


class PublishingRefusal(Exception):
    """An action on a text is refused."""


class MoveNotPossible(PublishingRefusal):
    """The move does not start from the state that the text is in: somebody else was first."""

    def __init__(self, move: TextMove, state: TextState) -> None:
        super().__init__(f"{move} from {state}")
        self.move, self.state = move, state


class EditConflict(PublishingRefusal):
    """Somebody else has saved the text since it was opened. `current` is their version."""

    def __init__(self, current: LanguageVersion) -> None:
        super().__init__(f"revision {current.revision}")
        self.current = current


class ReadOtherText(PublishingRefusal):
    """The person decides on a text that they have not read: it has changed since they opened it."""


class OwnWork(PublishingRefusal):
    """The person who wrote a text cannot approve it: a second person must. The text says who can."""


class ReviewerRefused(PublishingRefusal):
    """The reviewer is not independent of the author, or too new. The text says why, and who can."""


class Incomplete(PublishingRefusal):
    """The text cannot be published. `missing` says in words what is missing."""

    def __init__(self, missing: list[str | Promise]) -> None:
        super().__init__(", ".join(map(str, missing)))
        self.missing = missing


class NotPublished(PublishingRefusal):
    """The text is not public in this language."""


class UnreadableFile(PublishingRefusal):
    """A translator's file is refused: at which line, and why."""

    def __init__(self, line: int, fault: ExchangeFault) -> None:
        super().__init__(f"line {line}: {fault}")
        self.line, self.fault = line, fault


class PageMoved(Exception):
    """The page has another address now: the path `address`."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class PageGone(Exception):
    """What was public at this address is not public any more."""
