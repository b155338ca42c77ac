"""What the coordinator's board says of the whole portal: mails that failed, and texts in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from victor.languages import CODES, in_readers_script
from victor.mail.models import Message
from victor.todo.board import Entry, Need, Panel, shows_need, shows_panel
from victor.todo.models import OpenItem

if TYPE_CHECKING:
    from victor.accounts.models import User

MANY = 5  # texts that are not as they should be


@shows_need("mail.requeue", rank=10)
def mails_need(user: User) -> Need:
    """Those that nobody tries to send any more."""
    number = Message.objects.given_up().count()
    words = ngettext("%(count)d email could not be sent", "%(count)d emails could not be sent", number)
    url = f"{reverse('admin:mail_message_changelist')}?given_up=yes"
    return Need(number, words % {"count": number}, pgettext_lazy("emails", "Send again"), url)


@shows_panel("publishing.publish", rank=20)
def text_panel(user: User) -> Panel:
    """How many texts are outdated or missing in each language. The link opens them all."""
    kinds = {"publishing.outdated": "outdated", "publishing.missing": "missing"}
    items = OpenItem.objects.filter(kind__in=kinds).order_by().values_list("facts__language", "kind")
    numbers = {(language, kind): number for language, kind, number in items.annotate(Count("pk"))}
    rows = [_text_row(code, *(numbers.get((code, kind), 0) for kind in kinds)) for code in CODES]
    columns = [gettext_lazy("Language"), gettext_lazy("To write"), gettext_lazy("Outdated"), gettext_lazy("Missing")]
    return Panel(gettext_lazy("Texts"), columns, rows)


def _text_row(code: str, outdated: int, missing: int) -> list[Entry]:
    url, both = f"{reverse('workspace:texts')}?todo={code}", outdated + missing
    name = in_readers_script(str(dict(settings.CONTENT_LANGUAGES)[code]))
    numbers = [Entry(str(number)) for number in (outdated, missing)]
    return [Entry(name), Entry(str(both), url, is_alarming=both > MANY), *numbers]
