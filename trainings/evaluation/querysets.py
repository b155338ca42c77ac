from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from trainings.registrations.states import Stage
from victor.publishing.querysets import PublishableQuerySet


class ItemQuerySet(PublishableQuerySet):
    """What can be asked of questions."""


class QuestionnaireQuerySet(models.QuerySet):
    """What can be asked of questionnaires."""

    def for_stage(self, seminar: Any, stage: Stage) -> Any:
        """The one that participants of a seminar answer then: the seminar's own test, or that of the portal."""
        if stage in (Stage.BEFORE, Stage.AFTER) and seminar.test_id:
            return self.get(pk=seminar.test_id)
        return self.filter(stages__contains=[stage]).order_by("pk").first()


class ResponseQuerySet(models.QuerySet):
    """What can be asked of answers, of which nobody can ask whose they are."""

    def at(self, stage: Stage) -> Self:
        """Those of one questionnaire."""
        return self.filter(stage=stage)

    def counted(self) -> Self:
        """Those that results may show."""
        return self.filter(counted=True)

    def for_pairs(self) -> Self:
        """Those of which pairs are made: after a seminar what results may show, before it all that is handed in."""
        shown = Q(stage=Stage.AFTER, counted=True) | Q(stage=Stage.BEFORE, complete=True)
        return self.filter(shown, score__isnull=False)

    def with_response_before(self) -> Self:
        """Those whose key has handed in the same questions before."""
        same = {name: OuterRef(name) for name in ("seminar", "key", "questionnaire")}
        return self.filter(Exists(self.model._default_manager.filter(stage=Stage.BEFORE, complete=True, **same)))

    def uncounted(self) -> Self:
        """Those that are handed in and wait until they are enough to be shown."""
        return self.filter(complete=True, counted=False)
