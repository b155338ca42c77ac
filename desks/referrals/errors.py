"""What is refused about referrals. The texts are for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal
from victor.formatting import long_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desks.desk.models import Desk
    from desks.referrals.models import Referral
    from partners.agreements.models import Agreement


class ReferralMoveNotPossible(DeskRefusal):
    """What is asked does not start from where the referral stands."""

    text = gettext_lazy("The referral has moved on since you opened this page. Please look again.")


class AlreadyOpen(DeskRefusal):
    """One referral a case, receiver and purpose. `referral` is the one that is there."""

    def __init__(self, referral: Referral) -> None:
        super().__init__()
        self.referral = referral
        self.text = _("A referral for this purpose is already open: %(reference)s") % {"reference": referral.reference}


class ReceiverNotReady(DeskRefusal):
    """The other desk cannot receive."""


class NoAgreement(ReceiverNotReady):
    """No agreement between the two organisations allows referrals now."""

    def __init__(self, desk: Desk, last: Agreement | None = None) -> None:
        super().__init__()
        self.agreement = last
        self.text = _(
            "No valid agreement allows referrals to this desk: %(desk)s. Ask a coordinator to renew it, "
            "or choose another desk."
        ) % {"desk": desk.name}
        if last is not None:
            facts = {"desk": desk.name, "code": last.code, "day": long_day(last.ended_on)}
            self.text = _("%(desk)s: agreement %(code)s ended on %(day)s. A coordinator can renew it.") % facts
            if last.owner is not None and last.has_live_owner:
                facts["name"] = last.owner.name
                self.text = _("%(desk)s: agreement %(code)s ended on %(day)s. %(name)s can renew it.") % facts


class TooFewHolders(ReceiverNotReady):
    """Nobody could answer when one person falls ill."""

    def __init__(self, desk: Desk, count: int) -> None:
        super().__init__()
        self.text = _("This desk needs two people who hold its keys: %(desk)s. It has: %(count)d") % {
            "desk": desk.name,
            "count": count,
        }


class NotPublished(ReceiverNotReady):
    """The desk does not work yet, or no longer."""

    text = gettext_lazy("This desk is not published, so it receives no referrals. Choose another desk.")


class NoGroups(DeskRefusal):
    """Nothing is ticked."""

    text = gettext_lazy("Tick at least one group. Nothing is ticked beforehand.")


class ReasonLacks(DeskRefusal):
    """A group that needs a reason has none. `groups` are their numbers."""

    def __init__(self, groups: Iterable[int]) -> None:
        super().__init__()
        numbers = ", ".join(str(number) for number in sorted(groups))
        self.text = _("Say why the receiver needs these groups, or untick them: %(groups)s") % {"groups": numbers}


class NothingChosen(DeskRefusal):
    """A group whose things are chosen one by one, and none is."""

    text = gettext_lazy("Choose the documents or notes one by one, or untick their group.")


class ConsentIncomplete(DeskRefusal):
    """One of the seven answers is missing. `points` are their names."""

    def __init__(self, points: Iterable[str], words: Iterable[str]) -> None:
        super().__init__()
        self.points = list(points)
        self.text = _("Answers are missing or no: %(points)s") % {"points": " · ".join(words)}


class ChildsViewLacks(DeskRefusal):
    """A child's own view is always recorded."""

    text = gettext_lazy("Record the child's own view, or why the child was not asked.")


class TooLong(DeskRefusal):
    """A sharing act has an end, at most ninety days away."""

    text = gettext_lazy("Sharing cannot last longer than the consent, and at most 90 days.")


class NoBasis(DeskRefusal):
    """Neither a consent that covers what is shared, nor another basis that two people have said."""

    text = gettext_lazy(
        "Record a consent that covers these groups, or another lawful basis that a second person confirms."
    )


class NotTheFirst(DeskRefusal):
    """Whoever has said a basis does not confirm it."""

    text = gettext_lazy("You wrote this, so another person confirms it.")


class NoTransferGround(DeskRefusal):
    """The data would leave the European Union without a ground."""

    text = gettext_lazy("This desk is outside the European Union: record the ground of the transfer first.")


class GroundNotPossible(DeskRefusal):
    """This ground is not open to this sender, or not true of this country."""

    text = gettext_lazy(
        "This ground is not possible here: a public body cannot rely on consent, "
        "or nothing shows that the ground applies."
    )


class RecordChanged(DeskRefusal):
    """The case has changed since the referral was made ready."""

    text = gettext_lazy("The record changed since this draft. Go back to the draft, and look at what leaves now.")


class SupervisorSends(DeskRefusal):
    """It leaves the country, or consent, or concerns what is most sensitive: another person sends it."""

    text = gettext_lazy("A supervisor who has not written this referral sends it.")


class IntakeAnswers(DeskRefusal):
    """Only whoever receives referrals answers them."""

    text = gettext_lazy("Those who receive referrals at your desk answer them. A supervisor names them.")


class OutcomeFirst(DeskRefusal):
    """Nothing was reported back."""

    text = gettext_lazy("Report the outcome before you close.")


class AccessEnded(DeskRefusal):
    """The receiver reads no longer."""

    text = gettext_lazy("Access ended. What you wrote yourselves stays with you.")


class NotYourCase(DeskRefusal):
    """The case is not one of the receiving desk, or has ended."""

    text = gettext_lazy("Choose an open case of your desk.")


class NotOnDuty(ReceiverNotReady):
    """In an emergency somebody has to be there day and night."""

    text = gettext_lazy("This desk has no duty rota, so nobody may see it in time. Telephone, or choose another desk.")


class ConfirmTooLate(DeskRefusal):
    """A transfer is confirmed soon after it was accepted, so that nobody is between two desks."""

    text = gettext_lazy("Accepted, not transferred: the three working days to confirm have passed. Send it anew.")


class TransferObstructed(DeskRefusal):
    """Something has to be decided at the desk that gives the case."""

    def __init__(self, obstacles: Iterable[str]) -> None:
        super().__init__()
        self.text = _("Before the case is transferred, settle: %(obstacles)s") % {"obstacles": " · ".join(obstacles)}
