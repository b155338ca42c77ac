"""Every route × every role, by GET and by POST, answers as the written table says (`tests/access.tsv`).

A route that declares nothing, or that the table does not name, fails. After a change that was
meant, add its line by hand; the failing test says what was answered and what the table says.
Roles that oversee are answered like somebody without a role, apart from the routes of `tests/access_oversight.tsv`.
Partner contacts are, too, apart from those of `tests/access_partner.tsv`.
"""

from __future__ import annotations

import csv
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from model_bakery import baker

from campaigns.campaigns.models import Campaign, ImportantDay, Message
from campaigns.events.models import Event
from campaigns.materials.models import Material, MaterialFile
from campaigns.news.models import News
from campaigns.reach.models import Activity
from desks.duty.models import DutyAlarm, DutySpan
from desks.inbox.models import CannedAnswer
from desks.reports.models import Report
from desks.retention.models import Hold, RetentionRule
from partners.agreements.models import Agreement, AgreementFile, AgreementParty
from partners.directory.models import Network, Organisation
from partners.groups.models import WorkingGroup
from partners.help_lines.models import HelpLine
from partners.meetings.models import AgendaItem, Meeting
from partners.memberships.models import ContactPoint, MembershipInvitation
from partners.memberships.states import OVERSIGHT_ROLES, Role
from partners.minutes.models import Action, Decision, ItemText, Minutes
from partners.responsibilities.models import Responsibility
from tests.desks.staffed_desks import staffed_desk
from tests.partners.values.furnished_grant import furnish_grant
from tests.people import browser_of, organisation, person, visitor
from tests.photographs import ready_picture
from tests.reporting.frozen_releases import frozen_release
from tests.routes import SAMPLES, Route, routes
from tests.sampling import sampled
from tests.trainings.sample_seminars import applicant as participant
from tests.trainings.sample_seminars import make_seminar
from trainings.attendance.models import Attendance
from trainings.certificates.models import Certificate
from trainings.evaluation.models import Item, Questionnaire
from trainings.mailings.models import Mailing
from trainings.seminars.courses import Course, Module
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Session
from victor.access import System
from victor.accounts.models import Invitation, User
from victor.pages.models import Page
from victor.publishing.bundled_texts import publish_bundled
from victor.reporting.releases.models import Release
from victor.reporting.report.models import ReportFile
from victor.vault.keys.keyring import save_stamped
from victor.vault.keys.models import Key
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access.tsv")
OVERSIGHT_TABLE = Path(__file__).with_name("access_oversight.tsv")
PARTNER_TABLE = Path(__file__).with_name("access_partner.tsv")
ROLES = ["visitor", "nobody", *Role.values, "superuser"]
DAILY = ["coordinator"]
LONG = ["visitor", "worker", "superuser"]


@pytest.fixture
def house() -> None:
    """One of everything that a route may lead to."""
    furnish_house()


def furnish_house() -> None:
    """Make one of everything that a route may lead to, with the numbers that addresses carry."""
    smile = organisation("smile", category="coordinator")
    baker.make(HelpLine, pk=1, country=smile.country, number="1056", dial="1056", name_en="Line", purpose="children")
    baker.make(ContactPoint, organisation=smile)
    agreement = baker.make(Agreement, pk=1, code="AG-01", title_en="Smile", kind="protocol", state="in_signature")
    baker.make(AgreementParty, pk=1, agreement=agreement, organisation=smile)
    signed = AgreementFile(agreement=agreement, number=1, file_format="pdf", size=5)
    signed.file.save("smile.pdf", ContentFile(b"%PDF-"))
    release = baker.make(Release, pk=1, number=1, **frozen_release())
    baker.make(
        ReportFile, pk=1, release=release, language="el", file_format="pdf", content=b"%PDF", made_at=timezone.now()
    )
    baker.make(Responsibility, pk=1, country=smile.country, body_en="Smile", function="guardianship", key="smile")
    _minutes()
    person(Role.WORKER, smile)
    baker.make(Network, slug="smile", name_en="SEEC", coordinator=smile)
    campaign = baker.make(Campaign, slug="smile", code="gr")
    for language in ("en", "el"):
        texts = dict.fromkeys(("title", "summary", "body", "poster"), "Smile")
        publish_bundled(campaign, language, texts, by=System("test"))
    baker.make(Message, campaign=campaign, slug="smile-public", audience="public")
    publish_bundled(baker.make(News, slug="smile", campaign=campaign), "en", texts, by=System("test"))
    noon = timezone.now()
    talk = baker.make(Event, slug="smile", country=smile.country, starts=noon, ends=noon + timedelta(hours=1))
    publish_bundled(talk, "en", {"title": "Smile", "summary": "Smile"}, by=System("test"))
    leaflet = baker.make(Material, slug="smile", campaign=campaign, kind="leaflet")
    publish_bundled(leaflet, "el", {"title": "Smile", "summary": "Smile"}, by=System("test"))
    paper = MaterialFile(material=leaflet, language="el", format="pdf", size=5, alternative="Smile")
    paper.file.save("smile.pdf", ContentFile(b"%PDF-"))
    baker.make(ImportantDay, slug="smile", month=1, day=1)
    proof = baker.prepare(Activity, pk=1, campaign=campaign, organisation=smile, country=smile.country, number=1)
    proof.evidence_format = "pdf"
    proof.evidence.save("smile.pdf", ContentFile(b"%PDF-"))
    furnish_grant(smile)
    page = baker.make(Page, pk=1, slug="smile")
    publish_bundled(page, "el", {"title": "Smile", "summary": "Smile", "body": "Smile"}, by=System("test"))
    ready_picture(named={"id": 1, "key": "smile"})
    _desk(smile)
    _seminar(smile)
    baker.make(CannedAnswer, slug="smile")
    baker.make(MembershipInvitation, pk=1, organisation=smile, role=Role.WORKER, invitation=baker.make(Invitation))


def _seminar(smile: Organisation) -> None:
    """A public seminar of a course, with a file, somebody who comes, a mailing and a certificate; a questionnaire."""
    course = baker.make(Course, slug="smile", languages=["el"])
    course.modules.add(baker.make(Module, slug="smile", number=1, hours=1, tracks=["police"]))
    publish_bundled(course, "en", dict.fromkeys(("title", "summary", "objectives"), "Smile"), by=System("test"))
    seminar = make_seminar("smile", organisation=smile, course=course, lengths=())
    begins = timezone.now() + timedelta(days=30)
    session = baker.make(Session, pk=1, seminar=seminar, starts=begins, ends=begins + timedelta(hours=1))
    paper = SessionMaterial(pk=1, session=session, language="el", format="pdf", size=5, public=True)
    paper.file.save("smile.pdf", ContentFile(b"%PDF-"))
    baker.make(Item, slug="smile", kind="truth", topic="basics")
    baker.make(Questionnaire, code="smile", stages=["before"])
    one = participant(seminar, pk=1, state="confirmed")
    one.save()
    baker.make(Attendance, registration=one, session=session)
    baker.make(Mailing, pk=1, seminar=seminar, kind="words")
    code = SAMPLES["trainings:verified code"]
    proof = Certificate(pk=1, seminar=seminar, name="Smile", minutes=360, total=360, serial="smile", code=code)
    proof.file.save("smile.pdf", ContentFile(b"%PDF-"))


def _minutes() -> None:
    """A group that everybody sees, and a draft of minutes of its meeting, with two texts, a decision and an action."""
    group = baker.make(WorkingGroup, slug="smile", kind="forum", name="Smile", is_for_all=True)
    before, writer = timezone.now() - timedelta(days=1), person()
    given = {"starts": before, "ends": before + timedelta(hours=1), "state": "announced", "announced_at": before}
    facts = {"number": 1, "title": "Smile", "time_zone": "Europe/Athens", "languages": ["en"]}
    meeting = baker.make(Meeting, pk=1, group=group, **facts, **given)
    item = baker.make(AgendaItem, pk=1, meeting=meeting, position=1, title="Smile rota")
    minutes = baker.make(Minutes, pk=1, meeting=meeting, opened_by=writer)
    baker.make(ItemText, pk=2, minutes=minutes, item=item, author=writer)
    baker.make(ItemText, pk=1, minutes=minutes, item=item, author=writer, state="second")
    baker.make(Decision, pk=1, group=group, year=2026, number=1, item=item, words="Smile", made_by=writer)
    task = {"words": "Smile", "owner": writer, "due_on": before.date()}
    baker.make(Action, pk=1, group=group, item=item, made_by=writer, **task)


def _desk(smile: Organisation) -> None:
    """A public desk with a report that the law holds, an alarm and a duty, and a rule that waits."""
    desk, worker = staffed_desk("smile", at=smile).desk, person(Role.WORKER, smile)
    key = baker.make(Key, kind="record")
    given = {"reference": "smile", "key": key, "language": "el", "deletion_asked_at": timezone.now()}
    report = baker.prepare(Report, desk=desk, country=smile.country, assignee=None, duplicate_of=None, **given)
    save_stamped(report)
    baker.make(Hold, pk=1, report=report, by=worker, reason=baker.make(Envelope, key=key))
    DutyAlarm.objects.create(pk=1, report=report, desk=desk, code="4821")
    DutySpan.objects.create(pk=1, desk=desk, person=worker, weekday=0, starts=time(8), ends=time(20))
    baker.make(RetentionRule, pk=1, days=90, outcome="unfounded", proposed_by=worker)


def holder_of(role: str) -> User:
    """Who holds the role at the organisation of the house, with a second factor; `nobody` holds none."""
    if role in Role.values:
        return person(Role(role), organisation("smile"))
    user = person()
    User.objects.filter(pk=user.pk).update(is_superuser=role == "superuser", is_staff=role == "superuser")
    return User.objects.get(pk=user.pk)


def answer(client: Client, route: Route, method: str) -> int:
    """The status of one request whose consequences are undone, for the browser too."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = getattr(client, method)(route.address)
        b"".join(response)  # reading to its end closes the file that is sent
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return response.status_code


def answers(role: str) -> dict[str, str]:
    """What each route answers to a role: the status of GET and of POST."""
    browser = visitor() if role == "visitor" else browser_of(holder_of(role))
    statuses = {}
    for route in routes():
        pair = [answer(browser, route, method) for method in ("get", "post")]
        statuses[route.name] = "/".join(map(str, pair))
    return statuses


def table_rows() -> dict[str, dict[str, str]]:
    """The table: route, then role with the two statuses, and whether what a POST does can be undone."""
    oversight, partner = _read_rows(OVERSIGHT_TABLE), _read_rows(PARTNER_TABLE)
    rows = _read_rows(TABLE)
    for route, row in rows.items():
        row |= oversight.get(route) or dict.fromkeys(OVERSIGHT_ROLES, row["nobody"])
        row |= partner.get(route) or {Role.PARTNER: row["nobody"]}
    return rows


def _read_rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="") as lines:
        return {row.pop("route"): row for row in csv.DictReader(lines, delimiter="\t")}


def written() -> dict[str, dict[str, str]]:
    """The table: route, then role, then the two statuses."""
    return {route: {role: row[role] for role in ROLES} for route, row in table_rows().items()}


def irrevocable_routes() -> set[str]:
    """The routes whose POST does something that cannot be undone, so that it asks first."""
    return {route for route, row in table_rows().items() if row["irrevocable"] == "yes"}


def test_every_route_declares_its_access():
    assert [route.name for route in routes() if route.access is None] == []


def test_visitors_need_no_login_where_a_route_is_public_and_nowhere_else():
    """Django's middleware sends them away everywhere else. These three routes redirect visitors by themselves."""
    redirecting = {"account_logout", "admin:login", "admin:logout"}
    open_routes = {route.name for route in routes() if not route.login_required}
    public_routes = {route.name for route in routes() if route.access and route.access.is_public}
    assert open_routes - redirecting == public_routes


def test_table_names_every_route_and_no_other():
    assert sorted(written()) == sorted({route.name for route in routes()})
    assert (_read_rows(OVERSIGHT_TABLE) | _read_rows(PARTNER_TABLE)).keys() - written().keys() == set()


@pytest.mark.parametrize("role", sampled(ROLES, daily=DAILY, long=LONG))
def test_routes_answer_as_the_table_says(house, role, figure):
    table = {route: row[role] for route, row in written().items()}
    answered = answers(role)
    figure("routes × roles × methods", len(answered) * len(ROLES) * 2)
    differing = {route: (answered[route], table[route]) for route in answered if answered[route] != table[route]}
    assert differing == {}, "answered, should have answered"
