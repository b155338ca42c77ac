"""A colleague at the desk, in a real browser: by keyboard, and never answering by mistake."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import OPPOSITES, SIZES, faults_of
from tests.sampling import sampled
from tests.vault.people import PASSPHRASE

DESK = """
import json
from datetime import timedelta
from django.utils import timezone
from desks.handovers import actions as handovers_actions
from desks.inbox import actions as inbox_actions, originals
from desks.inbox.models import CannedAnswer
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk, unlocked_browser_of, add_message, add_attachment
from desks.reports.states import Channel, Risk, ReportState, Voice
from victor.publishing.bundled_texts import publish_bundled
place, now = InboxDesk("night-desk", title_en="Desk of Athens"), timezone.now()
other = InboxDesk("other-desk", title_en="Desk of Sofia")
old = place.report(received_at=now - timedelta(hours=30), language="uk")
danger = place.report(received_at=now - timedelta(minutes=6), danger=True)
for hours in (1, 5, 9):
    place.report(received_at=now - timedelta(hours=hours), assignee=place.ben.person)
done = dict(channel=Channel.VISIT, state=ReportState.TRIAGED, triaged_at=now, risk=Risk.LOW)
place.report(received_at=now - timedelta(days=2), **done)
add_message(danger, "Τους είδαμε πάλι σήμερα το πρωί.")
add_message(danger, "Ευχαριστούμε. Μιλήσαμε με την αστυνομία.", Voice.ANSWER)
add_message(danger, "Called the child police unit, they go there now.", Voice.NOTE)
originals.request_original(add_attachment(danger), "The police ask for the original.", by=place.anna.person)
first = danger.messages.all()[1]
english = "We saw them again this morning."
inbox_actions.add_translation(danger, first, english, language="en", by=place.anna.person)
canned = CannedAnswer.objects.create(slug="thanks")
for code, text in dict(el="Ευχαριστούμε πολύ", en="Many thanks").items():
    publish_bundled(canned, code, dict(title=text, text=text), by=PORTAL)
offered = other.report(language="bg", risk=Risk.HIGH)
given = handovers_actions.ask_hand_over(offered, place.desk, "?", language="bg", by=other.anna)
handovers_actions.agree_to_hand_over(given, by=PORTAL)
jars = [unlocked_browser_of(place.ben).cookies for _ in range(2)]
cookies, own = ({name: morsel.value for name, morsel in jar.items()} for jar in jars)
print(json.dumps(dict(cookies=cookies, own=own, danger=danger.reference)))
"""
INBOX = "/en/workspace/desks/night-desk/"
OUTSIDE = re.compile("^https://")  # a pattern like https://** would want a slash at the end


@pytest.fixture(scope="session")
def night(portal) -> dict:
    """A desk with work to do, and the browser of one who works there."""
    printed = portal.manage("shell", "--no-imports", "-c", DESK)
    return json.loads(printed.splitlines()[-1])


@pytest.fixture
def at_desk(watch, night, portal):
    """A page of that browser."""

    def enter(session="cookies", **options):
        watched = watch(**options)
        cookies = [{"name": name, "value": value, "url": portal.url} for name, value in night[session].items()]
        watched.page.context.add_cookies(cookies)
        return watched

    return enter


def test_keyboard_moves_filters_helps_and_opens(at_desk, night):
    watched = at_desk()
    page = watched.page
    page.goto(INBOX)
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("dialog [data-keys]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.locator("#id_state")).to_be_focused()
    page.keyboard.press("Escape")
    rows.nth(0).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(night["danger"])
    assert watched.faults == []


def test_answer_is_sent_only_by_the_button_that_says_so(at_desk, night):
    page = at_desk().page
    page.goto(f"{INBOX}reports/{night['danger']}/")
    keep, send = page.locator(".composer__keep"), page.locator(".composer__send")
    expect(keep).to_be_visible()
    expect(send).to_be_hidden()
    page.check("[name=voice][value=answer]")
    expect(keep).to_be_hidden()
    expect(send).to_be_visible()
    page.select_option("[name=canned]", "thanks")
    page.click("[value=canned]")
    expect(page.locator("#id_text")).to_have_value("Ευχαριστούμε πολύ")
    expect(page.locator("#id_own")).to_have_value("Many thanks")
    send.click()
    expect(page.locator(".words--answer").last).to_contain_text("Many thanks")


def test_new_arrival_is_told_once_it_is_there(at_desk):
    page = at_desk().page
    page.clock.install()
    counters = {"waiting": 7, "overdue": 1, "in_danger": 1, "newest": 1}
    page.route("**/counters.json", lambda route: route.fulfill(json={"night-desk": counters}))
    page.goto(INBOX)
    expect(page.locator("[data-count=waiting]")).to_have_text("7")
    expect(page.locator("[data-news]")).to_be_empty()
    counters |= {"waiting": 8, "newest": 2}
    page.clock.run_for(30_000)
    expect(page.locator("[data-news]")).to_contain_text("Something new has arrived")
    expect(page.locator("[data-count=waiting]")).to_have_text("8")


def test_note_stays_in_its_field_while_another_button_is_pressed(at_desk, night):
    page = at_desk().page
    page.goto(f"{INBOX}reports/{night['danger']}/")
    page.fill("#id_text", "Half a note")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("no longer assigned")
    expect(page.locator("#id_text")).to_have_value("Half a note")
    assert page.url.endswith(f"/reports/{night['danger']}/")


def test_link_asks_before_typed_words_are_thrown_away_and_the_exit_does_not(at_desk, night):
    page = at_desk().page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"{INBOX}reports/{night['danger']}/")
    page.fill("#id_text", "Half a note")
    page.locator(".above a").click()
    expect(page.locator("#id_text")).to_have_value("Half a note")
    assert asked == ["beforeunload"]
    page.route(OUTSIDE, lambda route: route.fulfill(body="<p>Weather"))
    page.locator(".account-menu summary").click()
    page.locator(".account-menu [data-quick-exit]").click()
    page.wait_for_url(OUTSIDE, wait_until="commit")
    assert asked == ["beforeunload"]


def test_page_is_covered_when_the_vault_locks_and_opens_in_place_with_every_word(at_desk, night):
    page = at_desk(session="own").page  # what opens the vault is replaced there
    page.clock.install()
    page.goto(f"{INBOX}reports/{night['danger']}/")
    page.fill("#id_text", "Half a note")
    page.route("**/vault/state.json", lambda route: route.fulfill(json={"seconds": 0}))
    page.clock.run_for(3_600_000)
    expect(page.locator("[data-secret]")).to_be_hidden()
    expect(page.get_by_role("heading", name="Your vault is locked")).to_be_visible()
    page.unroute("**/vault/state.json")
    page.fill("[name=passphrase]", "not this one at all")
    page.get_by_role("button", name="Unlock the vault").click()
    expect(page.locator("[data-error]")).not_to_be_empty()
    page.fill("[name=passphrase]", PASSPHRASE)
    page.get_by_role("button", name="Unlock the vault").click()
    expect(page.locator("#id_text")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("Half a note")


def test_inbox_on_a_phone_is_a_list_of_cards(at_desk):
    page = at_desk(viewport={"width": 360, "height": 740}).page
    page.goto(INBOX)
    box = page.locator(".inbox tbody tr").first.bounding_box()
    assert box["x"] + box["width"] <= 360
    expect(page.locator(".inbox tbody tr").first.locator("time")).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), sampled(product(SIZES, ["light", "dark"]), daily=[], long=OPPOSITES))
def test_axe_finds_nothing_at_the_desk(at_desk, night, size, scheme):
    page = at_desk(viewport=SIZES[size], color_scheme=scheme).page
    report = f"{INBOX}reports/{night['danger']}/"
    for path in ("/en/workspace/desks/", INBOX, f"{INBOX}?danger=on", report, f"{report}?answer"):
        assert page.goto(path).status == 200
        if path.endswith("answer"):
            page.check("[name=voice][value=answer]")
        assert faults_of(page) == []


def test_report_on_paper_is_what_was_written(at_desk, night):
    page = at_desk().page
    page.goto(f"{INBOX}reports/{night['danger']}/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Τους είδαμε πάλι σήμερα το πρωί.")).to_be_visible()
    expect(page.get_by_text("Called the child police unit, they go there now.")).to_be_visible()
    for away in ("nav", "button", ".button", "textarea", "select", ".desk-header", ".desk-footer", ".jump"):
        assert page.locator(f"{away}:visible").count() == 0
