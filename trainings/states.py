from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Track(TextChoices):
    """For whom a module of the training is meant."""

    POLICE = "police", _("Police and border guards")
    JUSTICE = "justice", _("Prosecutors and judges")
    SOCIAL = "social", _("Social workers and NGOs")
    HEALTH = "health", _("Health staff and teachers")
    LABOUR = "labour", _("Labour inspectors")
    CONSULAR = "consular", _("Consular staff")


class Profession(TextChoices):
    """What a participant works as, in the order in which professions are shown."""

    POLICE = "police", _("Police")
    BORDER_GUARD = "border_guard", _("Border guard")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    JUDGE = "judge", _("Judge")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    HEALTH_STAFF = "health_staff", _("Health staff")
    LABOUR_INSPECTOR = "labour_inspector", _("Labour inspector")
    TEACHER = "teacher", _("Teacher")
    NGO_STAFF = "ngo_staff", _("NGO staff")
    CONSULAR_STAFF = "consular_staff", _("Consular staff")
    GUARDIAN = "guardian", pgettext_lazy("profession", "Guardian")
    SHELTER_STAFF = "shelter_staff", _("Shelter staff")
    INTERPRETER = "interpreter", pgettext_lazy("profession", "Interpreter")
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    OTHER = "other", pgettext_lazy("profession", "Another profession")


class OrganisationType(TextChoices):
    """What kind of organisation a participant comes from."""

    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    JUDICIARY = "judiciary", _("Courts and prosecution")
    SOCIAL_SERVICE = "social_service", _("Social services and child protection")
    HEALTH_SERVICE = "health_service", _("Health services")
    SCHOOL = "school", pgettext_lazy("kind of organisation", "Schools and education")
    LABOUR_INSPECTORATE = "labour_inspectorate", _("Labour inspectorate")
    NGO = "ngo", pgettext_lazy("kind of organisation", "NGO")
    OTHER_AUTHORITY = "other_authority", _("Another authority")
    INTERNATIONAL = "international", _("International organisation")
    OTHER = "other", pgettext_lazy("kind of organisation", "Another kind")


class Sex(TextChoices):
    """Asked because the funder counts by it; nobody has to say."""

    FEMALE = "female", pgettext_lazy("sex", "Woman")
    MALE = "male", pgettext_lazy("sex", "Man")
    OTHER = "other", pgettext_lazy("sex", "Another answer")
    UNTOLD = "", pgettext_lazy("sex", "I would rather not say")


class State(TextChoices):
    """Where a registration is."""

    APPLIED = "applied", pgettext_lazy("place in a seminar", "Being looked at")
    CONFIRMED = "confirmed", pgettext_lazy("place in a seminar", "Confirmed")
    WAITING = "waiting", pgettext_lazy("place in a seminar", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("place in a seminar", "A place is offered")
    LEFT = "left", pgettext_lazy("place in a seminar", "Given up")
    LAPSED = "lapsed", pgettext_lazy("place in a seminar", "The offer has lapsed")
    DECLINED = "declined", pgettext_lazy("place in a seminar", "Not admitted")
    CANCELLED = "cancelled", pgettext_lazy("place in a seminar", "The seminar is cancelled")


class Move(TextChoices):
    """What can happen to a registration after it has come."""

    ADMIT = "admit", pgettext_lazy("registration", "Admitted")
    DECLINE = "decline", pgettext_lazy("registration", "Not admitted")
    OFFER = "offer", pgettext_lazy("registration", "A place was offered")
    PREFER = "prefer", pgettext_lazy("registration", "A place was offered out of order")
    ACCEPT = "accept", pgettext_lazy("registration", "The offer was accepted")
    LAPSE = "lapse", pgettext_lazy("registration", "The offer lapsed")
    LEAVE = "leave", pgettext_lazy("registration", "The place was given up")
    CANCEL = "cancel", pgettext_lazy("registration", "The seminar was cancelled")
    CORRECT = "correct", pgettext_lazy("registration", "Name or address were corrected")


OPEN = (State.APPLIED, State.CONFIRMED, State.WAITING, State.OFFERED)
SEATED = (State.CONFIRMED, State.OFFERED)  # a seat that is offered is nobody else's

# Where each move may begin, and where it leads; who is admitted gets a seat or waits.
MOVES: dict[Move, tuple[tuple[State, ...], tuple[State, ...]]] = {
    Move.ADMIT: ((State.APPLIED,), (State.CONFIRMED, State.WAITING)),
    Move.DECLINE: ((State.APPLIED,), (State.DECLINED,)),
    Move.OFFER: ((State.WAITING,), (State.OFFERED,)),
    Move.PREFER: ((State.WAITING,), (State.OFFERED,)),
    Move.ACCEPT: ((State.OFFERED,), (State.CONFIRMED,)),
    Move.LAPSE: ((State.OFFERED,), (State.LAPSED,)),
    Move.LEAVE: (OPEN, (State.LEFT,)),
    Move.CANCEL: (OPEN, (State.CANCELLED,)),
}


class Availability(TextChoices):
    """Whether one can have a place, as visitors are told."""

    FREE = "free", pgettext_lazy("seminar", "Places available")
    FULL = "full", pgettext_lazy("seminar", "Fully booked, with a waiting list")
    EARLY = "early", pgettext_lazy("seminar", "Registration has not begun")
    CLOSED = "closed", pgettext_lazy("seminar", "Registration is closed")
    CANCELLED = "cancelled", pgettext_lazy("seminar", "Cancelled")
    OVER = "over", pgettext_lazy("seminar", "Over")


class Part(TextChoices):
    """What a copy of a seminar takes over, besides what it is and for whom."""

    TEXTS = "texts", pgettext_lazy("part of a seminar", "Texts")
    SESSIONS = "sessions", pgettext_lazy("part of a seminar", "Sessions, with their modules")
    QUOTAS = "quotas", pgettext_lazy("part of a seminar", "Quotas")
    MATERIALS = "materials", pgettext_lazy("part of a seminar", "Materials of the sessions")
    PEOPLE = "people", pgettext_lazy("part of a seminar", "Trainers and helpers")
    QUESTIONS = "questions", pgettext_lazy("part of a seminar", "Questions before and after")


class Method(TextChoices):
    """How it became known that somebody was there."""

    CODE = "code", pgettext_lazy("attendance", "The code on the confirmation")
    LIST = "list", pgettext_lazy("attendance", "The list")
    WALK_IN = "walk_in", pgettext_lazy("attendance", "Came without registration")
    SHEET = "sheet", pgettext_lazy("attendance", "The signed sheet")


DOOR_STAYS_OPEN = timedelta(days=1)  # after the end, for a telephone that was out of reach and a list left for later


class ItemKind(TextChoices):
    """How a question is answered."""

    SINGLE = "single", pgettext_lazy("question", "One answer")
    MULTIPLE = "multiple", pgettext_lazy("question", "Several answers")
    TRUTH = "truth", pgettext_lazy("question", "True or false")
    SCALE = "scale", pgettext_lazy("question", "From one to five")
    TEXT = "text", pgettext_lazy("question", "In own words")


# The answers to what is true or false, and to what is so or not, from 0; and how far somebody agrees, from 1.
TRUTH = (pgettext_lazy("answer", "True"), pgettext_lazy("answer", "False"))
YES_OR_NO = (pgettext_lazy("answer", "Yes"), pgettext_lazy("answer", "No"))
SCALE = (
    pgettext_lazy("answer", "Not at all"),
    pgettext_lazy("answer", "A little"),
    pgettext_lazy("answer", "Partly"),
    pgettext_lazy("answer", "Mostly"),
    pgettext_lazy("answer", "Fully"),
)


class Topic(TextChoices):
    """What a question of the quiz bank is about."""

    BASICS = "basics", _("What child trafficking is")
    GENERAL = "general", _("General signs")
    SEXUAL = "sexual", _("Sexual exploitation")
    LABOUR = "labour", _("Forced labour")
    BEGGING = "begging", _("Forced begging")
    CRIME = "crime", _("Forced criminal activities")
    SERVITUDE = "servitude", _("Domestic servitude")
    MARRIAGE = "marriage", _("Forced marriage")
    ADOPTION = "adoption", _("Illegal adoption and surrogacy")
    ORGANS = "organs", _("Removal of organs")
    SEMINAR = "seminar", pgettext_lazy("topic of a question", "The seminar itself")
    PRACTICE = "practice", pgettext_lazy("topic of a question", "At work since then")


class Stage(TextChoices):
    """When a questionnaire is answered."""

    BEFORE = "before", pgettext_lazy("questionnaire", "Before the seminar")
    AFTER = "after", pgettext_lazy("questionnaire", "After the seminar")
    REACTION = "reaction", pgettext_lazy("questionnaire", "What you think of the seminar")
    FOLLOW_UP = "follow_up", pgettext_lazy("questionnaire", "After three months")


class MailKind(TextChoices):
    """What a mailing to the participants of a seminar is about."""

    REMINDER = "reminder", pgettext_lazy("mailing", "Reminder")
    MATERIALS = "materials", pgettext_lazy("mailing", "Materials")
    QUESTIONS = "questions", pgettext_lazy("mailing", "Questionnaire")
    CERTIFICATE = "certificate", pgettext_lazy("mailing", "Certificate")
    FOLLOW_UP = "follow_up", pgettext_lazy("mailing", "Follow-up after three months")
    CHANGE = "change", pgettext_lazy("mailing", "Other hours or another place")
    WORDS = "words", pgettext_lazy("mailing", "Words of your own")


class Audience(TextChoices):
    """Which participants of a seminar a mailing goes to."""

    CONFIRMED = "confirmed", pgettext_lazy("mailing", "Everybody who has a place")
    WAITING = "waiting", pgettext_lazy("mailing", "Everybody who waits for a place")
    REGISTERED = "registered", pgettext_lazy("mailing", "Everybody who is registered")
    CAME = "came", pgettext_lazy("mailing", "Everybody who came")
    AFTER_MISSING = "after_missing", pgettext_lazy("mailing", "Who came and has not answered after the seminar")
    FOLLOW_UP_MISSING = (
        "follow_up_missing",
        pgettext_lazy("mailing", "Who came and has not answered after three months"),
    )
    CERTIFIED = "certified", pgettext_lazy("mailing", "Everybody who has a certificate")


# What the portal has words for goes to whom it is about.
AUDIENCES: dict[MailKind, Audience] = {
    MailKind.REMINDER: Audience.CONFIRMED,
    MailKind.MATERIALS: Audience.CONFIRMED,
    MailKind.QUESTIONS: Audience.AFTER_MISSING,
    MailKind.CERTIFICATE: Audience.CERTIFIED,
    MailKind.FOLLOW_UP: Audience.FOLLOW_UP_MISSING,
    MailKind.CHANGE: Audience.REGISTERED,
}
DAYS_BEFORE = (7, 1)  # the beginning, when those who have a place are reminded


class Standing(TextChoices):
    """How somebody's certificate stands, in the order in which the workspace shows it."""

    DUE = "due", pgettext_lazy("certificates", "To be issued")
    LACKING = "lacking", pgettext_lazy("certificates", "Not entitled")
    ISSUED = "issued", pgettext_lazy("certificates", "Issued")
    ENDED = "ended", pgettext_lazy("certificates", "Revoked or replaced")
