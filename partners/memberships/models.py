"""Who works for which organisation: memberships, invitations, contact points."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Organisation
from partners.memberships.querysets import ContactPointQuerySet, MembershipInvitationQuerySet
from partners.memberships.states import Role
from victor.accounts.models import Invitation


class Membership(models.Model):
    """A person works for an organisation in a role."""

    stored_name = "partners.membership"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("Languages this translator works in"),
    )

    class Meta:
        ordering = ["organisation", "role", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="partners_membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_role_display()}"


class MembershipInvitation(models.Model):
    """The role in an organisation that an invitation grants."""

    stored_name = "partners.membershipinvitation"

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, related_name="membership", verbose_name=_("invitation")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)

    objects = MembershipInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation into an organisation")
        verbose_name_plural = _("invitations into organisations")

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.get_role_display()}"


class ContactPoint(models.Model):
    """A person whom staff of other partners can contact. Visible to partner staff only."""

    stored_name = "partners.contactpoint"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contact_points", verbose_name=_("organisation")
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=150)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "position", "name"]
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")

    def __str__(self) -> str:
        return self.name
