"""What is refused about cases. The texts are for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.gates import Requirement
    from desks.cases.obstacles import Obstacle


class CaseMoveNotPossible(DeskRefusal):
    """What is asked does not start from where the case stands."""

    text = gettext_lazy("The case has moved on since you opened this page. Please look again.")


class RequirementsLack(DeskRefusal):
    """Something lacks that the move needs. `lacking` names each thing."""

    def __init__(self, lacking: Sequence[Requirement]) -> None:
        super().__init__()
        self.lacking = lacking
        self.text = _("To go on you need: %(lacking)s") % {"lacking": _listed([item.words for item in lacking])}


class MoveNotOffered(DeskRefusal):
    """The move needs something that cannot be recorded here."""

    text = gettext_lazy("This step cannot be taken yet.")


class Obstructed(DeskRefusal):
    """Something that runs stands in the way of closing. `obstacles` names each thing."""

    sentence = gettext_lazy("To close you need to settle: %(obstacles)s")

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__()
        self.obstacles = obstacles
        self.text = self.sentence % {"obstacles": _listed([obstacle.words for obstacle in obstacles])}


class MergeObstructed(Obstructed):
    """Something that runs stands in the way of merging."""

    sentence = gettext_lazy("To merge you need to settle: %(obstacles)s")


class OutcomeNotPossible(DeskRefusal):
    """What the outcome needs is not there."""

    text = gettext_lazy("This outcome needs something that is not recorded yet.")


class PaperTooLarge(DeskRefusal):
    """A paper is kept up to a size; a larger one is dropped before anything is stored."""

    text = gettext_lazy("This file is larger than 20 MB. Please choose a smaller one.")


class NotTheAsker(DeskRefusal):
    """Whoever asked does not decide."""

    text = gettext_lazy("You asked for this, so somebody else decides.")


class NotMergeable(DeskRefusal):
    """The other case is this one, of another desk, or ended."""

    text = gettext_lazy("Choose another open case of your desk.")


class OpenToOthers(DeskRefusal):
    """Whoever may open one of two cases could read the other."""

    text = gettext_lazy("These cases are open to different people. They stay two while one of them is restricted.")


class MergeTooOld(DeskRefusal):
    """The time in which a merge is undone is over."""

    text = gettext_lazy("A merge can be undone for 30 days. They have passed.")


class SupervisorDecides(DeskRefusal):
    """Whoever supervises the desk asks nobody."""

    text = gettext_lazy("You supervise this desk: record the status yourself.")


class FactsChanged(DeskRefusal):
    """Somebody else has changed a fact since the page was opened. `names` are those columns."""

    text = gettext_lazy("Somebody else changed this while you wrote. Look at both, and choose again.")

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names


class StaleDraft(DeskRefusal):
    """The draft was saved from elsewhere since the page was opened, so the page does not save it by itself."""

    text = gettext_lazy("Somebody else saved this too. Press “Save the draft”: both texts are kept, and you choose.")


class NotLowered(DeskRefusal):
    """One person alone does not lower a risk."""

    text = gettext_lazy(
        "To lower the risk you need an assessment later than the last one, a reason and another supervisor. "
        "Until then it stays as it is."
    )


class NeedsWords(DeskRefusal):
    """A decision without its reason."""

    text = gettext_lazy("Please write the reason.")


class NeedsPaper(DeskRefusal):
    """What a body decides is recorded with its body, its days and its paper."""

    text = gettext_lazy(
        "A decision needs the body that made it, its date, the day on which you received it, and the paper."
    )


class NoCopyOfPaper(DeskRefusal):
    """A scanner warns of a paper, or it is of a kind of which no copy without hidden data can be made."""

    text = gettext_lazy(
        "This file cannot be kept: it is damaged, locked, or of another kind. Please scan the paper as a PDF."
    )


class NotAKeyHolder(DeskRefusal):
    """The person works here no longer, may not log in, or holds no key to the case."""

    text = gettext_lazy("This person cannot open the case: they do not work here or hold no keys.")


class TooFewKeyHolders(DeskRefusal):
    """A restricted case has to be readable when one person falls ill."""

    text = gettext_lazy("Name at least two people who hold keys, and be one of them yourself.")


class TooFewOfficers(DeskRefusal):
    """Nobody could restore the access to a restricted case."""

    text = gettext_lazy("Your desk needs two recovery officers before a case is restricted.")


class AlreadyRestricted(DeskRefusal):
    """The case has named people."""

    text = gettext_lazy("This case is already restricted to named people.")


class FamilyMayBeInvolved(DeskRefusal):
    """Who may be involved neither takes the place of a guardian nor is contacted."""

    text = gettext_lazy(
        "A guardian is needed: the child is alone, or a member of the family may be involved, or this is not known."
    )


class NotAnAdult(DeskRefusal):
    """Only a document or an official assessment makes an adult of somebody."""

    text = gettext_lazy(
        "If the age is unsure, we treat the person as a child. An adult needs a document or an assessment."
    )


class TracingBlocked(DeskRefusal):
    """A relative stays blocked while somebody of the family may be involved."""

    text = gettext_lazy("Tracing is blocked while a family member may be involved.")


class SearchFirst(DeskRefusal):
    """Nobody has looked whether the child is known."""

    text = gettext_lazy("Search first, so that one child has one case.")


class RecordBlocked(DeskRefusal):
    """The record is kept and not used, because the person concerned has asked for that."""

    text = gettext_lazy(
        "This record is kept and not used, because the person concerned has asked for it. "
        "A supervisor can end that with a reason."
    )


class InTheFuture(DeskRefusal):
    """A day that has not come."""

    text = gettext_lazy("This date lies in the future. Check the year.")


def _listed(words: Sequence[StrOrPromise]) -> str:
    return " · ".join(str(word) for word in words)
