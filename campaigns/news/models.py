"""News."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.news.querysets import NewsQuerySet
from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.publishing.models import Publishable


class News(Publishable):
    """A news item of one day."""

    stored_name = "campaigns.news"

    campaign = models.ForeignKey(
        "campaigns.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("campaign"),
        help_text=_("Leave empty if the news is about the whole project"),
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["-date", "slug"]
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["-date", "slug"], name="campaigns_news_order")]
        constraints = [no_empty_texts("campaigns_news_texts", "title", "summary", "body")]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:news_item", args=[self.slug])
