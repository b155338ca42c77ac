"""What the tests of seminars share."""

from __future__ import annotations

import pytest

from tests.trainings.evaluation.sample_answers import standard_quiz
from tests.trainings.sample_seminars import TEST
from trainings.evaluation.actions import load_quiz


@pytest.fixture(scope="module")
def quiz(module_transaction: None) -> None:
    """What the questionnaires of the portal ask, loaded once for a module."""
    load_quiz(standard_quiz(), by=TEST)
