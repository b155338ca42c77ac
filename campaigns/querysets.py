from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, OuterRef, Q, Sum, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from campaigns.states import Audience, MaterialKind
from desks.models import Desk
from partners.rules import coordinates, organisations_of
from victor.publishing.languages import column, columns
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

    def with_family(self) -> Self:
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


class MaterialQuerySet(PublishableQuerySet):
    """What can be asked of materials."""


class MaterialFileQuerySet(models.QuerySet):
    """What can be asked of the files of materials."""

    def published(self) -> Self:
        """Those that anybody may have today: of a public material, with alternative text, while those shown agree."""
        agreed = Q(consent_until=None) | Q(consent_until__gte=timezone.localdate())
        public = self.model._meta.get_field("material").related_model._default_manager.published()
        return self.filter(agreed, material__in=public).exclude(alternative="")

    def for_listing(self) -> Self:
        """With their materials, by kind."""
        rank = Case(*(When(material__kind=kind, then=Value(rank)) for rank, kind in enumerate(MaterialKind.values)))
        return self.published().select_related("material").order_by(rank, "material__slug", "language")


class NewsQuerySet(PublishableQuerySet):
    """What can be asked of news."""

    def for_listing(self) -> Self:
        """The newest first, with titles and summaries only."""
        texts = columns("title", "summary")
        return self.published().with_only("slug", "date", "campaign", *texts).order_by("-date", "slug")


class ActivityQuerySet(models.QuerySet):
    """What can be asked of activities."""

    def visible_to(self, user: Any) -> Self:
        """All for partner staff, none for anybody else."""
        return self.all() if coordinates(user) or organisations_of(user) else self.none()

    def for_listing(self) -> Self:
        """The newest first, with all that a row shows in one query."""
        return self.select_related("organisation", "country").order_by("-date", "-pk")

    def summed_by(self, *fields: str) -> dict[tuple[Any, ...], int]:
        """The sums of the figures, by the values of these fields; `measure` belongs among them."""
        rows = self.order_by(*fields).values_list(*fields).annotate(sum=Sum("number"))
        return {row[:-1]: row[-1] for row in rows}


class EventQuerySet(PublishableQuerySet):
    """What can be asked of events."""

    def upcoming(self) -> Self:
        """Those that are not over, the next first."""
        return self.filter(ends__gt=timezone.now()).order_by("starts", "slug")

    def past(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(ends__lte=timezone.now()).order_by("-ends", "-slug")

    def for_listing(self) -> Self:
        """With all that a row shows in one query."""
        own = ["slug", "starts", "ends", "cancelled", "online", *columns("title", "place")]
        where = ["country__time_zone", *columns("country__name")]
        return self.published().select_related("country").with_only(*own, "campaign", *where)

    def for_calendars(self, language: str) -> Self:
        """Those published in a language, with all that a calendar holds of them."""
        heard = self.published().filter(**{f"{column('title', language)}__isnull": False})
        return heard.select_related("country", "organisation")


class ImportantDayQuerySet(PublishableQuerySet):
    """What can be asked of important days."""

    def from_today(self) -> list[Any]:
        """All of them, beginning with the next."""
        today = timezone.localdate()
        days = list(self.published().order_by("month", "day"))
        return sorted(days, key=lambda day: (day.month, day.day) < (today.month, today.day))
