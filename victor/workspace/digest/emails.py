"""The mail that says how many tasks somebody has. It has kinds and numbers, and nothing of what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from victor.mail.emails import compose_email
from victor.workspace.digest.states import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.mail import EmailMultiAlternatives

    from victor.accounts.models import User


def compose_digest(person: User, numbers: Mapping[Part, int], overdue: int) -> EmailMultiAlternatives:
    """The mail in the reader's language: a line for each part of the portal, by its name."""
    with override(person.language):
        tasks = sum(numbers.values())
        subject = ngettext("VICTOR: %(count)d task", "VICTOR: %(count)d tasks", tasks) % {"count": tasks}
        lines = sorted(
            _("%(part)s: %(number)d") % {"part": part.label, "number": number} for part, number in numbers.items()
        )
        if overdue:
            late = ngettext("%(count)d of them is overdue.", "%(count)d of them are overdue.", overdue)
            lines.append(late % {"count": overdue})
        home, choose = (urljoin(settings.SITE_URL, reverse(f"workspace:{name}")) for name in ("home", "digest"))
        ways = [
            _("Open my tasks: %(link)s") % {"link": home},
            _("Choose what you are told: %(link)s") % {"link": choose},
        ]
        text = "\n\n".join(["\n".join(lines), *ways])
        return compose_email(subject=subject, text=text, to=person.email)
