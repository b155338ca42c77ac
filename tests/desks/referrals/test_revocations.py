"""The receiver's access ends: from then on nothing that was shared is read, in an open session either."""

from __future__ import annotations

from time import perf_counter

import pytest
import time_machine
from django.test import Client

from desks.cases.models import Case
from desks.referrals import actions, consents, revocations, sharing, wishes
from desks.referrals.code_lists import FieldGroup
from desks.referrals.models import Referral
from desks.referrals.querysets import BOARD, SHOWN
from desks.referrals.referral_steps import STEPS
from desks.referrals.states import RevokeReason, Side
from desks.referrals.wishes import Choice
from tests.desks.extracts.extract_cases import decided
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.desks.referrals.referral_desks import GROUPS, LETTER, NAME, STREET, ReferralDesks, consent, wish
from victor.access import System

pytestmark = pytest.mark.django_db
ALL = GROUPS | {FieldGroup.DOCUMENTS}
CANARIES = (NAME, STREET, LETTER, "paper")


def revoke(desks: ReferralDesks, referral: Referral) -> None:
    revocations.revoke_referral(referral, RevokeReason.RISK, by=desks.athens.anna.person)


def withdraw_here(desks: ReferralDesks, referral: Referral) -> None:
    revocations.end_by_withdrawn_consent(referral, Side.SENDER, by=desks.athens.anna.person)


def withdraw_there(desks: ReferralDesks, referral: Referral) -> None:
    revocations.end_by_withdrawn_consent(referral, Side.RECEIVER, by=desks.sofia.ben.person)


def come_to_the_end(_desks: ReferralDesks, referral: Referral) -> None:
    with time_machine.travel(referral.expires_at):
        revocations.end_referral(referral, by=System("clock"))


def shared(desks: ReferralDesks) -> Referral:
    """The other desk reads a name, an address, a letter and a paper."""
    case: Case = desks.case()
    paper, by = decided(desks.athens, case), desks.athens.anna
    referral = wishes.start_referral(case, wish(desks), by=by.person)
    why = dict.fromkeys(ALL, "They look for her family")
    choice = Choice(ALL, items=[f"documents-{paper.pk}"], reasons=why, message=LETTER)
    referral = wishes.choose_groups(referral, choice, by=by.person)
    consents.record_consent(referral, consent(groups=ALL), by=by.person)
    ready = sharing.prepare_referral(referral, by=by)
    return actions.accept_referral(actions.send_referral(ready, by=desks.athens.chief.person), by=desks.sofia.ben)


def addresses_of(desks: ReferralDesks, referral: Referral) -> list[str]:
    """Whatever the receiver can open that could name something of it."""
    here, of_desk = desks.sofia.url, f"{desks.sofia.url}referrals/"
    own = f"{of_desk}{referral.reference}/"
    lists = [f"{of_desk}?show={name}" for name in (*SHOWN, *BOARD)]
    steps = [f"{own}do/{step}/" for step in STEPS]
    searches = [f"/en/workspace/search/?q={words}" for words in (NAME, STREET, referral.reference)]
    others = ["/en/workspace/", f"{here}cases/", f"{here}exports/", f"{of_desk}board/"]
    return [own, f"{own}documents/1/", f"{own}groups/", f"{own}preview/", *lists, *steps, *searches, *others]


def read_at(browser: Client, address: str) -> set[str]:
    """Which words of the record an address gives away. What was searched for stands in the answer, and is none."""
    text = b"".join(browser.get(address)).decode()
    return {canary for canary in CANARIES if canary in text and canary not in address}


def test_paper_that_is_shared_is_read_at_both_desks(desks):
    referral = shared(desks)
    for who, here in ((desks.athens.anna, desks.athens), (desks.sofia.anna, desks.sofia)):
        address = f"{here.url}referrals/{referral.reference}/documents/1/"
        assert b"".join(unlocked_browser_of(who).get(address)) == b"paper"


def test_paper_that_is_shared_is_a_download_whose_name_tells_nothing(desks):
    referral = shared(desks)
    address = f"{desks.sofia.url}referrals/{referral.reference}/documents/1/"
    answer = unlocked_browser_of(desks.sofia.anna).get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="{referral.reference}-1.pdf"'


@pytest.mark.parametrize("end", [revoke, withdraw_here, withdraw_there, come_to_the_end], ids=lambda end: end.__name__)
def test_receiver_with_an_open_session_reads_nothing_after_the_end(desks, end, figure):
    referral = shared(desks)
    browser, addresses = unlocked_browser_of(desks.sofia.anna), addresses_of(desks, referral)
    assert set().union(*(read_at(browser, address) for address in addresses)) == set(CANARIES)
    started = perf_counter()
    end(desks, referral)
    after = [read_at(browser, address) for address in addresses]
    figure(f"{len(addresses)} addresses asked after the end by {end.__name__}: p100", perf_counter() - started, "s")
    assert set().union(*after) == set()
