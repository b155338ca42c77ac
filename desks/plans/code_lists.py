"""The code lists of plans, services, reviews and follow-ups: closed lists, which name nobody."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class GoalKind(TextChoices):
    """What a goal is about: the nine types of the standard for case data, and a return, which needs more."""

    EDUCATION = "education", pgettext_lazy("kind of goal", "School and education")
    FINANCIAL = "financial", pgettext_lazy("kind of goal", "Money")
    HEALTH = "health", pgettext_lazy("kind of goal", "Health")
    LABOUR = "labour", pgettext_lazy("kind of goal", "Recovery after exploitation at work")
    LEGAL = "legal", pgettext_lazy("kind of goal", "Law and residence")
    LIVELIHOOD = "livelihood", pgettext_lazy("kind of goal", "Work and living")
    RIGHTS = "rights", pgettext_lazy("kind of goal", "Knowing one's rights")
    SEXUAL = "sexual", pgettext_lazy("kind of goal", "Recovery after sexual exploitation")
    SOCIAL = "social", pgettext_lazy("kind of goal", "Care and family")
    SAFE_RETURN = "safe_return", pgettext_lazy("kind of goal", "Safe return to another country")


class SignerRole(TextChoices):
    """Who agrees to a plan."""

    CHILD = "child", pgettext_lazy("who agrees", "Child")
    GUARDIAN = "guardian", pgettext_lazy("who agrees", "Guardian or parent")
    AUTHORITY = "authority", pgettext_lazy("who agrees", "Authority")
    PROVIDER = "provider", pgettext_lazy("who agrees", "Organisation that helps")
    OTHER = "other", pgettext_lazy("who agrees", "Somebody else")


class PlanAnswer(TextChoices):
    """What somebody says of a plan."""

    AGREES = "agrees", pgettext_lazy("answer to a plan", "Agrees")
    PARTLY = "partly", pgettext_lazy("answer to a plan", "Agrees in part")
    DISAGREES = "disagrees", pgettext_lazy("answer to a plan", "Does not agree")
    TOO_YOUNG = "too_young", pgettext_lazy("answer to a plan", "Too young to be asked")
    NOT_YET = "not_yet", pgettext_lazy("answer to a plan", "Not yet")


ANSWERS_OF: dict[SignerRole, tuple[PlanAnswer, ...]] = {
    SignerRole.CHILD: (PlanAnswer.AGREES, PlanAnswer.PARTLY, PlanAnswer.DISAGREES, PlanAnswer.TOO_YOUNG),
    SignerRole.GUARDIAN: (PlanAnswer.AGREES, PlanAnswer.NOT_YET, PlanAnswer.DISAGREES),
    SignerRole.AUTHORITY: (PlanAnswer.AGREES, PlanAnswer.NOT_YET, PlanAnswer.DISAGREES),
    SignerRole.PROVIDER: (PlanAnswer.AGREES, PlanAnswer.NOT_YET, PlanAnswer.DISAGREES),
    SignerRole.OTHER: (PlanAnswer.AGREES, PlanAnswer.NOT_YET, PlanAnswer.DISAGREES),
}
# A child of whom one of these is recorded has been asked, or could not be.
CHILD_AGREES = frozenset({PlanAnswer.AGREES, PlanAnswer.PARTLY, PlanAnswer.TOO_YOUNG})
NEEDS_REASON = frozenset({PlanAnswer.PARTLY, PlanAnswer.DISAGREES, PlanAnswer.TOO_YOUNG})


class AnswerWay(TextChoices):
    """How somebody has answered."""

    PAPER = "paper", pgettext_lazy("way to agree", "On paper")
    SPOKEN = "spoken", pgettext_lazy("way to agree", "Spoken")
    REMOTE = "remote", pgettext_lazy("way to agree", "By telephone or video")


class ServiceBasis(TextChoices):
    """Why a service may be given."""

    CONSENT = "consent", pgettext_lazy("basis of a service", "Consent of the child and the guardian")
    VITAL = "vital", pgettext_lazy("basis of a service", "Urgent: life or health is in danger")
    DECISION = "decision", pgettext_lazy("basis of a service", "Decision of an authority or a court")
    DUTY = "duty", pgettext_lazy("basis of a service", "Duty under the law")


class ProviderKind(TextChoices):
    """Who gives a service."""

    DESK = "desk", pgettext_lazy("who gives a service", "This desk")
    NGO = "ngo", pgettext_lazy("who gives a service", "Non-governmental organisation")
    PUBLIC = "public", pgettext_lazy("who gives a service", "Public body")
    HEALTH = "health", pgettext_lazy("who gives a service", "Doctor, clinic or hospital")
    OTHER = "other", pgettext_lazy("who gives a service", "Somebody else")


class ReviewKind(TextChoices):
    """Why a case is looked at as a whole."""

    REGULAR = "regular", pgettext_lazy("review", "Regular review")
    RISK = "risk", pgettext_lazy("review", "Review because of a risk")
    SUPERVISION = "supervision", pgettext_lazy("review", "Supervision")


class ReviewOutcome(TextChoices):
    """What a review has led to."""

    GOES_ON = "goes_on", pgettext_lazy("outcome of a review", "The plan goes on")
    NEW_PLAN = "new_plan", pgettext_lazy("outcome of a review", "The plan is changed")
    MORE_HELP = "more_help", pgettext_lazy("outcome of a review", "More help is needed")
    CAN_END = "can_end", pgettext_lazy("outcome of a review", "Support can end")


class FollowUpResult(TextChoices):
    """How a follow-up after closing went."""

    SEEN = "seen", pgettext_lazy("follow-up", "The child was seen")
    SPOKEN = "spoken", pgettext_lazy("follow-up", "Spoke with the child")
    THROUGH_OTHERS = "others", pgettext_lazy("follow-up", "Heard from others")
    NOT_REACHED = "not_reached", pgettext_lazy("follow-up", "Nobody was reached")
