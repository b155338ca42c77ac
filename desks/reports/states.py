from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """By which way somebody turned to a desk."""

    WEB = "web", pgettext_lazy("way to a desk", "This site")
    TELEPHONE = "telephone", pgettext_lazy("way to a desk", "Phone")
    VISIT = "visit", pgettext_lazy("way to a desk", "In person")


class ReporterKind(TextChoices):
    """Who turns to a desk, as far as they say."""

    CHILD = "child", pgettext_lazy("who reports", "A child or young person")
    PARENT = "parent", pgettext_lazy("who reports", "A parent or carer")
    PROFESSIONAL = "professional", pgettext_lazy("who reports", "Someone who works with children")
    OTHER = "other", pgettext_lazy("who reports", "Someone else")
    UNSAID = "unsaid", pgettext_lazy("who reports", "I would rather not say")


# Who turns to a desk, as the desk says it of them.
CALLER_CHOICES: list[tuple[ReporterKind, str | Promise]] = [
    (kind, kind.label) for kind in ReporterKind if kind != ReporterKind.UNSAID
]
CALLER_CHOICES += [(ReporterKind.UNSAID, pgettext_lazy("who turns to a desk", "Not stated"))]


class Risk(TextChoices):
    """How soon a desk has to act, the most urgent first."""

    DANGER = "danger", pgettext_lazy("risk", "Danger now")
    HIGH = "high", pgettext_lazy("risk", "High")
    MEDIUM = "medium", pgettext_lazy("risk", "Medium")
    LOW = "low", pgettext_lazy("risk", "Low")


class ReportState(TextChoices):
    """Where the work on a report stands, in the words of the desk."""

    RECEIVED = "received", pgettext_lazy("report", "Received")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("report", "Acknowledged")
    TRIAGED = "triaged", pgettext_lazy("report", "Triaged")
    REFERRED = "referred", pgettext_lazy("report", "Referred")
    INFORMED = "informed", pgettext_lazy("report", "Information given")
    UNFOUNDED = "unfounded", pgettext_lazy("report", "Unfounded")
    DUPLICATE = "duplicate", pgettext_lazy("report", "Duplicate")
    CLOSED = "closed", pgettext_lazy("report", "Closed")


class ReportMove(TextChoices):
    """What can be done with a report."""

    ACKNOWLEDGE = "acknowledge"
    TRIAGE = "triage"
    REFER = "refer"
    INFORM = "inform"
    CLOSE_AS_UNFOUNDED = "find_unfounded"
    MERGE = "merge"
    CLOSE = "close"
    REOPEN = "reopen"


OUTCOMES = {ReportState.REFERRED, ReportState.INFORMED, ReportState.UNFOUNDED, ReportState.DUPLICATE}
OUTCOME_CHOICES = [(state, state.label) for state in ReportState if state in OUTCOMES]
OPEN_STATES = {ReportState.RECEIVED, ReportState.ACKNOWLEDGED, ReportState.TRIAGED}
# Each move: the states from which it starts, and where it leads. Triage may be corrected; nothing closes untriaged.
MOVES: dict[ReportMove, tuple[set[ReportState], ReportState]] = {
    ReportMove.ACKNOWLEDGE: ({ReportState.RECEIVED}, ReportState.ACKNOWLEDGED),
    ReportMove.TRIAGE: ({ReportState.ACKNOWLEDGED, ReportState.TRIAGED}, ReportState.TRIAGED),
    ReportMove.REFER: ({ReportState.TRIAGED}, ReportState.REFERRED),
    ReportMove.INFORM: ({ReportState.TRIAGED}, ReportState.INFORMED),
    ReportMove.CLOSE_AS_UNFOUNDED: ({ReportState.TRIAGED}, ReportState.UNFOUNDED),
    ReportMove.MERGE: ({ReportState.ACKNOWLEDGED, ReportState.TRIAGED}, ReportState.DUPLICATE),
    ReportMove.CLOSE: (OUTCOMES, ReportState.CLOSED),
    ReportMove.REOPEN: ({*OUTCOMES, ReportState.CLOSED}, ReportState.TRIAGED),
}
# The state in words for the reporter. They never show what the desk thinks of the report.
STATE_FOR_REPORTER: dict[ReportState, Promise] = {
    ReportState.RECEIVED: pgettext_lazy("report, for the reporter", "We have received your message."),
    ReportState.ACKNOWLEDGED: pgettext_lazy(
        "report, for the reporter", "We have received your message. Nobody has read it yet."
    ),
    ReportState.TRIAGED: pgettext_lazy("report, for the reporter", "We have read your message and are working on it."),
    ReportState.REFERRED: pgettext_lazy(
        "report, for the reporter", "We have asked others who can help to do something."
    ),
    ReportState.INFORMED: pgettext_lazy("report, for the reporter", "We have answered you."),
    ReportState.UNFOUNDED: pgettext_lazy("report, for the reporter", "We have looked into it."),
    ReportState.DUPLICATE: pgettext_lazy("report, for the reporter", "We are working on it."),
    ReportState.CLOSED: pgettext_lazy("report, for the reporter", "We have finished our work on this."),
}
STATE_FOR_CHILD: dict[ReportState, Promise] = STATE_FOR_REPORTER | {
    ReportState.RECEIVED: pgettext_lazy("to a child", "We have received your message."),
    ReportState.ACKNOWLEDGED: pgettext_lazy("to a child", "We have received your message. Nobody has read it yet."),
    ReportState.TRIAGED: pgettext_lazy("to a child", "We have read your message and are working on it."),
    ReportState.INFORMED: pgettext_lazy("to a child", "We have answered you."),
}


class AgeGroup(TextChoices):
    """How old children are, as far as one sees."""

    TO_5 = "0-5", _("5 or younger")
    TO_11 = "6-11", _("6 to 11")
    TO_14 = "12-14", _("12 to 14")
    TO_17 = "15-17", _("15 to 17")
    UNKNOWN = "unknown", _("I do not know")


class ChildCount(TextChoices):
    """How many children it is about."""

    UNKNOWN = "", _("I do not know")
    ONE = "1", _("One child")
    TWO = "2", _("Two children")
    SOME = "3-5", _("Three to five")
    MANY = "6+", _("More than five")


class Voice(TextChoices):
    """Who speaks to whom in a report."""

    REPORTER = "reporter", pgettext_lazy("message of a report", "Message from the reporter")
    ANSWER = "answer", pgettext_lazy("message of a report", "Reply to the reporter")
    NOTE = "note", pgettext_lazy("message of a report", "Note for colleagues only")


class EnvelopePurpose(StrEnum):
    """What an envelope of a report is for. Its content is bound to the value, which therefore never changes."""

    REPORT = "report"
    MESSAGE = "message"
    NOTE = "note"
    NOTICE = "notice"


# For which purposes the envelope of a message may be written.
PURPOSES_OF_VOICES = {
    Voice.REPORTER: {EnvelopePurpose.REPORT, EnvelopePurpose.MESSAGE},
    Voice.ANSWER: {EnvelopePurpose.MESSAGE},
    Voice.NOTE: {EnvelopePurpose.NOTE},
}


class Deadline(TextChoices):
    """What a desk has promised to do in time."""

    READ = "read", pgettext_lazy("clock of a report", "Danger read")
    TRIAGE = "triage", pgettext_lazy("clock of a report", "Triage")
    ANSWER = "answer", pgettext_lazy("clock of a report", "First reply")
    WORDS = "words", pgettext_lazy("clock of a report", "New message read")


class EscalationLevel(TextChoices):
    """Who is notified that a report waits, the nearest first. Coordinators learn numbers and times, nothing else."""

    DESK = "desk", pgettext_lazy("who is told", "The desk")
    SUPERVISORS = "supervisors", pgettext_lazy("who is told", "Supervisors")
    COORDINATORS = "coordinators", pgettext_lazy("who is told", "Coordinators")
