"""What the participants of a seminar answered, all together: never who, and nothing that fewer than five have said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from trainings.evaluation.models import Item, Questionnaire, Response
from trainings.evaluation.questionnaire_windows import QuestionnaireWindow, questionnaire_window
from trainings.evaluation.scoring import SMALL_GROUP, LearningGain, is_right, learning_gain
from trainings.evaluation.states import ItemKind
from trainings.registrations.states import RegistrationState, Stage
from trainings.seminars.models import Seminar
from victor.schedules.times import describe_moment


@dataclass(frozen=True)
class AnswerBar:
    """An answer, and how many chose it."""

    words: Any
    number: int
    percent: int
    is_right: bool


class QuestionResults:
    """A question with the answers of all. Fewer than five are not told."""

    def __init__(self, item: Item, answers: list[Any]) -> None:
        self.item, self.number = item, len(answers)
        self.is_told = len(answers) >= SMALL_GROUP
        self._answers = answers if self.is_told else []

    @property
    def bars(self) -> list[AnswerBar]:
        """Each answer that can be chosen."""
        chosen = Counter[int]()
        for each in self._answers:
            chosen.update(each if isinstance(each, list) else [each])
        return [
            AnswerBar(words, chosen[number], round(100 * chosen[number] / self.number), number in self.item.right)
            for number, words in self.item.choices
            if self.is_told
        ]

    @property
    def right(self) -> int | None:
        """The share of right answers in per cent."""
        if not (self.is_told and self.item.right):
            return None
        return round(100 * sum(is_right(self.item, each) for each in self._answers) / self.number)

    @property
    def mean(self) -> float | None:
        """How far people agree, from one to five."""
        if not self.is_told or self.item.kind != ItemKind.SCALE:
            return None
        return sum(self._answers) / self.number

    @property
    def texts(self) -> list[str]:
        """What was written, in the order of the alphabet, which says nothing of who wrote it."""
        return sorted(self._answers) if self.item.kind == ItemKind.TEXT else []


class StageResults:
    """A questionnaire of a seminar: how many have answered, and what."""

    def __init__(self, seminar: Seminar, stage: Stage, questionnaire: Questionnaire, sheets: list[Response]) -> None:
        self.seminar, self.stage, self.questionnaire = seminar, stage, questionnaire
        self.window: QuestionnaireWindow | None = questionnaire_window(seminar, stage)
        self.handed_in = len(sheets)
        self.answered = [each.answers for each in sheets if each.counted]

    @property
    def withheld(self) -> int:
        """How many are handed in and wait until they are five."""
        return self.handed_in - len(self.answered)

    @cached_property
    def missing(self) -> list[str]:
        """Who can still answer and has not, by name; nothing is known here of what the others said."""
        if self.seminar.cancelled or self.window is None or not self.window.is_open:
            return []
        return list(self.seminar.registrations.to_invite(self.stage).order_by("name").values_list("name", flat=True))

    @property
    def opens(self) -> str:
        """From when, where that is still to come."""
        return describe_moment(self.window.opens, self.seminar.zone) if self.window and self.window.is_ahead else ""

    @cached_property
    def questions(self) -> list[QuestionResults]:
        items = self.questionnaire.questions if self.answered else []
        return [
            QuestionResults(item, [each[item.slug] for each in self.answered if item.slug in each]) for item in items
        ]


class SeminarResults:
    """All questionnaires of a seminar."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar

    @cached_property
    def sheets(self) -> list[Response]:
        """All that is handed in."""
        return list(self.seminar.responses.filter(complete=True))

    @cached_property
    def stages(self) -> list[StageResults]:
        """Those that there are."""
        found = []
        for stage in Stage:
            if questionnaire := Questionnaire.objects.for_stage(self.seminar, stage):
                sheets = [each for each in self.sheets if each.stage == stage]
                found.append(StageResults(self.seminar, stage, questionnaire, sheets))
        return found

    @cached_property
    def places(self) -> int:
        return self.seminar.registrations.filter(state=RegistrationState.CONFIRMED).count()

    @cached_property
    def gain(self) -> LearningGain | None:
        """What those learned who answered before and after."""
        return learning_gain(each for each in self.sheets if each.counted or each.stage == Stage.BEFORE)

    def as_xlsx(self) -> bytes:
        """The same as a workbook, without what people wrote in their own words."""
        book, file = Workbook(write_only=True), BytesIO()
        sheet = book.create_sheet(_("Questionnaires"))
        for line in self._lines():
            sheet.append(line)
        book.save(file)
        return file.getvalue()

    def _lines(self) -> Iterator[list[Any]]:
        yield [_("Questionnaire"), _("Question"), _("Answers"), _("Answer"), _("Number"), "%"]
        for stage in self.stages:
            for each in stage.questions:
                head = [
                    str(stage.stage.label),
                    str(each.item.question),
                    each.number if each.is_told else f"<{SMALL_GROUP}",
                ]
                if each.mean is not None:
                    yield [*head, _("Mean"), round(each.mean, 1), ""]
                yield from ([*head, str(bar.words), bar.number, bar.percent] for bar in each.bars)
        if self.gain:
            told = {_("before"): self.gain.before, _("after"): self.gain.after, _("gain"): self.gain.points}
            for words, number in {**told, _("at least 70 per cent correct"): self.gain.share}.items():
                yield [_("Gain"), "", self.gain.n, words, "", round(number)]
