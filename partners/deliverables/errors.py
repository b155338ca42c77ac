"""What is refused about deliverables. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class DeliverableMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Someone else has already changed this deliverable. Please look again.")


class ReviewerIsAuthor(AccountRefusal):
    """The reviewer has written the version."""

    text = gettext_lazy("The reviewer may not be the author.")


class ReviewMissing(AccountRefusal):
    """Nobody has passed the review of the version that is to be submitted."""

    text = gettext_lazy("The reviewer has not passed this version yet.")
