from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainings.evaluation.querysets import ItemQuerySet, QuestionnaireQuerySet, ResponseQuerySet
from trainings.evaluation.states import SCALE_ANSWERS, TRUTH_ANSWERS, YES_OR_NO_ANSWERS, ItemKind, Topic
from trainings.registrations.states import Stage
from victor.languages import LocalText, column, local_text, no_empty_texts
from victor.publishing.models import Publishable


class Item(Publishable):
    """A question of the quiz bank. `options` has an answer a line, in the same order in every language; `right` are
    the numbers of the right ones, from 0; those of a true or false question are true (0) and false (1)."""

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
        """What is asked, in the active language or the first that has it."""
        return local_text(self, "title")

    @property
    def choices(self) -> list[tuple[int, Any]]:
        """What can be answered, in the language in which it is asked; nothing where one writes."""
        if self.kind == ItemKind.TRUTH:
            return list(enumerate(TRUTH_ANSWERS if self.right else YES_OR_NO_ANSWERS))
        if self.kind == ItemKind.SCALE:
            return list(enumerate(SCALE_ANSWERS, start=1))
        return list(enumerate(answer_lines(getattr(self, column("options", self.question.language)))))

    @property
    def is_answered(self) -> bool:
        """Whether somebody has answered it: answers go by its name, and scores by its right answers."""
        return Response.objects.filter(questionnaire__items=self).exists()

    @property
    def why(self) -> LocalText:
        """Why an answer is right, where that is said."""
        return local_text(self, "explanation")


def answer_lines(options: str | None) -> list[str]:
    """The answers that stand in a text, one a line."""
    return [line.strip() for line in (options or "").splitlines() if line.strip()]


class Questionnaire(models.Model):
    """Questions in an order: the same before and after a seminar, or what is asked about it."""

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
        """Whether answers are there; then it asks the same for ever, since they are compared."""
        return Response.objects.filter(questionnaire=self).exists()

    @property
    def questions(self) -> list[Item]:
        """The questions in their order."""
        return [place.item for place in self.places.select_related("item")]


class QuestionnaireItem(models.Model):
    """A question at its place."""

    stored_name = "trainings.questionnaireitem"

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="places")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(_("location"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "item"], name="trainings_questionnaire_item")]

    def __str__(self) -> str:
        return f"{self.position}"


class Response(models.Model):
    """Somebody's answers by the names of the questions: a number, several, or words.

    `key` pairs those before with those after and leads to nobody: it is made with a secret that the database does not
    hold. Nothing else here leads to anybody: no moment and no language; the number is random, so that it does not say
    who came first. `score` is the share of right answers in per cent, None where nothing is right or wrong. Results
    show what is `counted`, of which there is never one more, but five: whoever watches who has not answered yet learns
    no single answer.
    """

    stored_name = "trainings.response"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seminar = models.ForeignKey("trainings.Seminar", models.CASCADE, related_name="responses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    stage = models.CharField(_("time"), max_length=9, choices=Stage)
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


class Asked(models.Model):
    """That somebody was asked by mail for their answers: at most once a day."""

    stored_name = "trainings.asked"

    registration = models.ForeignKey("trainings.Registration", models.CASCADE, related_name="asked")
    stage = models.CharField(_("time"), max_length=9, choices=Stage)
    on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reminded")
        verbose_name_plural = _("reminded")
        constraints = [models.UniqueConstraint(fields=["registration", "stage", "on"], name="trainings_asked_a_day")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.stage}"


class HandedIn(models.Model):
    """That somebody has handed in a questionnaire: not which answers."""

    stored_name = "trainings.handedin"

    registration = models.ForeignKey("trainings.Registration", models.CASCADE, related_name="handed_in")
    stage = models.CharField(_("time"), max_length=9, choices=Stage)
    on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("completed questionnaire")
        verbose_name_plural = _("completed questionnaires")
        constraints = [models.UniqueConstraint(fields=["registration", "stage"], name="trainings_handedin_once")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.stage}"
