"""The public page of figures and its files: the same numbers in all, and what is not shown is a number nowhere."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from tests.people import browser_of, visitor
from tests.reporting.networks import RELEASED, Network, coordinator, make_draft, make_published
from victor.reporting.figures import views
from victor.reporting.releases import actions
from victor.reporting.releases.presenters import figures_of
from victor.reporting.releases.tasks import make_release

pytestmark = pytest.mark.django_db
PAGE = "/en/figures/"


@pytest.fixture(autouse=True)
def august(at):
    at(RELEASED)


@pytest.fixture
def published():
    Network()
    return make_published(coordinator("maker"), coordinator("approver"))


def test_page_without_a_release_says_so():
    assert "No figures are published yet." in visitor().get(PAGE).content.decode()


def test_page_shows_nothing_of_a_draft():
    make_draft(coordinator("maker"))
    assert "No figures are published yet." in visitor().get(PAGE).content.decode()


def test_page_does_not_show_what_the_funder_gets():
    make_published(coordinator("maker"), coordinator("approver"), kind="funder")
    assert "No figures are published yet." in visitor().get(PAGE).content.decode()


def test_page_answers_with_a_sentence_a_chart_and_a_table(published):
    page = html.fromstring(visitor().get(PAGE).content)
    block = page.xpath("//section[h2[@id='contacts']]")[0]
    assert "Enquiries – 480" in block.xpath("string(p[@class='figure-sentence'])")
    assert "Enquiries" in block.xpath("string(.//*[local-name()='svg'])")
    assert "480" in block.xpath("string(details//table)")


def test_page_needs_at_most_eight_queries(published, django_assert_max_num_queries):
    browser = visitor()
    browser.get(PAGE)
    with django_assert_max_num_queries(8):
        browser.get(PAGE)


def test_page_sets_no_cookie_and_has_no_script_of_its_own(published):
    answer = visitor().get(PAGE)
    assert not answer.cookies
    assert b"style=" not in answer.content.split(b"<main")[1].split(b"</main")[0]


def test_what_is_not_shown_has_no_length_in_the_chart(published):
    page = html.fromstring(visitor().get(PAGE).content)
    chart = page.xpath("//section[h2[@id='outcomes']]//*[local-name()='svg']")[0]
    labels = [text.text for text in chart.xpath(".//*[local-name()='text'][@class='chart__none']")]
    names = chart.xpath("count(.//*[local-name()='text'][@class='chart__label'])")
    bars = chart.xpath("count(.//*[local-name()='rect'])")
    assert set(labels) == {"not shown"}
    assert names - bars == len(labels)


def test_reach_is_never_added_up(published):
    content = visitor().get(PAGE).content.decode()
    block = content.split('id="reach"')[1].split("</section>")[0]
    assert ">705<" in block
    assert ">735<" not in block


def test_json_is_what_was_stored_and_follows_its_schema(published):
    answer = visitor().get(f"{PAGE}1/figures.json")
    schema = json.loads(views.SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    errors = list(Draft202012Validator(schema).iter_errors(json.loads(answer.content)))
    assert answer.content.decode() == published.content
    assert errors == []


def test_schema_has_an_address():
    answer = visitor().get(f"{PAGE}schema.json")
    assert json.loads(answer.content) == json.loads(Path(views.SCHEMA).read_text())


def test_csv_and_json_have_the_same_numbers(published):
    rows = list(csv.reader(StringIO(visitor().get(f"{PAGE}1/figures.csv").content.decode("utf-8-sig"))))
    numbers = [row[4] for row in rows[1:] if row[0] in {"Enquiries", "Reports"}]
    stored = [
        "not shown" if row["number"] is None else str(row["number"])
        for figure in published.frozen("figures")
        if figure["key"] in {"enquiries", "reports"}
        for row in figure["figures"]
    ]
    assert sorted(numbers) == sorted(stored)


def test_what_is_not_shown_is_a_number_in_no_file(published):
    """A hidden cell has null in JSON and words in CSV, and the page says the words once for each."""
    hidden = sum(len(figure.hidden_keys()) for figure in figures_of(published))
    content = visitor().get(f"{PAGE}1/figures.csv").content.decode("utf-8-sig")
    lines = [row for row in csv.reader(StringIO(content)) if row[4] == "not shown" and ": " not in row[0]]
    assert hidden > 0
    assert len(lines) == hidden
    assert published.content.count('"number":null') == hidden


@pytest.mark.parametrize("number", ["0", "2", "1.0", "1.1", "01", "x", "1.", "9" * 12, "1/2"])
def test_release_that_does_not_exist_is_not_found(published, number):
    assert visitor().get(f"{PAGE}{number}/").status_code == 404


def test_page_of_a_corrected_release_says_that_there_is_a_newer_version(published):
    maker, approver = published.made_by, published.approved_by
    correction = actions.begin_correction(published, reason="A source had not answered.", by=maker)
    make_release(correction.pk)
    correction.refresh_from_db()
    actions.approve_release(correction, has_compared=True, by=approver)
    actions.publish_release(correction, by=maker)
    assert "There is a newer version." in visitor().get(f"{PAGE}1/").content.decode()
    page = visitor().get(PAGE).content.decode()
    assert "Release 1.1 corrects release 1: A source had not answered." in page


@pytest.mark.parametrize("language", ["el", "sr"])
def test_page_speaks_the_language_of_its_address(published, language):
    content = visitor().get(f"/{language}/figures/").content.decode()
    assert re.search(r"<svg", content)
    assert ">Enquiries" not in content


def test_preview_shows_coordinators_what_readers_will_see():
    maker = coordinator("maker")
    release = make_draft(maker)
    answer = browser_of(maker).get(f"/en/workspace/releases/{release.pk}/preview/")
    assert "How many contacts did the desks have?" in answer.content.decode()
