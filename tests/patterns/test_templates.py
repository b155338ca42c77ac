"""Pages are made of the patterns: what looks like one is not made again. docs/patterns.md says when to use which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_architecture import MODULES, relative

ROOT: Path = settings.BASE_DIR / "templates"
TEMPLATES = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.html"))}
PAGES = {name: text for name, text in TEMPLATES.items() if not name.startswith(("elements/", "emails/", "allauth/"))}
MACHINES = {"c", "Y-m-d"}  # the formats of `datetime=` and of schema.org
OWN_DATES = {
    "desks/access_reviews/periods.py": "the first and the last month of a quarter",
    "desks/desk/hours_text.py": "the first and the last day of a closure",
    "partners/targets/models.py": "the first and the last day of a period of a grant",
    "victor/formatting.py": "is asked by all others",
    "victor/indicators/periods.py": "the first and the last month of a period",
    "victor/schedules/times.py": "when people meet: from an hour to an hour, with the day of the week",
    "victor/templatetags/victor.py": "days that come every year: 18 October",
}
BARE_TABLES = {
    "admin/object_history.html": "Django's own page",
    "trainings/evaluation/_results.html": "a chart: bars beside their numbers",
}
# Figures are compared down and across, so their tables scroll; the inbox has cards of two lines.
SCROLLING = {
    "reporting/figures/_figures.html",
    "reporting/releases/release.html",
    "campaigns/reach/_readers.html",
    "campaigns/reach/reach.html",
    "desks/enquiries/_table.html",
    "desks/inbox/_reports.html",
    "desks/retention/retention_rules.html",
    "trainings/statistics/_figures_list.html",
    "trainings/statistics/_figures_table.html",
    "workspace/texts/texts.html",
}
OTHER_QUESTIONS = {"workspace/exchange/exchange.html": "asks for a file"}
NOTHING = re.compile(
    r"\{% empty %\}\s*"
    r'<p(?: class="notice[^"]*")?>\{% translate "(?:No |None |Nothing |Nobody has|There (?:is|are) no)[^"]*" %\}'
)


def offenders(pattern: str, *, allowed: object = ()) -> list[tuple[str, str]]:
    found_in = [(name, part) for name, text in PAGES.items() for part in re.findall(pattern, text)]
    return [(name, part) for name, part in found_in if name not in allowed]


def test_day_has_one_of_two_formats():
    formats = offenders(r'\|(?:date|time)(?::"(\w[^"]*)"|\b)')
    assert [(name, part) for name, part in formats if part not in MACHINES] == [], "use short_day, long_day, …"


def test_module_leaves_dates_to_the_one_that_formats_them():
    own = re.compile(r"\b(?:date_format|format_date|format_interval|format_skeleton)\(")
    writing = {relative(path) for path in MODULES if own.search(path.read_text())}
    assert {name for name in writing if not name.startswith("tests/")} == set(OWN_DATES)


@pytest.mark.parametrize("name", [name for name, text in PAGES.items() if "<table" in text and name not in BARE_TABLES])
def test_table_stands_in_its_frame(name):
    text = PAGES[name]
    assert text.count("<table") == len(re.findall(r'<div class="table[ "]', text))


@pytest.mark.parametrize("name", [name for name, text in PAGES.items() if 'class="table' in text])
def test_row_is_a_card_on_a_phone_unless_figures_are_compared(name):
    text = PAGES[name]
    assert text.count("{% cards %}") == (0 if name in SCROLLING else text.count("<table"))


def test_list_is_narrowed_by_the_filter_only():
    assert offenders(r'<form[^>]*method="get"', allowed=OTHER_QUESTIONS) == [], "use {% filter_form form %}"
    assert offenders(r"<details class=\"filter") == []


def test_empty_list_says_so_in_one_way():
    assert offenders(r'class="empty') == [], "use {% empty_state %}"
    assert offenders(NOTHING) == [], "use {% empty_state %}"


@pytest.mark.parametrize(
    "markup",
    [
        r'<p class="above"[^>]*>[^\n]*<a ',
        r'<nav class="(?:above|chips|desk-pages|filters|tabs)',
        r"<progress",
        r'class="error-summary__title',
        r'class="pagination(?=")',
    ],
)
def test_what_is_like_a_pattern_is_that_pattern(markup):
    allowed = {
        "desks/inbox/inbox.html": "the number of pages is not counted",
        "desks/intake/_nothing_found.html": "a calm one",
        "desks/intake/_report_fault.html": "a fault of the whole form",
        "trainings/participants/_questions_unanswered.html": "leads to questions, not to fields",
        "trainings/registrations/register_group.html": "of several people",
    }
    assert offenders(markup, allowed=allowed) == []


def test_ways_up_are_parted_by_a_dot():
    assert offenders(r"breadcrumbs[^\n]*</a> <a ") == []


def test_title_leaves_it_to_the_frame_to_say_that_something_is_wrong():
    assert offenders(r'block title %\}[^\n]*translate "Error') == [], "base.html says it"


def test_heading_belongs_to_the_page_and_not_to_a_part():
    assert [name for name, text in PAGES.items() if Path(name).name.startswith("_") and "<h1" in text] == []


@pytest.mark.parametrize(
    "name", [name for name, text in PAGES.items() if re.match(r'.*\{% extends "base', text, re.DOTALL)]
)
def test_page_has_its_heading(name):
    assert "<h1" in PAGES[name] or name == "base_workspace.html"


# What a menu, the start page, a letter or a mistake leads to; and pages of three steps, which lead back by "Back".
FIRST_LEVEL = {
    "": "403 404 429",
    "campaigns/campaigns": "campaigns",
    "campaigns/reach": "campaigns",
    "desks/cases": "case_desks",
    "desks/desk": "desks my_desks",
    "desks/duty": "duty",
    "desks/inbox": "inbox inbox_desks originals_elsewhere report_locked",
    "desks/intake": "checks_crowded conversation enter_receipt receipt report_index",
    "desks/retention": "retention_rules",
    "partners/agreements": "agreements",
    "partners/grants": "grants",
    "reporting/releases": "releases",
    "partners/directory": "directory",
    "partners/groups": "groups",
    "partners/meetings": "invitation invitation_closed",
    "partners/help_lines": "help_index lines_to_check",
    "partners/minutes": "my_actions",
    "partners/memberships": "contact_by_link contact_closed contacts invitations",
    "partners/responsibilities": "responsibilities",
    "desks/access_reviews": "access_reviews",
    "desks/packages": "receipt receipt_done",
    "desks/processing": "register",
    "desks/referrals": "referral_desks",
    "trainings/attendance": "show_code_at_door",
    "trainings/participants": "own_page",
    "trainings/planning": "my_seminars",
    "trainings/registrations": "unknown_page",
    "trainings/seminars": "seminars",
    "trainings/statistics": "statistics",
    "workspace/digest": "digest",
    "workspace/home": "home",
    "workspace/log": "log",
    "workspace/pictures": "pictures",
    "workspace/search": "keys search",
    "workspace/texts": "texts to_write",
    "workspace/vault": "overview",
}
WAY_UP = re.compile(r"\{% breadcrumbs|seminars/_workspace_head\.html|registrations/_register_head\.html")


def test_page_below_the_first_level_leads_up():
    pages = {name for name, text in PAGES.items() if re.search(r'\{% extends "base(?:_workspace)?\.html"', text)}
    ours = {name for name in pages if name != "base_workspace.html" and not name.startswith("pages/")}
    first = {f"{folder}/{name}.html".lstrip("/") for folder, names in FIRST_LEVEL.items() for name in names.split()}
    assert {name for name in ours if not WAY_UP.search(PAGES[name])} == first


@pytest.mark.parametrize(
    "name",
    [
        "campaigns/reach/reach.html",
        "partners/memberships/invitations.html",
        "trainings/participants/participants.html",
        "trainings/planning/my_seminars.html",
        "workspace/pictures/pictures.html",
    ],
)
def test_what_makes_a_new_thing_stands_above_its_list_and_is_filled(name):
    first = re.search(r'class="actions"><a class="([^"]+)"', PAGES[name])
    assert first and first.group(1) == "button"
