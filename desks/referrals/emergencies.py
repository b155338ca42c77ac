"""Emergency sharing: one person tells a desk on duty what it needs at once, for seventy-two hours.

Whoever is on duty there is called, as for danger in a report. A second person confirms within a day, or it ends and the
supervisors are told. Nothing of it delays a call: the page shows the numbers first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desks.cases.errors import NeedsWords
from desks.cases.locks import group_of, lock_running_case
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.duty.actions import raise_referral_alarm, raise_referral_alarm_or_leave_it
from desks.duty.models import DutySpan
from desks.referrals.actions import answer_time
from desks.referrals.alerts import compose_alerts, compose_supervisor_alerts, send_alerts
from desks.referrals.code_lists import EMERGENCY_HOURS, BasisKind, FieldGroup, SharingPurpose
from desks.referrals.errors import NotOnDuty, ReferralMoveNotPossible
from desks.referrals.field_groups import store_lines
from desks.referrals.legal_bases import LawfulBasis
from desks.referrals.locks import lock_referral
from desks.referrals.models import Referral, ReferralWords, SharedGroup
from desks.referrals.receivers import require_receiver
from desks.referrals.revocations import revoke_referral
from desks.referrals.states import (
    ReferralKind,
    ReferralPurpose,
    ReferralState,
    RevokeReason,
    Side,
    Urgency,
    WordsKind,
)
from desks.referrals.wishes import new_referral_reference
from desks.reports.states import Risk
from victor.access import System, account_of
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import write_envelope
from victor.vault.records.slots import create_offered_record

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.desk.models import Desk
    from victor.vault.keys.models import Key


@dataclass(frozen=True)
class EmergencyWords:
    """What is typed: nothing of the record is copied, so no vault need be open. `called`: whom one has called."""

    name: str
    birth_year: str
    description: str
    contact: str
    called: str


@transaction.atomic
def share_in_emergency(case: Case, to_desk: Desk, words: EmergencyWords, *, by: User) -> Referral:
    """Share name, year of birth, description and safe contact with a desk on duty, at once.

    The basis is the vital interest of the child (GDPR, articles 6(1)(d) and 9(2)(c); CETS 197, article 33).

    Raises:
        NotOnDuty: the desk has no duty rota.
        ReceiverNotReady: the desk cannot receive.
        NeedsWords: there is neither a name nor a description, or nothing says whom one has called.
    """
    alerts = compose_alerts(to_desk) | compose_supervisor_alerts(case.desk)
    case = lock_running_case(case, by=by)
    require_receiver(case.desk, to_desk)
    if not DutySpan.objects.filter(desk=to_desk).exists():
        raise NotOnDuty
    if not (words.name.strip() or words.description.strip()) or not words.called.strip():
        raise NeedsWords
    referral, key = _send_at_once(case, to_desk, by=by)
    _write(referral, key, case, words, by=by)
    add_entry(case, EntryKind.REFERRAL, by=by, code=ReferralState.SENT)
    send_alerts(alerts)
    raise_referral_alarm_or_leave_it(referral, by=by)
    record("referral.sent", referral, by=by, to=to_desk.pk, kind="emergency", danger=case.risk == Risk.DANGER)
    return referral


@transaction.atomic
def call_duty(referral: Referral, *, by: System) -> None:
    """Call whoever is on duty where nobody was called yet: the desk was open when it was sent."""
    referral = lock_referral(referral)
    if Referral.objects.emergencies_without_alarm().filter(pk=referral.pk).exists():
        raise_referral_alarm(referral, by=by)


@transaction.atomic
def end_unconfirmed(referral: Referral, *, by: System) -> Referral:
    """Nobody has confirmed it within a day: the access ends, and the sender's supervisors are told.

    Raises:
        ReferralMoveNotPossible: nothing is shared or offered, or somebody has confirmed it meanwhile.
    """
    alerts = compose_supervisor_alerts(referral.from_desk)
    referral = revoke_referral(referral, RevokeReason.NOT_CONFIRMED, by=by)
    if referral.bases.filter(second__isnull=False).exists():
        raise ReferralMoveNotPossible
    send_alerts(alerts)
    return referral


def _send_at_once(case: Case, to_desk: Desk, *, by: User) -> tuple[Referral, Key]:
    now, receiver = timezone.now(), to_desk.trusted_group
    if receiver is None:
        raise NotOnDuty
    referral = Referral(case=case, from_desk=case.desk, to_desk=to_desk, kind=ReferralKind.EMERGENCY)
    key = create_offered_record(group_of(case), receiver, by=by)
    referral.reference, referral.key = new_referral_reference(), key
    referral.purpose, referral.urgency = SharingPurpose.PROTECTION, Urgency.URGENT
    referral.groups = [FieldGroup.IDENTITY, FieldGroup.CONTACT]
    referral.state, referral.author = ReferralState.SENT, account_of(by)
    referral.language, referral.age_band, referral.case_version = case.language, case.age_band, case.version
    referral.sent_at, referral.answer_by = now, answer_time(to_desk, Urgency.URGENT, now)
    referral.expires_at = now + timedelta(hours=EMERGENCY_HOURS)
    referral.feedback_on = timezone.localdate(referral.expires_at, timezone=case.desk.zone)
    save_stamped(referral)
    return referral, key


def _write(referral: Referral, key: Key, case: Case, words: EmergencyWords, *, by: User) -> None:
    lines = {
        FieldGroup.IDENTITY: lambda: [
            (_("Name"), words.name),
            (_("Year of birth"), words.birth_year),
            (_("Description"), words.description),
        ],
        FieldGroup.CONTACT: lambda: [(_("Safe contact"), words.contact)],
    }
    for group, make in lines.items():
        stored = store_lines([make])
        envelope = write_envelope(key, stored, purpose=ReferralPurpose.GROUP, by=by)
        save_stamped(SharedGroup(referral=referral, group=group, envelope=envelope, size=len(stored)))
    called = seal_words(case, {"text": words.called}, CasePurpose.REFERRAL, by=by)
    save_stamped(LawfulBasis(referral=referral, kind=BasisKind.VITAL, envelope=called, first=by))
    letter = ReferralWords(referral=referral, kind=WordsKind.LETTER, side=Side.SENDER, author=by)
    letter.envelope = write_envelope(key, {"message": words.called}, purpose=ReferralPurpose.WORDS, by=by)
    save_stamped(letter)
