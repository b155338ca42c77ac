"""What can be refused of a text in one language; the doors turn each into a message."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise

from victor.publishing.states import ExchangeFault, TextMove, TextState


class PublishingRefusal(Exception):
    """One refusal of this app."""


class MoveNotPossible(PublishingRefusal):
    """The text is in a state from which this move does not start: somebody else was first."""

    def __init__(self, move: TextMove, state: TextState) -> None:
        super().__init__(f"{move} from {state}")
        self.move, self.state = move, state


class EditConflict(PublishingRefusal):
    """Somebody else has saved the text since it was opened; `current` is what they wrote."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"revision {current.revision}")
        self.current = current


class OwnWork(PublishingRefusal):
    """Who wrote a text does not approve it: four eyes."""


class Incomplete(PublishingRefusal):
    """The text cannot be published; `lacking` says in words what lacks."""

    def __init__(self, lacking: list[str | Promise]) -> None:
        super().__init__(", ".join(map(str, lacking)))
        self.lacking = lacking


class NotPublished(PublishingRefusal):
    """There is nothing to take back: the text is not public in this language."""


class UnreadableFile(PublishingRefusal):
    """A translator's file is refused: where, and why."""

    def __init__(self, line: int, fault: ExchangeFault) -> None:
        super().__init__(f"line {line}: {fault}")
        self.line, self.fault = line, fault
