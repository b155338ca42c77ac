"""People are invited beside the members, answer, and are reminded once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from partners.groups.models import GroupMember
from partners.groups.states import GroupRole
from partners.meetings import emails
from partners.meetings.calendars import request_of
from partners.meetings.errors import (
    InvitationOver,
    InvitedAlready,
    MeetingMoveNotPossible,
    NobodyToRemind,
    NoSubstitutes,
    RemindedAlready,
)
from partners.meetings.locks import PLAN, lock_meeting
from partners.meetings.models import Invitation, Meeting
from partners.meetings.states import Answer, InviteeRole, MeetingState
from partners.memberships.models import Membership
from victor.access import Actor, System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.field_encryption import encrypt_value

ROLES = {GroupRole.CHAIR: InviteeRole.CHAIR}
NEEDS_KEPT = timedelta(days=30)  # after the meeting, then what somebody needs is deleted


@transaction.atomic
def invite_guest(meeting: Meeting, *, name: str, email: str, language: str, role: InviteeRole, by: Actor) -> Invitation:
    """Invite somebody who does not belong to the group. Where the meeting is announced, the mail leaves at once.

    Raises:
        InvitedAlready: this address is invited already.
        MeetingMoveNotPossible: the meeting is over, or cancelled.
    """
    meeting = lock_meeting(meeting)
    require(by, PLAN, meeting)
    if meeting.state not in {MeetingState.DRAFT, MeetingState.ANNOUNCED}:
        raise MeetingMoveNotPossible
    if meeting.invitations.filter(email__iexact=email).exists():
        raise InvitedAlready
    invitation = Invitation(meeting=meeting, name=name, email=email, language=language, role=role)
    invitation.time_zone = meeting.time_zone
    invitation.save(force_insert=True)
    if meeting.state == MeetingState.ANNOUNCED:
        invitation.invited_at = timezone.now()
        invitation.save(update_fields=["invited_at"])
        emails.send_invitation(meeting, invitation, request_of([meeting], invitation))
    record("meeting.guest_invited", meeting, by=by, invitation=invitation.pk)
    return invitation


@transaction.atomic
def answer_invitation(
    invitation: Invitation,
    answer: Answer,
    *,
    substitute: str = "",
    needs: str | None = None,
    shows_title: bool | None = None,
    by: Actor,
) -> Invitation:
    """Note whether somebody comes. They may answer again until the meeting starts. None: it stays as it is.

    Raises:
        InvitationOver: the meeting has begun, or is cancelled.
        NoSubstitutes: the group wants its members themselves.
    """
    meeting = lock_meeting(invitation.meeting)
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    require(by, "partners.answer_invitation", invitation)
    if not meeting.takes_answers:
        raise InvitationOver
    if substitute and not meeting.group.allows_substitutes:
        raise NoSubstitutes
    invitation.answer, invitation.answered_at, invitation.substitute = answer, timezone.now(), substitute
    if needs is not None:
        invitation.needs = encrypt_value(needs) if needs else ""
    if shows_title is not None:
        invitation.shows_title = shows_title
    invitation.save(update_fields=["answer", "answered_at", "substitute", "needs", "shows_title"])
    record("meeting.answered", invitation, by=by, answer=str(answer))
    return invitation


@transaction.atomic
def remind_invited(meeting: Meeting, *, by: User) -> int:
    """Ask those who have not answered once more. Return how many.

    Raises:
        MeetingMoveNotPossible: nobody can answer any more.
        RemindedAlready: it was done before.
        NobodyToRemind: everybody has answered.
    """
    meeting = lock_meeting(meeting)
    require(by, PLAN, meeting)
    if not meeting.takes_answers:
        raise MeetingMoveNotPossible
    if meeting.reminded_at is not None:
        raise RemindedAlready
    silent = list(meeting.invitations.unanswered().order_by("pk"))
    if not silent:
        raise NobodyToRemind
    meeting.reminded_at = timezone.now()
    meeting.save(update_fields=["reminded_at"])
    for invitation in silent:
        emails.send_reminder(meeting, invitation)
    record("meeting.reminded", meeting, by=by, people=len(silent))
    return len(silent)


def forget_needs(*, by: System) -> int:
    """Delete what people needed for meetings that are over for 30 days. Return of how many."""
    old = Invitation.objects.filter(meeting__ends__lt=timezone.now() - NEEDS_KEPT).exclude(needs="")
    with transaction.atomic():
        count = old.update(needs="")
        if count:
            record("meeting.needs_deleted", "", by=by, number=count)
    return count


def invite_members(meeting: Meeting) -> None:
    """Each member is invited on the clock of the country for which they work."""
    members = GroupMember.objects.active().filter(group=meeting.group).exclude(role=GroupRole.OBSERVER)
    people = list(members.select_related("user").order_by("pk"))
    homes = Membership.objects.filter(user__in=[member.user_id for member in people]).order_by("-pk")
    zones = dict(homes.values_list("user", "organisation__country__time_zone"))
    Invitation.objects.bulk_create(
        Invitation(
            meeting=meeting,
            person=member.user,
            name=member.user.name,
            email=member.user.email,
            language=member.user.language,
            time_zone=zones.get(member.user_id, meeting.time_zone),
            role=ROLES.get(GroupRole(member.role), InviteeRole.MEMBER),
        )
        for member in people
    )


def people_of(meetings: Sequence[Meeting]) -> list[tuple[Invitation, list[Meeting]]]:
    """Everybody who is invited to any of these meetings and may know of them, once, with those that are theirs."""
    people: dict[str, tuple[Invitation, list[Meeting]]] = {}
    for meeting in meetings:
        for invitation in meeting.invitations.exclude(person__is_active=False).order_by("pk"):
            invitation.meeting = meeting
            people.setdefault(invitation.email.lower(), (invitation, []))[1].append(meeting)
    return list(people.values())
