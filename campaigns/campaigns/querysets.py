from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from campaigns.campaigns.states import Audience
from desks.desk.models import Desk
from victor.languages import columns
from victor.publishing.querysets import PublishableQuerySet


class CampaignQuerySet(PublishableQuerySet):
    """What can be asked of campaigns."""

    def running(self) -> Self:
        """Those whose period holds today; without an end they go on."""
        today = timezone.localdate()
        return self.filter(Q(starts=None) | Q(starts__lte=today), Q(ends=None) | Q(ends__gte=today))

    def for_listing(self) -> Self:
        """The running ones first, then the newest."""
        today = timezone.localdate()
        over = Case(When(ends__lt=today, then=Value(1)), default=Value(0))
        return self.published().order_by(over, "-starts", "slug")

    def with_countries(self) -> Self:
        """Each with `where`: the countries that it is for, by name, and the part of each in the routes; and with
        `desks`: the public desks of these countries."""
        part: Any = self.model._meta.get_field("countries").related_model
        names = {name: f"country__{name}" for name in columns("name")}
        country = JSONObject(code="country", languages="country__languages", **names)
        parts = part.objects.filter(campaign=OuterRef("pk")).order_by("country__position", "part")
        here = part.objects.filter(campaign=OuterRef(OuterRef("pk"))).values("country")
        desks = (
            Desk.objects.published().filter(country__in=here).order_by("country__position", "slug").with_only("slug")
        )
        texts = {name: name for name in columns("title", "summary")}
        return self.annotate(
            where=ArraySubquery(parts.values(said=JSONObject(part="part", country=country))),
            desks=ArraySubquery(desks.values(said=JSONObject(slug="slug", country_id="country", **texts))),
        )

    def with_related_campaigns(self) -> Self:
        """Each with `wholes` and `within`: the public campaign that it is part of, and those that are part of it."""
        said = JSONObject(**{name: name for name in ("slug", *columns("title"))})
        family = self.model._default_manager.published().with_only("slug").order_by("starts", "slug")
        wholes, within = family.filter(parts=OuterRef("pk")), family.filter(parent=OuterRef("pk"))
        return self.annotate(
            wholes=ArraySubquery(wholes.values(said=said)), within=ArraySubquery(within.values(said=said))
        )


class CampaignMessageQuerySet(PublishableQuerySet):
    """What can be asked of a campaign's messages."""

    def for_listing(self) -> Self:
        """By audience, in the order of their declaration."""
        rank = Case(*(When(audience=value, then=Value(rank)) for rank, value in enumerate(Audience.values)))
        return self.published().order_by(rank, "slug")


class ImportantDayQuerySet(PublishableQuerySet):
    """What can be asked of important days."""

    def from_today(self) -> list[Any]:
        """All of them, beginning with the next."""
        today = timezone.localdate()
        days = list(self.published().order_by("month", "day"))
        return sorted(days, key=lambda day: (day.month, day.day) < (today.month, today.day))
