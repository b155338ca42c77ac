"""What duty sends by mail: that there is something to do. Not whose duty, not when."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.mail.actions import queue_facts

if TYPE_CHECKING:
    from victor.accounts.models import User


def notify_of_change(person: User) -> None:
    """Queue a mail: something about their duties has changed."""
    with override(person.language):
        url = urljoin(settings.SITE_URL, reverse("desks:duty"))
        queue_facts(
            recipient=person.email,
            subject=_("You have a task in VICTOR"),
            template="emails/something_waits.txt",
            facts={"url": url},
        )
