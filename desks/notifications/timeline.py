"""Writes down what was done about a notification; the words are sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks.cases.states import CasePurpose
from desks.cases.timeline import seal_words
from desks.notifications.models import NotificationStep
from victor.access import account_of
from victor.vault.keys.keyring import save_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case
    from desks.notifications.models import Notification
    from desks.notifications.states import StepKind
    from victor.access import Actor


def add_step(
    case: Case, row: Notification, kind: StepKind, words: Mapping[str, object], *, by: Actor
) -> NotificationStep:
    """Write down what was done. The words are sealed."""
    spoken = {name: value for name, value in words.items() if value}
    envelope = seal_words(case, spoken, CasePurpose.NOTIFICATION, by=by) if spoken else None
    step = NotificationStep(case=case, notification=row, kind=kind, envelope=envelope, author=account_of(by))
    save_stamped(step)
    return step
