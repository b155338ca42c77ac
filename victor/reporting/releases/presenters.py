"""What the pages of releases show: what the portal has found, who may do what now, and what differs from before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partners.memberships.second_persons import COORDINATOR, second_person_fault, second_persons
from victor.access import is_permitted
from victor.reporting.releases.actions import PERMISSION
from victor.reporting.releases.forms import ApprovalForm, ReturnForm
from victor.reporting.releases.frozen_figures import FrozenFigure
from victor.reporting.releases.models import Release
from victor.reporting.releases.states import ONLINE, ReleaseState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from victor.accounts.models import User


@dataclass(frozen=True)
class SummaryRow:
    """A figure of a release, and that of the release before. Both are words where there is no number."""

    name: str
    period: str
    value: str
    before: str


@dataclass(frozen=True)
class ReleasePage:
    """One release: what was counted, what the check found, and what its reader can do."""

    release: Release
    summary: list[SummaryRow]
    missing: list[FrozenFigure]
    hidden: int
    revealing: list[str]
    hidden_whole: list[str]
    approval: ApprovalForm | None
    returning: ReturnForm | None
    lacks_second: bool
    can_manage: bool
    can_publish: bool
    can_correct: bool
    corrections: list[Release]

    @classmethod
    def of(cls, release: Release, reader: User) -> ReleasePage:
        """Load what the page shows."""
        figures = figures_of(release)
        manages = is_permitted(reader, PERMISSION, release)
        audit = cast("Mapping[str, Sequence[str]]", release.audit or {})
        is_checked = release.state == ReleaseState.CHECKED
        decides = is_checked and manages and _may_decide(release, reader)
        corrections = list(release.corrections.defer("content").order_by("correction"))
        return cls(
            release=release,
            summary=_summary(figures, _release_before(release)),
            missing=[figure for figure in figures if figure.missing],
            hidden=sum(len(figure.hidden_keys()) for figure in figures),
            revealing=_names(figures, [*audit.get("narrow", ()), *audit.get("changed", ())]),
            hidden_whole=_names(figures, audit.get("hidden_whole", ())),
            approval=ApprovalForm() if decides else None,
            returning=ReturnForm() if decides else None,
            lacks_second=is_checked and not second_persons(asker=release.made_by, roles=COORDINATOR),
            can_manage=manages,
            can_publish=manages and release.state == ReleaseState.APPROVED,
            can_correct=manages and release.state == ReleaseState.PUBLISHED and not corrections,
            corrections=corrections,
        )

    @property
    def is_online(self) -> bool:
        """Whether it went out, so that reports are made of it."""
        return self.release.state in ONLINE


def figures_of(release: Release) -> list[FrozenFigure]:
    """The figures that a release has stored; none while it is being made."""
    return [FrozenFigure(data) for data in release.frozen("figures")]


def value_in_words(figure: FrozenFigure) -> str:
    """The total of a figure; or that it is not shown, why it is missing, or that it is never added up."""
    if figure.missing:
        return figure.missing
    if not figure.has({}):
        return pgettext("figure", "not added up")
    return _("not shown") if figure.total is None else str(figure.total)


def _summary(figures: Sequence[FrozenFigure], before: Release | None) -> list[SummaryRow]:
    known = {figure.full_name: figure for figure in figures_of(before)} if before else {}
    return [
        SummaryRow(
            figure.name,
            str(figure.period),
            value_in_words(figure),
            value_in_words(known[figure.full_name]) if figure.full_name in known else "–",
        )
        for figure in figures
    ]


def _release_before(release: Release) -> Release | None:
    """The one that it corrects, else the last one of its kind that went out before."""
    if release.corrects_id:
        return release.corrects
    earlier = Release.objects.online().filter(kind=release.kind, number__lt=release.number)
    return earlier.order_by("-number", "-correction").first()


def _may_decide(release: Release, reader: User) -> bool:
    return second_person_fault(reader, asker=release.made_by, roles=COORDINATOR) is None


def _names(figures: Sequence[FrozenFigure], names: Sequence[str]) -> list[str]:
    known = {figure.full_name: f"{figure.name}, {figure.period}" for figure in figures}
    return [known[name] for name in names if name in known]
