"""What is refused about plans, services and reviews. The texts are for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PlanLacks(DeskRefusal):
    """Something is missing without which nobody is asked to approve. `names` are those fields."""

    text = gettext_lazy("Please write this before you ask for approval.")

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names


class ReturnLacks(DeskRefusal):
    """A return abroad is planned, and something that protects the child is missing. `words` names each thing."""

    def __init__(self, names: Sequence[str], words: Sequence[StrOrPromise]) -> None:
        super().__init__()
        self.names = names
        self.text = _("To plan a return you need: %(lacking)s") % {"lacking": " · ".join(str(word) for word in words)}


class ReturnNotPlanned(DeskRefusal):
    """Nobody returns a child to another country without a plan that is approved and agreed for it."""

    text = gettext_lazy("A safe return needs a plan with that goal, approved and agreed.")


class BasisLacks(DeskRefusal):
    """A service is to be given, and nobody has recorded why it may be."""

    text = gettext_lazy("Record the consent, or another basis, before the service is given.")


class OutOfOrder(DeskRefusal):
    """A day that lies before that of the step before."""

    text = gettext_lazy("This day lies before the step that came first. Check both days.")


class ReviewTooLate(DeskRefusal):
    """The next review is past, or too far."""

    text = gettext_lazy(
        "Choose a day from today on: within three months, 30 days where the risk is high, 7 days in danger."
    )


class AnswerNotPossible(DeskRefusal):
    """An answer that this person cannot give."""

    text = gettext_lazy("This answer does not fit the person who gives it.")
