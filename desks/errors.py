"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.states import Stop


class Refusal(Exception):
    """Something a desk does not do; its text is for the person who asked."""

    text = _("This is not possible.")

    def __str__(self) -> str:
        return str(self.text)


class NotPossible(Refusal):
    """What is asked does not start from the state of this moment."""

    text = _("Somebody else was faster: this is not possible any more.")


class OwnProposal(Refusal):
    """A rule needs a second coordinator."""

    text = _("You have proposed this rule. Another coordinator has to approve it.")


class NotDue(Refusal):
    """The day has not come, and the reporter did not ask."""

    text = _("This report is not to be deleted yet.")


class Stopped(Refusal):
    """Something keeps the report."""

    def __init__(self, why: Stop) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return str(_("This report is kept. %(why)s.") % {"why": self.why.label})
