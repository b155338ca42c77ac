"""The register of processing says what the code declares, to those who answer for it and check it."""

from __future__ import annotations

import pytest
from django.utils.html import escape
from django.utils.translation import override

from desks.cases.code_lists import ClosureOutcome
from desks.cases.plain import PLAIN
from desks.endings.periods import DEFAULT_CASE_DAYS
from desks.processing.presenters import periods, plain_tables, receipts, register_content, register_pdf, rights_of_roles
from partners.memberships.states import Role
from tests.desks.endings.closed_cases import approved_rule
from tests.people import browser_of, organisation, person
from victor.languages import CODES

pytestmark = pytest.mark.django_db
ADDRESS = "/en/workspace/privacy/register/"


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.PRIVACY, 200), (Role.AUDITOR, 200), (Role.COORDINATOR, 200), (Role.WORKER, 403), (Role.EDITOR, 403)],
)
def test_register_is_there_for_those_who_answer_for_it(role, status):
    assert browser_of(person(role, organisation("smile"))).get(ADDRESS).status_code == status


def test_register_lists_every_plain_column_with_its_reason():
    content = browser_of(person(Role.PRIVACY, organisation("smile"))).get(ADDRESS).content.decode()
    assert {table.name for table in plain_tables()} == set(PLAIN)
    assert PLAIN["desks.case"]["reference"] in content


def test_rule_in_force_stands_beside_the_default_of_other_outcomes():
    approved_rule(days=400)
    days = {(period.outcome, period.is_default): period.days for period in periods()}
    assert days[ClosureOutcome.FAMILY_REUNITED.label, False] == 400
    assert (ClosureOutcome.FAMILY_REUNITED.label, True) not in days
    assert days[ClosureOutcome.DIED.label, True] == DEFAULT_CASE_DAYS


def test_rights_of_a_role_are_those_of_its_people():
    rights = {row.role: row.permissions for row in rights_of_roles()}
    officer = person(Role.PRIVACY, organisation("smile"))
    assert [name for name in rights[Role.WORKER.label] if name == "desks.work"]
    for permission in ("desks.view_deletions", "desks.work", "audit.read_log"):
        assert (permission in rights[Role.PRIVACY.label]) == officer.has_perm(permission)


def test_every_part_that_is_printed_names_its_receivers():
    assert all(receipt.receivers for receipt in receipts())


@pytest.mark.parametrize("language", CODES)
def test_register_is_printed_in_every_language(language):
    with override(language):
        assert register_pdf().startswith(b"%PDF")


def test_paper_says_what_the_page_says():
    page = browser_of(person(Role.PRIVACY, organisation("smile"))).get(ADDRESS).content.decode()
    for part in register_content()["parts"]:
        words = [part["title"], *part["sentences"], *part["head"], *(cell for row in part["rows"] for cell in row)]
        words += [cell for group in part["groups"] for entry in group["entries"] for cell in entry]
        assert [word for word in words if escape(word) not in page and word not in page] == []


def test_paper_is_for_those_who_see_the_page():
    answer = browser_of(person(Role.AUDITOR)).get(f"{ADDRESS}pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'attachment; filename="register.pdf"' in answer.headers["Content-Disposition"]
    assert browser_of(person(Role.WORKER)).get(f"{ADDRESS}pdf/").status_code == 403
