"""The lock that every action on a referral takes first: the sender's case where it matters, then the referral."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from desks.cases.locks import group_of, lock_worked_case
from desks.cases.states import EntryKind
from desks.cases.timeline import add_entry
from desks.desk.errors import NoKeys
from desks.desk.querysets import require_key
from desks.duty.actions import end_referral_alarm
from desks.referrals.errors import ReferralMoveNotPossible
from desks.referrals.models import Referral
from desks.referrals.states import MOVES_OF_REPORTS, REFERRAL_MOVES, ReferralKind, ReferralMove, Side
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import update_stamped, verify_stamp

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.access import Actor
    from victor.vault.groups.models import Group

RELATED = ("from_desk__country", "from_desk__organisation", "from_desk__group", "to_desk__country")
RELATED_RECEIVER = ("to_desk__organisation", "to_desk__group", "key", "receiver_key", "case", "receiver_case")


def lock_referral(referral: Referral) -> Referral:
    """The referral of a case as it is now. Nobody else moves it until the transaction ends.

    Raises:
        Referral.DoesNotExist: it was dropped.
        Unopenable: somebody has changed it in the database.
        ReferralMoveNotPossible: it hands over a report, of which nothing is shared.
    """
    return _require_kind(lock_any_referral(referral), is_of_report=False)


def lock_hand_over(hand_over: Referral) -> Referral:
    """The same of one that hands over a report. The report is locked before it.

    Raises:
        Referral.DoesNotExist, Unopenable: as above.
        ReferralMoveNotPossible: it is of a case.
    """
    return _require_kind(lock_any_referral(hand_over), is_of_report=True)


def _require_kind(referral: Referral, *, is_of_report: bool) -> Referral:
    if (referral.kind == ReferralKind.REPORT) != is_of_report:
        raise ReferralMoveNotPossible
    return referral


def lock_any_referral(referral: Referral) -> Referral:
    """The same of either kind, for what the clock does with both.

    Raises:
        Referral.DoesNotExist, Unopenable: as above.
    """
    rows = Referral.objects.select_for_update(of=["self"]).select_related(*RELATED, *RELATED_RECEIVER)
    return verify_stamp(rows.get(pk=referral.pk))


def lock_sent_referral(referral: Referral, *, by: Actor) -> tuple[Referral, Case]:
    """The same for somebody of the desk that refers, with the case, which is locked first.

    Raises:
        PermissionDenied: `by` does not work there, or is not named in the case.
        NotAKeyHolder: `by` could not read what they write.
        ReferralMoveNotPossible: the case was deleted, or the work on the child goes on elsewhere.
    """
    if referral.case is None:
        raise ReferralMoveNotPossible
    case = lock_worked_case(referral.case, by=by)
    referral = lock_referral(referral)
    require(by, "desks.send_referral", referral)
    return referral, case


def lock_received_referral(referral: Referral, *, by: Actor) -> Referral:
    """The same for somebody of the desk that receives and holds its keys.

    Raises:
        PermissionDenied: `by` does not work there.
        NoDeskKey: `by` could not read it.
    """
    referral = lock_referral(referral)
    require(by, "desks.work_on_referral", referral)
    if isinstance(by, User):
        require_key(referral.to_desk, by)
    return referral


def require_start(referral: Referral, move: ReferralMove) -> None:
    """Refuse a move that does not start from where the referral stands, or that none of its kind takes.

    Raises:
        ReferralMoveNotPossible: it does not.
    """
    is_taken = referral.kind != ReferralKind.REPORT or move in MOVES_OF_REPORTS
    if not is_taken or referral.state not in REFERRAL_MOVES[move].starts:
        raise ReferralMoveNotPossible


def move_referral(referral: Referral, move: ReferralMove, *fields: str, by: Actor, **facts: str | int | None) -> None:
    """Move a locked referral, and save these fields of it. Both desks find the move in its log.

    It stands in the case of the desk that moves it, too; what the portal does, in both. Nobody else is called for it.
    """
    require_start(referral, move)
    rule = REFERRAL_MOVES[move]
    referral.state, referral.moved_at, referral.version = rule.leads_to, timezone.now(), referral.version + 1
    update_stamped(referral, "state", "moved_at", "version", *fields)
    for case, side in ((referral.case, Side.SENDER), (referral.receiver_case, Side.RECEIVER)):
        if case is not None and rule.side in {side, Side.SYSTEM} and referral.sent_at is not None:
            add_entry(case, EntryKind.REFERRAL, by=by, code=referral.state)
    if referral.kind == ReferralKind.EMERGENCY:
        end_referral_alarm(referral, by=by)
    record(f"referral.{rule.leads_to}", referral, by=by, **facts)


def sender_group(referral: Referral) -> Group:
    """The people who open the referral at the desk that refers: those of its case.

    Raises:
        NoKeys: the case was deleted, or the desk has none.
    """
    if referral.case is None:
        raise NoKeys
    return group_of(referral.case)


def receiver_group(referral: Referral) -> Group:
    """The people of the desk that receives.

    Raises:
        NoKeys: it has none.
    """
    group = referral.to_desk.trusted_group
    if group is None:
        raise NoKeys
    return group
