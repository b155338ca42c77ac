from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainings.querysets import ItemQuerySet
from trainings.states import ItemKind, Stage, Topic
from victor.publishing.languages import never_empty
from victor.publishing.models import Publishable


class Item(Publishable):
    """A question of the quiz bank. `options` has an answer a line, in the same order in every language; `right` are
    the numbers of the right ones, from 0; those of a true or false question are true (0) and false (1)."""

    kind = models.CharField(_("kind"), max_length=8, choices=ItemKind)
    topic = models.CharField(_("topic"), max_length=9, choices=Topic)
    right = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("right answers"), default=list, blank=True)
    title = models.CharField(_("question"), max_length=400, null=True, blank=True)
    options = models.TextField(_("answers"), null=True, blank=True, help_text=_("One a line, in the same order"))
    explanation = models.CharField(_("why"), max_length=400, null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "slug"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [never_empty("trainings_item_texts", "title", "options", "explanation")]

    def get_absolute_url(self) -> str:
        """Questions have no page of their own."""
        return ""


class Questionnaire(models.Model):
    """Questions in an order: the same before and after a seminar, or what is asked about it."""

    code = models.SlugField(_("name"), unique=True)
    stages = ArrayField(models.CharField(max_length=9, choices=Stage), verbose_name=_("when it is asked"))
    items = models.ManyToManyField(Item, through="QuestionnaireItem", related_name="+", verbose_name=_("questions"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.code


class QuestionnaireItem(models.Model):
    """A question at its place."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="places")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "item"], name="trainings_questionnaire_item")]

    def __str__(self) -> str:
        return f"{self.position}"


class Response(models.Model):
    """Somebody's answers. `key` pairs those before with those after and leads to nobody: it is made with a secret
    that the database does not hold. `score` is the share of right answers in per cent, None where nothing is right
    or wrong; `saved_on` is a day, so that no moment tells who it was."""

    seminar = models.ForeignKey("trainings.Seminar", models.CASCADE, related_name="responses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    stage = models.CharField(_("when"), max_length=9, choices=Stage)
    key = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    answers = models.JSONField(_("answers"), default=dict)
    score = models.PositiveSmallIntegerField(_("right answers in per cent"), null=True)
    complete = models.BooleanField(_("handed in"), default=False)
    saved_on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        ordering = ["key"]
        verbose_name = _("answers")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["seminar", "stage", "key"], name="trainings_response_once"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="trainings_response_score"),
        ]

    def __str__(self) -> str:
        return f"{self.seminar_id} {self.stage}"


class HandedIn(models.Model):
    """That somebody has handed in a questionnaire: not which answers."""

    registration = models.ForeignKey("trainings.Registration", models.CASCADE, related_name="handed_in")
    stage = models.CharField(_("when"), max_length=9, choices=Stage)
    on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("questionnaire handed in")
        verbose_name_plural = _("questionnaires handed in")
        constraints = [models.UniqueConstraint(fields=["registration", "stage"], name="trainings_handedin_once")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.stage}"
