"""Finding 7: one person hides a number at once; to show or change one takes two, and the second has dialled it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partners.help_lines.actions import change_help_line, confirm_help_line
from partners.help_lines.errors import EmergencyNumber
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence
from partners.memberships.errors import NotDialled, NotSecondPerson, ProposalSettled, ReadOtherProposal
from partners.memberships.models import Proposal
from partners.memberships.proposals import confirm_proposal
from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from victor.accounts.models import User
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
ADMIN = "/en/admin/partners/helpline/"
EVIL = "306900000000"
NO_PARTS = {"parts-TOTAL_FORMS": "0", "parts-INITIAL_FORMS": "0"}


@pytest.fixture
def first() -> User:
    return person(Role.COORDINATOR)


@pytest.fixture
def second() -> User:
    return person(Role.COORDINATOR)


def make_line(purpose: str = "children", dial: str = "116111", **fields) -> HelpLine:
    given = {"key": f"gr-{dial}", "number": dial, "name_en": "Line", "source": "a list", "publish": True}
    given |= {"confidence": Confidence.HIGH, "last_checked": timezone.localdate(), "purpose": purpose, "dial": dial}
    return HelpLine.objects.create(country=organisation("smile").country, **given | fields)


def stored(line: HelpLine) -> HelpLine:
    return HelpLine.objects.get(pk=line.pk)


def change(line: HelpLine, by: User, **fields) -> bool:
    edited = stored(line)
    for name, value in fields.items():
        setattr(edited, name, value)
    return change_help_line(edited, by=by)


def confirm(by: User, *, dialled: bool = True) -> Proposal:
    proposal = Proposal.objects.open().get()
    return confirm_proposal(proposal, by=by, digest=proposal.digest, dialled=dialled)


def form_of(browser, line: HelpLine) -> dict[str, object]:
    """What the form of the admin sends as it is."""
    form = browser.get(f"{ADMIN}{line.pk}/change/").context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, "")}


def test_one_coordinator_hides_a_number_at_once(first):
    line = make_line()
    assert change(line, first, publish=False)
    assert not HelpLine.objects.published().exists()
    assert Entry.objects.filter(action="help_line.hidden", actor=f"accounts.user:{first.pk}").exists()


@pytest.mark.parametrize("purpose", ["children", "emergency"])
def test_change_of_a_number_waits_for_a_second_who_has_dialled_it(first, second, purpose, at):
    at(timezone.now())
    line = make_line(purpose, last_checked=timezone.localdate() - timedelta(days=20), checked_by=first)
    assert not change(line, first, dial=EVIL, number=EVIL)
    assert stored(line).dial == line.dial
    with pytest.raises(NotSecondPerson):
        confirm(first)
    with pytest.raises(NotDialled):
        confirm(second, dialled=False)
    confirm(second)
    changed = stored(line)
    assert changed.dial == EVIL
    assert changed.checked_by == second
    assert changed.last_checked == timezone.localdate()


def test_change_in_the_admin_leaves_the_public_page_and_says_so(first):
    line = make_line("emergency", "112")
    browser = browser_of(first)
    data = form_of(browser, line) | {"dial": EVIL, "number": EVIL}
    answer = browser.post(f"{ADMIN}{line.pk}/change/", data, follow=True).content.decode()
    assert "takes two coordinators" in answer
    assert "was changed successfully" not in answer
    assert EVIL not in browser.get("/en/help/gr/").content.decode()
    assert Proposal.objects.open().count() == 1


@pytest.mark.parametrize("fields", [{"publish": False}, {"confidence": "low"}, {"purpose": "police"}])
def test_emergency_number_is_hidden_by_nobody(first, fields):
    line = make_line("emergency", "112")
    with pytest.raises(EmergencyNumber):
        change(line, first, **fields)
    browser = browser_of(first)
    data = form_of(browser, line) | fields
    data = {name: value for name, value in data.items() if value is not False}
    assert "never hidden or deleted" in browser.post(f"{ADMIN}{line.pk}/change/", data).content.decode()
    assert list(HelpLine.objects.published()) == [line]


def test_emergency_number_is_deleted_by_nobody(first):
    line = make_line("emergency", "112")
    browser = browser_of(first)
    assert browser.post(f"{ADMIN}{line.pk}/delete/", {"post": "yes"}).status_code == 403
    browser.post(ADMIN, {"action": "delete_selected", "_selected_action": [line.pk], "post": "yes"})
    assert HelpLine.objects.filter(pk=line.pk).exists()


def test_country_keeps_its_page_of_help(first):
    """The emergency number would vanish with the page."""
    make_line("emergency", "112")
    browser = browser_of(first)
    form = browser.get("/en/admin/partners/country/GR/change/").context["adminform"].form
    assert "in_partnership" not in form.fields
    values = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in values.items() if value is not None}
    assert browser.post("/en/admin/partners/country/GR/change/", data | NO_PARTS).status_code == 302
    assert "112" in browser.get("/en/help/gr/").content.decode()


def test_new_line_is_hidden_until_a_second_confirms_it(first, second):
    line = HelpLine(key="gr-new", country=organisation("smile").country, number="1", dial="1056", name_en="New")
    line.publish, line.purpose, line.confidence = True, "children", Confidence.HIGH
    assert not change_help_line(line, by=first)
    assert not HelpLine.objects.published().exists()
    confirm(second)
    assert HelpLine.objects.published().get().checked_by == second


def test_confirmation_of_a_line_that_changed_meanwhile_is_refused(first, second):
    line = make_line()
    change(line, first, dial=EVIL)
    HelpLine.objects.filter(pk=line.pk).update(dial="999")
    with pytest.raises(ProposalSettled):
        confirm(second)


def test_check_of_a_hidden_line_shows_it_only_with_a_second(first, second):
    line = make_line(confidence=Confidence.LOW)
    confirm_help_line(line, by=first)
    assert not HelpLine.objects.published().exists()
    confirm(second)
    assert HelpLine.objects.published().exists()


def test_check_names_the_number_that_was_read(first):
    """Finding 8: the number changed between reading and pressing."""
    line = make_line(last_checked=timezone.localdate() - timedelta(days=80))
    browser = browser_of(first)
    page = browser.get("/en/workspace/help-lines/").content.decode()
    read = re.search(r'name="number" value="(\d+)"', page)[1]
    HelpLine.objects.filter(pk=line.pk).update(dial=EVIL)
    answer = browser.post(f"/en/workspace/help-lines/{line.pk}/confirm/", {"number": read}, follow=True)
    assert "has changed since you opened it" in answer.content.decode()
    with pytest.raises(ReadOtherProposal):
        confirm_help_line(line, by=first, number=read)


def test_import_proposes_what_is_shown_and_hides_at_once(first):
    changed, hidden = make_line(), make_line(dial="1056")
    browser = browser_of(first)
    rows = f"key,dial,publish\n{changed.key},{EVIL},1\n{hidden.key},{hidden.dial},0\n"
    file = SimpleUploadedFile("lines.csv", rows.encode())
    page = browser.post(f"{ADMIN}import/", {"import_file": file, "format": "0"})
    assert not Proposal.objects.exists()
    browser.post(f"{ADMIN}process_import/", page.context["confirm_form"].initial)
    assert stored(changed).dial == "116111"
    assert not stored(hidden).publish
    assert Proposal.objects.open().count() == 1


def test_import_that_would_hide_an_emergency_number_is_refused(first):
    line = make_line("emergency", "112")
    file = SimpleUploadedFile("lines.csv", f"key,publish\n{line.key},0\n".encode())
    page = browser_of(first).post(f"{ADMIN}import/", {"import_file": file, "format": "0"})
    assert "never hidden or deleted" in page.content.decode()
    assert stored(line).publish
