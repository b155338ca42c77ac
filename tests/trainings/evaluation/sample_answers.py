"""Questionnaires that are answered, for tests."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from ruamel.yaml import YAML

from tests.trainings.sample_seminars import TEST, applicant, make_seminar
from trainings.evaluation.actions import hand_in_answers, load_quiz
from trainings.evaluation.models import Questionnaire
from trainings.evaluation.states import ItemKind
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar

WRITTEN: Path = settings.BASE_DIR / "trainings/data/quiz.yaml"


@cache
def _written() -> dict[str, Any]:
    return YAML(typ="safe").load(WRITTEN.read_text(encoding="utf-8"))


def quiz_bank() -> dict[str, Any]:
    """The quiz bank as its file says it."""
    return deepcopy(_written())


def standard_quiz() -> dict[str, Any]:
    """What of it the questionnaires ask."""
    bank = quiz_bank()
    named = {slug for each in bank["questionnaires"] for slug in each["items"]}
    return bank | {"items": [each for each in bank["items"] if each["slug"] in named]}


def seminar_with_questions(
    slug: str = "athens", *, days: int = -1, people: int = 1, **fields: Any
) -> tuple[Seminar, list[Any]]:
    """A seminar with the questions of the portal, and those who have a place; by default it ended today."""
    if not Questionnaire.objects.exists():
        load_quiz(standard_quiz(), by=TEST)
    fields.setdefault("lengths", (0.1, 0.1))
    seminar = make_seminar(slug, days=days, closes=timezone.now() + timedelta(days=60), **fields)
    return seminar, [register(applicant(seminar), by=TEST) for _ in range(people)]


def right_answers(stage: Stage = Stage.AFTER, *, but: int = 0) -> dict[str, Any]:
    """All right answers, the first so many excepted."""
    items = Questionnaire.objects.get(code="test").questions
    given = {item.slug: item.right if item.kind == ItemKind.MULTIPLE else item.right[0] for item in items[but:]}
    return given if stage in (Stage.BEFORE, Stage.AFTER) else {}


def hand_in_for_all(people: list[Registration], stage: Stage, answers: dict[str, Any]) -> None:
    """The same answers of all."""
    for person in people:
        hand_in_answers(person, stage, answers, by=TEST)
