"""People with an account, and invitations."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victor.accounts.querysets import InvitationQuerySet, UserManager
from victor.accounts.states import Digest


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff of a partner. There are no accounts for the public."""

    stored_name = "accounts.user"

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=150)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(_("can log in"), default=True)
    is_staff = models.BooleanField(_("can use the administration pages"), default=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    # Emails about tasks: how often, of which parts of the portal none are wanted, and when one was due last.
    digest = models.CharField(max_length=6, choices=Digest, blank=True, default="", editable=False)
    digest_without = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)
    digest_at = models.DateTimeField(null=True, editable=False)
    hides_first_steps = models.BooleanField(default=False, editable=False)

    is_proposed = False  # set where a change waits for a second coordinator
    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.name


class Invitation(models.Model):
    """An invitation to create an account, for one address and one use. Only the hash of its token is stored."""

    stored_name = "accounts.invitation"

    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class PasswordReset(models.Model):
    """Somebody asks for a new password. Every request is a row, with the address of an account only."""

    stored_name = "accounts.passwordreset"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    email = models.EmailField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.pk}"
