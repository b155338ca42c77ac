"""Who works for which organisation: memberships, invitations, contact points."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Organisation
from partners.memberships.querysets import ContactPointQuerySet, MembershipInvitationQuerySet, ProposalQuerySet
from partners.memberships.states import ProposalKind, Role
from victor.accounts.models import Invitation


class Membership(models.Model):
    """A person works for an organisation in a role.

    `invited_by` gave the role, `confirmed_by` agreed: another coordinator for a role of the whole site; for a role at a
    desk a coordinator who knows that the person is independent. `founding`: a command on the server's own shell gave
    it, so that nobody has to wait seven days. `intake`: a worker who receives referrals, by a supervisor's choice.
    """

    stored_name = "partners.membership"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("Languages this translator works in"),
    )
    intake = models.BooleanField(_("receives referrals"), default=False, editable=False)
    granted_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    founding = models.BooleanField(default=False, editable=False)
    is_proposed = False  # set where a change waits for a second coordinator

    class Meta:
        ordering = ["organisation", "role", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="partners_membership_once"),
            models.CheckConstraint(condition=Q(intake=False) | Q(role=Role.WORKER), name="partners_membership_intake"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_role_display()}"


class MembershipInvitation(models.Model):
    """The role in an organisation that an invitation grants.

    `founding`: the server's own shell made it for one of the first two coordinators, and it closes once two are active.
    `accepted_by` stays when the role ends: who has let whom in is never forgotten.
    """

    stored_name = "partners.membershipinvitation"

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, related_name="membership", verbose_name=_("invitation")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    founding = models.BooleanField(default=False, editable=False)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = MembershipInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation into an organisation")
        verbose_name_plural = _("invitations into organisations")

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.get_role_display()}"


class Proposal(models.Model):
    """What one coordinator proposes and another confirms: it changes nothing before.

    `payload` says what would change, as plain values. Its `digest` is what a confirmation names.
    """

    stored_name = "partners.proposal"

    kind = models.CharField(_("kind"), max_length=16, choices=ProposalKind)
    payload = models.JSONField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by")),
                name="partners_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(withdrawn_at=None), name="partners_proposal_decided_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.confirmed_at is None and self.withdrawn_at is None

    @property
    def digest(self) -> str:
        """Names what is proposed."""
        content = json.dumps([self.kind, self.payload, self.proposed_by_id], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


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
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES),
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
