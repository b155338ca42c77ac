from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from desks.desk.models import Desk
from victor.publishing.sitemaps import AlternatesSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("desks", rank=60)
class DesksSitemap(AlternatesSitemap):
    """The page of all desks."""

    def items(self) -> Iterable[str]:
        return ["desks:desks"]

    def location(self, item: str) -> str:
        return reverse(item)


@in_sitemap("desk", rank=70)
class DeskSitemap(PublishedSitemap):
    """A page for each desk."""

    published_fields: tuple[str, ...] = ("title", "summary", "how", "limits")
    page = "desks:desk"

    def items(self) -> QuerySet[Desk]:
        return Desk.objects.published()

    def location(self, item: Desk) -> str:
        return reverse(self.page, args=[item.slug])


@in_sitemap("desk_children", rank=80)
class DeskForChildrenSitemap(DeskSitemap):
    """What each tells children."""

    published_fields = ("title", "for_children")
    page = "desks:children"


@in_sitemap("desk_professionals", rank=90)
class DeskForProfessionalsSitemap(DeskSitemap):
    """What each tells professionals."""

    published_fields = ("title", "for_professionals")
    page = "desks:professionals"
