"""The public pages of seminars and courses, for the sitemap."""

from __future__ import annotations

from django.db.models import QuerySet

from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar
from victor.publishing.sitemaps import ListSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("seminar_lists", rank=129)
class SeminarListsSitemap(ListSitemap):
    """The lists of seminars and courses."""

    pages = ("trainings:seminars", "trainings:courses")


@in_sitemap("seminars", rank=130)
class SeminarSitemap(PublishedSitemap):
    """A page for each seminar."""

    published_fields = ("title", "summary")

    def items(self) -> QuerySet[Seminar]:
        return Seminar.objects.published()


@in_sitemap("courses", rank=140)
class CourseSitemap(PublishedSitemap):
    """A page for each course."""

    published_fields = ("title", "summary")

    def items(self) -> QuerySet[Course]:
        return Course.objects.published()
