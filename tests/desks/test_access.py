"""Every route of the desks' workspace × eight who come, as the written table says; no number opens another's door."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import time, timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desks.access_reviews.models import AccessReview
from desks.access_reviews.periodic import begin_access_reviews
from desks.access_reviews.states import Circle
from desks.assessments.states import AssessmentKind
from desks.cases import child_record, decisions, guardians, holds, notes
from desks.cases.code_lists import Block, ClosureOutcome, ClosureReason, Phase, RelativeKind, Source, StatusBody
from desks.cases.models import Case, today
from desks.cases.requests import CaseClosure, MoveRequest
from desks.cases.states import CaseMove, CasePurpose, VictimStatus
from desks.cases.timeline import seal_words
from desks.duty.models import DutyAlarm, DutySpan
from desks.exchange import actions as exchange_actions
from desks.exchange.models import DataExport
from desks.exchange.states import ExportKind, ExportReason
from desks.handovers import actions as handovers_actions
from desks.imports import actions as imports_actions
from desks.imports.case_mapping import ListMapping
from desks.imports.models import CaseImport
from desks.imports.spreadsheets import read_list
from desks.imports.states import ImportKind
from desks.inbox import originals
from desks.inbox.models import OriginalAccess
from desks.packages import consents as package_consents
from desks.packages import wishes
from desks.packages.legal_bases import PackageBasis
from desks.packages.models import Package
from desks.placements import actions as placements_actions
from desks.placements.models import CheckIn
from desks.referrals.code_lists import BasisKind, SharingPurpose
from desks.referrals.legal_bases import LawfulBasis
from desks.referrals.models import Referral
from desks.referrals.wishes import Choice
from desks.reports.states import Risk
from partners.memberships.actions import grant_role
from partners.memberships.states import Role
from tests.desks.assessments.assessment_desks import finish
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import PORTAL, STORY, InboxDesk, add_attachment, add_message, unlocked_browser_of
from tests.desks.interpreters.interpreter_cases import an_interpreter
from tests.desks.notifications.notification_desks import added
from tests.desks.packages.given_packages import GROUPS, pdf_wish, registered
from tests.desks.placements.placement_desks import missed, placed
from tests.desks.plans.plan_desks import a_plan, add_service, agreed, ask
from tests.desks.subject_requests.sample_requests import received
from tests.people import person, visitor
from tests.routes import Route, routes
from tests.sampling import sampled
from tests.vault.people import open_vault
from victor.accounts.models import User
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import FileInfo, seal_file

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access.tsv")
WHO = ["visitor", "reporter A", "reporter B", "worker here", "worker elsewhere", "supervisor", "coordinator"]
WHO += ["superuser"]
READERS = {"worker here", "supervisor"}  # everybody else reads no word of a child


class World(CaseDesk):
    """A desk with one of everything that an address of its workspace names."""

    def __init__(self, slug: str, taker: InboxDesk) -> None:
        super().__init__(slug)
        self.child = self.case(child={Block.IDENTITY: {"given": STORY}}, reason=STORY)
        self.sibling = self.case()
        self.things = things_of(self, self.child)
        self.told = self.report()
        self.file = add_attachment(self.told)
        self.access = originals.request_original(self.file, "Why", by=self.anna.person)
        self.words = add_message(self.told, "More")
        self.given = handovers_actions.ask_hand_over(self.told, taker.desk, "May they?", language="el", by=self.anna)
        self.alarm = DutyAlarm.objects.create(report=self.told, desk=self.desk, code="4821")
        self.referral, self.basis = a_draft(self, taker)
        self.package, self.package_basis = a_package(self)
        self.key = registered(self)
        times = {"starts": time(8), "ends": time(20)}
        self.export = asked_export(self)
        self.waiting = a_list(self)
        begin_access_reviews()
        self.review = AccessReview.objects.get(organisation=self.organisation, circle=Circle.WORKERS)
        self.span = DutySpan.objects.create(desk=self.desk, person=self.anna.person, weekday=0, **times)

    def names(self) -> dict[str, object]:
        """What stands in addresses."""
        names = {"slug": self.desk.slug, "reference": self.told.reference, "envelope": self.words.envelope_id}
        return names | {"referral": self.given.reference}


def asked_export(world: CaseDesk) -> DataExport:
    """A file of a case that a worker asks for."""
    membership = world.ben.person.memberships.get()
    exchange_actions.give_right(membership, ExportKind.CASES, by=world.chief.person)
    case, why = world.case(), ExportReason.PARTNER
    return exchange_actions.ask_for_cases(world.desk, [case], why, STORY, by=world.ben.person)


def a_list(world: CaseDesk) -> CaseImport:
    """A list of which everything is said, and which waits."""
    listed, chief = read_list(f"Name;Remark\n{STORY};{STORY}".encode()), world.chief.person
    row = imports_actions.begin_import(world.desk, ImportKind.LIST, listed, by=chief)
    mapping = ListMapping({"Name": "given", "Remark": "note"})
    imports_actions.save_mapping(row, listed.letters, mapping, by=chief)
    return row


def things_of(world: CaseDesk, case: Case) -> dict[str, Model]:
    """One of everything that an address of a case names, by the route."""
    worker, chief = world.anna.person, world.chief.person
    paper = seal_file(case.key, [b"paper"], about=FileInfo("", "application/pdf"))
    day = today()
    body = {"body": StatusBody.POLICE, "decided_on": day, "received_on": day, "paper": paper}
    text = {"say": STORY}
    saved = [
        child_record.save_block(case, Block.SAFETY, text, source=Source.CHILD, seen=0, by=worker)
        for _number in range(2)
    ]
    return {
        "case_task": notes.add_task(case, STORY, by=worker),
        "case_draft": saved[1],
        "case_relative": guardians.add_relative(case, RelativeKind.MOTHER, {"name": STORY}, blocked=True, by=worker),
        "case_lift_hold": holds.hold_case(case, STORY, by=chief),
        "case_end_phase": decisions.begin_phase(case, Phase.IDENTIFICATION, STORY, by=worker),
        "case_paper": decisions.record_status(case, VictimStatus.IDENTIFIED, STORY, by=worker, **body),
        "case_decide": _request(case, worker),
        "case_assessment_step": finish(case, AssessmentKind.RISK, by=worker, risk=Risk.LOW),
        "case_authority_step": added(case, by=worker),
        "case_letter": added(case, by=worker),
        **plans_of(world, case),
        **places_of(world, case),
        **interpreters_of(world, case),
        **requests_of(world, case),
    }


def a_draft(world: CaseDesk, taker: InboxDesk) -> tuple[Referral, LawfulBasis]:
    """A referral that is written, and a basis that waits for a second person."""
    worker, reference = world.anna.person, f"{world.desk.slug[:3].upper()}-234"
    facts = {"from_desk": world.desk, "to_desk": taker.desk, "purpose": SharingPurpose.LEGAL, "language": "el"}
    end = timezone.now() + timedelta(days=30)
    referral = Referral(case=world.child, reference=reference, groups=["g1"], expires_at=end, author=worker, **facts)
    save_stamped(referral)
    envelope = seal_words(world.child, {"text": STORY}, CasePurpose.REFERRAL, by=worker)
    basis = LawfulBasis(referral=referral, kind=BasisKind.DUTY, envelope=envelope, first=worker)
    save_stamped(basis)
    return referral, basis


def a_package(world: CaseDesk) -> tuple[Package, PackageBasis]:
    """A package that is written, and a basis that waits for a second person."""
    package = wishes.start_package(world.child, pdf_wish(world), by=world.anna.person)
    package = wishes.choose_groups(package, Choice(GROUPS), by=world.anna.person)
    return package, package_consents.record_basis(package, BasisKind.DUTY, STORY, by=world.anna.person)


def plans_of(world: CaseDesk, case: Case) -> dict[str, Model]:
    """A plan that waits, a goal of one that counts, a service."""
    worker = world.anna.person
    return {
        "case_goal": agreed(world, case).goals.get(),
        "case_plan_step": ask(case, by=worker, text=a_plan(remarks=STORY)),
        "case_service_step": add_service(case, by=worker),
    }


def places_of(world: CaseDesk, case: Case) -> dict[str, Model]:
    """A place where a child lives, two texts of it, and a time at which the child is missing."""
    place = placed(case, by=world.anna.person, since=timezone.now() - timedelta(hours=1))
    second = placements_actions.write_place(place, {"address": STORY}, seen=0, by=world.anna.person)
    check_in = CheckIn.objects.get(placement=place)
    missing = missed(case, by=world.anna.person)
    return {
        "case_place_words": place,
        "case_place_text": second,
        "case_check_in": check_in,
        "case_missing_paper": missing,
        "case_missing_step": missing,
    }


def interpreters_of(world: CaseDesk, case: Case) -> dict[str, Model]:
    """An interpreter who is booked."""
    row = an_interpreter(case, by=world.anna.person, booked_for=timezone.now() + timedelta(days=1))
    return {"case_interpreter_step": row, "case_interpreter_correct": row, "case_booking_step": row.bookings.get()}


def requests_of(world: CaseDesk, case: Case) -> dict[str, Model]:
    """The guardian asks what is written."""
    return {"case_subject_request_step": received(world, case)}


def _request(case: Case, asker: User) -> MoveRequest:
    """Somebody asks for a move: here as the action would write it, since a task stands in the way of closing."""
    envelope = seal_words(case, {"text": STORY}, CasePurpose.REQUEST, by=asker)
    request = MoveRequest(case=case, move=CaseMove.CLOSE, envelope=envelope, author=asker)
    save_stamped(request)
    CaseClosure.objects.create(request=request, outcome=ClosureOutcome.PROTECTED_AT_HOME, reason=ClosureReason.GOALS)
    return request


@pytest.fixture
def houses() -> tuple[World, World]:
    taker = InboxDesk("taker")
    return World("here", taker), World("elsewhere", taker)


def workspace() -> list[Route]:
    """The routes of the desks in the workspace."""
    return [each for each in routes() if each.name.startswith("desks:") and "/workspace/" in address_of(each, {})]


def address_of(route: Route, names: dict[str, object]) -> str:
    sample = {"slug": "x", "reference": "x", "number": 1, "move": "triage", "step": "accept"}
    sample |= {"envelope": "00000000-0000-0000-0000-000000000000", "language": "el"}
    sample |= {"alert_id": "00000000-0000-0000-0000-000000000000"}
    sample |= {
        "form": "json",
        "section": "child",
        "part": "safety",
        "kind": "risk",
        "audience": "child",
        "other": "x",
    } | names
    return reverse(route.name, kwargs={name: sample.get(name, 1) for name in route.arguments})


def numbered(route: Route, house: World) -> dict[str, object]:
    """The names in an address of this route that leads to something of the house."""
    name = route.name.removeprefix("desks:")
    if name.startswith("case"):
        steps = {"case_task": "done", "case_draft": "use", "case_relative": "block", "case_decide": "approve"}
        steps |= {"case_assessment_step": "approve", "case_authority_step": "sent"}
        steps |= {"case_plan_step": "approve", "case_service_step": "offered"}
        steps |= {"case_place_text": "use", "case_missing_step": "told"}
        steps |= {"case_interpreter_step": "book", "case_booking_step": "move", "case_subject_request_step": "identity"}
        number = house.things[name].pk if name in house.things else 1
        given = {"reference": house.child.reference, "number": number, "step": steps.get(name, "risk")}
        return house.names() | given | {"other": house.sibling.reference}
    if name.startswith("referral"):
        given = {"reference": house.referral.reference, "number": house.basis.pk, "step": "drop"}
        return house.names() | given
    if name.startswith("package"):
        given = {"reference": house.package.reference, "number": house.package_basis.pk, "step": "drop"}
        return house.names() | given
    if name.startswith("access_review"):
        member = house.ben.person.memberships.get()
        return house.names() | {"number": house.review.pk, "pk": member.pk}
    if name.startswith("partner_key"):
        return house.names() | {"number": house.key.pk}
    numbers = {"report_file": house.file, "original_ask": house.file, "original": house.access}
    numbers |= dict.fromkeys(("alarm", "alarm_take", "alarm_calls"), house.alarm) | {"rota_remove": house.span}
    numbers |= {"original_grant": house.access}
    numbers |= dict.fromkeys(("export_step", "export_file", "export_cases_file"), house.export)
    if name.startswith("import_"):
        return house.names() | {"number": house.waiting.pk}
    numbers["export_right"] = house.ben.person.memberships.get().export_rights.get()
    if name == "export_step":
        return house.names() | {"number": house.export.pk, "step": "approve"}
    obj = numbers.get(name, house.access)
    return house.names() | {"number": obj.pk, "step": "withdraw" if "step" in route.name else "accept"}


def browser(who: str, here: World, elsewhere: World) -> Client:
    """Whoever comes, with an open vault where they can have one. Reporters have no account: a receipt opens no door."""
    if who in {"visitor", "reporter A", "reporter B"}:
        return visitor()
    if who == "superuser":
        user = person()
        User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
        return unlocked_browser_of(open_vault(User.objects.get(pk=user.pk)))
    people = {"worker here": here.ben, "worker elsewhere": elsewhere.anna, "supervisor": here.chief}
    return unlocked_browser_of(people[who] if who in people else open_vault(person(Role.COORDINATOR)))


def answered(client: Client, method: str, url: str) -> tuple[int, bytes]:
    """The status and the content of one request whose consequences are undone, for the browser too."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = getattr(client, method)(url)
        content = b"".join(response)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return response.status_code, content


def written() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as lines:
        return {row.pop("route"): row for row in csv.DictReader(lines, delimiter="\t")}


def test_table_names_every_route_of_the_workspace():
    assert sorted(written()) == sorted(route.name for route in workspace())


@pytest.mark.parametrize(
    "who", sampled(WHO, daily=["visitor", "worker here", "worker elsewhere"], long=["coordinator"])
)
def test_routes_answer_as_the_table_says(houses, who, figure):
    client, statuses, leaks = browser(who, *houses), {}, []
    for route in workspace():
        url = address_of(route, numbered(route, houses[0]))
        answers = [answered(client, method, url) for method in ("get", "post")]
        statuses[route.name] = "/".join(str(status) for status, _content in answers)
        leaks += [route.name for _status, content in answers if STORY.encode() in content]
        for method in ("put", "patch", "delete"):
            assert answered(client, method, url)[0] in {302, 403, 404, 405}
    table = {route: row[who] for route, row in written().items()}
    figure("desks' workspace: routes × who × methods", len(statuses) * len(WHO) * 5)
    assert {name: (each, table[name]) for name, each in statuses.items() if each != table[name]} == {}
    assert bool(leaks) == (who in READERS), leaks


def swapped(route: Route, here: World, elsewhere: World) -> Iterator[str]:
    """Every address of a route in which parents and children belong to different desks or reports."""
    mine, theirs = numbered(route, here), numbered(route, elsewhere)
    parts = [name for name in ("slug", "reference", "referral", "number", "envelope") if name in route.arguments]
    for choice in product([mine, theirs], repeat=len(parts)):
        if len({id(each) for each in choice}) > 1:
            yield address_of(route, mine | {name: each[name] for name, each in zip(parts, choice, strict=True)})


@pytest.mark.long
def test_swapped_parents_and_children_lead_nowhere(houses, figure):
    here, elsewhere = houses
    both = person(Role.WORKER, here.organisation)
    grant_role(both, organisation=elsewhere.organisation, role=Role.WORKER, by=PORTAL)
    clients, tried = [unlocked_browser_of(here.anna), unlocked_browser_of(open_vault(both))], 0
    for client, route in product(clients, workspace()):
        for url, method in product(swapped(route, *houses), ("get", "post")):
            status, content = answered(client, method, url)
            assert status in {403, 404, 405}, url
            assert STORY.encode() not in content
            tried += 1
    figure("desks' workspace: swapped addresses, leaks", f"{tried}, 0")
    assert Referral.objects.of_reports().filter(state="ready").count() == 2
    assert OriginalAccess.objects.filter(granted_at=None).count() == 2


def test_file_and_translation_of_another_report_of_the_same_desk_lead_nowhere(houses):
    here, _elsewhere = houses
    other = here.report()
    client = unlocked_browser_of(here.anna)
    rests = [f"files/{here.file.pk}/", f"files/{here.file.pk}/original/", f"originals/{here.access.pk}/"]
    rests += [f"originals/{here.access.pk}/grant/", f"translate/{here.words.envelope_id}/"]
    rests += [f"hand-over/{here.given.reference}/complete/", f"hand-over/{here.given.reference}/withdraw/"]
    for rest in rests:
        for method in ("get", "post"):
            assert answered(client, method, here.address(other, rest))[0] in {404, 405}
