"""Courses and the modules that they consist of."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.seminars.querysets import CourseQuerySet, ModuleQuerySet
from trainings.seminars.states import Profession, Track
from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.publishing.models import Publishable


def profession_labels(professions: list[str]) -> list[str]:
    """The names of professions, in the order of `Profession`."""
    return [str(profession.label) for profession in Profession if profession in professions]


class Module(Publishable):
    """A part of the training that can also be taught alone. `hours` says how long it takes."""

    stored_name = "trainings.module"

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    hours = models.DecimalField(pgettext_lazy("length of a module", "hours"), max_digits=3, decimal_places=1)
    tracks = ArrayField(models.CharField(max_length=8, choices=Track), verbose_name=_("target groups"))
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["number"]
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            no_empty_texts("trainings_module_texts", "title", "summary"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="trainings_module_hours"),
        ]

    def get_absolute_url(self) -> str:
        return f"{reverse('trainings:courses')}#module-{self.number}"


class Course(Publishable):
    """What a seminar teaches: objectives, modules, and the professions it is for."""

    stored_name = "trainings.course"

    modules = models.ManyToManyField(Module, related_name="courses", verbose_name=_("modules"))
    professions = ArrayField(
        models.CharField(max_length=16, choices=Profession), verbose_name=_("professions"), default=list
    )
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("Languages in which it can be held"),
    )
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    objectives = models.TextField(_("objectives"), null=True, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["slug"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [no_empty_texts("trainings_course_texts", "title", "summary", "objectives")]

    def get_absolute_url(self) -> str:
        return reverse("trainings:course", args=[self.slug])

    @property
    def for_whom(self) -> list[str]:
        """The names of the professions that it is for."""
        return profession_labels(self.professions)

    @property
    def hours(self) -> Decimal:
        """The sum of the hours of its modules."""
        return sum((module.hours for module in self.modules.all()), Decimal())


class CourseModule(Course.modules.through):  # type: ignore[name-defined]  # Django creates it
    """The join table of courses and modules: a proxy that carries a trigger."""

    stored_name = "trainings.coursemodule"

    class Meta:
        proxy = True
        triggers = [NOTIFY_PAGE_CACHE]
