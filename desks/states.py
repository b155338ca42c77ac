from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Service(TextChoices):
    """What a desk does, after Directive 2011/36/EU, article 11(5), and the desks' practice."""

    INFORMATION = "information", pgettext_lazy("service of a desk", "Information")
    COUNSELLING = "counselling", pgettext_lazy("service of a desk", "Advice")
    PSYCHOLOGICAL_SUPPORT = "psychological_support", pgettext_lazy("service of a desk", "Psychological support")
    NEEDS_RISK_ASSESSMENT = "needs_risk_assessment", pgettext_lazy("service of a desk", "Looking at needs and risks")
    ACCOMPANIMENT = (
        "accompaniment",
        pgettext_lazy("service of a desk", "Company to police, prosecutor, court or hospital"),
    )
    SHELTER_REFERRAL = "shelter_referral", pgettext_lazy("service of a desk", "A safe place to stay")
    MATERIAL_AID = "material_aid", pgettext_lazy("service of a desk", "Food, clothes and other first needs")
    MEDICAL_CARE = "medical_care", pgettext_lazy("service of a desk", "Medical care")
    LEGAL_AID = "legal_aid", pgettext_lazy("service of a desk", "Legal aid, also for compensation")
    GUARDIAN_REQUEST = "guardian_request", pgettext_lazy("service of a desk", "Asking for a guardian")
    INTERPRETATION = "interpretation", pgettext_lazy("service of a desk", "Interpreters")
    DOCUMENTS_STATUS = "documents_status", pgettext_lazy("service of a desk", "Identity papers and residence")
    FAMILY_TRACING = "family_tracing", pgettext_lazy("service of a desk", "Tracing of the family")
    SAFE_RETURN = "safe_return", pgettext_lazy("service of a desk", "Safe return")
    EDUCATION_TRAINING = "education_training", pgettext_lazy("service of a desk", "School and training")
    REFERRAL_OTHER = "referral_other", pgettext_lazy("service of a desk", "The way to others who help")


class Channel(TextChoices):
    """By which way somebody turned to a desk."""

    WEB = "web", pgettext_lazy("way to a desk", "This site")
    TELEPHONE = "telephone", pgettext_lazy("way to a desk", "Telephone")
    VISIT = "visit", pgettext_lazy("way to a desk", "At the counter")


class Reporter(TextChoices):
    """Who turns to a desk, as far as they say."""

    CHILD = "child", pgettext_lazy("who reports", "A child or young person")
    PARENT = "parent", pgettext_lazy("who reports", "A parent or carer")
    PROFESSIONAL = "professional", pgettext_lazy("who reports", "Somebody who works with children")
    OTHER = "other", pgettext_lazy("who reports", "Somebody else")
    UNSAID = "unsaid", pgettext_lazy("who reports", "I would rather not say")


# Who turns to a desk, as the desk says it of them.
CALLERS = [(each, each.label) for each in Reporter if each != Reporter.UNSAID]
CALLERS += [(Reporter.UNSAID, pgettext_lazy("who turns to a desk", "Not said"))]


class Risk(TextChoices):
    """How soon a desk has to act, the most urgent first."""

    DANGER = "danger", pgettext_lazy("risk", "Danger now")
    HIGH = "high", pgettext_lazy("risk", "High")
    MEDIUM = "medium", pgettext_lazy("risk", "Medium")
    LOW = "low", pgettext_lazy("risk", "Low")


class State(TextChoices):
    """Where the work on a report stands, in the words of the desk."""

    RECEIVED = "received", pgettext_lazy("report", "Received")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("report", "Acknowledged")
    TRIAGED = "triaged", pgettext_lazy("report", "Triaged")
    REFERRED = "referred", pgettext_lazy("report", "Referred")
    INFORMED = "informed", pgettext_lazy("report", "Information given")
    UNFOUNDED = "unfounded", pgettext_lazy("report", "Unfounded")
    DUPLICATE = "duplicate", pgettext_lazy("report", "Duplicate")
    CLOSED = "closed", pgettext_lazy("report", "Closed")


class Move(TextChoices):
    """What can be done with a report."""

    ACKNOWLEDGE = "acknowledge"
    TRIAGE = "triage"
    REFER = "refer"
    INFORM = "inform"
    FIND_UNFOUNDED = "find_unfounded"
    MERGE = "merge"
    CLOSE = "close"
    REOPEN = "reopen"


OUTCOMES = {State.REFERRED, State.INFORMED, State.UNFOUNDED, State.DUPLICATE}
OUTCOME_CHOICES = [(state, state.label) for state in State if state in OUTCOMES]
OPEN = {State.RECEIVED, State.ACKNOWLEDGED, State.TRIAGED}
# Each move: the states from which it starts, and where it leads. Triage may be corrected; nothing closes untriaged.
MOVES: dict[Move, tuple[set[State], State]] = {
    Move.ACKNOWLEDGE: ({State.RECEIVED}, State.ACKNOWLEDGED),
    Move.TRIAGE: ({State.ACKNOWLEDGED, State.TRIAGED}, State.TRIAGED),
    Move.REFER: ({State.TRIAGED}, State.REFERRED),
    Move.INFORM: ({State.TRIAGED}, State.INFORMED),
    Move.FIND_UNFOUNDED: ({State.TRIAGED}, State.UNFOUNDED),
    Move.MERGE: ({State.ACKNOWLEDGED, State.TRIAGED}, State.DUPLICATE),
    Move.CLOSE: (OUTCOMES, State.CLOSED),
    Move.REOPEN: ({*OUTCOMES, State.CLOSED}, State.TRIAGED),
}

# What a reporter is told of it: never what the desk thinks of the report.
TOLD: dict[State, str] = {
    State.RECEIVED: pgettext_lazy("report, for the reporter", "Your message has arrived."),
    State.ACKNOWLEDGED: pgettext_lazy("report, for the reporter", "Your message has arrived and waits to be read."),
    State.TRIAGED: pgettext_lazy("report, for the reporter", "Your message has been read. We are working on it."),
    State.REFERRED: pgettext_lazy("report, for the reporter", "We have asked others who can help to act."),
    State.INFORMED: pgettext_lazy("report, for the reporter", "We have answered you."),
    State.UNFOUNDED: pgettext_lazy("report, for the reporter", "We have looked into it."),
    State.DUPLICATE: pgettext_lazy("report, for the reporter", "We are working on it."),
    State.CLOSED: pgettext_lazy("report, for the reporter", "Our work on this is finished."),
}


class Ages(TextChoices):
    """How old children are, as far as one sees."""

    TO_5 = "0-5", _("5 or younger")
    TO_11 = "6-11", _("6 to 11")
    TO_14 = "12-14", _("12 to 14")
    TO_17 = "15-17", _("15 to 17")
    UNKNOWN = "unknown", _("I do not know")


class HowMany(TextChoices):
    """How many children it is about."""

    UNKNOWN = "", _("I do not know")
    ONE = "1", _("One child")
    TWO = "2", _("Two children")
    SOME = "3-5", _("Three to five")
    MANY = "6+", _("More")


class Voice(TextChoices):
    """Who speaks to whom in a report."""

    REPORTER = "reporter", pgettext_lazy("message of a report", "From the reporter")
    ANSWER = "answer", pgettext_lazy("message of a report", "Answer to the reporter")
    NOTE = "note", pgettext_lazy("message of a report", "Note for colleagues only")


class EnvelopePurpose(StrEnum):
    """What an envelope of a report is for. Its content is bound to the value, which therefore never changes."""

    REPORT = "report"
    MESSAGE = "message"
    NOTE = "note"
    NOTICE = "notice"


class Clock(TextChoices):
    """What a desk has promised to do in time."""

    READ = "read", pgettext_lazy("clock of a report", "Danger is read")
    TRIAGE = "triage", pgettext_lazy("clock of a report", "Triage")
    ANSWER = "answer", pgettext_lazy("clock of a report", "First answer")
    WORDS = "words", pgettext_lazy("clock of a report", "New words are read")


class Level(TextChoices):
    """Who is told that a report waits, the nearest first. Coordinators learn numbers and times, and nothing else."""

    DESK = "desk", pgettext_lazy("who is told", "The desk")
    SUPERVISORS = "supervisors", pgettext_lazy("who is told", "Supervisors")
    COORDINATORS = "coordinators", pgettext_lazy("who is told", "Coordinators")


class HandOverState(TextChoices):
    """Where the hand-over of a report to another desk stands."""

    ASKED = "asked", pgettext_lazy("hand-over of a report", "The reporter is asked")
    AGREED = "agreed", pgettext_lazy("hand-over of a report", "The reporter agrees")
    DECLINED = "declined", pgettext_lazy("hand-over of a report", "The reporter does not agree")
    ACCEPTED = "accepted", pgettext_lazy("hand-over of a report", "The other desk takes it")
    REFUSED = "refused", pgettext_lazy("hand-over of a report", "The other desk does not take it")
    WITHDRAWN = "withdrawn", pgettext_lazy("hand-over of a report", "Withdrawn")
    DONE = "done", pgettext_lazy("hand-over of a report", "Handed over")


class HandOverMove(TextChoices):
    """What can be done in a hand-over: by the reporter, by the desk that takes, by the desk that gives."""

    AGREE = "agree"
    DECLINE = "decline"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    COMPLETE = "complete"


HAND_OVER_OPEN = {HandOverState.ASKED, HandOverState.AGREED, HandOverState.ACCEPTED}
HAND_OVER_MOVES: dict[HandOverMove, tuple[set[HandOverState], HandOverState]] = {
    HandOverMove.AGREE: ({HandOverState.ASKED}, HandOverState.AGREED),
    HandOverMove.DECLINE: ({HandOverState.ASKED, HandOverState.AGREED}, HandOverState.DECLINED),
    HandOverMove.ACCEPT: ({HandOverState.AGREED}, HandOverState.ACCEPTED),
    HandOverMove.REFUSE: ({HandOverState.AGREED}, HandOverState.REFUSED),
    HandOverMove.WITHDRAW: (HAND_OVER_OPEN, HandOverState.WITHDRAWN),
    HandOverMove.COMPLETE: ({HandOverState.ACCEPTED}, HandOverState.DONE),
}


class Stop(TextChoices):
    """Why a report is not deleted on its day."""

    LAW = "law", pgettext_lazy("why a report is kept", "Held by law")
    UNREAD = "unread", pgettext_lazy("why a report is kept", "There are words that nobody has read")
    OPEN = "open", pgettext_lazy("why a report is kept", "It has no outcome")


class Kept(TextChoices):
    """Whether the desk kept a promise about a report."""

    YES = "yes", pgettext_lazy("promise of a desk", "In time")
    NO = "no", pgettext_lazy("promise of a desk", "Late")
    RUNS = "runs", pgettext_lazy("promise of a desk", "Still running")


class Topic(TextChoices):
    """What an enquiry is about."""

    TRAFFICKING = "trafficking", pgettext_lazy("topic of an enquiry", "What trafficking is")
    CHILD = "child", pgettext_lazy("topic of an enquiry", "Help for a child")
    ADULT = "adult", pgettext_lazy("topic of an enquiry", "Help for an adult")
    MISSING = "missing", pgettext_lazy("topic of an enquiry", "A missing child")
    WORK_ABROAD = "work_abroad", pgettext_lazy("topic of an enquiry", "Work abroad")
    ONLINE = "online", pgettext_lazy("topic of an enquiry", "Danger online")
    LEGAL = "legal", pgettext_lazy("topic of an enquiry", "A legal question")
    TRAINING = "training", pgettext_lazy("topic of an enquiry", "A training or talk")
    PRESS = "press", pgettext_lazy("topic of an enquiry", "Press")
    OTHER = "other", pgettext_lazy("topic of an enquiry", "Something else")


class Given(TextChoices):
    """What somebody with an enquiry was given."""

    INFORMATION = "information", pgettext_lazy("given to an enquiry", "Information")
    NUMBER = "number", pgettext_lazy("given to an enquiry", "The number of another service")
    APPOINTMENT = "appointment", pgettext_lazy("given to an enquiry", "An appointment")
    TALK = "talk", pgettext_lazy("given to an enquiry", "A talk")
