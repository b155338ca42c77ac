"""A network whose half-year is released: desks with enquiries and reports, seminars, campaigns and agreements."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation
from model_bakery import baker

from campaigns.campaigns.models import Campaign
from campaigns.reach.models import Activity
from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryTopic
from desks.reports.states import Channel, ReporterKind, ReportState
from partners.directory.models import Country
from partners.memberships.states import Role
from tests.desks.retention.deletable_reports import RetentionDesk
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import organisation, person
from victor.accounts.models import User
from victor.indicators.periods import HalfYear
from victor.reporting.releases.actions import approve_release, begin_release, publish_release
from victor.reporting.releases.models import Release
from victor.reporting.releases.tasks import make_release

ATHENS = ZoneInfo("Europe/Athens")
HALF = HalfYear(2026, 1)
RELEASED = datetime(2026, 8, 5, 12, tzinfo=ATHENS)


def coordinator(slug: str) -> User:
    """A coordinator whose role is old enough, and whom nobody of the others has let in."""
    user = person(Role.COORDINATOR, organisation(slug))
    user.memberships.update(founding=True)
    return user


class Network:
    """Three desks in two countries, with more at the first; what else is counted is small and known."""

    def __init__(self, *, enquiries: tuple[int, ...] = (320, 120, 40), reports: tuple[int, ...] = (24, 12, 2)) -> None:
        self.seeded = random.Random(18)
        self.desks = [RetentionDesk(slug) for slug in ("north", "south", "west")]
        for desk, first, second in zip(self.desks, enquiries, reports, strict=True):
            self._enquire(desk, first)
            for _ in range(second):
                self._report(desk)
        self.agreement = make_agreement(organisation("one"), organisation("two"), valid_from=date(2026, 1, 4))
        self._reach()

    def _enquire(self, desk: RetentionDesk, number: int) -> None:
        choices = {"channel": list(Channel), "caller": list(ReporterKind)[:4], "topic": list(EnquiryTopic)[:5]}
        rows = []
        for _ in range(number):
            chosen = {name: self.seeded.choice(values) for name, values in choices.items()}
            day = date(2026, 1, 1) + timedelta(days=self.seeded.randrange(181))
            rows.append(Enquiry(desk=desk.desk, day=day, language="el", result="number", **chosen))
        Enquiry.objects.bulk_create(rows)

    def _report(self, desk: RetentionDesk) -> None:
        received = datetime(2026, 1, 2, 12, tzinfo=ATHENS) + timedelta(days=self.seeded.randrange(170))
        outcome = self.seeded.choice([ReportState.UNFOUNDED, ReportState.INFORMED, ReportState.REFERRED])
        given = {"channel": self.seeded.choice(list(Channel)), "danger": self.seeded.random() < 0.3}
        desk.report(received_at=received, triaged_at=received, closed_at=received, outcome=outcome, **given)

    def _reach(self) -> None:
        campaign = baker.make(Campaign, slug="stop", code="stop")
        given = {"campaign": campaign, "organisation": organisation("one"), "country": Country.objects.get(code="GR")}
        for channel, number in (("street", 700), ("school", 30), ("street", 5)):
            fields = given | {"channel": channel, "measure": "handed_out", "number": number}
            baker.make(Activity, date=date(2026, 3, 1), **fields)


def make_draft(by: User, *, kind: str = "public", half: HalfYear = HALF) -> Release:
    """A release as the worker has left it."""
    with translation.override("en"):
        release = begin_release(kind=kind, half_years=[half], by=by)
    make_release(release.pk)
    return Release.objects.get(pk=release.pk)


def make_published(maker: User, approver: User, **options: object) -> Release:
    """A release that went out."""
    release = make_draft(maker, **options)
    approve_release(release, has_compared=True, by=approver)
    publish_release(release, by=approver)
    return Release.objects.get(pk=release.pk)
