"""The kinds of assessments, and where a version of one stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class AssessmentKind(TextChoices):
    """What is looked at."""

    RISK = "risk", pgettext_lazy("assessment", "Risk")
    NEEDS = "needs", pgettext_lazy("assessment", "Needs")
    BIA = "bia", pgettext_lazy("assessment", "Best interests")
    BID = "bid", pgettext_lazy("assessment", "Determination of best interests")


# In these the child's own view comes first.
HEARS_CHILD = frozenset({AssessmentKind.NEEDS, AssessmentKind.BIA, AssessmentKind.BID})
# In these a next day is set.
HAS_NEXT_DAY = frozenset({AssessmentKind.RISK, AssessmentKind.BIA})


class AssessmentState(TextChoices):
    """Where a text stands. Only a draft is changed; what is signed is frozen."""

    DRAFT = "draft", pgettext_lazy("assessment", "Draft")
    SECOND = "second", pgettext_lazy("assessment", "Second text, not decided")
    SET_ASIDE = "set_aside", pgettext_lazy("assessment", "Set aside")
    DONE = "done", pgettext_lazy("assessment", "Signed")
    ASKED = "asked", pgettext_lazy("assessment", "Signed, waits for a supervisor")
    APPROVED = "approved", pgettext_lazy("assessment", "Approved")
    RETURNED = "returned", pgettext_lazy("assessment", "Given back")
    SUPERSEDED = "superseded", pgettext_lazy("assessment", "Replaced by a later one")


CURRENT_STATES = frozenset(
    {AssessmentState.DONE, AssessmentState.ASKED, AssessmentState.APPROVED, AssessmentState.RETURNED}
)
SIGNED_STATES = CURRENT_STATES | {AssessmentState.SUPERSEDED}
