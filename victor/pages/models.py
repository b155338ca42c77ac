from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from victor.pagecache import TELLS_OF_CHANGES
from victor.pages.querysets import FunderNoticeQuerySet, PageQuerySet
from victor.pages.states import Menu
from victor.publishing.languages import never_empty
from victor.publishing.models import Publishable


class FunderNotice(models.Model):
    """What must be said of the European Union's support wherever the project speaks, for a span of time."""

    stored_name = "pages.fundernotice"

    statement = models.CharField(_("sentence"), max_length=200)
    disclaimer = models.TextField(_("disclaimer"), null=True, blank=True)
    agreement_number = models.CharField(_("number of the grant agreement"), max_length=100, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = FunderNoticeQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["-valid_from"]
        verbose_name = _("funder's notice")
        verbose_name_plural = _("funder's notices")
        constraints = [
            never_empty("pages_fundernotice_texts", "statement", "disclaimer"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="pages_fundernotice_span"
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class Page(Publishable):
    """A page of text: about the project, what the law says, for children in plain words."""

    stored_name = "pages.page"

    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)
    menu = models.CharField(_("menu"), max_length=6, choices=Menu, blank=True)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=100)

    objects = PageQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["position", "slug"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [never_empty("pages_page_texts", "title", "summary", "body")]

    def get_absolute_url(self) -> str:
        return reverse("pages:page", args=[self.slug])

    def clean(self) -> None:
        """Refuse an address at which the site has something else already."""
        if self.slug and resolve(self.get_absolute_url()).view_name != "pages:page":
            raise ValidationError({"slug": _("The site uses this address for something else.")})
