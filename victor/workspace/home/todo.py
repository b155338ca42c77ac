"""What coordinators see of the whole portal on their first page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from desks.desk.models import Desk
from partners.directory.models import Country, Organisation
from partners.help_lines.models import HelpLine
from trainings.seminars.models import Seminar
from victor.audit.anchors import find_moved_anchors, latest_lines
from victor.mail.models import Message
from victor.todo.declarations import Card, Figure, Strip, declare_button, shows_strip
from victor.todo.models import OpenItem

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User

declare_button(_("Statistics"), permission="desks.oversee", route="desks:figures", rank=50)
declare_button(_("Administration"), permission="partners.load", route="admin:index", rank=60)


@shows_strip("desks.oversee", rank=40)
def health_strip(user: User) -> Strip:
    """Whether mails go out, numbers are checked and texts are there, in the whole partnership."""
    failed = Message.objects.given_up().count()
    unchecked = HelpLine.objects.to_check().count()
    missing = OpenItem.objects.filter(kind="publishing.missing").count()
    mails = reverse("admin:mail_message_changelist")
    partners = Organisation.objects.present().count()
    figures = [
        Figure(_("emails could not be sent"), failed, mails, is_alarming=failed > 0),
        Figure(_("emails waiting to be sent"), Message.objects.due().count(), mails),
        _log_figure(),
        Figure(_("helplines to check"), unchecked, reverse("partners:help_lines")),
        Figure(_("translations missing"), missing, reverse("workspace:texts")),
        Figure(_("partners"), partners, reverse("admin:partners_organisation_changelist")),
        Figure(_("desks open to the public"), Desk.objects.published().count(), reverse("desks:inbox_desks")),
    ]
    return Strip(_("The whole portal"), figures)


def _log_figure() -> Figure:
    """Whether the audit log still is what was noted outside the database within the last days."""
    lines = latest_lines()
    is_altered = any(find_moved_anchors(lines))
    word = _("altered") if is_altered else _("intact") if lines else _("not checked yet")
    return Figure(_("Audit log"), str(word), reverse("admin:audit_entry_changelist"), is_alarming=is_altered)


@shows_strip("desks.oversee", rank=41)
def country_strip(user: User) -> Strip:
    """The partnership by country: partners, seminars, texts that are missing, and whether a desk is open."""
    partners = dict(Organisation.objects.present().order_by().values_list("country").annotate(Count("pk")))
    seminars = dict(Seminar.objects.upcoming().order_by().values_list("country").annotate(Count("pk")))
    texts = _missing_texts()
    desks = defaultdict(list)
    for desk in Desk.objects.published().select_related("country").prefetch_related("opening_hours", "closures"):
        desks[desk.country_id].append(desk)
    cards = []
    for country in Country.objects.in_partnership():
        missing = sum(texts.get(language, 0) for language in country.languages)
        counts = _counts_in_words(partners.get(country.pk, 0), seminars.get(country.pk, 0), missing)
        url = f"{reverse('admin:partners_organisation_changelist')}?country__code__exact={country.pk}"
        cards.append(Card(str(country), url, counts, str(_desk_state(desks[country.pk]))))
    return Strip(_("By country"), cards=cards)


def _missing_texts() -> dict[str, int]:
    """How many texts are missing in each language."""
    missing = OpenItem.objects.filter(kind="publishing.missing").order_by().values_list("facts__language")
    return dict(missing.annotate(Count("pk")))


def _counts_in_words(partners: int, seminars: int, missing: int) -> str:
    counts = (
        ngettext("%(number)s partner", "%(number)s partners", partners) % {"number": partners},
        ngettext("%(count)d upcoming seminar", "%(count)d upcoming seminars", seminars) % {"count": seminars},
        ngettext("%(count)d text missing", "%(count)d texts missing", missing) % {"count": missing},
    )
    return " · ".join(counts)


def _desk_state(desks: Sequence[Desk]) -> StrOrPromise:
    states = {desk.is_open_now for desk in desks}
    if not desks:
        return _("No desk")
    if True in states:
        return pgettext_lazy("desk", "Open now")
    return _("Closed now") if False in states else _("Hours not confirmed")
