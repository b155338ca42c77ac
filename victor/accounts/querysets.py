"""Questions about people with an account and about invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from victor.accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Finds people by their e-mail address, in capital or small letters."""

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)

    def create_superuser(self, email: str, name: str, password: str | None = None) -> User:
        """Create the first account of an installation, from the command line. Its address counts as verified."""
        user = self.model(email=email.lower(), name=name, is_staff=True, is_superuser=True)
        user.set_password(password)
        user.save()
        addresses = apps.get_model("account.EmailAddress")._default_manager
        addresses.create(user=user, email=user.email, verified=True, primary=True)
        return user


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def open(self) -> Self:
        """Invitations that are neither used nor revoked nor expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
