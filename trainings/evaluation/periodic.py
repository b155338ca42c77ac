"""Invites to questionnaires and shuffles answers by the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from trainings.evaluation.actions import invite_to_questionnaire, shuffle_responses
from trainings.evaluation.questionnaire_windows import CLOSES_AFTER, FOLLOW_UP_AFTER, INVITED_BEFORE, ONE_DAY
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar

INVITED_FOR = 14 * ONE_DAY  # so that those whose attendance is noted later are invited too


@shared_task(name="trainings.periodic.ask_questions")
def ask_questions() -> int:
    """Invite three days before the seminar, after its last session, and three months later.

    Return how many people were invited.
    """
    now = timezone.now()
    due = {
        Stage.BEFORE: Seminar.objects.beginning_within(INVITED_BEFORE),
        Stage.AFTER: Seminar.objects.ended_between(now - INVITED_FOR, now),
        Stage.FOLLOW_UP: Seminar.objects.ended_between(now - CLOSES_AFTER, now - FOLLOW_UP_AFTER),
    }
    return sum(invite_to_questionnaire(seminar, stage) for stage, seminars in due.items() for seminar in seminars)


@shared_task(name="trainings.periodic.shuffle_answers")
def shuffle_answers() -> int:
    """Shuffle the answers of every seminar that can still get answers. Return how many answers there are."""
    seminars = Seminar.objects.filter(
        responses__isnull=False, ends__gt=timezone.now() - CLOSES_AFTER - ONE_DAY
    ).distinct()
    return sum(shuffle_responses(seminar) for seminar in seminars)
