"""What the page of a deliverable shows: its versions, and what its reader can do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.deliverables.actions import REVIEW, SUBMIT, WRITE
from partners.deliverables.forms import ReviewerForm, VersionForm
from partners.deliverables.models import DeliverableVersion
from partners.deliverables.states import STARTS, DeliverableMove, DeliverableState
from victor.access import is_permitted

if TYPE_CHECKING:
    from django.forms import BaseForm

    from partners.deliverables.models import Deliverable
    from victor.accounts.models import User

RIGHTS = {
    DeliverableMove.UPLOAD: WRITE,
    DeliverableMove.ASK: WRITE,
    DeliverableMove.SUBMIT: SUBMIT,
    DeliverableMove.ACCEPT: SUBMIT,
    DeliverableMove.SEND_BACK: SUBMIT,
}
WAY = [DeliverableState.PLANNED, DeliverableState.DRAFT, DeliverableState.IN_REVIEW]
WAY += [DeliverableState.SUBMITTED, DeliverableState.ACCEPTED]


@dataclass(frozen=True)
class DeliverablePage:
    """A deliverable, its versions with whether the reader can open each, and the moves and forms of the reader."""

    deliverable: Deliverable
    versions: list[tuple[DeliverableVersion, bool]]
    moves: set[str]
    forms: dict[str, BaseForm]
    way: list[tuple[str, bool]]

    @classmethod
    def of(cls, deliverable: Deliverable, reader: User, sent: dict[str, BaseForm] | None = None) -> DeliverablePage:
        """Load what the page shows. `sent` are forms with what was typed and refused."""
        versions = list(deliverable.versions.select_related("author", "reviewer"))
        readable = DeliverableVersion.objects.visible_to(reader).filter(deliverable=deliverable)
        open_ones = set(readable.values_list("pk", flat=True))
        moves = _moves(deliverable, versions[0] if versions else None, reader)
        forms: dict[str, BaseForm] = {}
        if DeliverableMove.UPLOAD in moves:
            forms["version"] = VersionForm(prefix="version")
        if DeliverableMove.ASK in moves:
            forms["reviewer"] = ReviewerForm(prefix="reviewer")
        way = [(str(state.label), state == deliverable.state) for state in WAY]
        shown = [(version, version.pk in open_ones) for version in versions]
        return cls(deliverable, shown, {str(move) for move in moves}, forms | (sent or {}), way)


def _moves(deliverable: Deliverable, newest: DeliverableVersion | None, reader: User) -> set[DeliverableMove]:
    moves = {
        move
        for move, right in RIGHTS.items()
        if deliverable.state in STARTS[move] and is_permitted(reader, right, deliverable)
    }
    is_read = newest is not None and newest.reviewed_at is not None
    if deliverable.state == DeliverableState.IN_REVIEW and newest and is_permitted(reader, REVIEW, newest):
        moves |= {DeliverableMove.RETURN} if is_read else {DeliverableMove.RETURN, DeliverableMove.PASS}
    return moves if is_read else moves - {DeliverableMove.SUBMIT}
