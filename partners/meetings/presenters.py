"""What the pages of meetings show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.meetings.models import AgendaItem, Invitation, Meeting
from partners.meetings.sections import MeetingPart, parts_of
from partners.meetings.states import Answer, MeetingState
from partners.meetings.times import elsewhere
from victor.access import is_permitted
from victor.field_encryption import decrypt_value
from victor.formatting import timezone_location
from victor.schedules.times import describe_moment

if TYPE_CHECKING:
    from victor.accounts.models import User


@dataclass(frozen=True)
class Invited:
    """Somebody who is invited, with what they need, for those who prepare the meeting."""

    invitation: Invitation
    needs: str


@dataclass(frozen=True)
class MeetingPage:
    """A meeting, its agenda, who is invited, and what the reader can do."""

    meeting: Meeting
    city: str
    others: list[tuple[str, str]]
    agenda: list[AgendaItem]
    invited: list[Invited]
    counts: list[tuple[str, int]]
    own: Invitation | None
    plans: bool
    silent: int
    link: str
    parts: list[MeetingPart]

    @classmethod
    def of(cls, meeting: Meeting, reader: User) -> MeetingPage:
        """Load what the page shows."""
        plans = is_permitted(reader, "partners.plan_meeting", meeting)
        invitations = list(meeting.invitations.for_listing())
        own = next((invitation for invitation in invitations if invitation.person_id == reader.pk), None)
        answers = Counter(invitation.answer for invitation in invitations)
        return cls(
            meeting=meeting,
            city=timezone_location(meeting.zone, return_city=True),
            others=elsewhere(meeting.starts, meeting.zone),
            agenda=list(meeting.agenda.all()),
            invited=[Invited(row, decrypt_value(row.needs) if plans and row.needs else "") for row in invitations],
            counts=[(str(answer.label), answers[answer]) for answer in (*list(Answer)[1:], Answer.NONE)],
            own=own,
            plans=plans,
            silent=answers[Answer.NONE],
            link=meeting.link if own or plans else "",
            parts=parts_of(meeting, reader),
        )

    @property
    def is_open(self) -> bool:
        """Whether anything about it can still change."""
        return self.meeting.state in {MeetingState.DRAFT, MeetingState.ANNOUNCED}

    @property
    def can_hold(self) -> bool:
        """Whether it can be noted that it took place."""
        return self.meeting.state == MeetingState.ANNOUNCED and self.meeting.has_begun


@dataclass(frozen=True)
class InvitationPage:
    """An invitation for whoever opens its link: the hour on their clock and on the organiser's."""

    invitation: Invitation
    meeting: Meeting
    yours: str
    your_city: str
    theirs: str
    their_city: str
    agenda: list[AgendaItem]

    @classmethod
    def of(cls, invitation: Invitation) -> InvitationPage:
        """Load what the page shows. Its meeting and group are loaded."""
        meeting = invitation.meeting
        return cls(
            invitation=invitation,
            meeting=meeting,
            yours=describe_moment(meeting.starts, invitation.zone),
            your_city=timezone_location(invitation.zone, return_city=True),
            theirs=describe_moment(meeting.starts, meeting.zone),
            their_city=timezone_location(meeting.zone, return_city=True),
            agenda=list(meeting.agenda.all()),
        )

    @property
    def is_elsewhere(self) -> bool:
        """Whether the two clocks differ."""
        return self.yours != self.theirs
