"""A referral is written: for what, to whom, what leaves, on which basis. Nothing leaves the desk before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.actions import new_reference
from desks.cases.locks import lock_running_case
from desks.cases.states import CasePurpose
from desks.cases.timeline import seal_words
from desks.referrals.code_lists import MAX_DAYS, MOST_GROUPS, SENSITIVE_GROUPS, CoarseForm, FieldGroup, SharingPurpose
from desks.referrals.errors import AlreadyOpen, NoGroups, NothingChosen, ReasonLacks, ReferralMoveNotPossible, TooLong
from desks.referrals.field_groups import CHOSEN_ONE_BY_ONE
from desks.referrals.legal_bases import TransferBasis
from desks.referrals.locks import lock_sent_referral
from desks.referrals.models import Referral, ReferralWords
from desks.referrals.receivers import require_receiver
from desks.referrals.states import OPEN, SHARED, ReferralKind, ReferralState, Side, Urgency, WordsKind
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.stored_names import stored_reference
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from desks.cases.models import Case
    from desks.desk.models import Desk
    from desks.desk.states import Service


@dataclass(frozen=True)
class Wish:
    """What the other desk is asked for. `until`: the last day of the access; `feedback_on`: when it reports back."""

    to_desk: Desk
    purpose: SharingPurpose
    until: date
    feedback_on: date
    services: Sequence[Service] = ()
    urgency: Urgency = Urgency.NORMAL
    is_transfer: bool = False


@dataclass(frozen=True)
class Choice:
    """What leaves: the groups, what was chosen one by one, why the receiver needs some of them, and the letter."""

    groups: frozenset[FieldGroup]
    items: Sequence[str] = ()
    reasons: Mapping[FieldGroup, str] = field(default_factory=dict)
    form: CoarseForm = CoarseForm.NOT_SAID
    message: str = ""
    conditions: str = ""


@transaction.atomic
def start_referral(case: Case, wish: Wish, *, parent: Referral | None = None, by: Actor) -> Referral:
    """Begin to refer a child. `parent`: the referral that this one brings up to date, with the same desk.

    Raises:
        AlreadyOpen: one for this purpose is under way.
        ReceiverNotReady: the other desk cannot receive now.
        TooLong: it would last longer than ninety days, or end in the past.
        ReferralMoveNotPossible: the parent is not shared any more.
    """
    case = lock_running_case(case, by=by)
    require_receiver(case.desk, wish.to_desk)
    if parent is None:
        _require_no_other(case, wish)
    elif parent.case_id != case.pk or parent.to_desk_id != wish.to_desk.pk or parent.state not in SHARED:
        raise ReferralMoveNotPossible
    kind = ReferralKind.TRANSFER if wish.is_transfer else ReferralKind.SERVICE
    kind = kind if parent is None else ReferralKind.INFORMATION
    referral = Referral(case=case, from_desk=case.desk, kind=kind, parent=parent, reference=new_referral_reference())
    referral.language, referral.author = case.language, account_of(by)
    _set_wish(referral, wish)
    save_stamped(referral)
    record("referral.drafted", referral, by=by, case=str(case.pk), to=wish.to_desk.pk, purpose=str(wish.purpose))
    return referral


@transaction.atomic
def change_wish(referral: Referral, wish: Wish, *, by: Actor) -> Referral:
    """Ask for something else, or another desk. An update stays with its desk.

    Raises:
        ReferralMoveNotPossible: it is no draft any more.
        AlreadyOpen, ReceiverNotReady, TooLong: as above.
    """
    referral, case = _lock_draft(referral, by=by)
    require_receiver(case.desk, wish.to_desk)
    if referral.parent_id is None:
        _require_no_other(case, wish, besides=referral)
    elif referral.to_desk_id != wish.to_desk.pk:
        raise ReferralMoveNotPossible
    _set_wish(referral, wish)
    if referral.parent_id is None:
        referral.kind = ReferralKind.TRANSFER if wish.is_transfer else ReferralKind.SERVICE
    update_stamped(referral, "kind", "to_desk", "purpose", "services", "urgency", "feedback_on", "expires_at")
    record("referral.changed", referral, by=by, to=wish.to_desk.pk, purpose=str(wish.purpose))
    return referral


@transaction.atomic
def choose_groups(referral: Referral, choice: Choice, *, by: Actor) -> Referral:
    """Say what leaves. The letter is sealed in the case until the referral is made ready.

    Raises:
        ReferralMoveNotPossible: it is no draft any more.
        NoGroups, NothingChosen: nothing is ticked, or nothing of a list.
        ReasonLacks: a sensitive group, or one beyond the purpose, has no reason.
    """
    referral, case = _lock_draft(referral, by=by)
    require_choice(choice, SharingPurpose(referral.purpose))
    referral.groups, referral.items = chosen_groups(choice), chosen_items(choice)
    referral.form = choice.form
    update_stamped(referral, "groups", "items", "form")
    _write_letter(referral, case, choice, by=by)
    record("referral.groups_chosen", referral, by=by, groups=" ".join(referral.groups))
    return referral


def require_choice(choice: Choice, purpose: SharingPurpose) -> None:
    """Refuse a choice that lacks something.

    Raises:
        NoGroups, NothingChosen, ReasonLacks: as above.
    """
    if not choice.groups:
        raise NoGroups
    for group, name in CHOSEN_ONE_BY_ONE.items():
        if group in choice.groups and not any(item.startswith(f"{name}-") for item in choice.items):
            raise NothingChosen
    needing = {group for group in choice.groups if needs_reason(group, purpose)}
    if lacking := [group.number for group in needing if not choice.reasons.get(group, "").strip()]:
        raise ReasonLacks(lacking)


def chosen_groups(choice: Choice) -> list[str]:
    """The groups of a choice as codes, in their order."""
    return [str(group) for group in FieldGroup if group in choice.groups]


def chosen_items(choice: Choice) -> list[str]:
    """What was chosen one by one, of the groups that are chosen."""
    wanted = {name for group, name in CHOSEN_ONE_BY_ONE.items() if group in choice.groups}
    return [item for item in choice.items if item.rpartition("-")[0] in wanted]


def letter_of(choice: Choice) -> dict[str, object]:
    """What is written to the receiver, as it is sealed."""
    return {
        "message": choice.message,
        "conditions": choice.conditions,
        "reasons": {str(group): reason for group, reason in choice.reasons.items() if group in choice.groups},
    }


def needs_reason(group: FieldGroup, purpose: SharingPurpose) -> bool:
    """Whether the sender says why the receiver needs a group."""
    return group in SENSITIVE_GROUPS or group not in MOST_GROUPS[purpose]


@transaction.atomic
def drop_referral(referral: Referral, *, by: Actor) -> None:
    """A draft is not needed. Only the log remembers it.

    Raises:
        ReferralMoveNotPossible: it is no draft any more.
    """
    referral, _case = _lock_draft(referral, by=by)
    reference = stored_reference(referral)
    envelopes = [words.envelope for words in referral.words.select_related("envelope") if words.envelope]
    envelopes += [basis.envelope for basis in referral.bases.select_related("envelope") if basis.envelope]
    envelopes += [consent.envelope for consent in referral.consents.select_related("envelope") if consent.envelope]
    grounds = TransferBasis.objects.filter(referral=referral).select_related("envelope")
    envelopes += [row.envelope for row in grounds if row.envelope]
    referral.delete()
    for envelope in envelopes:
        envelope.delete()
    record("referral.dropped", reference, by=by)


def end_of(day: date, desk: Desk) -> datetime:
    """The end of a day at a desk."""
    return datetime.combine(day + timedelta(days=1), time(), desk.zone)


def _lock_draft(referral: Referral, *, by: Actor) -> tuple[Referral, Case]:
    referral, case = lock_sent_referral(referral, by=by)
    if referral.state != ReferralState.DRAFT:
        raise ReferralMoveNotPossible
    return referral, case


def _require_no_other(case: Case, wish: Wish, *, besides: Referral | None = None) -> None:
    same = Referral.objects.filter(case=case, to_desk=wish.to_desk, purpose=wish.purpose, parent=None)
    other = same.filter(state__in=sorted(OPEN)).exclude(pk__in=[besides.pk] if besides else []).first()
    if other is not None:
        raise AlreadyOpen(other)


def _set_wish(referral: Referral, wish: Wish) -> None:
    today = timezone.localdate(timezone=referral.from_desk.zone)
    if not today <= wish.until <= today + timedelta(days=MAX_DAYS) or not today <= wish.feedback_on <= wish.until:
        raise TooLong
    referral.to_desk, referral.purpose, referral.urgency = wish.to_desk, wish.purpose, wish.urgency
    referral.services, referral.feedback_on = list(wish.services), wish.feedback_on
    referral.expires_at = end_of(wish.until, referral.from_desk)


def _write_letter(referral: Referral, case: Case, choice: Choice, *, by: Actor) -> None:
    row = referral.words.filter(kind=WordsKind.LETTER).first()
    before = row.envelope if row else None
    row = row or ReferralWords(referral=referral, kind=WordsKind.LETTER, side=Side.SENDER)
    row.author, row.made_at = account_of(by), timezone.now()
    row.envelope = seal_words(case, letter_of(choice), CasePurpose.REFERRAL, by=by)
    if row.pk:
        update_stamped(row, "author", "made_at", "envelope")
    else:
        save_stamped(row)
    if before is not None:
        before.delete()


def new_referral_reference() -> str:
    """A name that tells nothing, which no case has either."""
    while True:
        reference = new_reference()
        if not Referral.objects.filter(reference=reference).exists():
            return reference
