from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainings.evaluation.querysets import ItemQuerySet, QuestionnaireQuerySet, ResponseQuerySet
from trainings.evaluation.states import SCALE_ANSWERS, TRUTH_ANSWERS, YES_OR_NO_ANSWERS, ItemKind, Topic
from trainings.registrations.states import Stage
from victor.languages import LocalText, column, in_readers_script, local_text, no_empty_texts
from victor.publishing.models import Publishable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Item(Publishable):
    """A question of the quiz bank.

    `options` has one answer per line, in the same order in every language. `right` has the numbers of the correct
    answers, counted from 0. Of a true or false question, 0 is true and 1 is false.
    """

    stored_name = "trainings.item"

    kind = models.CharField(_("kind"), max_length=8, choices=ItemKind)
    topic = models.CharField(_("topic"), max_length=9, choices=Topic)
    right = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("correct answers"), default=list, blank=True)
    title = models.CharField(_("question"), max_length=400, null=True, blank=True)
    options = models.TextField(_("answers"), null=True, blank=True, help_text=_("One per line, in the same order"))
    explanation = models.CharField(_("explanation"), max_length=400, null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "slug"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [no_empty_texts("trainings_item_texts", "title", "options", "explanation")]

    def get_absolute_url(self) -> str:
        """Questions have no page of their own."""
        return ""

    @property
    def question(self) -> LocalText:
        """The text of the question, in the active language or else the first one that has it."""
        return local_text(self, "title")

    @property
    def choices(self) -> list[tuple[int, str | _StrPromise]]:
        """The possible answers with their numbers, in the language of the question. Free text has none."""
        if self.kind == ItemKind.TRUTH:
            return list(enumerate(TRUTH_ANSWERS if self.right else YES_OR_NO_ANSWERS))
        if self.kind == ItemKind.SCALE:
            return list(enumerate(SCALE_ANSWERS, start=1))
        language = self.question.language
        options = getattr(self, column("options", language)) or ""
        return list(enumerate(answer_lines(options if language else in_readers_script(options))))

    @property
    def is_answered(self) -> bool:
        """Whether anybody has answered it. Stored answers refer to its slug, and scores to its correct answers."""
        return Response.objects.filter(questionnaire__items=self).exists()

    @property
    def reason(self) -> LocalText:
        """The explanation of the correct answer; empty where there is none."""
        return local_text(self, "explanation")


def answer_lines(options: str | None) -> list[str]:
    """The answers in a text that has one per line."""
    return [line.strip() for line in (options or "").splitlines() if line.strip()]


class Questionnaire(models.Model):
    """Questions in a fixed order: the same before and after a seminar, or about the seminar."""

    stored_name = "trainings.questionnaire"

    code = models.SlugField(_("name"), unique=True)
    stages = ArrayField(models.CharField(max_length=9, choices=Stage), verbose_name=_("when to ask it"))
    items = models.ManyToManyField(Item, through="QuestionnaireItem", related_name="+", verbose_name=_("questions"))

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.code

    @property
    def is_answered(self) -> bool:
        """Whether anybody has answered it. Then its questions stay, because answers are compared."""
        return Response.objects.filter(questionnaire=self).exists()

    @property
    def questions(self) -> list[Item]:
        """The questions in their order."""
        return [entry.item for entry in self.places.select_related("item")]


class QuestionnaireItem(models.Model):
    """A question in a questionnaire, with its position."""

    stored_name = "trainings.questionnaireitem"

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="places")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "item"], name="trainings_questionnaire_item")]

    def __str__(self) -> str:
        return f"{self.position}"


class Response(models.Model):
    """One person's answers to a questionnaire, by the slugs of the questions: a number, several numbers, or text.

    `key` pairs the answers before with those after and leads to nobody: it is made with a secret that is not in the
    database. Nothing else here leads to a person: there is no time and no language, and the primary key is random, so
    that it does not show the order. `score` is the percentage of correct answers, None where no answer is right or
    wrong. Results show only responses that are `counted`. These grow by five at a time, so that somebody who watches
    who has not answered yet learns no single answer.
    """

    stored_name = "trainings.response"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seminar = models.ForeignKey("trainings.Seminar", models.CASCADE, related_name="responses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=9, choices=Stage)
    key = models.CharField(max_length=64)
    answers = models.JSONField(_("answers"), default=dict)
    score = models.PositiveSmallIntegerField(_("correct answers (per cent)"), null=True)
    complete = models.BooleanField(_("completed"), default=False)
    counted = models.BooleanField(_("shown in the results"), default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        verbose_name = _("answers")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["seminar", "stage", "key"], name="trainings_response_once"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="trainings_response_score"),
            models.CheckConstraint(condition=Q(counted=False) | Q(complete=True), name="trainings_response_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.seminar_id} {self.stage}"


class QuestionnaireInvitation(models.Model):
    """That a participant was invited by email to a questionnaire, at most once a day."""

    stored_name = "trainings.asked"

    registration = models.ForeignKey("trainings.Registration", models.CASCADE, related_name="invitations")
    stage = models.CharField(_("stage"), max_length=9, choices=Stage)
    on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        db_table = "trainings_asked"
        ordering = ["pk"]
        verbose_name = _("reminded")
        verbose_name_plural = _("reminded")
        constraints = [models.UniqueConstraint(fields=["registration", "stage", "on"], name="trainings_asked_a_day")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.stage}"


class QuestionnaireSubmission(models.Model):
    """That a participant has handed in a questionnaire, but not which answers."""

    stored_name = "trainings.handedin"

    registration = models.ForeignKey("trainings.Registration", models.CASCADE, related_name="submissions")
    stage = models.CharField(_("stage"), max_length=9, choices=Stage)
    on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        db_table = "trainings_handedin"
        ordering = ["pk"]
        verbose_name = _("completed questionnaire")
        verbose_name_plural = _("completed questionnaires")
        constraints = [models.UniqueConstraint(fields=["registration", "stage"], name="trainings_handedin_once")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.stage}"
