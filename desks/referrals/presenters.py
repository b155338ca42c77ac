"""What pages show of referrals, loaded and decrypted before they render."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from desks.duty.models import DutyAlarm
from desks.referrals.consents import confirmed_basis, needs_transfer_ground, valid_consent
from desks.referrals.field_groups import StoredLine, lines_in
from desks.referrals.models import Referral, ReferralWords
from desks.referrals.referral_steps import offered_steps
from desks.referrals.sharing import read_groups, read_words
from desks.referrals.states import OPEN, READABLE, ReferralKind, ReferralState, Side, WordsKind
from desks.referrals.summary import SummaryLine, summary_lines
from desks.reports.deadlines import span_in_words
from partners.memberships.models import Membership
from victor.audit.models import Entry
from victor.audit.states import deed_in_words
from victor.languages import current_language
from victor.stored_names import stored_reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from desks.cases.sections import CaseReader
    from desks.desk.models import Desk
    from desks.referrals.code_lists import FieldGroup
    from desks.referrals.steps import ReferralStep
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault

LOG_LENGTH = 50


@dataclass(frozen=True)
class ReferralRow:
    """A referral in a list, in codes: for which list it is, and until when something has to be done."""

    referral: Referral
    desk: Desk
    other: Desk
    due: str
    is_late: bool

    @property
    def name(self) -> str:
        """Its own reference; of a report that is handed over the report's, for whoever knows that."""
        report = self.referral.report
        if report is None or self.desk.pk not in {report.desk_id, self.referral.from_desk_id}:
            return self.referral.reference
        return report.reference

    @property
    def url(self) -> str:
        """The page where the desk works on it: its own, the report's, or where reports are offered. It can be none."""
        report = self.referral.report
        if report is None:
            return reverse("desks:referral", args=[self.desk.slug, self.referral.reference])
        if report.desk_id == self.desk.pk:
            return reverse("desks:inbox_report", args=[self.desk.slug, report.reference])
        is_offered = self.referral.to_desk_id == self.desk.pk and self.referral.state == ReferralState.SENT
        return reverse("desks:inbox", args=[self.desk.slug]) + "#offers" if is_offered else ""

    @property
    def summary(self) -> str:
        """The few words of a list: how soon, from where, age, language, what for; or that a report is handed over."""
        report = self.referral.report
        if report is not None:
            language = str(get_language_info(report.language)["name_translated"])
            return f"{ReferralKind(self.referral.kind).label} · {self.referral.from_desk.country} · {language}"
        lines = {line.label: line.value for line in summary_lines(self.referral)}
        names = (_("From country"), _("Age"), _("Language"), pgettext("referral", "Purpose"))
        return " · ".join(lines[name] for name in names if name in lines)


def referral_rows(referrals: Sequence[Referral], desk: Desk) -> list[ReferralRow]:
    """The rows of a list of a desk."""
    now = timezone.now()
    return [_row(referral, desk, now) for referral in referrals]


def _row(referral: Referral, desk: Desk, now: datetime) -> ReferralRow:
    other = referral.to_desk if referral.from_desk_id == desk.pk else referral.from_desk
    due, is_late = "", False
    if referral.answer_by is not None:
        is_late = referral.answer_by <= now
        span = {"span": span_in_words(abs(referral.answer_by - now))}
        due = (_("late by %(span)s") if is_late else _("answer in %(span)s")) % span
    return ReferralRow(referral, desk, other, due, is_late)


@dataclass(frozen=True)
class ShownGroup:
    """A group that is shared, in the reader's language."""

    group: FieldGroup
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ShownWords:
    """Words of one of the desks. `text` is None where the reader cannot read them now."""

    row: ReferralWords
    title: str
    text: str | None
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class LogLine:
    """A row of the log, the same at both desks: when, which desk, what. No name of the other desk's people."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class DraftTask:
    """One thing that a draft needs before it is made ready."""

    words: str
    is_done: bool
    url_name: str


@dataclass
class ReferralPage:
    """The page of a referral, for one of its desks."""

    referral: Referral
    side: Side
    is_locked: bool
    summary: Sequence[SummaryLine]
    steps: Sequence[ReferralStep]
    log: Sequence[LogLine]
    tasks: Sequence[DraftTask]
    alarm: DutyAlarm | None = None
    groups: Sequence[ShownGroup] = field(default_factory=list)
    words: Sequence[ShownWords] = field(default_factory=list)

    @property
    def other(self) -> Desk:
        """The other desk."""
        return self.referral.to_desk if self.side == Side.SENDER else self.referral.from_desk

    @property
    def is_sender(self) -> bool:
        """Whether the reader's desk refers."""
        return self.side == Side.SENDER

    @property
    def is_unsent(self) -> bool:
        """Whether nothing has left the desk."""
        return self.referral.sent_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether the receiver has not answered."""
        return self.referral.state in {ReferralState.SENT, ReferralState.INFO_ASKED}

    @property
    def has_ended(self) -> bool:
        """Whether the receiver read it once, and does no longer."""
        return self.referral.accepted_at is not None and not self.referral.is_shared

    @property
    def documents(self) -> list[int]:
        """The numbers of the papers that the reader can download."""
        may_read = self.is_sender or self.referral.is_shared
        return [row.number for row in self.referral.shared_documents.all()] if may_read else []


def referral_page(referral: Referral, side: Side, user: User, vault: UnlockedVault | None) -> ReferralPage:
    """Everything that the page of a referral shows to somebody of one of its desks."""
    page = ReferralPage(
        referral=referral,
        side=side,
        is_locked=vault is None,
        summary=summary_lines(referral),
        steps=offered_steps(referral, side, user),
        log=log_of(referral),
        tasks=_draft_tasks(referral) if referral.state == ReferralState.DRAFT else (),
        alarm=_alarm_of(referral) if side == Side.RECEIVER else None,
    )
    if vault is not None:
        may_read = referral.key_id is not None and (side == Side.SENDER or referral.is_shared)
        page.groups = shown_groups(read_groups(referral, side, by=vault)) if may_read else []
        page.words = shown_words(referral, read_words(referral, side, by=vault))
    return page


def _alarm_of(referral: Referral) -> DutyAlarm | None:
    """The alarm that calls people for it, and that nobody has taken."""
    if referral.kind != ReferralKind.EMERGENCY:
        return None
    return DutyAlarm.objects.calling().filter(referral=referral).first()


def shown_groups(stored: Mapping[FieldGroup, Sequence[StoredLine]]) -> list[ShownGroup]:
    """Stored groups in the reader's language, in their order."""
    language = current_language()
    return [
        ShownGroup(group, lines_in(lines, language))
        for group, lines in sorted(stored.items(), key=lambda item: item[0].number)
    ]


def shown_words(referral: Referral, contents: Mapping[int, Mapping[str, object]]) -> list[ShownWords]:
    """The words of both desks, the oldest first. What the reader cannot read is not named as if it were empty."""
    return [_words(row, contents[row.pk]) for row in referral.words.all() if row.pk in contents]


def open_question(referral: Referral, *, by: UnlockedVault) -> ShownWords | None:
    """What the receiver asked last, for whoever answers it."""
    written = shown_words(referral, read_words(referral, Side.SENDER, by=by))
    return next((words for words in reversed(written) if words.row.kind == WordsKind.QUESTION), None)


def _words(row: ReferralWords, content: Mapping[str, object]) -> ShownWords:
    title = str(WordsKind(row.kind).label)
    if row.kind != WordsKind.LETTER:
        return ShownWords(row, title, str(content.get("text", "")))
    lines = [(_("Conditions"), str(content.get("conditions", "")))]
    reasons = content.get("reasons")
    if isinstance(reasons, dict):
        lines += [(_("Group %(number)s") % {"number": group[1:]}, str(reason)) for group, reason in reasons.items()]
    return ShownWords(row, title, str(content.get("message", "")), [line for line in lines if line[1]])


def log_of(referral: Referral) -> list[LogLine]:
    """The log of a referral, the newest first: the same rows in the same order at both desks."""
    entries = list(Entry.objects.filter(object=stored_reference(referral)).order_by("-sequence")[:LOG_LENGTH])
    desks = _desks_by_actor(referral, {entry.actor for entry in entries})
    return [LogLine(entry.at, desks.get(entry.actor, "VICTOR"), deed_in_words(entry.action)) for entry in entries]


def _desks_by_actor(referral: Referral, actors: set[str]) -> dict[str, str]:
    """At which of the two desks each actor works, by the actor's stored name."""
    numbers = {int(actor.rpartition(":")[2]) for actor in actors if actor.startswith("accounts.user:")}
    desks = {desk.organisation_id: desk.name for desk in (referral.to_desk, referral.from_desk)}
    memberships = Membership.objects.filter(user__in=numbers, organisation__in=desks)
    return {f"accounts.user:{row.user_id}": desks[row.organisation_id] for row in memberships}


def _draft_tasks(referral: Referral) -> list[DraftTask]:
    has_basis = confirmed_basis(referral) is not None or valid_consent(referral) is not None
    tasks = [
        DraftTask(_("What you ask for, and whom"), is_done=True, url_name="desks:referral_wish"),
        DraftTask(_("What leaves"), is_done=bool(referral.groups), url_name="desks:referral_groups"),
        DraftTask(_("Consent, or another basis"), is_done=has_basis, url_name="desks:referral_consent"),
    ]
    if needs_transfer_ground(referral):
        tasks.append(
            DraftTask(_("Ground of the transfer"), hasattr(referral, "transfer_basis"), "desks:referral_ground")
        )
    return tasks


@dataclass(frozen=True)
class SharingOfCase:
    """The section of a case's page: what others see of it, and what is written or over."""

    shared: Sequence[ReferralRow]
    running: Sequence[ReferralRow]
    over: Sequence[ReferralRow]
    received: Sequence[ReferralRow]
    may_refer: bool


def sharing_of_case(reader: CaseReader) -> SharingOfCase:
    """What is shared of a case, the newest first."""
    desk = reader.case.desk
    rows = referral_rows(list(Referral.objects.filter(case=reader.case).for_listing()), desk)
    received = Referral.objects.filter(receiver_case=reader.case).for_listing()
    return SharingOfCase(
        shared=[row for row in rows if row.referral.is_shared],
        running=[row for row in rows if row.referral.state in OPEN and not row.referral.is_shared],
        over=[row for row in rows if row.referral.state not in OPEN | READABLE or _is_read_no_more(row.referral)],
        received=referral_rows(list(received), desk),
        may_refer=reader.case.is_running,
    )


def _is_read_no_more(referral: Referral) -> bool:
    return referral.state == ReferralState.CLOSED and not referral.is_shared
