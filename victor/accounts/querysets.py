"""Questions about people with an account and about invitations."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager):
    """Finds people by their e-mail address, in capital or small letters."""

    def get_by_natural_key(self, email: str | None) -> Any:
        return self.get(email__iexact=email)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Create the first account of an installation, from the command line. Its address counts as verified."""
        user: Any = self.model(email=email.lower(), is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save()
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def open(self) -> Self:
        """Invitations that are neither used nor revoked nor expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
