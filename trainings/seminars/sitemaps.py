from __future__ import annotations

from django.db.models import QuerySet

from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar
from victor.publishing.sitemaps import PublishedSitemap


class SeminarSitemap(PublishedSitemap):
    """A page for each seminar."""

    published_fields = ("title", "summary")

    def items(self) -> QuerySet[Seminar]:
        return Seminar.objects.published()


class CourseSitemap(PublishedSitemap):
    """A page for each course."""

    published_fields = ("title", "summary")

    def items(self) -> QuerySet[Course]:
        return Course.objects.published()
