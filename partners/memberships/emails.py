"""Mails about roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.mail.emails import compose_email

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from partners.memberships.states import Role
    from victor.accounts.models import User


def compose_role_alerts(people: Iterable[User], name: str, role: Role) -> list[EmailMultiAlternatives]:
    """One mail for each coordinator: who has which role for the whole site from now on."""
    return [_compose_role_alert(person, name, role) for person in people]


def _compose_role_alert(person: User, name: str, role: Role) -> EmailMultiAlternatives:
    with override(person.language):
        sentence = _("%(name)s has a new role for the whole site: %(role)s.") % {"name": name, "role": role.label}
        advice = _("If you did not expect this, please talk to the other coordinators.")
        text = f"{sentence}\n\n{advice}\n\n{urljoin(settings.SITE_URL, reverse('partners:invitations'))}"
        return compose_email(subject=_("New role for the whole site"), text=text, to=person.email)
