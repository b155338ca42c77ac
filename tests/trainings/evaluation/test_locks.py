"""Invitations to questionnaires are rendered before anything is locked."""

from __future__ import annotations

import pytest

from tests.free_rows import rows_free_while_rendering
from tests.people import person
from tests.trainings.evaluation.sample_answers import seminar_with_questions
from trainings.evaluation.actions import invite_to_questionnaire, remind_to_answer
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.long
def test_invite_and_remind_render_while_all_rows_are_free():
    seminar, _people = seminar_with_questions(people=2)
    trainer = person("trainer", seminar.organisation)
    with rows_free_while_rendering(Registration.objects.all(), Seminar.objects.all()) as free:
        assert invite_to_questionnaire(seminar, Stage.AFTER) == 2
        assert remind_to_answer(seminar, Stage.REACTION, by=trainer) == 2
    assert free
    assert all(free)
