"""The code lists of the plain columns of a case: closed lists, which name nobody."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import pgettext_lazy


class StatusBody(TextChoices):
    """Which body decided whether the child is a victim, as the standard for case data names them."""

    POLICE = "police", pgettext_lazy("body that decides", "Police")
    NGO = "ngo", pgettext_lazy("body that decides", "Non-governmental organisation")
    COURT = "court", pgettext_lazy("body that decides", "Court or prosecution")
    PUBLIC = "public", pgettext_lazy("body that decides", "Other public body")
    OTHER = "other", pgettext_lazy("body that decides", "Other body")


class CaseSource(TextChoices):
    """How the desk heard of the child."""

    REPORT = "report", pgettext_lazy("source of a case", "A report")
    ENQUIRY = "enquiry", pgettext_lazy("source of a case", "A call")
    AUTHORITY = "authority", pgettext_lazy("source of a case", "An authority")
    REFERRAL = "referral", pgettext_lazy("source of a case", "Another desk")
    OWN = "own", pgettext_lazy("source of a case", "Another way")


class AgeBand(TextChoices):
    """How old the child is, as coarse as figures and lists need it."""

    TO_5 = "0-5", pgettext_lazy("age of a child", "5 or younger")
    TO_11 = "6-11", pgettext_lazy("age of a child", "6 to 11")
    TO_14 = "12-14", pgettext_lazy("age of a child", "12 to 14")
    TO_17 = "15-17", pgettext_lazy("age of a child", "15 to 17")
    ADULT = "18+", pgettext_lazy("age of a child", "18 or older")
    UNKNOWN = "unknown", pgettext_lazy("age of a child", "Not known")


class AgeBasis(TextChoices):
    """How the age is known. Only a document or an official assessment makes an adult of somebody."""

    DOCUMENTED = "documented", pgettext_lazy("how an age is known", "A document")
    DECLARED = "declared", pgettext_lazy("how an age is known", "Said by the child or others")
    ASSESSED = "assessed", pgettext_lazy("how an age is known", "Official assessment")
    PRESUMED = "presumed", pgettext_lazy("how an age is known", "Not known, treated as a child")


PROVEN_AGES = frozenset({AgeBasis.DOCUMENTED, AgeBasis.ASSESSED})


class Answer(TextChoices):
    """An answer that may be unknown. Unknown never counts as no."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")
    UNKNOWN = "unknown", pgettext_lazy("answer", "Unknown")


class GuardianKind(TextChoices):
    """What kind of guardian."""

    LEGAL = "legal", pgettext_lazy("kind of guardian", "Legal guardian")
    TEMPORARY = "temporary", pgettext_lazy("kind of guardian", "Temporary guardian")
    AUTHORITY = "authority", pgettext_lazy("kind of guardian", "Child protection authority")
    UNKNOWN = "unknown", pgettext_lazy("kind of guardian", "Not known yet")


class RelativeKind(TextChoices):
    """Who somebody is to the child."""

    MOTHER = "mother", pgettext_lazy("relative", "Mother")
    FATHER = "father", pgettext_lazy("relative", "Father")
    SIBLING = "sibling", pgettext_lazy("relative", "Brother or sister")
    GRANDPARENT = "grandparent", pgettext_lazy("relative", "Grandparent")
    PARTNER = "partner", pgettext_lazy("relative", "Partner of a parent")
    OTHER = "other", pgettext_lazy("relative", "Other relative")


class Phase(IntegerChoices):
    """The five phases of the regional procedure. Several run at the same time."""

    IDENTIFICATION = 1, pgettext_lazy("phase", "Identification")
    FIRST_HELP = 2, pgettext_lazy("phase", "First assistance and protection")
    LONG_HELP = 3, pgettext_lazy("phase", "Long-term assistance and inclusion")
    RETURN = 4, pgettext_lazy("phase", "Return and inclusion")
    PROCEEDINGS = 5, pgettext_lazy("phase", "Criminal and civil proceedings")


class Block(TextChoices):
    """The parts in which the child's record is written, each with its source and date."""

    IDENTITY = "identity", pgettext_lazy("part of a child's record", "Name, birth, documents")
    CONTACT = "contact", pgettext_lazy("part of a child's record", "Address and phone")
    SAFETY = "safety", pgettext_lazy("part of a child's record", "Safe contact")
    CARE = "care", pgettext_lazy("part of a child's record", "Care and family")
    HEALTH = "health", pgettext_lazy("part of a child's record", "Health and disability")
    SCHOOL = "school", pgettext_lazy("part of a child's record", "School")


class Source(TextChoices):
    """From whom something about the child is known."""

    CHILD = "child", pgettext_lazy("known from", "The child")
    PAPER = "paper", pgettext_lazy("known from", "A document")
    OTHERS = "others", pgettext_lazy("known from", "Other people")
    AUTHORITY = "authority", pgettext_lazy("known from", "An authority")
    OWN = "own", pgettext_lazy("known from", "Seen by us")


class Sensitivity(TextChoices):
    """How carefully a note is handled where papers leave the desk."""

    NORMAL = "normal", pgettext_lazy("sensitivity of a note", "Normal")
    SENSITIVE = "sensitive", pgettext_lazy("sensitivity of a note", "Sensitive: never leaves with others")


class TaskKind(TextChoices):
    """Why there is a task: somebody wrote it, or the closing of a case made it."""

    WRITTEN = "written", pgettext_lazy("kind of task", "Task")
    FOLLOW_UP = "follow_up", pgettext_lazy("kind of task", "Follow-up")


class Priority(TextChoices):
    """How soon a task is done, beside its day."""

    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    URGENT = "urgent", pgettext_lazy("priority", "Urgent")


class AssignmentRole(TextChoices):
    """What somebody does for a case."""

    WORKER = "worker", pgettext_lazy("people of a case", "Worker")
    LEAD = "lead", pgettext_lazy("people of a case", "Lead")


class AssignmentReason(TextChoices):
    """Why somebody began, or ended, to work on a case."""

    OPENED = "opened", pgettext_lazy("why somebody works on a case", "Opened the case")
    TAKEN = "taken", pgettext_lazy("why somebody works on a case", "Took the case")
    ASSIGNED = "assigned", pgettext_lazy("why somebody works on a case", "Assigned by a supervisor")
    HANDED_OVER = "handed_over", pgettext_lazy("why somebody works on a case", "Handed over")
    LEFT = "left", pgettext_lazy("why somebody works on a case", "Left the organisation")


class ClosureOutcome(TextChoices):
    """What became of the child."""

    PROTECTED_AT_HOME = "protected_at_home", pgettext_lazy("outcome of a case", "Protected at home")
    FAMILY_REUNITED = "family_reunited", pgettext_lazy("outcome of a case", "Reunited with the family")
    FOSTER_OR_KIN = "foster_or_kin", pgettext_lazy("outcome of a case", "With relatives or a foster family")
    RESIDENTIAL_CARE = "residential_care", pgettext_lazy("outcome of a case", "In residential care")
    SAFE_RETURN_DONE = "safe_return_done", pgettext_lazy("outcome of a case", "Returned in safety")
    ADULT_NOW_SUPPORTED = "adult_now_supported", pgettext_lazy("outcome of a case", "Adult now, with support")
    SUPPORTED_ELSEWHERE = (
        "recognised_and_supported_elsewhere",
        pgettext_lazy("outcome of a case", "Recognised and supported elsewhere"),
    )
    HANDED_TO_AUTHORITY = "handed_to_authority", pgettext_lazy("outcome of a case", "An authority has taken over")
    TRANSFERRED = "transferred", pgettext_lazy("outcome of a case", "Another desk has taken over")
    PROTECTED_OTHERWISE = (
        "not_trafficking_protected_otherwise",
        pgettext_lazy("outcome of a case", "Another matter, protected otherwise"),
    )
    DECLINED_FURTHER_HELP = "declined_further_help", pgettext_lazy("outcome of a case", "Further help was declined")
    MISSING_REPORTED = "missing_reported", pgettext_lazy("outcome of a case", "Missing, and reported as missing")
    LOST_CONTACT = "lost_contact", pgettext_lazy("outcome of a case", "Contact was lost")
    DIED = "died", pgettext_lazy("outcome of a case", "The child has died")


class ClosureReason(TextChoices):
    """Why the work ends now."""

    GOALS = "goals", pgettext_lazy("why a case is closed", "What was planned is reached")
    ELSEWHERE = "elsewhere", pgettext_lazy("why a case is closed", "Others go on with it")
    WISH = "wish", pgettext_lazy("why a case is closed", "The child or guardian wishes it")
    NO_CONTACT = "no_contact", pgettext_lazy("why a case is closed", "The child cannot be reached")
    OTHER = "other", pgettext_lazy("why a case is closed", "Another reason")
