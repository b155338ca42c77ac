from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.pages.querysets import PageQuerySet
from victor.pages.states import Menu
from victor.publishing.models import Publishable


class Page(Publishable):
    """A page of text: about the project, what the law says, for children in plain words."""

    stored_name = "pages.page"

    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)
    menu = models.CharField(_("menu"), max_length=6, choices=Menu, blank=True)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)

    objects = PageQuerySet.as_manager()  # type: ignore[django-manager-missing]  # the plugin gives up: an import cycle

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["position", "slug"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [no_empty_texts("pages_page_texts", "title", "summary", "body")]

    def get_absolute_url(self) -> str:
        return reverse("pages:page", args=[self.slug])

    def clean(self) -> None:
        """Refuse an address at which the site has something else already."""
        if self.slug and resolve(self.get_absolute_url()).view_name != "pages:page":
            raise ValidationError({"slug": _("This web address is already used by another part of the site.")})
