"""What the tests of seminars share."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tests.trainings.evaluation.sample_answers import standard_quiz
from tests.trainings.sample_seminars import TEST
from trainings.evaluation.actions import load_quiz


@pytest.fixture(scope="module")
def quiz(module_transaction: None) -> None:
    """What the questionnaires of the portal ask, loaded once for a module."""
    load_quiz(standard_quiz(), by=TEST)


@pytest.fixture(scope="module")
def project_courses(module_transaction: None) -> None:
    """The modules, courses and questions that the project brings along, loaded once for a module."""
    call_command("load_trainings", verbosity=0)
