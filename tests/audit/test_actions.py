import pytest
from django.core.management import call_command
from django.db import DataError, transaction
from model_bakery import baker

from partners.directory.models import Country
from tests import processes
from victor.access import System
from victor.audit.actions import record
from victor.audit.models import Chain, Entry

BY = System("test")
pytestmark = pytest.mark.django_db
WRITERS, ENTRIES = 4, 25
WRITE = f"""
import os
from victor.access import System
from victor.audit.actions import record
for number in range({ENTRIES}):
    record("test.written", f"process:{{os.getpid()}}", by=System("test"), number=number)
"""


def test_chain_has_its_row_before_the_first_entry():
    assert Chain.objects.get().length == 0


def test_tells_who_did_what_to_which_object():
    country = baker.make(Country, code="GR", name_en="Greece", time_zone="Europe/Athens")
    entry = record("country.opened", country, by=BY, state="open", checked=None)
    assert entry.sequence == 1
    assert entry.action == "country.opened"
    assert entry.actor == "system:test"
    assert entry.object == "partners.country:GR"
    assert entry.details == '{"checked": null, "state": "open"}'


def test_leaves_nothing_of_a_transaction_that_is_undone():
    record("kept", "x:1", by=BY)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("undone", "x:1", by=BY)
        raise ZeroDivisionError
    record("kept", "x:2", by=BY)
    assert list(Entry.objects.values_list("sequence", "object")) == [(1, "x:1"), (2, "x:2")]
    call_command("verify_audit")


def test_undoes_what_it_cannot_tell_of():
    with pytest.raises(DataError), transaction.atomic():
        baker.make(Country, code="GR", name_en="Greece", time_zone="Europe/Athens")
        record("x" * 101, "x:1", by=BY)
    assert not Country.objects.exists()
    assert not Entry.objects.exists()


def test_keeps_letters_of_every_alphabet_and_what_separates_columns():
    for name in ("Ελλάδα", "Україна", "Đorđe", "\x1f", 'quote " \\', "😀"):
        record("x", name, by=BY, name=name)
    call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_one_chain_without_gaps(figure):
    processes.run_at_once(WRITE, times=WRITERS)
    call_command("verify_audit")
    total = WRITERS * ENTRIES
    assert list(Entry.objects.values_list("sequence", flat=True)) == list(range(1, total + 1))
    assert Chain.objects.get().length == total
    figure("audit: entries of 4 processes at once, in one chain", total)
