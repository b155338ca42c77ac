"""The combined answers of a seminar's participants: never by person, and no figure of fewer than five people.

`results_of` loads everything that the page shows, so that nothing is read while it renders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trainings.evaluation.models import Item, Questionnaire, Response
from trainings.evaluation.questionnaire_windows import QuestionnaireWindow, questionnaire_window
from trainings.evaluation.scoring import SMALL_GROUP, LearningGain, is_right, learning_gain
from trainings.evaluation.states import ItemKind
from trainings.registrations.states import RegistrationState, Stage
from trainings.seminars.models import Seminar
from victor.files.workbooks import write_workbook
from victor.schedules.times import describe_moment

if TYPE_CHECKING:
    from django.utils.functional import Promise

Answer: TypeAlias = int | list[int] | str  # the numbers of what was chosen, or free text
Row: TypeAlias = list[str | float | None]


@dataclass(frozen=True)
class AnswerBar:
    """One possible answer, and how many people chose it."""

    label: str | Promise
    number: int
    percent: int
    is_right: bool


class QuestionResults:
    """The answers of all participants to one question. Fewer than five answers are suppressed."""

    def __init__(self, item: Item, answers: list[Answer]) -> None:
        self.item, self.number = item, len(answers)
        self.is_suppressed = len(answers) < SMALL_GROUP
        self._answers = [] if self.is_suppressed else answers

    @property
    def bars(self) -> list[AnswerBar]:
        """Each possible answer."""
        if self.is_suppressed:
            return []
        counts = Counter[int]()
        for answer in self._answers:
            if not isinstance(answer, str):
                counts.update(answer if isinstance(answer, list) else [answer])
        return [
            AnswerBar(label, counts[number], round(100 * counts[number] / self.number), number in self.item.right)
            for number, label in self.item.choices
        ]

    @property
    def right(self) -> int | None:
        """The percentage of correct answers; None where no answer is right or wrong."""
        if self.is_suppressed or not self.item.right:
            return None
        return round(100 * sum(is_right(self.item, answer) for answer in self._answers) / self.number)

    @property
    def mean(self) -> float | None:
        """How far people agree on average, from 1 to 5."""
        if self.is_suppressed or self.item.kind != ItemKind.SCALE:
            return None
        return sum(answer for answer in self._answers if isinstance(answer, int)) / self.number

    @property
    def texts(self) -> list[str]:
        """Free text in alphabetical order, which does not show who wrote it."""
        is_text = self.item.kind == ItemKind.TEXT
        return sorted(answer for answer in self._answers if isinstance(answer, str)) if is_text else []


@dataclass(frozen=True)
class StageResults:
    """The results of one questionnaire of a seminar.

    `handed_in` counts all completed responses, `answered` holds the answers of those that may be shown. `missing` are
    the names of people who can still answer. `opens` says from when it is open, where that is still to come.
    """

    stage: Stage
    handed_in: int = 0
    answered: list[dict[str, Answer]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    opens: str = ""
    questions: list[QuestionResults] = field(default_factory=list)

    @property
    def withheld(self) -> int:
        """How many completed responses wait until there are five."""
        return self.handed_in - len(self.answered)


@dataclass(frozen=True)
class SeminarResults:
    """The results of all questionnaires of a seminar. `places` is the number of confirmed participants."""

    stages: list[StageResults]
    places: int
    gain: LearningGain | None

    def as_xlsx(self) -> bytes:
        """The results as an XLSX workbook, without free text."""
        return write_workbook({_("Questionnaires"): self._rows()})

    def _rows(self) -> Iterator[Row]:
        yield [_("Questionnaire"), _("Question"), _("Answers"), _("Answer"), pgettext("how many", "Number"), "%"]
        for stage in self.stages:
            for question in stage.questions:
                yield from _question_rows(stage, question)
        if self.gain:
            figures = {
                _("before"): self.gain.before,
                _("after"): self.gain.after,
                _("gain"): self.gain.points,
                _("at least 70 per cent correct"): self.gain.share,
            }
            for label, number in figures.items():
                yield [_("Gain"), "", self.gain.n, label, "", round(number)]


def results_of(seminar: Seminar) -> SeminarResults:
    """The results of all questionnaires that the seminar has."""
    responses = list(seminar.responses.filter(complete=True))
    stages = [
        _stage_results(seminar, stage, questionnaire, responses)
        for stage in Stage
        if (questionnaire := Questionnaire.objects.for_stage(seminar, stage))
    ]
    return SeminarResults(
        stages,
        places=seminar.registrations.filter(state=RegistrationState.CONFIRMED).count(),
        gain=learning_gain(response for response in responses if response.counted or response.stage == Stage.BEFORE),
    )


def _stage_results(
    seminar: Seminar, stage: Stage, questionnaire: Questionnaire, responses: Sequence[Response]
) -> StageResults:
    own = [response for response in responses if response.stage == stage]
    answered = [response.answers for response in own if response.counted]
    window = questionnaire_window(seminar, stage)
    items = questionnaire.questions if answered else []
    return StageResults(
        stage,
        handed_in=len(own),
        answered=answered,
        missing=_missing_names(seminar, stage, window),
        opens=describe_moment(window.opens, seminar.zone) if window and window.is_ahead else "",
        questions=[
            QuestionResults(item, [answers[item.slug] for answers in answered if item.slug in answers])
            for item in items
        ],
    )


def _missing_names(seminar: Seminar, stage: Stage, window: QuestionnaireWindow | None) -> list[str]:
    """People who can still answer and have not. This says nothing about the answers of the others."""
    if seminar.cancelled or window is None or not window.is_open:
        return []
    return list(seminar.registrations.to_invite(stage).order_by("name").values_list("name", flat=True))


def _question_rows(stage: StageResults, question: QuestionResults) -> Iterator[Row]:
    number = f"<{SMALL_GROUP}" if question.is_suppressed else question.number
    head = [str(stage.stage.label), str(question.item.question), number]
    if question.mean is not None:
        yield [*head, _("Mean"), round(question.mean, 1), ""]
    for bar in question.bars:
        yield [*head, str(bar.label), bar.number, bar.percent]
