"""The pages of packages and partners' keys, and the page on which somebody outside confirms a receipt."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from desks.packages import acknowledgements
from desks.packages.models import Package, PartnerKey
from desks.packages.passphrases import word_list
from desks.packages.receipt_views import THROTTLE
from desks.packages.receipts import new_code
from desks.packages.states import PackageState
from desks.referrals.code_lists import CONSENT_POINTS
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.packages.given_packages import (
    IDENTITY,
    NAME,
    OFFICE,
    a_case,
    asked,
    confirmed,
    drafted,
    made,
    registered,
    with_code,
)
from tests.people import browser_of, visitor
from tests.vault.people import open_vault
from victor.formatting import country_name

pytestmark = pytest.mark.django_db
CODE = new_code()
RECEIPT = "/en/packages/receipt/"
ANSWER = {"code": CODE, "function": "Duty officer", "could_open": "on"}


def page_of(here: CaseDesk, package: Package, rest: str = "") -> str:
    return f"{here.url}packages/{package.reference}/{rest}"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def package(here) -> Package:
    return with_code(made(here).package, CODE)


def test_package_is_written_asked_for_made_and_fetched(here):
    case, anna, chief = a_case(here), unlocked_browser_of(here.anna), unlocked_browser_of(here.chief)
    country = here.desk.country_id
    wish = {"method": "pdf", "office": OFFICE, "country": country, "purpose": "safe_place", "language": "el"}
    assert anna.post(here.page(case, "package/"), wish).status_code == 302
    package = Package.objects.get()
    anna.post(page_of(here, package, "groups/"), {"groups": ["g1", "g2"]})
    day = timezone.localdate()
    facts = {"giver": "child", "way": "spoken", "language": "el", "explained": "Pictures", "view": "Yes"}
    facts |= {"valid_from": day.isoformat(), "valid_to": (day + timedelta(days=30)).isoformat()}
    anna.post(page_of(here, package, "consent/"), facts | dict.fromkeys(CONSENT_POINTS, "yes"))
    anna.post(page_of(here, package, "do/ask/"))
    assert NAME in text_of(chief.get(page_of(here, package, "preview/")))
    shown = text_of(chief.post(page_of(here, package, "do/make/"), {"child_informed": "on"}))
    assert sum(f"<strong>{word}</strong>" in shown for word in word_list()) in {5, 6}
    answer = anna.get(page_of(here, package, "file/"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert f'filename="{package.reference}.pdf"' in answer["Content-Disposition"]


def test_make_says_before_that_it_cannot_be_taken_back(here):
    page = text_of(unlocked_browser_of(here.chief).get(page_of(here, asked(here), "do/make/")))
    assert "This cannot be taken back. You can only ask for its destruction." in page
    assert "The child or guardian knows." in page


def test_make_before_the_child_knows_is_refused(here):
    package = asked(here)
    answer = unlocked_browser_of(here.chief).post(page_of(here, package, "do/make/"))
    assert answer.status_code == 422
    assert Package.objects.get(pk=package.pk).state == PackageState.ASKED


def test_make_is_not_offered_to_whoever_has_written_it(here):
    assert "do/make/" not in text_of(unlocked_browser_of(here.anna).get(page_of(here, asked(here))))


def test_words_are_covered_while_the_vault_is_locked(here):
    package = drafted(here)
    assert OFFICE in text_of(unlocked_browser_of(here.anna).get(page_of(here, package)))
    assert OFFICE not in text_of(browser_of(here.anna.person).get(page_of(here, package)))


def test_stranger_finds_no_package_and_no_key(here):
    client, key, package = unlocked_browser_of(open_vault(stranger())), registered(here), drafted(here)
    addresses = [page_of(here, package, rest) for rest in ("", "file/", "preview/", "do/make/", "groups/")]
    addresses += [f"{here.url}partner-keys/{rest}" for rest in ("", "new/", f"{key.pk}/confirm/")]
    assert {client.get(address).status_code for address in addresses} == {404}


def test_file_that_was_never_made_leads_back(here):
    assert unlocked_browser_of(here.anna).get(page_of(here, drafted(here), "file/")).status_code == 302


def test_unconfirmed_fingerprint_is_refused_with_what_was_typed(here):
    key = registered(here)
    wish = {"method": "age", "partner": key.pk, "purpose": "safe_place", "language": "bg"}
    answer = unlocked_browser_of(here.anna).post(here.page(a_case(here), "package/"), wish)
    assert answer.status_code == 409
    assert "Nobody has confirmed this fingerprint. Read it aloud with the partner." in text_of(answer)
    assert re.search(r'<option value="bg"[^>]*selected', text_of(answer))
    assert not Package.objects.exists()


def test_case_shows_its_packages(here):
    package = made(here).package
    page = text_of(unlocked_browser_of(here.anna).get(here.page(package.case, "sharing/")))
    assert package.reference in page
    assert OFFICE not in page


def test_key_is_registered_and_confirmed_by_two_people(here):
    address = f"{here.url}partner-keys/"
    facts = {"organisation": "Kinderhilfe", "function": "Duty officer", "country": here.desk.country_id}
    browser_of(here.anna.person).post(f"{address}new/", facts | {"recipient": str(IDENTITY.to_public())})
    key = PartnerKey.objects.get()
    own = browser_of(here.anna.person).post(f"{address}{key.pk}/confirm/", {"heard": key.fingerprint})
    assert own.status_code == 409
    wrong = browser_of(here.ben.person).post(f"{address}{key.pk}/confirm/", {"heard": "1234"})
    assert "Telephone the partner once more" in text_of(wrong)
    browser_of(here.ben.person).post(f"{address}{key.pk}/confirm/", {"heard": key.fingerprint})
    assert PartnerKey.objects.get().is_confirmed


def test_key_is_removed_with_a_reason(here):
    key = confirmed(here)
    address = f"{here.url}partner-keys/{key.pk}/remove/"
    assert browser_of(here.ben.person).post(address).status_code == 422
    browser_of(here.ben.person).post(address, {"reason": "exposed"})
    assert PartnerKey.objects.get().state == "removed"


@pytest.mark.parametrize("language", [code for code, _name in settings.CONTENT_LANGUAGES])
def test_receipt_page_has_a_quick_exit_and_is_kept_nowhere(language):
    answer = visitor().get(f"/{language}/packages/receipt/")
    assert "data-quick-exit" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_receipt_is_confirmed_without_an_account(package):
    answer = visitor().post(RECEIPT, ANSWER)
    assert "You can close this page." in text_of(answer)
    assert not answer.cookies
    assert Package.objects.get(pk=package.pk).state == PackageState.RECEIVED


@pytest.mark.parametrize("step", [ANSWER, ANSWER | {"code": new_code()}])
def test_receipt_page_never_says_who_the_child_is(here, package, step):
    page = text_of(visitor().post(RECEIPT, step))
    names = (NAME, OFFICE, package.reference, package.case.reference, here.desk.name)
    assert not any(name in page for name in names)


def test_wrong_and_old_codes_are_answered_alike(package):
    wrong = visitor().post(RECEIPT, ANSWER | {"code": new_code()})
    Package.objects.filter(pk=package.pk).update(sent_at=timezone.now() - timedelta(days=31))
    old = visitor().post(RECEIPT, ANSWER)
    assert [answer.status_code for answer in (wrong, old)] == [422, 422]
    assert "There is nothing for this code." in text_of(wrong)
    assert "There is nothing for this code." in text_of(old)


def test_receipt_without_a_function_is_asked_again_with_what_was_typed(package):
    answer = visitor().post(RECEIPT, ANSWER | {"function": ""})
    assert answer.status_code == 422
    assert CODE in text_of(answer)
    assert Package.objects.get(pk=package.pk).received_at is None


def test_destruction_is_asked_for_and_answered_with_the_same_code(here, package):
    unlocked_browser_of(here.anna).post(page_of(here, package, "do/destroy/"))
    asked_page = text_of(visitor().post(RECEIPT, ANSWER))
    assert "Please destroy it" in asked_page
    step = {"step": "destruction", "code": CODE, "answer": "destroyed"}
    assert visitor().post(RECEIPT, step).status_code == 422
    done = visitor().post(RECEIPT, step | {"day": timezone.localdate().isoformat()})
    assert "Your answer is saved." in text_of(done)
    assert Package.objects.get(pk=package.pk).state == PackageState.DESTROYED


def test_not_destroyed_says_why(here, package):
    acknowledgements.ask_destruction(package, by=here.anna.person)
    step = {"step": "destruction", "code": CODE, "answer": "kept", "reason": "other"}
    assert visitor().post(RECEIPT, step).status_code == 422
    visitor().post(RECEIPT, step | {"text": "Our court decides"})
    page = text_of(unlocked_browser_of(here.anna).get(page_of(here, package)))
    assert "Not destroyed, because: Another reason" in page
    assert "Our court decides" in page


def test_flood_of_codes_from_one_place_is_refused(package):
    client = visitor()
    while THROTTLE.take_turn(client.defaults["REMOTE_ADDR"]) is not None:
        pass
    assert client.post(RECEIPT, ANSWER).status_code == 429


def test_package_can_go_to_a_country_beyond_the_partnership(here):
    case = a_case(here)
    wish = {"method": "pdf", "office": OFFICE, "country": "TR", "purpose": "safe_place", "language": "el"}
    browser = browser_of(here.anna.person)
    page = here.page(case, "package/")
    assert f'<option value="TR">{country_name("TR")}</option>' in text_of(browser.get(page))
    browser.post(page, wish)
    package = Package.objects.get(case=case)
    assert package.country == "TR"
    assert country_name("TR") in text_of(browser.get(page_of(here, package)))
