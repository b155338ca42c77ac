"""Which desks can receive a referral, and why another cannot: the page and the action ask the same."""

from __future__ import annotations

from dataclasses import dataclass

from desks.desk.models import Desk
from desks.desk.querysets import key_holders
from desks.referrals.code_lists import LEAST_HOLDERS
from desks.referrals.errors import NoAgreement, NotPublished, ReceiverNotReady, TooFewHolders
from partners.agreements.models import Agreement
from partners.agreements.states import Gate


@dataclass(frozen=True)
class Receiver:
    """A desk that could receive, whether somebody is there now, what stands in the way, and which agreement is over."""

    desk: Desk
    refusal: str
    is_open: bool | None
    opens: str
    agreement: Agreement | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can receive."""
        return not self.refusal


def receivers_for(desk: Desk) -> list[Receiver]:
    """All other desks that are published, those that can receive first."""
    others = Desk.objects.published().exclude(pk=desk.pk).select_related("country", "organisation", "group")
    rows = [_receiver(desk, other) for other in others.prefetch_related("opening_hours", "closures")]
    return sorted(rows, key=lambda row: (not row.is_ready, row.desk.country.position, row.desk.slug))


def require_receiver(sender: Desk, receiver: Desk) -> None:
    """Refuse a desk that cannot receive now.

    Raises:
        NotPublished, TooFewHolders, NoAgreement: why.
    """
    require_holders(receiver)
    if sender.organisation_id == receiver.organisation_id:
        return
    allowing = Agreement.objects.allowing(Gate.REFERRALS, sender.organisation_id, receiver.organisation_id)
    if not allowing.valid().exists():
        raise NoAgreement(receiver, allowing.last_signed())


def require_holders(desk: Desk) -> None:
    """Refuse a desk that is not published, or where too few people could read what is sent.

    Raises:
        NotPublished, TooFewHolders: why.
    """
    if desk.group_id is None or not Desk.objects.published().filter(pk=desk.pk).exists():
        raise NotPublished
    count = key_holders(desk).count()
    if count < LEAST_HOLDERS:
        raise TooFewHolders(desk, count)


def alternatives_to(receiver: Desk, sender: Desk) -> list[Desk]:
    """Other desks of the receiver's country that could take part."""
    others = receivers_for(sender)
    return [
        row.desk
        for row in others
        if row.is_ready and row.desk.country_id == receiver.country_id and row.desk != receiver
    ]


def _receiver(sender: Desk, other: Desk) -> Receiver:
    try:
        require_receiver(sender, other)
    except ReceiverNotReady as refusal:
        over = refusal.agreement if isinstance(refusal, NoAgreement) else None
        return Receiver(other, str(refusal), other.is_open_now, other.opens, over)
    return Receiver(other, "", other.is_open_now, other.opens)
