"""What is refused about assessments. The texts are for people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal


class AnswersLack(DeskRefusal):
    """Something is not answered without which nothing is signed. `names` are those questions."""

    text = gettext_lazy("Please answer this before you finish.")

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names


class ChildNotHeard(DeskRefusal):
    """Neither the child's view nor a reason why it is not there."""

    text = gettext_lazy("Record the child's view and how you learnt it, or why the child was not asked.")


class NextDayNotPossible(DeskRefusal):
    """The next day is past, or too far."""

    text = gettext_lazy("Choose a day from today on, within the next three months.")


class TwoTexts(DeskRefusal):
    """Somebody has written another text meanwhile, and nobody has chosen."""

    text = gettext_lazy("Two texts wait for a choice. Choose first, then finish.")


class NotLater(DeskRefusal):
    """After this assessment the risk was assessed again."""

    text = gettext_lazy("The risk was assessed again since then, so this assessment does not lower it any more.")
