"""What pages show of assessments: each text with its words, decrypted where the vault is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.assessments.models import Assessment
from desks.assessments.questions import QUESTIONS
from desks.assessments.states import CURRENT_STATES, AssessmentKind, AssessmentState
from desks.cases.case_page import Reading, Written
from desks.reports.states import Risk
from partners.help_lines.models import HelpLine
from partners.help_lines.presenters import lines_to_call_first
from victor.formatting import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desks.cases.models import Case
    from desks.cases.sections import CaseReader


@dataclass(frozen=True)
class AssessmentText:
    """A text of an assessment with its answers, each beside its question."""

    row: Assessment
    words: Written | None
    lines: Sequence[tuple[str, str]]

    @property
    def waits(self) -> bool:
        """Whether a supervisor has to agree."""
        return self.row.state == AssessmentState.ASKED

    @property
    def lowers(self) -> bool:
        """Whether it would lower the risk."""
        return self.waits and self.row.kind == AssessmentKind.RISK


@dataclass
class KindOfAssessment:
    """All texts of a kind: what counts, the draft, texts that wait for a choice, and what was replaced."""

    kind: AssessmentKind
    current: list[AssessmentText] = field(default_factory=list)
    draft: AssessmentText | None = None
    seconds: list[AssessmentText] = field(default_factory=list)
    earlier: list[AssessmentText] = field(default_factory=list)

    @property
    def verb(self) -> str:
        """What can be written now."""
        if self.draft is not None:
            return _("Go on with the draft")
        versions = [text.row.version for text in [*self.current, *self.earlier]]
        return _("Write version %(number)d") % {"number": max(versions, default=0) + 1}

    def add(self, text: AssessmentText) -> None:
        """Put a text where it belongs. What was set aside is kept and not shown."""
        state = AssessmentState(text.row.state)
        if state == AssessmentState.DRAFT:
            self.draft = text
        elif state == AssessmentState.SECOND:
            self.seconds.append(text)
        elif state in CURRENT_STATES:
            self.current.append(text)
        elif state == AssessmentState.SUPERSEDED:
            self.earlier.append(text)


@dataclass(frozen=True)
class AssessmentsOfCase:
    """The section of a case's page."""

    kinds: list[KindOfAssessment]
    emergency: Sequence[HelpLine]


def assessments_of_case(reader: CaseReader) -> AssessmentsOfCase:
    """All assessments of a case; where it is in danger, whom to call stands above them."""
    kinds = [texts_of_kind(reader, kind) for kind in AssessmentKind]
    return AssessmentsOfCase(
        kinds, lines_to_call_first(reader.case.desk.country_id) if reader.case.risk == Risk.DANGER else []
    )


def texts_of_kind(reader: CaseReader, kind: AssessmentKind) -> KindOfAssessment:
    """All texts of a kind, the newest first."""
    rows = Assessment.objects.filter(case=reader.case, kind=kind).exclude(state=AssessmentState.SET_ASIDE)
    loaded = list(rows.select_related("author", "approver", "envelope__key"))
    reading, texts = Reading(reader, loaded), KindOfAssessment(kind)
    for row in loaded:
        words = reading.of(row)
        texts.add(AssessmentText(row, words, lines_of(kind, words.content) if words else []))
    return texts


def lines_of(kind: AssessmentKind, content: Mapping[str, object]) -> list[tuple[str, str]]:
    """Each answer with its question. What nobody answered is not shown as if it were empty."""
    answered = [question for question in QUESTIONS[kind] if content.get(question.name)]
    return [(str(question.label), str(content[question.name])) for question in answered]


def what_lowering_needs(case: Case) -> str:
    """What has to be there before the risk goes down."""
    names = {"day": long_day(case.risk_assessed_at or case.risk_at), "risk": Risk(case.risk).label}
    return (
        _(
            "To lower the risk you need: an assessment later than %(day)s · a reason · another supervisor. "
            "Until then it stays: %(risk)s."
        )
        % names
    )
