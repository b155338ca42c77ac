"""Mails about roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.memberships.tokens import contact_token
from victor.languages import local_text
from victor.mail.emails import compose_email

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from partners.memberships.models import ContactPoint
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


def compose_contact_question(contact: ContactPoint) -> EmailMultiAlternatives:
    """Ask whether the details are still right. The link needs no log-in, and opening it changes nothing."""
    language = contact.user.language if contact.user else (contact.languages or ["en"])[0]
    with override(language):
        name = local_text(contact.organisation, "name").text
        sentence = _("You are shown to partner staff as a contact of %(name)s.") % {"name": name}
        question = _("Are these details still right? One press is enough. The link is for you only.")
        link = urljoin(settings.SITE_URL, reverse("partners:contact_by_link", args=[contact_token(contact)]))
        text = f"{sentence}\n\n{question}\n\n{link}"
        return compose_email(subject=_("Are your contact details still right?"), text=text, to=contact.email)
