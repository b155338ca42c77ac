"""Kinds of releases, where they stand, the moves between, and why a figure is missing."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ReleaseKind(TextChoices):
    """For whom figures are released."""

    PUBLIC = "public", pgettext_lazy("release of figures", "Public")
    FUNDER = "funder", pgettext_lazy("release of figures", "Funder")


class ReleaseState(TextChoices):
    """Where a release stands."""

    DRAFT = "draft", pgettext_lazy("release of figures", "Draft")
    CHECKED = "checked", pgettext_lazy("release of figures", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("release of figures", "Approved")
    PUBLISHED = "published", pgettext_lazy("release of figures", "Published")
    CORRECTED = "corrected", pgettext_lazy("release of figures", "Corrected")


class ReleaseMove(TextChoices):
    """What happens to a release."""

    CHECK = "check"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"  # by the one that takes its place


RELEASE_MOVES: dict[ReleaseMove, tuple[ReleaseState, ReleaseState]] = {
    ReleaseMove.CHECK: (ReleaseState.DRAFT, ReleaseState.CHECKED),
    ReleaseMove.RETURN: (ReleaseState.CHECKED, ReleaseState.DRAFT),
    ReleaseMove.APPROVE: (ReleaseState.CHECKED, ReleaseState.APPROVED),
    ReleaseMove.PUBLISH: (ReleaseState.APPROVED, ReleaseState.PUBLISHED),
    ReleaseMove.CORRECT: (ReleaseState.PUBLISHED, ReleaseState.CORRECTED),
}
ONLINE = (ReleaseState.PUBLISHED, ReleaseState.CORRECTED)


class Missing(TextChoices):
    """Why a figure is missing. The values are stored in releases."""

    FAILED = "failed", pgettext_lazy("figure", "missing: the source did not answer")
    NOT_RECORDED = "not_recorded", pgettext_lazy("figure", "missing: not recorded for this half-year")
