"""What waits for a person, in words: each app's open ends, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.desk.models import Desk
from desks.desk.publication_checks import missing_for_publication
from desks.reports.deadlines import span_in_words
from desks.reports.models import Report
from desks.retention.models import RetentionRule
from desks.retention.periods import NOTICE_PERIOD
from partners.help_lines.models import HelpLine
from partners.memberships.models import MembershipInvitation
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState
from victor.languages import CODES
from victor.publishing.models import LanguageVersion
from victor.stored_names import stored_name
from victor.vault.groups.models import RecoveryRequest


@dataclass(frozen=True)
class TodoItem:
    """One thing to do: what, since or until when, and where it is done."""

    what: str
    since: str
    url: str


def todo_for(user: Any) -> list[TodoItem]:
    """All that waits for this person."""
    found = [
        *_reports(user),
        _recoveries(user),
        _deletions_asked_for(user),
        _deletions(user),
        _rules_to_approve(user),
        _desks_that_lack(user),
        _registrations_to_look_at(user),
        _texts_to_review(user),
        _lines_to_check(user),
        _open_invitations(user),
    ]
    return [each for each in found if each]


def _reports(user: Any) -> list[TodoItem]:
    """What waits at each desk of this person. Coordinators learn where something is late, and how much."""
    now = timezone.now()
    mine = set(Desk.objects.for_worker(user).values_list("pk", flat=True))
    desks = Desk.objects.visible_to(user).for_work().with_counters(now)
    return [
        _at_my_desk(desk, now) if desk.pk in mine else _at_a_desk(desk, now) for desk in desks if _waits(desk, mine)
    ]


def _waits(desk: Any, mine: set[int]) -> bool:
    return bool(desk.waiting if desk.pk in mine else desk.overdue)


def _at_my_desk(desk: Any, now: datetime) -> TodoItem:
    what = ngettext("%(desk)s: %(count)d report waiting", "%(desk)s: %(count)d reports waiting", desk.waiting)
    since = _("danger, not triaged: %(count)d") % {"count": desk.in_danger} if desk.in_danger else _due(desk, now)
    return TodoItem(what % {"count": desk.waiting, "desk": desk}, since, reverse("desks:inbox", args=[desk.slug]))


def _at_a_desk(desk: Any, now: datetime) -> TodoItem:
    what = ngettext("%(desk)s: %(count)d report overdue", "%(desk)s: %(count)d reports overdue", desk.overdue)
    return TodoItem(what % {"count": desk.overdue, "desk": desk}, _due(desk, now), reverse("desks:inbox_desks"))


def _due(desk: Any, now: datetime) -> str:
    text = _("next deadline: in %(span)s") if desk.first_due > now else _("longest overdue: %(span)s")
    return text % {"span": span_in_words(abs(desk.first_due - now))}


def _recoveries(user: Any) -> TodoItem | None:
    recoveries = list(RecoveryRequest.objects.for_officer(user).order_by("expires_at"))
    if not recoveries:
        return None
    text = ngettext("%(count)d vault recovery request", "%(count)d vault recovery requests", len(recoveries))
    left = int((recoveries[0].expires_at - timezone.now()).total_seconds() // 3600) + 1
    until = ngettext(
        "first deadline: in less than %(hours)d hour", "first deadline: in less than %(hours)d hours", left
    )
    return TodoItem(text % {"count": len(recoveries)}, until % {"hours": left}, reverse("workspace:vault"))


def _deletions_asked_for(user: Any) -> TodoItem | None:
    asked = Report.objects.visible_to(user).filter(deletion_asked_at__isnull=False).select_related("desk")
    oldest = asked.order_by("deletion_asked_at").first()
    if oldest is None:
        return None
    count = asked.count()
    what = ngettext("%(count)d request for deletion", "%(count)d requests for deletion", count)
    url = reverse("desks:retention", args=[oldest.desk.slug])
    return TodoItem(what % {"count": count}, _oldest(oldest.deletion_asked_at), url)


def _deletions(user: Any) -> TodoItem | None:
    soon = (
        Report.objects.visible_to(user)
        .filter(erase_on__lte=timezone.localdate() + NOTICE_PERIOD)
        .select_related("desk")
    )
    first = soon.order_by("erase_on").first()
    if first is None:
        return None
    count = soon.count()
    what = ngettext("%(count)d report to be deleted soon", "%(count)d reports to be deleted soon", count)
    until = _("first date: %(day)s") % {"day": date_format(first.erase_on, "DATE_FORMAT")}
    return TodoItem(what % {"count": count}, until, reverse("desks:retention", args=[first.desk.slug]))


def _rules_to_approve(user: Any) -> TodoItem | None:
    if not user.has_perm("desks.oversee"):
        return None
    rules = RetentionRule.objects.proposed().exclude(proposed_by=user)
    oldest = rules.order_by("proposed_at").first()
    if oldest is None:
        return None
    count = rules.count()
    what = ngettext("%(count)d rule to approve", "%(count)d rules to approve", count)
    return TodoItem(what % {"count": count}, _oldest(oldest.proposed_at), reverse("desks:retention_rules"))


def _desks_that_lack(user: Any) -> TodoItem | None:
    """Public desks that would not be made public today, for those who can mend it."""
    if not (user.has_perm("desks.lead") or user.has_perm("desks.oversee")):
        return None
    desks = Desk.objects.visible_to(user).published().with_readiness()
    failing = [(desk, needs) for desk in desks if (needs := list(missing_for_publication(desk)))]
    if not failing:
        return None
    what = ngettext("%(count)d desk is incomplete", "%(count)d desks are incomplete", len(failing))
    first, needs = failing[0]
    since = f"{first}: {', '.join(map(str, needs))}"
    url = reverse("desks:led") if user.has_perm("desks.lead") else reverse("admin:desks_desk_changelist")
    return TodoItem(what % {"count": len(failing)}, since, url)


def _registrations_to_look_at(user: Any) -> TodoItem | None:
    """Who would like to come to a seminar and has no answer yet."""
    if not user.has_perm("trainings.manage"):
        return None
    applied = Registration.objects.visible_to(user).filter(state=RegistrationState.APPLIED)
    oldest = applied.select_related("seminar").order_by("pk").first()
    if oldest is None:
        return None
    count = applied.count()
    what = ngettext("%(count)d registration to review", "%(count)d registrations to review", count)
    since = _("longest wait: since %(day)s") % {"day": date_format(timezone.localtime(oldest.came_at), "DATE_FORMAT")}
    return TodoItem(what % {"count": count}, since, reverse("trainings:led", args=[oldest.seminar.slug]))


def _texts_to_review(user: Any) -> TodoItem | None:
    languages = [code for code in CODES if user.has_perm("publishing.review", LanguageVersion(language=code))]
    versions = LanguageVersion.objects.waiting_for_review(languages, but_not_by=user)
    oldest = versions.order_by("saved_at").first()
    if oldest is None:
        return None
    count = versions.count()
    what = ngettext("%(count)d text to review", "%(count)d texts to review", count)
    arguments = [stored_name(oldest.object), oldest.object_id, oldest.language]
    return TodoItem(what % {"count": count}, _oldest(oldest.saved_at), reverse("workspace:text", args=arguments))


def _lines_to_check(user: Any) -> TodoItem | None:
    if not user.has_perm("partners.check_help_lines"):
        return None
    lines = list(HelpLine.objects.to_check())
    if not lines:
        return None
    what = ngettext("%(count)d helpline to check", "%(count)d helplines to check", len(lines))
    oldest = lines[0].checked_on
    since = _("oldest check: %(date)s") % {"date": oldest} if oldest else _("some have never been checked")
    return TodoItem(what % {"count": len(lines)}, since, reverse("partners:help_lines"))


def _open_invitations(user: Any) -> TodoItem | None:
    offers = MembershipInvitation.objects.visible_to(user).open().select_related("invitation")
    ends = sorted(offer.invitation.expires_at for offer in offers)
    if not ends:
        return None
    what = ngettext("%(count)d invitation not accepted yet", "%(count)d invitations not accepted yet", len(ends))
    days = (ends[0] - timezone.now()).days
    since = ngettext("first expiry: in less than %(days)d day", "first expiry: in less than %(days)d days", days + 1)
    return TodoItem(what % {"count": len(ends)}, since % {"days": days + 1}, reverse("partners:invitations"))


def _oldest(moment: datetime) -> str:
    """Since when the oldest waits."""
    return _("longest wait: since %(day)s") % {"day": date_format(timezone.localtime(moment), "DATE_FORMAT")}
