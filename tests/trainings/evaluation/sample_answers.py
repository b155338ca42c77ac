"""Questionnaires that are answered, for tests."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from ruamel.yaml import YAML

from tests.trainings.sample_seminars import TEST, held, somebody
from trainings.evaluation.actions import hand_in_answers, load_quiz
from trainings.evaluation.models import Questionnaire
from trainings.evaluation.states import ItemKind
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar

WRITTEN: Path = settings.BASE_DIR / "trainings/data/quiz.yaml"


def written() -> dict[str, Any]:
    """The quiz bank as its file says it."""
    return YAML(typ="safe").load(WRITTEN.read_text(encoding="utf-8"))


def standard() -> dict[str, Any]:
    """What of it the questionnaires ask."""
    bank = written()
    named = {slug for each in bank["questionnaires"] for slug in each["items"]}
    return bank | {"items": [each for each in bank["items"] if each["slug"] in named]}


def asked(slug: str = "athens", *, days: int = -1, people: int = 1, **fields: Any) -> tuple[Seminar, list[Any]]:
    """A seminar with the questions of the portal, and those who have a place; by default it ended today."""
    if not Questionnaire.objects.exists():
        load_quiz(standard(), by=TEST)
    fields.setdefault("lengths", (0.1, 0.1))
    seminar = held(slug, days=days, closes=timezone.now() + timedelta(days=60), **fields)
    return seminar, [register(somebody(seminar), by=TEST) for _ in range(people)]


def right(stage: Stage = Stage.AFTER, *, but: int = 0) -> dict[str, Any]:
    """All right answers, the first so many excepted."""
    items = Questionnaire.objects.get(code="test").questions
    given = {item.slug: item.right if item.kind == ItemKind.MULTIPLE else item.right[0] for item in items[but:]}
    return given if stage in (Stage.BEFORE, Stage.AFTER) else {}


def all_hand_in(people: list[Registration], stage: Stage, answers: dict[str, Any]) -> None:
    """The same answers of all."""
    for each in people:
        hand_in_answers(each, stage, answers, by=TEST)
