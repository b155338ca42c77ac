"""The funder's notice, grants, and their work packages."""

from __future__ import annotations

from typing import Protocol
from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Organisation
from partners.grants.querysets import FunderNoticeQuerySet, GrantQuerySet
from partners.grants.states import GrantState
from victor.languages import local_text, no_empty_texts
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
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="pages_fundernotice_span"
            ),
        ]

    def __str__(self) -> str:
        return self.statement


def grant_storage() -> Storage:
    """The storage of evidence and deliverables. It may contain signed lists."""
    return storages["grants"]


class HasFile(Protocol):
    """A row with a file of a known format."""

    file_format: str


def random_file_name(row: HasFile, name: str) -> str:
    """A random name: the original name may say something about people."""
    return f"{uuid4().hex}.{row.file_format}"


class Grant(models.Model):
    """What a funder pays for. The money is kept elsewhere: here stand totals, and who keeps the accounts.

    `key` names it in the data file. What no source says stays empty: number, days, keeper of the accounts.
    """

    stored_name = "partners.grant"

    key = models.SlugField(pgettext_lazy("of a grant", "short name"), unique=True)
    code = models.CharField(_("number of the grant agreement"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    programme = models.CharField(_("programme"), max_length=200)
    funder = models.CharField(_("funder"), max_length=200)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR", help_text=_("Three letters (ISO 4217)"))
    accounts_keeper = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation that keeps the accounts"),
    )
    keep_until = models.DateField(_("keep the records until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    state = models.CharField(_("status"), max_length=9, choices=GrantState, default=GrantState.PLANNED)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            no_empty_texts("partners_grant_texts", "title"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="partners_grant_days",
                violation_error_message=_("The last day is before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return local_text(self, "title").text

    def get_absolute_url(self) -> str:
        return reverse("partners:grant", args=[self.pk])


class WorkPackage(models.Model):
    """A part of a grant: which organisation leads it."""

    stored_name = "partners.workpackage"

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="packages", verbose_name=_("grant"))
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("lead organisation"))
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("other organisations"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        constraints = [
            no_empty_texts("partners_workpackage_texts", "title"),
            models.UniqueConstraint(fields=["grant", "code"], name="partners_workpackage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {local_text(self, 'title').text}"
