"""Queries of questions, questionnaires and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

from trainings.registrations.states import Stage
from victor.publishing.querysets import PublishableQuerySet

if TYPE_CHECKING:
    from trainings.evaluation.models import Questionnaire
    from trainings.seminars.models import Seminar


class ItemQuerySet(PublishableQuerySet):
    """Queries of questions."""


class QuestionnaireQuerySet(models.QuerySet):
    """Queries of questionnaires."""

    def for_stage(self, seminar: Seminar, stage: Stage) -> Questionnaire | None:
        """The questionnaire for a stage of a seminar: the seminar's own test, or else the portal's."""
        if stage in (Stage.BEFORE, Stage.AFTER) and seminar.test_id:
            return seminar.test
        return cast("Questionnaire | None", self.filter(stages__contains=[stage]).order_by("pk").first())


class ResponseQuerySet(models.QuerySet):
    """Queries of responses. No query leads to the person who answered."""

    def at(self, stage: Stage) -> Self:
        """Responses of one stage."""
        return self.filter(stage=stage)

    def counted(self) -> Self:
        """Responses that results may show."""
        return self.filter(counted=True)

    def for_pairs(self) -> Self:
        """Scored responses that can form pairs: those after that results may show, and all completed before."""
        can_pair = Q(stage=Stage.AFTER, counted=True) | Q(stage=Stage.BEFORE, complete=True)
        return self.filter(can_pair, score__isnull=False)

    def with_response_before(self) -> Self:
        """Responses whose key has completed the same questionnaire before the seminar."""
        same = {name: OuterRef(name) for name in ("seminar", "key", "questionnaire")}
        return self.filter(Exists(self.model._default_manager.filter(stage=Stage.BEFORE, complete=True, **same)))

    def uncounted(self) -> Self:
        """Completed responses that wait until there are enough to be shown."""
        return self.filter(complete=True, counted=False)
