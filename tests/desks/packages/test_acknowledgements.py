"""What comes back from outside: the receipt, and what became of a package."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.cases.errors import InTheFuture, NeedsWords
from desks.packages import acknowledgements
from desks.packages.contents import read_words
from desks.packages.errors import NothingForCode, PackageMoveNotPossible
from desks.packages.models import Package
from desks.packages.receipts import new_code
from desks.packages.states import KeptReason, PackageState, PackageWordsKind
from tests.desks.packages.given_packages import drafted, made, with_code
from victor.access import OutsideReceiver

pytestmark = pytest.mark.django_db
CODE = new_code()


@pytest.fixture
def package(here) -> Package:
    return with_code(made(here).package, CODE)


@pytest.fixture
def asked(here, package) -> Package:
    return acknowledgements.ask_destruction(package, by=here.anna.person)


def test_code_is_found_however_it_is_typed(package):
    assert acknowledgements.find_package(f" {CODE.lower().replace('-', ' ')} ") == package


@pytest.mark.parametrize(
    "code",
    ["", "ABCD", new_code(), "\x00", CODE[:-1]],
    ids=["nothing", "short", "another code", "odd", "one sign less"],
)
def test_code_that_is_wrong_finds_nothing(package, code):
    with pytest.raises(NothingForCode):
        acknowledgements.find_package(code)


def test_code_that_is_old_finds_nothing(package):
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)), pytest.raises(NothingForCode):
        acknowledgements.find_package(CODE)


def test_code_works_until_a_request_to_destroy_is_answered(asked):
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        package = acknowledgements.find_package(CODE)
        day = timezone.localdate()
        acknowledgements.confirm_destruction(package, day, by=OutsideReceiver(package))
        with pytest.raises(NothingForCode):
            acknowledgements.find_package(CODE)


def test_confirm_receipt_seals_who_says_it(here, package):
    by = OutsideReceiver(package)
    package = acknowledgements.confirm_receipt(package, "Duty officer", could_open=True, by=by)
    assert package.state == PackageState.RECEIVED
    assert package.could_open
    assert read_words(package, by=here.anna)[PackageWordsKind.FUNCTION] == {"text": "Duty officer"}


def test_confirm_receipt_twice_keeps_the_first_moment(package):
    by = OutsideReceiver(package)
    first = acknowledgements.confirm_receipt(package, "Duty officer", could_open=False, by=by)
    second = acknowledgements.confirm_receipt(package, "Somebody", could_open=True, by=by)
    assert second.received_at == first.received_at
    assert second.could_open


def test_confirm_receipt_of_another_package_is_refused(here, package):
    with pytest.raises(PermissionDenied):
        acknowledgements.confirm_receipt(package, "Duty", could_open=True, by=OutsideReceiver(drafted(here)))


def test_confirm_receipt_without_a_function_is_refused(package):
    with pytest.raises(NeedsWords):
        acknowledgements.confirm_receipt(package, " ", could_open=True, by=OutsideReceiver(package))


def test_ask_destruction_of_a_draft_is_refused(here):
    with pytest.raises(PackageMoveNotPossible):
        acknowledgements.ask_destruction(drafted(here), by=here.anna.person)


def test_destroyed_on_a_day_to_come_is_refused(asked):
    tomorrow = timezone.localdate() + timedelta(days=2)
    with pytest.raises(InTheFuture):
        acknowledgements.confirm_destruction(asked, tomorrow, by=OutsideReceiver(asked))


def test_destruction_that_nobody_asked_for_is_refused(package):
    with pytest.raises(PackageMoveNotPossible):
        acknowledgements.confirm_destruction(package, timezone.localdate(), by=OutsideReceiver(package))


def test_kept_for_another_reason_needs_words(asked):
    with pytest.raises(NeedsWords):
        acknowledgements.refuse_destruction(asked, KeptReason.OTHER, "", by=OutsideReceiver(asked))


def test_kept_package_can_be_asked_for_again(here, asked):
    package = acknowledgements.refuse_destruction(asked, KeptReason.LAW, "Article 5", by=OutsideReceiver(asked))
    assert read_words(package, by=here.anna)[PackageWordsKind.KEPT] == {"text": "Article 5"}
    again = acknowledgements.ask_destruction(package, by=here.anna.person)
    assert again.state == PackageState.DESTRUCTION_ASKED
    assert again.kept_reason == ""
