"""Registrations for a seminar, the groups they belong to, and what happened to them."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from trainings.registrations.querysets import NeedQuerySet, RegistrationQuerySet
from trainings.registrations.states import OPEN_STATES, OrganisationType, RegistrationMove, RegistrationState, Sex
from trainings.seminars.models import Seminar
from trainings.seminars.states import Profession
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE


class RegistrationGroup(models.Model):
    """Colleagues whom one of them has registered. `together`: all of them come, or nobody."""

    stored_name = "trainings.group"

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="groups", verbose_name=_("seminar"))
    organisation = models.CharField(_("organisation"), max_length=200)
    contact = models.EmailField(_("email address of the person who registers"))
    together = models.BooleanField(_("all or none"))

    class Meta:
        db_table = "trainings_group"
        ordering = ["pk"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return self.organisation


class Registration(models.Model):
    """A person's registration for a seminar. The order of primary keys is the order of registration.

    The key is given while the seminar is locked. `language` is that of e-mails and of the certificate. `country` is
    None for a country that the portal does not list.
    """

    stored_name = "trainings.registration"

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="registrations", verbose_name=_("seminar"))
    group = models.ForeignKey(
        RegistrationGroup, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("group")
    )
    name = models.CharField(
        pgettext_lazy("of a person", "name"), max_length=150, help_text=_("As it should appear on the certificate")
    )
    email = models.EmailField(_("email address"))
    profession = models.CharField(_("profession"), max_length=16, choices=Profession)
    organisation = models.CharField(_("organisation"), max_length=200)
    organisation_type = models.CharField(_("kind of organisation"), max_length=19, choices=OrganisationType)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    shows_name = models.BooleanField(_("people who check the certificate may see the full name"), default=False)
    wants_mail = models.BooleanField(_("gets reminders and questions by email"), default=True)
    state = models.CharField(_("status"), max_length=9, choices=RegistrationState)
    offer_ends = models.DateTimeField(_("the offer is valid until"), null=True, editable=False)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)

    # Set by `with_attended()` and `with_eligibility()`.
    attended: timedelta
    total_length: timedelta

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]  # the public pages say how many seats are free
        ordering = ["pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["seminar", "state", "id"], name="trainings_registration_line"),
            models.Index(
                "offer_ends", condition=Q(state=RegistrationState.OFFERED), name="trainings_registration_offers"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "seminar",
                Lower("email"),
                Lower(models.F("name")),
                condition=Q(state__in=OPEN_STATES),
                name="trainings_registration_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.OFFERED, offer_ends__isnull=False)
                | (~Q(state=RegistrationState.OFFERED) & Q(offer_ends=None)),
                name="trainings_registration_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def can_still_attend(self) -> bool:
        """Whether the registration is open and the seminar has not begun."""
        return self.state in OPEN_STATES and not self.seminar.has_begun

    @property
    def hours(self) -> float:
        """How many hours the participant attended. Needs `with_attended()`."""
        return self.attended / timedelta(hours=1)


class Need(models.Model):
    """What a participant needs in order to take part. It may say something about their health: only those who prepare
    the seminar read it, and it is deleted `retention.NEED_DAYS` after the end."""

    stored_name = "trainings.need"

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="need")
    text = models.TextField(_("what you need in order to take part"), max_length=500)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return f"{self.registration_id}"


class RegistrationStep(models.Model):
    """One thing that happened to a registration, who did it, and the reason where one is required."""

    stored_name = "trainings.step"

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="steps")
    move = models.CharField(_("action"), max_length=7, choices=RegistrationMove)
    state = models.CharField(_("status"), max_length=9, choices=RegistrationState)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("recorded by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        db_table = "trainings_step"
        ordering = ["pk"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.CheckConstraint(
                condition=~Q(move=RegistrationMove.PREFER) | ~Q(reason=""), name="trainings_step_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.get_move_display()}"
