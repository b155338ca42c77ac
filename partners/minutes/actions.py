"""What happens to minutes: opened, written, sent for remarks, approved by two people, corrected by a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.meetings.locks import lock_meeting
from partners.meetings.models import Invitation
from partners.minutes.contents import digest_of, minutes_contents
from partners.minutes.emails import compose_remark_requests
from partners.minutes.errors import (
    ApprovedBySame,
    LooksLikeReference,
    MeetingNotBegun,
    MinutesMoveNotPossible,
    PartApproved,
    ReadOtherText,
    RemarksOpen,
    SecondTextWaits,
    StaleText,
    WordsMissing,
)
from partners.minutes.models import Attendance, ItemText, Minutes, Remark
from partners.minutes.rules import approval_part_of
from partners.minutes.states import MINUTES_MOVES, REMARKS_PERIOD, ApprovalPart, MinutesMove, MinutesState, TextState
from victor.access import require
from victor.audit.actions import record
from victor.references import undecided_reference

if TYPE_CHECKING:
    from collections.abc import Collection

    from partners.meetings.models import AgendaItem, Meeting
    from victor.accounts.models import User

WRITE = "partners.write_minutes"


@transaction.atomic
def open_minutes(meeting: Meeting, *, by: User) -> Minutes:
    """Open the first version of the minutes of a meeting, with everybody who was invited. The open one, where one is.

    Raises:
        MeetingNotBegun: it has not started, or is cancelled.
    """
    meeting = lock_meeting(meeting)
    require(by, WRITE, meeting.group)
    existing = Minutes.objects.filter(meeting=meeting).order_by("-version").first()
    if existing is not None:
        return existing
    if meeting.is_cancelled or not meeting.has_begun:
        raise MeetingNotBegun
    minutes = Minutes.objects.create(meeting=meeting, opened_by=by)
    _add_attendance(minutes)
    record("minutes.opened", minutes, by=by)
    return minutes


@transaction.atomic
def save_text(
    minutes: Minutes, item: AgendaItem, text: str, *, seen: int, by: User, allowed: Collection[str] = ()
) -> ItemText:
    """Save what minutes say about an item. `seen` is the revision that the page showed; 0 where there was no text.

    Where another text was saved meanwhile, this one is kept beside it as a second text.

    Raises:
        MinutesMoveNotPossible: they are no draft any more.
        LooksLikeReference: it looks as if it named a case.
    """
    minutes = _lock(minutes, MinutesMove.WRITE, WRITE, by=by)
    current = ItemText.objects.current().filter(minutes=minutes, item=item).first()
    require_no_reference(text, saved=current.text if current else "", allowed=allowed)
    row = _write(minutes, item, text, current, seen=seen, by=by)
    record("minutes.text_saved", minutes, by=by, item=item.pk, revision=row.revision, state=str(row.state))
    return row


@transaction.atomic
def autosave_text(
    minutes: Minutes, item: AgendaItem, text: str, *, seen: int, by: User, allowed: Collection[str] = ()
) -> ItemText | None:
    """What the page saves by itself. The log notes who began or took over, and not each saving. None: nothing to save.

    Raises:
        StaleText: another text was saved meanwhile.
        MinutesMoveNotPossible, LooksLikeReference: as `save_text`.
    """
    minutes = _lock(minutes, MinutesMove.WRITE, WRITE, by=by)
    current = ItemText.objects.current().filter(minutes=minutes, item=item).first()
    if seen != (current.revision if current else 0):
        raise StaleText
    if current is None and not text:
        return None
    if current is None or current.author_id != by.pk:
        return save_text(minutes, item, text, seen=seen, allowed=allowed, by=by)
    require_no_reference(text, saved=current.text, allowed=allowed)
    return _write(minutes, item, text, current, seen=seen, by=by)


@transaction.atomic
def choose_text(second: ItemText, *, is_used: bool, by: User) -> ItemText:
    """Of two texts take the second one, or leave the first. The other is kept, set aside. Return the current one.

    Raises:
        MinutesMoveNotPossible: somebody has chosen already.
    """
    minutes = _lock(second.minutes, MinutesMove.WRITE, WRITE, by=by)
    second = ItemText.objects.select_for_update().get(pk=second.pk)
    if second.state != TextState.SECOND:
        raise MinutesMoveNotPossible
    current = ItemText.objects.current().get(minutes=minutes, item=second.item_id)
    loser, winner = (current, second) if is_used else (second, current)
    loser.state = TextState.SET_ASIDE
    loser.save(update_fields=["state"])
    winner.state, winner.revision = TextState.CURRENT, current.revision + 1
    winner.save(update_fields=["state", "revision"])
    record("minutes.text_chosen", minutes, by=by, item=second.item_id, second=is_used)
    return winner


@transaction.atomic
def note_attendance(minutes: Minutes, present: Collection[int], *, by: User) -> Minutes:
    """Note who of the invited was there, by their invitations.

    Raises:
        MinutesMoveNotPossible: they are no draft any more.
    """
    minutes = _lock(minutes, MinutesMove.WRITE, WRITE, by=by)
    _add_attendance(minutes)
    minutes.attendance.filter(invitation__in=present).update(is_present=True)
    minutes.attendance.exclude(invitation__in=present).update(is_present=False)
    record("minutes.attendance_saved", minutes, by=by, present=minutes.attendance.filter(is_present=True).count())
    return minutes


@transaction.atomic
def send_for_remarks(minutes: Minutes, *, by: User) -> Minutes:
    """Send a draft to everybody of the group and everybody invited who has an account, for seven days of remarks.

    Raises:
        MinutesMoveNotPossible: it is no draft any more.
        SecondTextWaits: two texts of one item wait for a choice.
    """
    until = timezone.localdate() + REMARKS_PERIOD
    mails = compose_remark_requests(minutes, until, without=by)
    minutes = _lock(minutes, MinutesMove.CIRCULATE, WRITE, by=by)
    if ItemText.objects.waiting().filter(minutes=minutes).exists():
        raise SecondTextWaits
    minutes.state, minutes.circulated_at, minutes.remarks_until = MinutesState.CIRCULATED, timezone.now(), until
    minutes.save(update_fields=["state", "circulated_at", "remarks_until"])
    for mail in mails:
        mail.send()
    record("minutes.circulated", minutes, by=by, version=minutes.version)
    return minutes


@transaction.atomic
def take_minutes_back(minutes: Minutes, *, by: User) -> Minutes:
    """Make a draft again of what was sent for remarks. An approval that was given does not count any more.

    Raises:
        MinutesMoveNotPossible: they are not out for remarks.
    """
    minutes = _lock(minutes, MinutesMove.TAKE_BACK, WRITE, by=by)
    minutes.state = MinutesState.DRAFT
    minutes.circulated_at = minutes.remarks_until = None
    minutes.chair = minutes.chair_at = minutes.secretary = minutes.secretary_at = None
    minutes.save()
    record("minutes.taken_back", minutes, by=by, version=minutes.version)
    return minutes


@transaction.atomic
def add_remark(minutes: Minutes, text: str, *, by: User, allowed: Collection[str] = ()) -> Remark:
    """Say something about minutes. It changes no text; one that comes after the seven days is marked as late.

    Raises:
        MinutesMoveNotPossible: they are a draft.
        WordsMissing, LooksLikeReference: what is said is empty, or looks as if it named a case.
    """
    minutes = Minutes.objects.select_for_update(of=["self"], no_key=True).for_listing().get(pk=minutes.pk)
    require(by, "partners.remark_on_minutes", minutes.meeting.group)
    if not Minutes.objects.visible_to(by).filter(pk=minutes.pk).exclude(state=MinutesState.DRAFT).exists():
        raise MinutesMoveNotPossible
    if not text.strip():
        raise WordsMissing
    require_no_reference(text, allowed=allowed)
    is_late = minutes.is_frozen or not minutes.takes_remarks
    remark = Remark.objects.create(minutes=minutes, author=by, text=text.strip(), is_late=is_late)
    record("minutes.remark_made", minutes, by=by, late=is_late)
    return remark


@transaction.atomic
def approve_minutes(minutes: Minutes, *, seen: str, by: User) -> Minutes:
    """Approve minutes as chair or as secretary: the second approval freezes them. `seen`: the digest of what was read.

    Raises:
        MinutesMoveNotPossible: they are not out for remarks.
        RemarksOpen: the days for remarks are not over.
        ReadOtherText: they are not what `by` has read.
        PartApproved, ApprovedBySame: the approval was given, or is that of the same person.
    """
    minutes = _lock(minutes, MinutesMove.APPROVE, "partners.approve_minutes", by=by)
    if minutes.takes_remarks:
        raise RemarksOpen
    contents = minutes_contents(minutes)
    if seen != digest_of(contents):
        raise ReadOtherText
    part = approval_part_of(by, minutes.meeting.group)
    if by.pk in {minutes.chair_id, minutes.secretary_id}:
        raise ApprovedBySame
    if (minutes.chair_id if part == ApprovalPart.CHAIR else minutes.secretary_id) is not None:
        raise PartApproved
    if part == ApprovalPart.CHAIR:
        minutes.chair, minutes.chair_at = by, timezone.now()
    else:
        minutes.secretary, minutes.secretary_at = by, timezone.now()
    if minutes.chair_id and minutes.secretary_id:
        minutes.state, minutes.approved_at = MinutesState.APPROVED, timezone.now()
        minutes.contents, minutes.digest = contents, seen
    minutes.save()
    record("minutes.approved", minutes, by=by, part=str(part), version=minutes.version, digest=minutes.digest)
    return minutes


@transaction.atomic
def correct_minutes(minutes: Minutes, changes: str, *, by: User, allowed: Collection[str] = ()) -> Minutes:
    """Begin a new version of approved minutes, and say what changes. The approved one stays as it is.

    Raises:
        MinutesMoveNotPossible: they are not approved, or a newer version exists.
        WordsMissing, LooksLikeReference: what is said is empty, or looks as if it named a case.
    """
    old = _lock(minutes, MinutesMove.CORRECT, WRITE, by=by)
    if Minutes.objects.filter(meeting=old.meeting_id, version__gt=old.version).exists():
        raise MinutesMoveNotPossible
    if not changes.strip():
        raise WordsMissing
    require_no_reference(changes, allowed=allowed)
    new = Minutes.objects.create(meeting=old.meeting, version=old.version + 1, changes=changes.strip(), opened_by=by)
    ItemText.objects.bulk_create(
        ItemText(minutes=new, item_id=row.item_id, text=row.text, author_id=row.author_id, saved_at=row.saved_at)
        for row in old.texts.current()
    )
    Attendance.objects.bulk_create(
        Attendance(minutes=new, invitation_id=row.invitation_id, is_present=row.is_present)
        for row in old.attendance.all()
    )
    record("minutes.correction_begun", new, by=by, version=new.version)
    return new


def require_no_reference(text: str, *, saved: str = "", allowed: Collection[str] = ()) -> None:
    """Refuse what looks as if it named a case, unless somebody has said that it is something else.

    What stands in the saved text was decided before.

    Raises:
        LooksLikeReference: with the first such part.
    """
    if reference := undecided_reference(text, saved=[saved], allowed=allowed):
        raise LooksLikeReference(reference)


def _write(minutes: Minutes, item: AgendaItem, text: str, current: ItemText | None, *, seen: int, by: User) -> ItemText:
    """The current text with these words, or a second text where the page did not show the current one."""
    revision = current.revision if current else 0
    if current is not None and current.text == text:
        return current
    if current is None or seen != revision:
        state = TextState.CURRENT if current is None else TextState.SECOND
        return ItemText.objects.create(
            minutes=minutes, item=item, text=text, state=state, revision=revision + 1, author=by
        )
    current.text, current.revision, current.author, current.saved_at = text, revision + 1, by, timezone.now()
    current.save(update_fields=["text", "revision", "author", "saved_at"])
    return current


def _add_attendance(minutes: Minutes) -> None:
    """A row for everybody who was invited, also later."""
    known = set(minutes.attendance.values_list("invitation", flat=True))
    invited = Invitation.objects.filter(meeting=minutes.meeting_id).exclude(pk__in=known)
    Attendance.objects.bulk_create(Attendance(minutes=minutes, invitation=row) for row in invited)


def _lock(minutes: Minutes, move: MinutesMove, permission: str, *, by: User) -> Minutes:
    minutes = Minutes.objects.select_for_update(of=["self"], no_key=True).for_listing().get(pk=minutes.pk)
    require(by, permission, minutes.meeting.group)
    if minutes.state != MINUTES_MOVES[move]:
        raise MinutesMoveNotPossible
    return minutes
