"""Five weeks of an installation, for `make_installation_before.py`: what `make run` loads, and what people do then.

All of it goes through the actions of the house as they were at commit 7b6ea16, on a clock that is set, so that a
seminar can end and a report grow late. Each table that an action fills has rows afterwards.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from campaigns.actions import record_activity
from desks.keys import derived
from desks.periodic import retain, watch
from desks.states import Channel, Move, Risk
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from partners.states import Role
from trainings.links import CHECK_IN, place_token, signed
from trainings.states import Audience, ItemKind, MailKind, Method, Part, Stage, State
from trainings.tasks import issue_certificates
from trainings.wordings import Wording
from victor.counts.counting import Counted, write
from victor.counts.states import Use
from victor.publishing.languages import CODES

from campaigns.models import Activity, Campaign, Event, Material, MaterialFile, News, Target
from desks import actions as desks
from desks import receipts
from desks.models import Attachment, CannedAnswer, Closure, Desk, Enquiry, HandOver, Report
from partners import actions as partners
from partners.models import ContactPoint, Country, HelpLine, Membership, MembershipInvitation, Organisation
from tests.photographs import photograph
from tests.routes import SAMPLES, routes
from trainings import actions as trainings
from trainings import periodic
from trainings.management.commands import load_trainings
from trainings.models import (
    Attendance,
    Certificate,
    Course,
    Group,
    Mailing,
    Module,
    Questionnaire,
    Quota,
    Registration,
    Seminar,
    Session,
    SessionMaterial,
)
from victor.access import System
from victor.accounts import demo
from victor.accounts.models import User
from victor.celery import app
from victor.embedded import preparation
from victor.mail.actions import queue
from victor.mail.models import Message as Mail
from victor.mail.tasks import send_due
from victor.pages.models import FunderNotice, Page
from victor.pictures.models import Picture
from victor.pictures.tasks import make_sizes
from victor.publishing import actions as publishing
from victor.publishing.models import LanguageVersion
from victor.vault import actions as vault
from victor.vault.keys import Opened
from victor.vault.models import Ceremony, Envelope

VISITOR, PARTICIPANT, REPORTER, PORTAL = map(System, ("visitor", "participant", "reporter", "demo"))
FIRST_DAY = datetime(2026, 10, 1, 8, tzinfo=UTC)
MOMENT = datetime(2026, 11, 5, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n% a lamp"
STORY = "Δύο παιδιά στον σταθμό, κάθε βράδυ"
BUDAPEST, SZEGED, PECS, COPY = "budapest-2026", "szeged-2026", "pecs-2026", "budapest-2027"
NAMES = {
    "el": "Ελευθερία Παπαϊωάννου",
    "bg": "Щерьо Ъглов",
    "ro": "Ștefăniță Țuțuianu",
    "sl": "Žiga Čušin",
    "sr": "Ђорђе Љубичић",
    "hu": "Győző Kőszegi",
    "uk": "Ґалаґан Їжакевич",
    "en": "Siân O’Brien",
}
UNPRINTABLE = "Li 李"
GIVEN: dict[str, Any] = {"receipts": {}, "passphrases": {}, "passwords": {}, "tokens": {}}


def at(day: int, hour: int = 8, minute: int = 0, *, month: int = 10) -> Any:
    """The clock is set to an hour of that autumn, and goes on."""
    return time_machine.travel(datetime(2026, month, day, hour, minute, tzinfo=UTC), tick=True)


def live() -> None:
    """Load what `make run` loads, let five weeks pass, and write down what opens all of it."""
    with time_machine.travel(FIRST_DAY, tick=True):
        load_trainings.load_quiz = load_what_is_asked
        preparation.structure()
        preparation.contents()
        make_sizes(Picture.objects.get().pk)
    house = House()
    house.come()
    texts(house)
    campaigns(house)
    reports(house)
    seminars(house)
    recovery(house)
    with time_machine.travel(MOMENT, tick=False):
        cookies = logged_in(house.worker.person)
        Path(os.environ["TOLD"]).write_text(json.dumps(told(cookies)))


def load_what_is_asked(written: dict[str, Any], *, by: System) -> None:
    """The questionnaires with their questions, without the rest of the bank: a dump that is kept has to be small."""
    asked = {slug for each in written["questionnaires"] for slug in each["items"]}
    trainings.load_quiz(written | {"items": [each for each in written["items"] if each["slug"] in asked]}, by=by)


class House:
    """The people of that installation."""

    def __init__(self) -> None:
        self.trainer, self.editor, self.translator, self.coordinator = map(
            account, (Role.TRAINER, Role.EDITOR, Role.TRANSLATOR, Role.COORDINATOR)
        )
        self.worker, self.chief = (opened(account(role)) for role in (Role.WORKER, Role.SUPERVISOR))
        self.smile = Organisation.objects.get(slug="smile-of-the-child")
        self.romania = Organisation.objects.get(slug="save-the-children-romania")
        self.desk = Desk.objects.get(slug="greece")

    def come(self) -> None:
        """Colleagues join, one leaves, a second desk gets its keys."""
        with at(1, 12):
            self.other_coordinator = self.join("second.coordinator", "Iva Petrova", Role.COORDINATOR, self.smile, "en")
            self.colleague = self.join("second.worker", "Γιώργος Νικολάου", Role.WORKER, self.smile, "el")
            self.leaver = self.join("leaver", "Άννα Λάμπρου", Role.WORKER, self.smile, "el")
            self.ioana = self.join("romania.supervisor", "Ioana Ionescu", Role.SUPERVISOR, self.romania, "ro")
            self.andrei = self.join("romania.worker", "Andrei Popa", Role.WORKER, self.romania, "ro")
            for name in ("nobody", "superuser"):
                demo.ensure(name=name.title(), email=f"{name}@{demo.DOMAIN}", language="en")
            User.objects.filter(name="Superuser").update(is_superuser=True, is_staff=True)
            open_one, withdrawn = (
                self.invite(name, Role.TRANSLATOR, self.romania, language) for name, language in OFFERS.items()
            )
            partners.revoke_invitation(withdrawn, by=self.coordinator)
            GIVEN["tokens"]["invitation"] = token_of(open_one)
            partners.confirm_help_line(HelpLine.objects.order_by("pk").first(), by=self.coordinator)
            ContactPoint.objects.create(
                organisation=self.smile, name="Eleni", phone="+30 210 000", email="e@demo.example"
            )
            coordinate(self.coordinator, self.smile)
            self.get_keys()
            send_due()

    def get_keys(self) -> None:
        """Vaults are set up, the desks' keys are given, and taken from somebody who leaves."""
        self.second, self.gone, self.rana, self.ran = (
            set_up(user) for user in (self.colleague, self.leaver, self.ioana, self.andrei)
        )
        for user in (self.colleague, self.leaver):
            desks.admit(self.desk, user, by=self.chief)
        self.other_desk = desks.open_keys(Desk.objects.get(slug="romania"), by=self.ioana)
        desks.appoint(self.other_desk, self.andrei, by=self.rana)
        Closure.objects.create(desk=self.desk, first=date(2026, 12, 24), last=date(2026, 12, 26))
        with a_worker():
            desks.dismiss(self.desk, self.leaver, by=self.chief)
        partners.withdraw(Membership.objects.get(user=self.leaver), by=self.coordinator)

    def invite(self, name: str, role: Role, place: Organisation, language: str) -> MembershipInvitation:
        """Invite somebody."""
        email = f"{name}@{demo.DOMAIN}"
        return partners.invite_member(
            email=email, language=language, organisation=place, role=role, by=self.coordinator
        )

    def join(self, name: str, full_name: str, role: Role, place: Organisation, language: str) -> User:
        """Invite somebody who comes, with a second factor."""
        email = f"{name}@{demo.DOMAIN}"
        offer = self.invite(name, role, place, language)
        user = partners.join(offer, name=full_name, password=demo.password_of(email))
        TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(user)
        return user


OFFERS = {"invited": "uk", "uninvited": "bg"}


def account(role: Role) -> User:
    """A demo account."""
    return User.objects.get(email=f"{role}@{demo.DOMAIN}")


def opened(user: User) -> Opened:
    """Somebody's vault, opened with the passphrase that the demo prints."""
    return vault.unlock(user, demo.passphrase_of(user.email))


def set_up(user: User) -> Opened:
    """Somebody's vault, set up in the way of the demo."""
    return vault.set_up(user, demo.passphrase_of(user.email))


def token_of(offer: MembershipInvitation) -> str:
    """What only the mail of an invitation says."""
    mail = Mail.objects.filter(recipient=offer.invitation.email).latest("pk")
    return re.search(r"/invitations/([^/]+)/", mail.text)[1]


@contextmanager
def a_worker() -> Iterator[None]:
    """What is queued is worked off at once."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def texts(house: House) -> None:
    """Texts in every state: public, left behind, in review, drafts, a machine's, for another day, and taken back."""
    with at(2):
        page = Page.objects.create(slug="lamp-post", position=90)
        for language, word in {"en": "The lamp", "el": "Η λάμπα", "bg": "Лампата"}.items():
            publishing.put(page, language, three(word), by=PORTAL)
        publishing.rename(page, "lamp", by=house.editor)
        publishing.unpublish(version(page, "bg"), by=house.editor)
        edited = publishing.save(page, "en", three("The bright lamp"), by=house.editor)
        passed = publishing.approve(publishing.submit(edited, by=house.editor), by=house.coordinator)
        publishing.publish(passed, by=house.editor)
        publishing.submit(publishing.save(page, "sl", three("Svetilka"), by=house.translator), by=house.translator)
        publishing.save(page, "uk", three("Лампа"), by=house.editor, machine=True)
        publishing.save(page, "ro", three("Lampa"), by=house.editor)
        passed = publishing.prepare(page, "sr", three("Лампа"), by=PORTAL)
        publishing.schedule(passed, by=house.editor, publish_at=datetime(2026, 12, 1, tzinfo=UTC), unpublish_at=None)
        back = publishing.submit(publishing.save(page, "hu", three("Lámpa"), by=house.editor), by=house.editor)
        publishing.send_back(back, by=house.editor)
        quick = Page.objects.create(slug="gone")
        publishing.put(quick, "en", three("Gone"), by=PORTAL)
        publishing.unpublish(version(quick, "en"), by=house.editor)
        notice = FunderNotice.objects.first()
        FunderNotice.objects.create(
            statement_en=notice.statement_en, valid_from=date(2030, 1, 1), valid_to=date(2031, 1, 1)
        )


def three(word: str) -> dict[str, str]:
    """The texts of a page."""
    return {"title": word, "summary": f"{word}.", "body": f"<p>{word} & <strong>{word}</strong></p>"}


def version(thing: Any, language: str) -> LanguageVersion:
    """The work on a text."""
    return LanguageVersion.objects.of(thing).get(language=language)


def campaigns(house: House) -> None:
    """News, events, materials, what was reached, and readers who were counted."""
    with at(3):
        campaign, greece = Campaign.objects.get(), Country.objects.get(code="GR")
        news = News.objects.create(slug="a-light-is-on", campaign=campaign, date=date(2026, 10, 2))
        publishing.put(news, "en", three("A light is on"), by=PORTAL)
        publishing.put(news, "el", three("Ένα φως άναψε"), by=PORTAL)
        for name, days, cancelled in (("past", -10, False), ("near", 60, False), ("off", 70, True)):
            starts = datetime(2026, 10, 18, 16, tzinfo=UTC) + timedelta(days=days)
            event = Event.objects.create(
                slug=f"talk-{name}",
                campaign=campaign,
                organisation=house.smile,
                country=greece,
                starts=starts,
                ends=starts + timedelta(hours=2),
                cancelled=cancelled,
                online="https://talk.demo.example/",
            )
            publishing.put(event, "en", three(f"Talk {name}") | {"place": "Library"}, by=PORTAL)
        leaflet = Material.objects.create(slug="leaflet", campaign=campaign, kind="leaflet")
        publishing.put(leaflet, "en", three("Leaflet"), by=PORTAL)
        paper = MaterialFile(material=leaflet, language="en", format="pdf", size=len(PDF), alternative="A lamp")
        paper.file.save("x.pdf", ContentFile(PDF))
        Target.objects.create(campaign=campaign, measure="attendees", number=500)
        activity = Activity(campaign=campaign, organisation=house.smile, country=greece, channel="school")
        activity.measure, activity.number, activity.method, activity.source = "attendees", 30, "counted", "A list"
        activity.date, activity.evidence_format = date(2026, 10, 2), "pdf"
        activity.evidence.save("x.pdf", ContentFile(PDF), save=False)
        record_activity(activity, by=house.worker.person)
        kind = ContentType.objects.get_for_model(campaign).pk
        write(Counter({Counted(kind, campaign.pk, language, Use.VIEW.value): 40 for language in ("en", "el")}))
        canned = CannedAnswer.objects.create(slug="thanks")
        for language, word in {"en": "Thank you", "el": "Ευχαριστούμε"}.items():
            publishing.put(canned, language, {"title": word, "text": f"{word}."}, by=PORTAL)


def receive(
    house: House, name: str, *, danger: bool = False, story: str = STORY, language: str = "el", **given: Any
) -> Report:
    """A report, and the receipt of whoever sent it."""
    number = receipts.new()
    known = {"story": story, "reporter": "professional", "place": "Αθήνα", "children": "2", "danger": danger}
    report, _is_new = desks.receive_report(
        house.desk,
        known,
        receipt=derived(number),
        country=house.desk.country,
        language=language,
        danger=danger,
        **{"by": REPORTER} | given,
    )
    GIVEN["receipts"][name] = {
        "reference": report.reference,
        "number": number,
        "digits": "".join(receipts.digits(number)),
        "words": " ".join(receipts.words(number, "el")),
        "story": story,
    }
    return report


def triaged(report: Report, house: House, risk: Risk = Risk.LOW) -> Report:
    """A report that somebody has read and triaged."""
    desks.open_report(report, by=house.worker)
    return desks.triage(report, risk=risk, reason="Σύντομα", by=house.worker.person)


def reports(house: House) -> None:
    """What is told to the desks, and what becomes of it."""
    with at(3, 9):
        rules_of_deletion(house)
        unfounded = triaged(receive(house, "deleted by the clock"), house)
        desks.conclude(unfounded, Move.FIND_UNFOUNDED, reason="Λάθος", by=house.worker.person)
        desks.close(unfounded, by=house.worker.person)
    with at(5, 9):
        whole = receive(house, "whole", danger=True)
        everything_that_one_report_can_have(whole, house)
        given = receive(house, "handed over", language="ro", story="Un copil la gară")
        hand_over(given, house)
        double = triaged(receive(house, "duplicate"), house)
        desks.merge(double, whole, by=house.worker.person)
        desks.close(double, by=house.worker.person)
        asked_to = triaged(receive(house, "deleted on request"), house)
        with desks.open_with(GIVEN["receipts"]["deleted on request"]["number"]) as held:
            desks.ask_deletion(held)
        desks.erase_on_request(asked_to, by=house.chief.person)
        by_telephone = receive(house, "by telephone", by=house.worker.person, channel=Channel.TELEPHONE)
        triaged(by_telephone, house, Risk.HIGH)
        desks.assign(by_telephone, house.colleague, by=house.worker.person)
        desks.conclude(by_telephone, Move.REFER, reason="Εισαγγελέας", by=house.worker.person)
    with at(6):
        receive(house, "late", story="Nobody reads this", language="en")
        for day in (1, 2, 3):
            spoken = {"channel": Channel.TELEPHONE, "caller": "parent", "topic": "online", "given": "information"}
            enquiry = Enquiry(
                desk=house.desk, language="el", country=house.desk.country, day=date(2026, 10, day), **spoken
            )
            desks.record_enquiry(enquiry, by=house.worker.person)
    for day in range(7, 32, 3):
        with at(day, 7):
            watch()
            retain()
            send_due()
    with at(4, 7, month=11):
        watch()
        retain()


def rules_of_deletion(house: House) -> None:
    """Two that hold, one that waits, one that was withdrawn."""
    greece = house.desk.country
    for outcome, days in (("unfounded", 30), ("duplicate", 42)):
        rule = desks.propose_rule(
            country=greece, outcome=outcome, days=days, starts=timezone.localdate(), by=house.coordinator
        )
        desks.approve_rule(rule, by=house.other_coordinator)
    for _each in range(2):
        rule = desks.propose_rule(
            country=None, outcome="referred", days=400, starts=timezone.localdate(), by=house.coordinator
        )
    desks.withdraw_rule(rule, by=house.coordinator)


def everything_that_one_report_can_have(report: Report, house: House) -> None:
    """Words of all sides, files, a translation, a hold, and the question whether another desk may have it."""
    worker, number = house.worker, GIVEN["receipts"]["whole"]["number"]
    picture = SimpleUploadedFile("λάμπα.jpg", photograph(size=(24, 16)), "image/jpeg")
    text = SimpleUploadedFile("words.txt", b"The lamp is on", "text/plain")
    desks.attach(report, [picture, text])
    triaged(report, house, Risk.DANGER)
    desks.assign(report, worker.person, by=worker.person)
    desks.note(report, "Τηλεφώνησε η αστυνομία", by=worker.person)
    desks.answer(report, "Σας ευχαριστούμε", language="el", own="Thank you", own_language="en", by=worker)
    first = Envelope.objects.filter(key=report.key, purpose="report").get()
    desks.translate(report, first, "Two children at the station, every night", language="en", by=worker.person)
    with desks.open_with(number) as held:
        desks.answers(held)
        desks.set_notice(report, "reporter@demo.example", language="el")
        desks.add_words(held, "Ήταν πάλι εκεί", language="el")
        desks.ask_deletion(held)
    attachment = Attachment.objects.filter(message__report=report).order_by("pk").first()
    used, granted, _asked = (
        desks.ask_original(attachment, reason, by=worker.person) for reason in ("Για την αστυνομία", "Ξανά", "Γιατί;")
    )
    for access in (used, granted):
        desks.grant_original(access, by=house.chief.person)
    b"".join(desks.open_original(used, by=worker)[1])
    desks.lift_hold(desks.hold(report, "Παραγγελία", by=house.chief), by=house.chief.person)
    desks.hold(report, "Εισαγγελική παραγγελία", by=house.chief)
    desks.ask_hand_over(report, house.other_desk, "Να το δώσουμε στη Ρουμανία;", language="el", by=worker)


def hand_over(report: Report, house: House) -> None:
    """A report goes to the other desk, as its reporter agrees."""
    triaged(report, house)
    asked = desks.ask_hand_over(report, house.other_desk, "Putem?", language="ro", by=house.worker)
    with desks.open_with(GIVEN["receipts"]["handed over"]["number"]) as held:
        desks.answer_hand_over(held, agreed=True)
    desks.accept(asked, by=house.ioana)
    desks.complete(asked, by=house.worker)


def seminars(house: House) -> None:
    """One that is over, one ahead, one that was called off, a copy, and the two of the demo."""
    trainer = house.trainer
    with at(2, 10):
        over = plan(BUDAPEST, trainer, datetime(2026, 10, 20, 7, tzinfo=UTC), seats=11, helpers=[house.colleague])
        ahead = plan(SZEGED, trainer, datetime(2026, 12, 3, 8, tzinfo=UTC), seats=3, needs_approval=True)
        off = plan(PECS, trainer, datetime(2026, 12, 10, 8, tzinfo=UTC), seats=5)
        publish_proposal(over, house)
        for each, word in ((over, "Szeminárium"), (ahead, "Second seminar"), (off, "Third seminar")):
            public = {
                "title": word,
                "summary": f"{word}.",
                "place": "Budapest",
                "programme": "09:00",
                "accessibility": "Lift",
            }
            publishing.put(each, "en", public, by=PORTAL)
        Quota.objects.create(seminar=over, profession="judge", seats=1)
        Quota.objects.create(seminar=over, country=house.desk.country, seats=5)
        material = SessionMaterial(
            session=over.sessions.first(), language="hu", name="Lámpa", format="pdf", size=len(PDF)
        )
        material.file.save("x.pdf", ContentFile(PDF), save=False)
        trainings.add_material(material, by=trainer)
        open_one = SessionMaterial(
            session=over.sessions.last(), language="en", name="Lamp", format="pdf", size=len(PDF), public=True
        )
        open_one.file.save("x.pdf", ContentFile(PDF), save=False)
        trainings.add_material(open_one, by=trainer)
    people = registered(over, house)
    with at(8):
        for each in over.sessions.all():
            each.ends += timedelta(minutes=30)
            keep(over, [(each, [])], trainer)
        trainings.release_mailing(over.mailings.get(kind=MailKind.CHANGE), by=trainer)
    for day in (13, 17, 19):
        with at(day, 9):
            by_the_clock()
    held(over, people, house)
    certificates(over, people, trainer)
    mailings(over, trainer)
    ahead_and_off(ahead, off, house)
    with at(25):
        trainings.clone(over, slug=COPY, first_day=date(2027, 3, 30), parts=list(Part), by=trainer)
    the_demo(house)


def plan(slug: str, trainer: User, first: datetime, *, helpers: Any = (), **given: Any) -> Seminar:
    """A seminar of two mornings, as its trainer keeps it."""
    host = Organisation.objects.get(slug="terre-des-hommes-budapest")
    facts = {"country": host.country, "language": "hu", "course": Course.objects.get(slug="police")}
    facts |= {"test": Questionnaire.objects.get(code="test"), "online": "https://seminar.demo.example/"}
    seminar = Seminar(slug=slug, organisation=host, opens=FIRST_DAY, closes=first - timedelta(days=1), **facts | given)
    days = [first, first + timedelta(days=1)]
    sessions = [(Session(starts=day, ends=day + timedelta(hours=4)), Module.objects.all()[:2]) for day in days]
    words = {"title": "Szeminárium", "summary": "Lámpa", "place": "Budapest"}
    kept = trainings.Plan(sessions, trainers=[trainer], helpers=helpers)
    return trainings.keep_seminar(seminar, kept, words, by=trainer)


def keep(seminar: Seminar, sessions: Any, trainer: User) -> None:
    """The seminar again, with other hours."""
    kept = trainings.Plan(sessions, trainers=seminar.trainers.all(), helpers=seminar.helpers.all())
    trainings.keep_seminar(Seminar.objects.get(pk=seminar.pk), kept, {}, by=trainer)


def publish_proposal(seminar: Seminar, house: House) -> None:
    """An editor takes up what the trainer has written."""
    passed = publishing.approve(version(seminar, "hu"), by=house.editor)
    publishing.publish(passed, by=house.editor)
    seminar.refresh_from_db()


def somebody(seminar: Seminar, name: str, language: str = "en", **given: Any) -> Registration:
    """Who would like to come."""
    facts = {"profession": "police", "organisation": "Police", "organisation_type": "law_enforcement", "sex": "female"}
    facts |= {"country": seminar.country, "email": f"{seminar.slug}.{crc32(name.encode()):x}@{demo.DOMAIN}"}
    return Registration(seminar=seminar, name=name, language=language, **facts | given)


def registered(seminar: Seminar, house: House) -> dict[str, Registration]:
    """One in each language, two who were registered by a colleague, and those who wait."""
    with at(4, 9):
        for language, name in NAMES.items():
            trainings.sign_up(somebody(seminar, name, language), need="A ramp" if language == "hu" else "")
        trainings.sign_up(somebody(seminar, UNPRINTABLE, "en", profession="judge"))
        group = Group(seminar=seminar, organisation="Court", contact=f"court@{demo.DOMAIN}", together=False)
        names = ("Bea Kiss", "Zoltán Nagy", "Márta Varga", "Jakab Szabó")
        trainings.sign_up_group(group, [somebody(seminar, name, "hu", profession="teacher") for name in names])
    with at(4, 18):
        trainings.sign_up(somebody(seminar, NAMES["en"], "en"))
        first = Registration.objects.get(seminar=seminar, name="Bea Kiss")
        trainings.tell_needs(first, need="Sign language", shows_name=True, by=PARTICIPANT)
        trainings.leave(Registration.objects.get(seminar=seminar, name="Zoltán Nagy"), by=PARTICIPANT)
        trainings.accept(Registration.objects.get(seminar=seminar, state=State.OFFERED), by=PARTICIPANT)
    return {each.name: each for each in seminar.registrations.filter(state=State.CONFIRMED)}


def by_the_clock() -> None:
    """What the clock does for seminars."""
    for task in (periodic.fill_seats, periodic.ask_questions, periodic.remind, periodic.send_mailings):
        task()
    send_due()


def held(seminar: Seminar, people: dict[str, Registration], house: House) -> None:
    """It takes place: answers before, people at the door, answers after."""
    everybody = list(people.values())
    items = Questionnaire.objects.get(code="test").questions
    right = {item.slug: item.right if item.kind == ItemKind.MULTIPLE else item.right[0] for item in items}
    with at(18, 9):
        for each in everybody[:6]:
            trainings.hand_in(each, Stage.BEFORE, dict(list(right.items())[2:]), by=PARTICIPANT)
    for day, session in zip((20, 21), seminar.sessions.all(), strict=True):
        with at(day, 7, 10):
            for each in everybody:
                method = Method.CODE if each.language == "hu" else Method.LIST
                trainings.check_in(each, session, method=method, by=house.trainer if day == 20 else house.colleague)
    with at(21, 8):
        guest = somebody(seminar, "Walker In", profession="other")
        trainings.walk_in(guest, session, reason="Came with a friend", by=house.trainer)
        wrong = Attendance.objects.get(registration=guest)
        trainings.undo_attendance(wrong, reason="The wrong room", by=house.trainer)
        trainings.correct_attendance(session, came=[guest], stayed_away=[], reason="The sheet", by=house.trainer)
    with at(21, 14):
        by_the_clock()
        useful = {"reaction-useful": 5, "reaction-clear": 4}
        for each in everybody[:6]:
            trainings.hand_in(each, Stage.AFTER, right, by=PARTICIPANT)
    with at(22, 9):
        for each in everybody[:5]:
            trainings.hand_in(each, Stage.REACTION, useful, by=PARTICIPANT)
        trainings.keep_answers(everybody[6], Stage.AFTER, dict(list(right.items())[:3]), by=PARTICIPANT)
        trainings.remind(seminar, Stage.AFTER, by=house.trainer)
        trainings.hand_in(people[UNPRINTABLE], Stage.AFTER, right, by=PARTICIPANT)
        trainings.hand_in(people["Bea Kiss"], Stage.AFTER, right, by=PARTICIPANT)
        periodic.shuffle_answers()


def certificates(seminar: Seminar, people: dict[str, Registration], trainer: User) -> None:
    """Issued, corrected, revoked, ordered again, and one that cannot be printed."""
    with at(23):
        trainings.order_certificates(seminar, by=trainer)
        issue_certificates(seminar.pk)
        trainings.show_name(people[NAMES["el"]], shows=True, by=PARTICIPANT)
        of = {name: Certificate.objects.filter(registration=each).first() for name, each in people.items()}
        trainings.correct(
            Registration.objects.get(pk=people[NAMES["ro"]].pk),
            name="Ștefan Țuțuianu",
            email=f"ro@{demo.DOMAIN}",
            by=trainer,
        )
        for name in ("bg", "sl"):
            trainings.revoke(of[NAMES[name]], reason="He was not there", by=trainer)
        trainings.order_again(of[NAMES["sl"]], by=trainer)


def mailings(seminar: Seminar, trainer: User) -> None:
    """One that is out, one that was stopped, one that waits."""
    with at(24):
        words = {language: Wording("About {seminar}", "Dear {name}: {link} {when} {place}") for language in CODES}
        out, stopped = (Mailing(seminar=seminar, kind=MailKind.WORDS, audience=Audience.CAME) for _ in range(2))
        for mailing in (out, stopped):
            trainings.release_mailing(trainings.write_mailing(mailing, words, by=trainer), by=trainer)
        trainings.send_wave(out)
        trainings.stop_mailing(stopped, by=trainer)
        trainings.write_mailing(Mailing(seminar=seminar, kind=MailKind.CERTIFICATE), {}, by=trainer)
        send_due()
        queue(recipient="broken\n@demo.example", sender="a@demo.example", language="en", subject="Lamp", text="Lamp")
        send_due()
        periodic.note_failures()


def ahead_and_off(ahead: Seminar, off: Seminar, house: House) -> None:
    """Where registrations are looked at first, and what was called off."""
    trainer = house.trainer
    with at(24, 10):
        for name in ("Ada", "Béla", "Cili", "Dani", "Elemér", "Flóra"):
            trainings.sign_up(somebody(ahead, name, "hu"))
        of = {each.name: each for each in ahead.registrations.all()}
        for name in ("Ada", "Béla", "Cili", "Dani"):
            trainings.admit(of[name], by=trainer)
        trainings.decline(of["Elemér"], reason="Not police", by=trainer)
        trainings.leave(of["Ada"], by=PARTICIPANT)
        for each in off.sessions.all()[:1]:
            each.ends += timedelta(minutes=15)
        trainings.sign_up(somebody(off, "Gizi", "hu"))
        trainings.cancel_seminar(off, by=trainer)
    with at(25):
        first = ahead.sessions.first()
        first.ends += timedelta(minutes=30)
        keep(ahead, [(first, [])], trainer)


def the_demo(house: House) -> None:
    """Of the two seminars of the demo one has a place that is offered now, and one that was offered for too long."""
    full, free = (Seminar.objects.get(slug__startswith=f"demo-{name}") for name in ("full", "open"))
    with at(26):
        first = full.registrations.filter(state=State.CONFIRMED).first()
        trainings.register(somebody(full, "Πέτρος", "el"), by=house.coordinator)
        trainings.register(somebody(free, "Μαρία", "el"), need="Ράμπα", by=VISITOR)
        trainings.leave(first, by=PARTICIPANT)
        send_due()
    with at(4, 9, month=11):
        by_the_clock()
    with at(5, 9, month=11):
        trainings.sign_up(somebody(full, "Καίτη", "el"))


def recovery(house: House) -> None:
    """Somebody has forgotten the passphrase, and a first officer vouches for them. Some mails wait."""
    with at(5, 10, month=11):
        fresh = vault.set_aside(house.colleague, "another word for every river")
        GIVEN["passphrases"]["set aside"] = {
            "email": house.colleague.email,
            "passphrase": demo.passphrase_of(house.colleague.email),
        }
        ceremony = vault.ask(Desk.objects.get(pk=house.desk.pk).group, by=fresh)
        vault.confirm(ceremony, by=house.chief)


def logged_in(user: User) -> dict[str, str]:
    """The cookies of a browser in which somebody has logged in with both factors and opened their vault."""
    browser = Client(HTTP_HOST="localhost")
    browser.post("/en/accounts/login/", {"login": user.email, "password": demo.password_of(user.email)})
    browser.post("/en/accounts/2fa/authenticate/", {"code": demo.code_of(user)[0]})
    answer = browser.post("/en/workspace/vault/unlock/", {"passphrase": demo.passphrase_of(user.email)})
    assert (answer.status_code, "vault" in browser.cookies) == (302, True)
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def coordinate(user: User, place: Organisation) -> None:
    """A coordinator adds something in the admin, which keeps a log of its own."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(user, backend="victor.accounts.backend.LogIn")
    typed = {"organisation": place.pk, "name": "Nikos", "position": 100}
    answer = browser.post("/en/admin/partners/contactpoint/add/", typed)
    assert answer.status_code == 302


def told(cookies: dict[str, str]) -> dict[str, Any]:
    """What opens all of it."""
    users = User.objects.filter(email__endswith=demo.DOMAIN).order_by("pk")
    for user in users:
        GIVEN["passwords"][user.email] = demo.password_of(user.email)
        if user.memberships.exists() and user.personal_keys.filter(set_aside_at=None).exists():
            GIVEN["passphrases"][user.email] = demo.passphrase_of(user.email)
    GIVEN["passphrases"][f"second.worker@{demo.DOMAIN}"] = "another word for every river"
    GIVEN["tokens"] |= tokens()
    with translation.override("en"):
        addresses = {route.name: sorted(set(Samples().of(route))) for route in routes()}
    roles = {role: f"{role}@{demo.DOMAIN}" for role in ("nobody", *Role.values, "superuser")}
    names = {"made at": "7b6ea16", "moment": MOMENT.isoformat(), "files": files(), "roles": roles, "cookies": cookies}
    return GIVEN | names | {"addresses": addresses}


def tokens() -> dict[str, str]:
    """Parts of addresses that mails carry: of a place in each state, and of the door."""
    found = {f"place {each.state}": place_token(each) for each in Registration.objects.order_by("-pk")}
    certified = Certificate.objects.valid().order_by("pk").first()
    found |= {"certified": place_token(certified.registration), "code": certified.code}
    return found | {"check in": signed(certified.registration_id, CHECK_IN)}


def files() -> dict[str, dict[str, str]]:
    """The files that rows name, by storage; of pictures, and of certificates but for the first, the names only."""
    found: dict[str, dict[str, str]] = {}
    for alias in ("materials", "evidence", "seminars", "certificates", "vault"):
        storage = storages[alias]
        names = storage.listdir("")[1] if storage.exists("") else []
        found[alias] = {
            name: base64.b64encode(Path(storage.path(name)).read_bytes()).decode() for name in sorted(names)
        }
    first = Certificate.objects.valid().order_by("pk").first().file.name
    found["certificates"] = {name: file if name == first else "" for name, file in found["certificates"].items()}
    found["pictures"] = {name: "" for picture in Picture.objects.order_by("pk") for name in picture.names()}
    return found


class Samples:
    """Addresses of each route that lead to something: several where what is there can be in several states."""

    def __init__(self) -> None:
        self.whole, self.late = (GIVEN["receipts"][name]["reference"] for name in ("whole", "late"))
        report = Report.objects.get(reference=self.whole)
        over, self.demo = Seminar.objects.get(slug=BUDAPEST), Seminar.objects.get(slug__startswith="demo-full")
        page, envelope = Page.objects.get(slug="lamp"), Envelope.objects.get(key=report.key, purpose="report")
        attachment = Attachment.objects.filter(message__report=report, clean__isnull=False).first()
        accesses = list(attachment.accesses.order_by("pk").values_list("pk", flat=True))
        states = over.registrations.order_by("pk")
        self.by_name: dict[str, list[Any]] = {
            "code": ["gr"],
            "country": ["gr"],
            "size": ["a4"],
            "language": ["el"],
            "kind": ["pages.page"],
            "envelope": [envelope.pk],
            "ceremony": [Ceremony.objects.get().pk],
            "reference": [self.whole, self.late],
            "picture": [Picture.objects.get().key],
            "token": [value for name, value in sorted(GIVEN["tokens"].items()) if name.startswith("place ")],
        }
        self.by_route: dict[str, list[Any]] = {
            "trainings:verified code": [each.code for each in Certificate.objects.order_by("pk")[:6]],
            "trainings:here token": [GIVEN["tokens"]["check in"]],
            "trainings:scanned token": [GIVEN["tokens"]["check in"]],
            "trainings:certificate token": [GIVEN["tokens"]["certified"]],
            "trainings:certificate_name token": [GIVEN["tokens"]["certified"]],
            "trainings:material token": [GIVEN["tokens"]["certified"]],
            "trainings:questions token": [GIVEN["tokens"]["certified"], GIVEN["tokens"]["place confirmed"]],
            "trainings:questions stage": ["before", "after", "reaction", "follow_up"],
            "trainings:place_answer move": ["accept", "leave"],
            "trainings:participant_move move": ["admit", "decline", "prefer", "leave"],
            "trainings:figure_rows indicator": ["participants", "seminars"],
            "partners:accept_invitation token": [GIVEN["tokens"]["invitation"], "no-such-token"],
            "partners:organisation slug": ["smile-of-the-child"],
            "partners:network slug": ["seec"],
            "partners:confirm_help_line pk": [HelpLine.objects.order_by("pk").first().pk],
            "partners:revoke_invitation pk": [
                MembershipInvitation.objects.get(invitation__email__startswith="invited").pk
            ],
            "desks:people_step pk": list(
                User.objects.filter(name__in=["Γιώργος Νικολάου"]).values_list("pk", flat=True)
            ),
            "desks:people_step step": ["admit", "dismiss", "appoint", "relieve"],
            "desks:hand_over_answer number": list(HandOver.objects.order_by("pk").values_list("pk", flat=True)),
            "desks:hand_over_answer step": ["accept", "refuse"],
            "desks:hand_over_complete number": [report.hand_overs.get().pk],
            "desks:hand_over_step number": [report.hand_overs.get().pk],
            "desks:hand_over_step step": ["agree", "decline", "withdraw"],
            "desks:report_move move": ["triage", "refer", "inform", "find_unfounded", "merge", "close", "reopen"],
            "desks:report_file number": [attachment.pk],
            "desks:original_ask number": [attachment.pk],
            "desks:original number": accesses,
            "desks:original_grant number": accesses,
            "desks:lift_hold number": list(report.holds.values_list("pk", flat=True)),
            "desks:approve_rule pk": waiting_rules(),
            "desks:withdraw_rule pk": waiting_rules(),
            "workspace:picture pk": [Picture.objects.get().pk],
            "workspace:picture_focus pk": [Picture.objects.get().pk],
            "workspace:picture_remove pk": [Picture.objects.get().pk],
            "workspace:bring_back number": [1],
            "workspace:move move": ["submit", "send_back", "approve", "publish", "unpublish"],
            "workspace:vault_recovery_step step": ["confirm", "complete", "withdraw"],
            "campaigns:news_item slug": ["a-light-is-on"],
            "campaigns:event slug": ["talk-past", "talk-near", "talk-off"],
            "campaigns:calendar_entry slug": ["talk-near"],
            "campaigns:material slug": ["leaflet"],
            "campaigns:material language": ["en"],
            "campaigns:pack language": ["en"],
            "campaigns:activity pk": [Activity.objects.get().pk],
            "campaigns:remove_activity pk": [Activity.objects.get().pk],
            "campaigns:evidence pk": [Activity.objects.get().pk],
            "trainings:course slug": ["police"],
            "trainings:public_material pk": [SessionMaterial.objects.get(session__seminar=over, public=True).pk],
            "trainings:material pk": [SessionMaterial.objects.get(session__seminar=over, public=False).pk],
            "trainings:led_material pk": [SessionMaterial.objects.get(session__seminar=over, public=False).pk],
            "trainings:remove_material pk": [SessionMaterial.objects.get(session__seminar=over, public=False).pk],
            "trainings:participant pk": [each.pk for each in states[:3]],
            "trainings:participant_correct pk": [states.first().pk],
            "trainings:participant_move pk": [each.pk for each in states[:1]],
            "trainings:undo pk": [Attendance.objects.filter(session__seminar=over).first().pk],
            "pages:page slug": ["lamp", "lamp-post", "gone", "signs"],
            "pages:share_campaign slug": [Campaign.objects.get().slug],
            "pages:poster slug": [Campaign.objects.get().slug],
            "campaign_short code": [Campaign.objects.get().code],
        }
        for name in ("certificate_file", "revoke_certificate", "correct_certificate", "issue_certificate_again"):
            self.by_route[f"trainings:{name} pk"] = [each.pk for each in Certificate.objects.order_by("pk")[:4]]
        for name in ("mailing", "mailing_edit", "mailing_release", "mailing_stop", "mailing_retry", "mailing_discard"):
            self.by_route[f"trainings:{name} number"] = [each.pk for each in over.mailings.order_by("pk")]
        for name in ("check_in_session", "marks", "walk_in", "undo", "correct", "sheet"):
            self.by_route[f"trainings:{name} number"] = [over.sessions.first().pk]
        for name in ("text", "autosave", "schedule", "versions", "bring_back", "move"):
            self.by_route[f"workspace:{name} pk"] = [page.pk]
            self.by_route[f"workspace:{name} language"] = ["en", "sl", "sr"]
        self.slugs = {"desks": ["greece"], "campaigns": [Campaign.objects.get().slug], "trainings": [BUDAPEST]}
        self.more = [BUDAPEST, SZEGED, PECS, self.demo.slug]

    def of(self, route: Any) -> Iterator[str]:
        """The addresses of a route."""
        arguments: list[dict[str, Any]] = [{}]
        for name in route.arguments:
            arguments = [given | {name: value} for given in arguments for value in self._values(route, name)]
        for given in arguments:
            yield reverse(route.name, kwargs=given)

    def _values(self, route: Any, argument: str) -> list[Any]:
        known = f"{route.name} {argument}"
        app = route.name.partition(":")[0]
        if known in self.by_route:
            return self.by_route[known]
        if argument == "slug":
            whole = route.arguments == ("slug",) and app == "trainings"
            return self.more if whole else self.slugs[app]
        if argument == "object_id":
            return [route._sample(argument)]
        return self.by_name.get(argument, [SAMPLES.get(argument)])


def waiting_rules() -> list[int]:
    """The rule of deletion that waits for a second coordinator."""
    return list(
        desks.rules.RetentionRule.objects.filter(approved_at=None, withdrawn_at=None).values_list("pk", flat=True)
    )
