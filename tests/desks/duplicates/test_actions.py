"""A known child is found at one's own desk; other desks say only that they may know it, and are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from desks.desk.errors import NoDeskKey
from desks.duplicates import matching
from desks.duplicates.actions import MAX_SEARCHES, move_tokens, search_other_desks, search_own_desk, store_tokens
from desks.duplicates.blind_tokens import TypedIdentity
from desks.duplicates.errors import NoSearchReason, NothingToSearch, TooManySearches
from desks.duplicates.models import BlindToken, DeskQuestion, DeskSearch
from desks.duplicates.states import MatchReason, SearchReason
from partners.memberships.states import Role
from tests.connections import another_connection, somebody_waits
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk
from tests.people import browser_of, person
from tests.waiting import LIMIT, wait_until
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.mail.models import Message
from victor.vault.keys.models import Key
from victor.vault.records.actions import create_record, destroy_record

pytestmark = pytest.mark.django_db
KNOWN = TypedIdentity("Γιώργος", "Χατζής", birth_year=2012, telephone="+30 210 123 4567", document="ΑΒ 765432")
ASKED = TypedIdentity("Hatzis", "Georgi", birth_year=2013)


@pytest.fixture
def athens() -> InboxDesk:
    return InboxDesk("athens")


@pytest.fixture
def sofia() -> InboxDesk:
    return InboxDesk("sofia")


def add_record(place: InboxDesk, identity: TypedIdentity = KNOWN) -> Key:
    """A record of a desk, whose child is known."""
    key = create_record(place.desk.group, by=PORTAL)
    store_tokens(identity, key=key, desk=place.desk, by=place.anna.person)
    return key


def ask(place: InboxDesk, identity: TypedIdentity = ASKED, reason: str = SearchReason.VITAL) -> list[str]:
    """The desks that perhaps know a child."""
    desks = search_other_desks(identity, desk=place.desk, reason=reason, by=place.anna.person)
    return [desk.slug for desk in desks]


def find(place: InboxDesk, identity: TypedIdentity = ASKED) -> list[Key]:
    """The keys of the records that one's own desk finds."""
    return [candidate.key_id for candidate in own(place, identity).candidates]


def own(place: InboxDesk, identity: TypedIdentity = ASKED):
    return search_own_desk(identity, desk=place.desk, by=place.anna.person)


def test_search_own_desk_names_the_record_with_reasons(athens):
    key = add_record(athens)
    expected = [matching.Candidate(key.pk, (MatchReason.NAME, MatchReason.YEAR_APART))]
    assert own(athens).candidates == expected
    assert not own(athens).has_hidden


def test_search_own_desk_finds_nothing_of_another(athens, sofia):
    add_record(sofia)
    assert find(athens) == []


def test_search_own_desk_shows_ten_at_most(athens):
    for _number in range(12):
        add_record(athens)
    assert len(find(athens)) == 10


def test_store_tokens_again_replaces_the_earlier_ones(athens):
    key = add_record(athens)
    store_tokens(TypedIdentity("Maria", "Popa"), key=key, desk=athens.desk, by=athens.anna.person)
    assert find(athens) == []
    assert find(athens, TypedIdentity("Мария", "Попа")) == [key.pk]


def test_destroy_record_destroys_its_tokens(athens):
    destroy_record(add_record(athens), by=PORTAL)
    assert not BlindToken.objects.exists()


def test_move_tokens_lets_the_other_desk_find_the_record(athens, sofia):
    key = add_record(athens)
    move_tokens(key, desk=sofia.desk, by=sofia.anna.person)
    assert find(athens) == []
    assert find(sofia) == [key.pk]


def test_ask_other_desks_reveals_the_desk_and_tells_it(athens, sofia):
    add_record(sofia)
    assert ask(athens) == ["sofia"]
    assert list(DeskQuestion.objects.values_list("search__desk__slug", "desk__slug")) == [("athens", "sofia")]
    people = {place.person.email for place in (sofia.anna, sofia.ben, sofia.chief)}
    assert set(Message.objects.values_list("recipient", flat=True)) <= people
    assert Message.objects.exists()


def test_ask_other_desks_finds_nothing_of_ones_own(athens):
    add_record(athens)
    assert ask(athens) == []
    assert DeskSearch.objects.count() == 1


def test_inbox_of_the_asked_desk_names_who_asked(athens, sofia):
    add_record(sofia)
    ask(athens)
    page = browser_of(sofia.anna.person).get(sofia.url).text
    assert 'href="#asked"' in page
    assert "Athens ·" in page


def test_ask_other_desks_without_a_reason_is_refused(athens):
    with pytest.raises(NoSearchReason):
        ask(athens, reason="")
    assert not DeskSearch.objects.exists()


def test_ask_other_desks_more_than_twenty_times_a_day_is_refused(athens, at):
    noon = timezone.now().replace(hour=10)
    at(noon)
    for _number in range(MAX_SEARCHES):
        ask(athens)
    with pytest.raises(TooManySearches):
        ask(athens)
    at(noon + timedelta(days=1))
    assert ask(athens) == []


@pytest.mark.parametrize("search", [own, ask])
def test_search_for_nothing_is_refused(athens, search):
    with pytest.raises(NothingToSearch):
        search(athens, TypedIdentity(birth_year=2012))


def search_as(by: User, place: InboxDesk) -> None:
    search_own_desk(ASKED, desk=place.desk, by=by)


def ask_as(by: User, place: InboxDesk) -> None:
    search_other_desks(ASKED, desk=place.desk, reason=SearchReason.CONSENT, by=by)


@pytest.mark.parametrize("search", [search_as, ask_as])
def test_search_by_a_stranger_is_refused(athens, sofia, search):
    with pytest.raises(PermissionDenied):
        search(sofia.anna.person, athens)


@pytest.mark.parametrize("search", [search_as, ask_as])
def test_search_by_a_colleague_without_the_key_is_refused(athens, search):
    with pytest.raises(NoDeskKey):
        search(person(Role.WORKER, athens.organisation), athens)


def test_store_tokens_by_a_stranger_is_refused(athens, sofia):
    key = create_record(athens.desk.group, by=PORTAL)
    with pytest.raises(PermissionDenied):
        store_tokens(KNOWN, key=key, desk=athens.desk, by=sofia.anna.person)


class Hiding:
    """Everything is hidden from everybody."""

    def __init__(self) -> None:
        self.searched: set = set()

    def hidden_from(self, person, keys):
        return set(keys)

    def tell_of_search(self, keys):
        self.searched |= set(keys)


@pytest.fixture
def hiding():
    guard = Hiding()
    matching.add_record_guard(guard)
    yield guard
    matching.RECORD_GUARDS.remove(guard)


def test_search_own_desk_answers_for_a_hidden_record_as_another_desk_would(athens, hiding):
    key = add_record(athens)
    assert own(athens) == ([], True)
    assert hiding.searched == {key.pk}


def test_search_own_desk_without_a_match_says_nothing_is_hidden(athens, hiding):
    assert own(athens, TypedIdentity("Maria", "Popa")) == ([], False)


def test_search_leaves_nothing_of_the_child_in_the_database(athens, sofia):
    add_record(sofia)
    find(sofia)
    ask(athens, KNOWN)
    tables = [BlindToken, DeskSearch, DeskQuestion, Entry, Message]
    written = " ".join(str(row) for table in tables for row in table.objects.values()).lower()
    typed = ["χατζ", "hatz", "γιώργ", "georgi", "1234567", "765432"]
    assert [word for word in typed if word in written.replace(" ", "")] == []


def test_log_names_kinds_and_the_number_found_and_each_desk_asked(athens, sofia):
    add_record(sofia)
    find(sofia)
    ask(athens)
    details = dict(Entry.objects.filter(action__startswith="duplicates.").values_list("action", "details"))
    assert '"number": 1' in details["duplicates.searched"]
    assert '"kinds": "name name_year part"' in details["duplicates.asked"]
    assert '"desks": "sofia"' in details["duplicates.asked"]


def test_search_for_signs_that_are_no_letters_is_refused(athens):
    with pytest.raises(NothingToSearch):
        own(athens, TypedIdentity("–", "…"))


@pytest.mark.django_db(transaction=True)
def test_ask_other_desks_twice_at_once_is_counted_one_after_the_other(athens):
    for _number in range(MAX_SEARCHES - 1):
        ask(athens)
    with another_connection() as submit:
        with transaction.atomic():
            assert ask(athens) == []
            second = submit(ask, athens)
            wait_until(somebody_waits)
        assert isinstance(second.exception(timeout=LIMIT), TooManySearches)
