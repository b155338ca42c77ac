"""Pages of minutes, decisions and actions: for those who write, for the group, for strangers; what was typed stays."""

from __future__ import annotations

import pytest

from partners.memberships.states import Role
from partners.minutes import actions
from partners.minutes.decisions import Votes, record_decision
from partners.minutes.group_actions import add_action
from partners.minutes.models import Action, Decision, ItemText, Minutes
from tests.partners.minutes.held_meetings import Desks, circulated, digest, make_desks, make_meeting, task
from tests.people import browser_of, organisation, person

pytestmark = pytest.mark.django_db
TYPED = "We spoke of R4M-7KQ, then of the rota."


@pytest.fixture
def desks() -> Desks:
    return make_desks(factor=True)


@pytest.fixture
def draft(desks) -> Minutes:
    return actions.open_minutes(desks.meeting, by=desks.secretary)


def page_of(minutes: Minutes) -> str:
    return f"/en/workspace/meetings/{minutes.meeting_id}/minutes/{minutes.version}/"


def editor_of(desks: Desks, draft: Minutes) -> str:
    return f"{page_of(draft)}items/{desks.item.pk}/"


def test_secretary_opens_the_minutes_of_a_meeting(desks):
    answer = browser_of(desks.secretary).post(f"/en/workspace/meetings/{desks.meeting.pk}/minutes/", follow=True)
    assert "The minutes are open" in answer.content.decode()


def test_draft_is_not_found_by_the_group_and_sent_minutes_are(desks, draft):
    browser = browser_of(desks.member)
    assert browser.get(page_of(draft)).status_code == 404
    actions.send_for_remarks(draft, by=desks.secretary)
    assert browser.get(page_of(draft)).status_code == 200


def test_sent_minutes_are_not_found_by_others(desks):
    minutes = circulated(desks)
    stranger = browser_of(person(Role.WORKER, organisation("other")))
    assert stranger.get(page_of(minutes)).status_code == 404
    assert stranger.get(f"{page_of(minutes)}file/").status_code == 404


def test_member_writes_nothing(desks, draft):
    assert browser_of(desks.member).get(editor_of(desks, draft)).status_code == 403


def test_saved_text_stands_in_the_minutes(desks, draft):
    browser = browser_of(desks.secretary)
    browser.post(editor_of(desks, draft), {"text": "The rota is fine.", "seen": "0", "go": "save"})
    assert "The rota is fine." in browser.get(page_of(draft)).content.decode()


@pytest.mark.parametrize("reference", ["R4M-7KQ", "GR-GE2T47"])
def test_reference_is_not_saved_until_a_button_is_pressed(desks, draft, reference):
    browser, typed = browser_of(desks.secretary), TYPED.replace("R4M-7KQ", reference)
    answer = browser.post(editor_of(desks, draft), {"text": typed, "seen": "0", "go": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{reference}” looks like the reference" in page
    assert typed in page
    assert not ItemText.objects.exists()


@pytest.mark.parametrize(("pressed", "text"), [("take_out", "We spoke of, then of the rota."), ("allow", TYPED)])
def test_pressed_button_decides_what_is_saved(desks, draft, pressed, text):
    given = {"text": TYPED, "seen": "0", "reference": pressed, "suspected": "R4M-7KQ"}
    browser_of(desks.secretary).post(editor_of(desks, draft), given)
    assert ItemText.objects.get().text == text


def test_two_who_save_both_keep_their_text_and_choose(desks, draft):
    for user, text in ((desks.secretary, "One"), (desks.chair, "Two")):
        answer = browser_of(user).post(editor_of(desks, draft), {"text": text, "seen": "0"}, follow=True)
    page = answer.content.decode()
    assert "The secretary saved at" in page
    second = ItemText.objects.waiting().get()
    browser_of(desks.chair).post(f"{page_of(draft)}texts/{second.pk}/use/")
    assert ItemText.objects.current().get().text == "Two"


def test_page_saves_itself_and_names_the_revision(desks, draft):
    given = {"text": "One", "seen": "0", "go": "auto"}
    answer = browser_of(desks.secretary).post(editor_of(desks, draft), given)
    assert answer.json()["seen"] == "1"
    assert browser_of(desks.chair).post(editor_of(desks, draft), given | {"text": "Two"}).status_code == 409


def test_page_does_not_save_a_reference_by_itself(desks, draft):
    answer = browser_of(desks.secretary).post(editor_of(desks, draft), {"text": TYPED, "seen": "0", "go": "auto"})
    assert answer.status_code == 422
    assert not ItemText.objects.exists()


def test_circulate_asks_first_and_says_how_many_are_told(desks, draft):
    browser = browser_of(desks.secretary)
    assert "2 people are told by email now" in browser.post(f"{page_of(draft)}circulate/").content.decode()
    browser.post(f"{page_of(draft)}circulate/", {"confirmed": "yes"})
    draft.refresh_from_db()
    assert draft.state == "circulated"


def test_chair_and_secretary_approve_what_they_have_read(desks):
    minutes = circulated(desks)
    for user in (desks.chair, desks.secretary):
        browser = browser_of(user)
        assert digest(minutes) in browser.get(page_of(minutes)).content.decode()
        browser.post(f"{page_of(minutes)}approve/", {"digest": digest(minutes), "confirmed": "yes"})
    assert "A correction becomes a new version" in browser.get(page_of(minutes)).content.decode()


def test_late_remark_is_shown_as_late(desks):
    minutes = circulated(desks)
    answer = browser_of(desks.member).post(f"{page_of(minutes)}remarks/", {"text": "I was there"}, follow=True)
    page = answer.content.decode()
    assert "I was there" in page
    assert "Late" in page


def test_remark_with_a_reference_keeps_what_was_typed(desks):
    page = browser_of(desks.member).post(f"{page_of(circulated(desks))}remarks/", {"text": TYPED}).content.decode()
    assert TYPED in page
    assert "It is something else" in page


def test_attendance_is_saved_and_the_quorum_is_shown(desks, draft):
    browser, invited = browser_of(desks.secretary), desks.meeting.invitations.all()[:2]
    browser.post(f"{page_of(draft)}attendance/", {"present": [row.pk for row in invited]})
    page = browser.get(page_of(draft)).content.decode()
    assert "Present: 2 of 3." in page
    assert "Quorum reached" in page


def test_decision_gets_its_number(desks, draft):
    given = {"words": "The rota is kept", "votes_for": "9", "votes_against": "0", "abstained": "1"}
    answer = browser_of(desks.secretary).post(f"{editor_of(desks, draft)}decision/", given, follow=True)
    assert f"DESKS-{desks.meeting.starts.year}-1" in answer.content.decode()
    assert Decision.objects.get().abstained == 1


def test_decision_with_bad_votes_keeps_what_was_typed(desks, draft):
    given = {"words": "The rota is kept", "votes_for": "many", "votes_against": "0", "abstained": "1"}
    answer = browser_of(desks.secretary).post(f"{editor_of(desks, draft)}decision/", given)
    assert answer.status_code == 422
    assert "The rota is kept" in answer.content.decode()


def test_group_page_lists_its_decisions(desks, draft):
    record_decision(desks.item, "The rota is kept", Votes(9, 0, 1), by=desks.secretary)
    page = browser_of(desks.member).get("/en/workspace/groups/desks/decisions/").content.decode()
    assert "The rota is kept" in page
    assert "For 9, against 0, abstained 1" in page


def test_action_is_added_done_and_confirmed(desks, draft):
    given = {"words": "Write it", "owner": desks.member.pk, "due_on": "2030-02-02", "priority": "normal"}
    browser_of(desks.secretary).post(f"{editor_of(desks, draft)}action/", given)
    page = f"/en/workspace/actions/{Action.objects.get().pk}/"
    assert "From meeting 6, item 3" in browser_of(desks.member).get(page).content.decode()
    browser_of(desks.member).post(f"{page}done/", {"evidence": ""})
    browser_of(desks.chair).post(f"{page}confirm/")
    assert Action.objects.get().state == "verified"


def test_open_action_says_on_which_agenda_it_is(desks):
    make_meeting(desks.group, 7, days=7)
    action = add_action(desks.group, task(desks.member), by=desks.secretary)
    page = browser_of(desks.member).get(action.get_absolute_url()).content.decode()
    assert "Still open. It is on the agenda of" in page


@pytest.mark.parametrize("state", ["open", "overdue", "done", "dropped", "nonsense"])
def test_my_actions_counts_each_state(desks, state):
    add_action(desks.group, task(desks.member), by=desks.secretary)
    answer = browser_of(desks.member).get(f"/en/workspace/actions/?state={state}")
    assert answer.status_code == 200
    assert ("Write the rota" in answer.content.decode()) is (state in {"open", "nonsense"})


def test_action_stands_in_the_tasks_of_its_owner_alone(desks):
    add_action(desks.group, task(desks.member), by=desks.secretary)
    assert "Write the rota" in browser_of(desks.member).get("/en/workspace/").content.decode()
    assert "Write the rota" not in browser_of(desks.chair).get("/en/workspace/").content.decode()


def test_action_of_others_is_not_found(desks):
    action = add_action(desks.group, task(desks.member), by=desks.secretary)
    stranger = browser_of(person(Role.WORKER, organisation("other")))
    assert stranger.get(action.get_absolute_url()).status_code == 404


def test_actions_of_a_group_take_the_same_queries_for_two_and_for_thirty(desks, django_assert_max_num_queries):
    for number in range(30):
        add_action(desks.group, task(desks.member, f"Action {number}"), by=desks.secretary)
    browser = browser_of(desks.member)
    with django_assert_max_num_queries(15):
        browser.get("/en/workspace/groups/desks/actions/")


@pytest.mark.parametrize("language", ["en", "el", "bg", "ro", "sl", "sr", "hu", "uk"])
def test_minutes_are_printed_in_every_language(desks, draft, language):
    actions.save_text(draft, desks.item, "The rota.\n\nIt is fine.", seen=0, by=desks.secretary)
    address = page_of(draft).replace("/en/", f"/{language}/")
    answer = browser_of(desks.secretary).get(f"{address}file/")
    assert answer.content.startswith(b"%PDF-")
