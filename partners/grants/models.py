"""The funder's notice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.grants.querysets import FunderNoticeQuerySet
from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE


class FunderNotice(models.Model):
    """The sentence on the European Union's support that the project must show, for a period of time."""

    stored_name = "pages.fundernotice"

    statement = models.CharField(_("sentence"), max_length=200)
    disclaimer = models.TextField(_("disclaimer"), null=True, blank=True)
    agreement_number = models.CharField(_("number of the grant agreement"), max_length=100, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = FunderNoticeQuerySet.as_manager()

    class Meta:
        db_table = "pages_fundernotice"
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["-valid_from"]
        verbose_name = _("funder's notice")
        verbose_name_plural = _("funder's notices")
        constraints = [
            no_empty_texts("pages_fundernotice_texts", "statement", "disclaimer"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="pages_fundernotice_span"
            ),
        ]

    def __str__(self) -> str:
        return self.statement
