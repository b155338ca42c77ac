"""What coordinators see of the whole portal on their first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from partners.directory.models import Organisation
from partners.help_lines.models import HelpLine
from victor.mail.models import Message
from victor.todo.declarations import Figure, Strip, declare_button, shows_strip
from victor.todo.models import OpenItem

if TYPE_CHECKING:
    from victor.accounts.models import User

declare_button(_("Statistics"), permission="desks.oversee", route="desks:figures", rank=50)
declare_button(_("Administration"), permission="partners.load", route="admin:index", rank=60)


@shows_strip("desks.oversee", rank=40)
def health_strip(user: User) -> Strip:
    """Whether mails go out, numbers are checked and texts are there, in the whole partnership."""
    failed = Message.objects.given_up().count()
    unchecked = HelpLine.objects.to_check().count()
    missing = OpenItem.objects.filter(kind="publishing.missing").count()
    figures = [
        Figure(_("emails could not be sent"), failed, reverse("admin:mail_message_changelist"), is_alarming=failed > 0),
        Figure(_("helplines to check"), unchecked, reverse("partners:help_lines")),
        Figure(_("translations missing"), missing, reverse("workspace:texts")),
        Figure(_("partners"), Organisation.objects.count(), reverse("admin:partners_organisation_changelist")),
        Figure(_("desks open to the public"), Desk.objects.published().count(), reverse("desks:inbox_desks")),
    ]
    return Strip(_("The whole portal"), figures)
