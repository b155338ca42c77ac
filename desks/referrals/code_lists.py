"""The code lists of referrals: purposes, field groups, what consent is made of, other lawful bases."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAX_DAYS = 90  # how long a sharing act lasts at most
EMERGENCY_HOURS, CONFIRM_HOURS = 72, 24
LEAST_HOLDERS = 2  # at a desk that receives


class FieldGroup(TextChoices):
    """The twelve groups in which a record is shared. Nothing is shared that nobody has ticked."""

    IDENTITY = "g1", pgettext_lazy("group of a referral", "Identity")
    CONTACT = "g2", pgettext_lazy("group of a referral", "Contact and safety")
    GUARDIAN = "g3", pgettext_lazy("group of a referral", "Status, guardian, family")
    SCREENING = "g4", pgettext_lazy("group of a referral", "Screening")
    EXPERIENCE = "g5", pgettext_lazy("group of a referral", "What happened to the child")
    HEALTH = "g6", pgettext_lazy("group of a referral", "Health")
    ASSESSMENTS = "g7", pgettext_lazy("group of a referral", "Assessments")
    PLAN = "g8", pgettext_lazy("group of a referral", "Plan and services")
    LAW = "g9", pgettext_lazy("group of a referral", "Residence, law, proceedings")
    SCHOOL = "g10", pgettext_lazy("group of a referral", "School and daily life")
    DOCUMENTS = "g11", pgettext_lazy("group of a referral", "Documents, one by one")
    NOTES = "g12", pgettext_lazy("group of a referral", "Notes, one by one")

    @property
    def number(self) -> int:
        """Its number, by which people name it."""
        return int(self.value[1:])


SENSITIVE_GROUPS = frozenset({FieldGroup.EXPERIENCE, FieldGroup.HEALTH, FieldGroup.LAW})
_G = FieldGroup


class SharingPurpose(TextChoices):
    """What the other desk is asked for."""

    SAFE_PLACE = "safe_place", pgettext_lazy("purpose of a referral", "A safe place")
    HEALTH = "health", pgettext_lazy("purpose of a referral", "Medical or psychological help")
    LEGAL = "legal", pgettext_lazy("purpose of a referral", "Legal help")
    GUARDIANSHIP = "guardianship", pgettext_lazy("purpose of a referral", "A guardian")
    TRACING = "tracing", pgettext_lazy("purpose of a referral", "Finding the family")
    RETURN = "return", pgettext_lazy("purpose of a referral", "A safe return")
    SCHOOL = "school", pgettext_lazy("purpose of a referral", "School and daily life")
    IDENTIFICATION = "identification", pgettext_lazy("purpose of a referral", "Identification")
    PROTECTION = "protection", pgettext_lazy("purpose of a referral", "Protection as a whole")


# The most that each purpose needs. More of it takes a reason; none of it is ticked beforehand.
MOST_GROUPS: dict[SharingPurpose, frozenset[FieldGroup]] = {
    SharingPurpose.SAFE_PLACE: frozenset({_G.IDENTITY, _G.CONTACT, _G.GUARDIAN, _G.SCHOOL}),
    SharingPurpose.HEALTH: frozenset({_G.IDENTITY, _G.CONTACT, _G.GUARDIAN, _G.HEALTH}),
    SharingPurpose.LEGAL: frozenset({_G.IDENTITY, _G.CONTACT, _G.GUARDIAN, _G.LAW, _G.DOCUMENTS}),
    SharingPurpose.GUARDIANSHIP: frozenset({_G.IDENTITY, _G.CONTACT, _G.GUARDIAN}),
    SharingPurpose.TRACING: frozenset({_G.IDENTITY, _G.GUARDIAN}),
    SharingPurpose.RETURN: frozenset({_G.IDENTITY, _G.CONTACT, _G.GUARDIAN, _G.ASSESSMENTS, _G.PLAN}),
    SharingPurpose.SCHOOL: frozenset({_G.IDENTITY, _G.CONTACT, _G.GUARDIAN, _G.SCHOOL}),
    SharingPurpose.IDENTIFICATION: frozenset({_G.IDENTITY, _G.CONTACT, _G.GUARDIAN, _G.SCREENING}),
    SharingPurpose.PROTECTION: frozenset(FieldGroup) - SENSITIVE_GROUPS - {_G.DOCUMENTS, _G.NOTES},
}


class CoarseForm(TextChoices):
    """What the receiver may know before accepting: no more than this."""

    SEXUAL = "sexual", pgettext_lazy("form of exploitation in a summary", "Sexual exploitation")
    LABOUR = "labour", pgettext_lazy("form of exploitation in a summary", "Forced labour")
    OTHER = "other", pgettext_lazy("form of exploitation in a summary", "Other exploitation")
    UNCLEAR = "unclear", pgettext_lazy("form of exploitation in a summary", "Unclear")
    NOT_SAID = "", pgettext_lazy("form of exploitation in a summary", "Not said")


class Giver(TextChoices):
    """Who consents."""

    CHILD = "child", pgettext_lazy("who consents", "The child")
    GUARDIAN = "guardian", pgettext_lazy("who consents", "The guardian")
    PARENT = "parent", pgettext_lazy("who consents", "A parent")
    ADULT = "adult", pgettext_lazy("who consents", "The person, an adult")


class ConsentWay(TextChoices):
    """How consent was given."""

    PAPER = "paper", pgettext_lazy("how consent was given", "Signed on paper")
    SPOKEN = "spoken", pgettext_lazy("how consent was given", "Spoken, face to face")
    REMOTE = "remote", pgettext_lazy("how consent was given", "By telephone or video")


# The seven points of consent of the Human Trafficking Case Data Standard 2.0, in its order.
CONSENT_POINTS = {
    "agrees": _("Agrees to talk with us"),
    "knows_why": _("Knows why we ask"),
    "knows_use": _("Knows how the data may be used"),
    "knows_research": _("Knows about anonymous research"),
    "knows_access": _("Knows the right to see the data"),
    "knows_storage": _("Knows how long it is kept"),
    "knows_withdrawal": _("Knows how to withdraw consent"),
}


class BasisKind(TextChoices):
    """Why a record may be shared without consent. The articles are those of the GDPR."""

    VITAL = "vital", pgettext_lazy("lawful basis", "Vital interest, article 6(1)(d) and 9(2)(c)")
    DUTY = "duty", pgettext_lazy("lawful basis", "Legal duty, article 6(1)(c)")
    TASK = "task", pgettext_lazy("lawful basis", "Public task, article 6(1)(e)")
    PUBLIC_INTEREST = "public_interest", pgettext_lazy("lawful basis", "Substantial public interest, article 9(2)(g)")


class TransferGround(TextChoices):
    """On what ground data may leave the European Union (GDPR, articles 45, 46 and 49)."""

    ADEQUACY = "adequacy", pgettext_lazy("ground of a transfer", "Decision of adequacy, article 45")
    CLAUSES = "clauses", pgettext_lazy("ground of a transfer", "Agreement with standard clauses, article 46")
    PUBLIC_INTEREST = "public_interest", pgettext_lazy("ground of a transfer", "Public interest, article 49(1)(d)")
    CLAIMS = "claims", pgettext_lazy("ground of a transfer", "Legal claims, article 49(1)(e)")
    VITAL = "vital", pgettext_lazy("ground of a transfer", "Vital interest, article 49(1)(f)")
    CONSENT = "consent", pgettext_lazy("ground of a transfer", "Explicit consent, article 49(1)(a)")
