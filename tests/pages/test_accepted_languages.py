"""Which language a browser gets that asks for one that the site does not have."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.bundled import with_campaign

pytestmark = pytest.mark.django_db


ASKED = [
    ("sr-Latn", "sr-latn"),
    ("sr-Latn-RS,sr;q=0.9,en;q=0.5", "sr-latn"),
    ("sr-latn-ba", "sr-latn"),
    ("hr", "sr-latn"),
    ("hr-HR,hr;q=0.9,en-US;q=0.8,en;q=0.7", "sr-latn"),
    ("bs", "sr-latn"),
    ("bs-Latn-BA", "sr-latn"),
    ("BS-BA", "sr-latn"),
    ("sh", "sr-latn"),
    ("cnr", "sr-latn"),
    ("cnr-ME,en;q=0.3", "sr-latn"),
    ("sr-ME", "sr-latn"),
    ("sr", "sr"),
    ("sr-RS,sr-Latn;q=0.9", "sr"),
    ("sr-Cyrl-RS", "sr"),
    ("sr-Cyrl-ME", "sr"),
    ("bs-Cyrl", "sr"),
    ("cnr-Cyrl-ME", "sr"),
    ("en;q=0.9,hr;q=0.8", "en"),
    ("hr;q=0.3,sl;q=0.8", "sl"),
    ("sq,hr;q=0.5", "sr-latn"),
    ("de", "en"),
    ("hro,shx,srx,bsx", "en"),
    ("", "en"),
    ("*", "en"),
    ("hr;q=x,-,;;,hr--hr", "en"),
]


@pytest.mark.parametrize(("asked", "given"), ASKED)
def test_home_is_in_the_language_that_the_browser_reads(client, asked, given):
    assert client.get("/", headers={"accept-language": asked})["Location"] == f"/{given}/"


@pytest.mark.parametrize(("asked", "given"), [("hr", "sr-latn"), ("sr-Cyrl", "sr"), ("el", "el")])
@with_campaign
def test_short_address_is_in_the_language_that_the_browser_reads(asked, given):
    answer = Client().get("/c/victor", headers={"accept-language": asked})
    assert answer["Location"] == f"/{given}/campaigns/victor/"


def test_address_has_precedence_over_what_the_browser_reads(client):
    assert '<html lang="sr">' in client.get("/sr/", headers={"accept-language": "hr"}).text


def test_missing_page_is_in_the_language_that_the_browser_reads(client):
    answer = client.get("/c/nothing", headers={"accept-language": "bs"})
    assert answer.status_code == 404
    assert '<html lang="sr-Latn">' in answer.text
