"""Questions to participants in a real browser: answered in two goes, without a fault, and clean for assistive tools."""

from __future__ import annotations

import json
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import OPPOSITES, SIZES, faults_of
from tests.sampling import sampled

MAKING = """
import json
from partners.directory.models import Organisation
from tests.trainings.evaluation.sample_answers import hand_in_for_all, seminar_with_questions, right_answers
from trainings.registrations.tokens import place_token
smile = Organisation.objects.get(slug="smile-of-the-child")
_seminar, people = seminar_with_questions("learning", people=8, organisation=smile)
hand_in_for_all(people[1:6], "after", right_answers(but=2))
hand_in_for_all(people[1:6], "reaction", {"reaction-useful": 5, "reaction-best": "The cases"})
print(json.dumps([place_token(each) for each in (people[0], people[1], people[7])]))
"""


@pytest.fixture(scope="session")
def places(portal) -> list[str]:
    """Of one who has answered nothing, one who has handed in, and one more who has not."""
    return json.loads(portal.manage("shell", "--no-imports", "-c", MAKING).splitlines()[-1])


def test_answers_are_kept_then_handed_in_and_explained(watch, places):
    watched = watch(viewport=SIZES["phone"])
    page = watched.page
    page.goto(f"/en/seminars/place/{places[0]}/")
    page.get_by_role("link", name="After the seminar").click()
    page.get_by_role("radio", name="True").first.check()
    page.get_by_role("button", name="Save and continue later").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_role("radio", name="True").first).to_be_checked()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Some questions have not been answered yet:")
    page.get_by_role("button", name="Send anyway").click()
    expect(page.get_by_role("heading", name="1 of 12 correct")).to_be_visible()
    page.get_by_role("link", name="Feedback on the seminar").click()
    expect(page.get_by_role("radio", name="Completely")).to_have_count(6)
    assert watched.faults == []
    assert len(watched.hosts) == 1
    assert page.context.cookies() == []


@pytest.mark.parametrize(("size", "scheme"), sampled(product(SIZES, ["light", "dark"]), daily=[], long=OPPOSITES))
def test_axe_finds_nothing(watch, places, coordinator, size, scheme):
    page = watch(viewport=SIZES[size], color_scheme=scheme).page
    page.context.add_cookies([coordinator])
    _fresh, done, other = places
    pages = {
        "questions": f"/en/seminars/place/{other}/questions/after/",
        "scales": f"/el/seminars/place/{other}/questions/reaction/",
        "answers": f"/en/seminars/place/{done}/questions/after/",
        "place": f"/el/seminars/place/{other}/",
        "results": "/en/workspace/seminars/learning/questionnaires/",
    }
    faults = {}
    for name, path in pages.items():
        page.goto(path)
        faults[name] = faults_of(page)
    assert faults == {name: [] for name in pages}
