"""Mails of the accounts: in the recipient's language, on our paper, with the funder's sentence."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from partners.grants.models import FunderNotice
from partners.memberships.actions import invite_member
from partners.memberships.states import Role
from tests.people import PASSWORD, browser_of, organisation, person, visitor
from tests.test_architecture import OURS
from victor.access import System
from victor.accounts.periodic import send_password_resets
from victor.mail.emails import compose_email, content_of
from victor.mail.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogues() -> None:
    call_command("compile_catalogues", verbosity=0)


def reset_mail(language: str) -> Message:
    user = person(Role.WORKER, language=language)
    visitor().post("/en/accounts/password/reset/", {"email": user.email.upper()})
    send_password_resets()
    return Message.objects.get(recipient=user.email)


@pytest.mark.parametrize(
    ("language", "letters"), [("el", "[α-ω]"), ("bg", "[а-я]"), ("sr", "[ђјљњћ]"), ("hu", "[őűöü]")]
)
def test_mail_is_in_the_recipients_language_and_not_the_pages(language, letters):
    mail = reset_mail(language)
    assert mail.language == language
    assert re.search(letters, mail.subject + mail.text)
    assert f"/{language}/accounts/password/reset/key/" in mail.text


def test_mail_carries_the_funders_sentence_in_its_language():
    FunderNotice.objects.all().delete()
    FunderNotice.objects.create(valid_from="2010-01-01", statement_en="With support", statement_el="Με υποστήριξη")
    mail = reset_mail("el")
    assert "Με υποστήριξη" in mail.text
    assert "Με υποστήριξη" in mail.html


def test_mail_has_a_plain_text_and_a_page_that_loads_nothing():
    mail = reset_mail("en")
    link = re.search(r"http://\S+", mail.text)[0]
    assert f'href="{link}"' in mail.html
    assert '<html lang="en">' in mail.html
    assert not re.search(r"<img|<script|<link|src=", mail.html)


def test_mail_names_the_recipient_nowhere_in_its_subject():
    user = person(Role.WORKER, name="Maria Example")
    visitor().post("/en/accounts/password/reset/", {"email": user.email})
    send_password_resets()
    subject = Message.objects.get(recipient=user.email).subject
    assert not re.search("Maria|traffick|child|victim", subject, re.IGNORECASE)


def test_mail_tells_of_a_changed_password():
    user = person(Role.WORKER, language="el")
    browser = browser_of(user)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    new = "a-bridge-between-shores"
    browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert Message.objects.get(recipient=user.email).language == "el"


def test_mail_to_a_new_address_is_in_the_persons_language():
    user = person(Role.WORKER, language="el")
    browser = browser_of(user)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post("/hu/accounts/email/", {"action_add": "", "email": "second@partner.example"})
    assert {(mail.recipient, mail.language) for mail in Message.objects.all()} == {("second@partner.example", "el")}


def test_mail_links_what_was_written_as_an_address_and_no_name():
    text = "www.evil.com evil.com a@evil.com,\n\nhttps://victor.example/en/?a=1&b=2.\n<b>(http://victor.example/)"
    html = str(compose_email(subject="", text=text, to="a@example.org").alternatives[0][0])
    links = [unescape(each) for each in re.findall(r'href="([^"]*)"', html)]
    assert links == ["https://victor.example/en/?a=1&b=2", "http://victor.example/"]
    assert "www.evil.com evil.com a@evil.com," in html
    assert "&lt;b&gt;(" in html


@pytest.mark.parametrize("language", ["en", "el", "uk"])
def test_invitation_is_in_its_own_language(language):
    with translation.override("bg"):
        invite_member(
            email="new@partner.example",
            language=language,
            organisation=organisation(),
            role=Role.WORKER,
            by=System("t"),
        )
    mail = Message.objects.get(recipient="new@partner.example")
    assert mail.language == language
    content = content_of(mail)
    assert re.search(rf"http://testserver/{language}/invitations/[\w-]{{43}}/", content.text)
    assert content.html.count("<a href=") == 1


@pytest.mark.parametrize("host", ["testserver:1337", "testserver.:8200", "127.0.0.1:1337", "localhost"])
def test_mail_asked_for_at_another_host_links_to_the_sites_own_address(host):
    """Finding 22: whoever asks can choose the host in part; the mail goes to somebody else."""
    user = person(Role.WORKER)
    visitor().post("/en/accounts/password/reset/", {"email": user.email}, headers={"host": host})
    send_password_resets()
    mail = Message.objects.get(recipient=user.email)
    assert set(re.findall(r"https?://[^/\s\"<]+", mail.text)) == {"http://testserver"}
    assert host not in mail.text + mail.html


def test_address_with_an_invisible_sign_is_not_added():
    browser = browser_of(person(Role.WORKER))
    browser.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    shown = browser.post("/en/accounts/email/", {"email": "new@part\u200bner.example", "action_add": ""})
    assert "contains an invisible character" in shown.content.decode()
    assert not Message.objects.exists()


def test_mail_that_confirms_an_address_links_to_the_sites_own_address():
    """Finding 22: the same for every mail of the library."""
    browser = browser_of(person(Role.WORKER))
    browser.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    address = {"email": "new@partner.example", "action_add": ""}
    browser.post("/en/accounts/email/", address, headers={"host": "testserver:1337"})
    mail = Message.objects.get(recipient="new@partner.example")
    assert set(re.findall(r"https?://[^/\s\"<]+", mail.text)) == {"http://testserver"}


def test_sitemap_asked_for_at_another_host_lists_the_sites_own_address():
    """Finding 22."""
    shown = visitor().get("/sitemap.xml", headers={"host": "localhost:1337"}).content.decode()
    assert set(re.findall(r"<loc>(https?://[^/<]+)", shown)) == {"http://testserver"}
    assert "1337" not in shown


def test_make_address_of_the_host_that_was_asked_for_fails():
    """Finding 22: our own code takes `SITE_URL` only."""
    names = [
        path.name for path in OURS if re.search(r"build_absolute_uri|get_current_site|get_host\(", path.read_text())
    ]
    assert names == []
