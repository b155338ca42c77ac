"""What is written is read by those it is sealed to, in its place only, and each reading is noted."""

from __future__ import annotations

import io
import json
import os
import pickle
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.vault.people import open_vault, own
from victor.access import System
from victor.audit.models import Entry
from victor.vault import crypto
from victor.vault.errors import LastMember, NoGrant, Unopenable
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import Grant, Key
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo
from victor.vault.records.models import Envelope, SealedFile, vault_storage
from victor.vault.records.periodic import forget_files

pytestmark = pytest.mark.django_db
PORTAL = System("portal")
WORDS = {"text": "A lamp in the doorway", "name": "Δέσποινα"}
ABOUT = FileInfo("lamp.png", "image/png")


@pytest.fixture
def anna() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def group(anna) -> Group:
    return groups_actions.create_group(name="Desk", members=[anna.actor], by=PORTAL)


@pytest.fixture
def key(group) -> Key:
    return records_actions.create_record(group, by=PORTAL)


def swap(model: type, first: Any, second: Any, *columns: str) -> None:
    """Exchange what two rows hold, as who owns the database can."""
    for one, other in ((first, second), (second, first)):
        model.objects.filter(pk=one.pk).update(**{name: getattr(other, name) for name in columns})
    first.refresh_from_db()
    second.refresh_from_db()


def test_member_reads_what_a_visitor_has_written(anna, key):
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    assert records_actions.read_envelope(own(envelope), by=anna) == WORDS


def test_reading_is_noted_without_content(anna, key):
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    records_actions.read_envelope(own(envelope), by=anna)
    entry = Entry.objects.latest("sequence")
    facts = (entry.action, entry.actor, entry.object, entry.details)
    who, what = f"accounts.user:{anna.actor.pk}", f"vault.envelope:{envelope.pk}"
    assert facts == ("vault.read", who, what, '{"purpose": "report.text"}')


def test_read_all_opens_each_record_once_and_names_what_was_read(anna, group, key):
    first, second = (records_actions.write_envelope(key, words, purpose="test", by=PORTAL) for words in ("a", "b"))
    other = records_actions.write_envelope(
        records_actions.create_record(group, by=PORTAL), "c", purpose="test", by=PORTAL
    )
    before = Entry.objects.count()
    contents = records_actions.read_all([own(envelope) for envelope in (first, other, second)], by=anna)
    assert contents == {first.pk: "a", second.pk: "b", other.pk: "c"}
    entries = {entry.object: json.loads(entry.details)["envelopes"] for entry in Entry.objects.order_by("pk")[before:]}
    assert entries == {
        f"vault.key:{key.pk}": " ".join(sorted([str(first.pk), str(second.pk)])),
        f"vault.key:{other.key_id}": str(other.pk),
    }


def test_read_all_asks_no_more_for_ten_envelopes_of_a_record_than_for_one(anna, key):
    envelopes = [records_actions.write_envelope(key, number, purpose="test", by=PORTAL) for number in range(10)]
    with CaptureQueriesContext(connection) as one:
        records_actions.read_all([own(envelopes[0])], by=anna)
    with CaptureQueriesContext(connection) as ten:
        records_actions.read_all([own(envelope) for envelope in envelopes], by=anna)
    assert len(ten) == len(one)


def test_read_all_reads_and_notes_nothing_where_one_does_not_open(anna, key):
    stranger = open_vault()
    theirs = groups_actions.create_group(name="Other", members=[stranger.actor], by=PORTAL)
    mine = records_actions.write_envelope(key, "a", purpose="test", by=PORTAL)
    other = records_actions.write_envelope(
        records_actions.create_record(theirs, by=PORTAL), "b", purpose="test", by=PORTAL
    )
    with pytest.raises(NoGrant):
        records_actions.read_all([own(envelope) for envelope in (mine, other)], by=anna)
    assert not Entry.objects.filter(action="vault.read_all").exists()


def test_colleague_outside_the_group_reads_nothing(key):
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    with pytest.raises(NoGrant):
        records_actions.read_envelope(own(envelope), by=open_vault())


def test_nothing_that_is_kept_holds_the_words(key):
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    stored = b"".join(bytes(getattr(envelope, name)) for name in ("content", "sealed_key"))
    assert b"lamp" not in stored
    assert "lamp" not in f"{envelope!r}{envelope}{key!r}"


def test_receipt_opens_its_record_and_no_other(group):
    receipt, other = crypto.derive_private_key(b"r" * 32), crypto.derive_private_key(b"o" * 32)
    key = records_actions.create_record(group, by=PORTAL, receipt=receipt)
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    assert (
        records_actions.read_envelope(own(envelope), by=records_actions.open_receipt(key, receipt, by=PORTAL)) == WORDS
    )
    with pytest.raises(Unopenable):
        records_actions.open_receipt(key, other, by=PORTAL)


def test_swapped_envelopes_purposes_and_records_do_not_open(anna, group, key):
    first = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    second = records_actions.write_envelope(
        records_actions.create_record(group, by=PORTAL), {}, purpose="report.note", by=PORTAL
    )
    for columns in (["content"], ["sealed_key"], ["sealed_key", "content"], ["purpose"], ["key"]):
        swap(Envelope, first, second, *columns)
        for envelope in (first, second):
            with pytest.raises(Unopenable):
                records_actions.read_envelope(own(envelope), by=anna)
        swap(Envelope, first, second, *columns)
    assert records_actions.read_envelope(own(first), by=anna) == WORDS


def test_any_byte_flipped_in_any_stored_part_does_not_open(anna, key, figure):
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    rows = [(envelope, "content"), (envelope, "sealed_key"), (key, "public")]
    rows += [(grant, "sealed") for grant in Grant.objects.all()]
    tried = 0
    for row, column in rows:
        whole = bytes(getattr(type(row).objects.get(pk=row.pk), column))
        for at in range(len(whole)):
            changed = whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :]
            type(row).objects.filter(pk=row.pk).update(**{column: changed})
            with pytest.raises(Unopenable):
                records_actions.read_envelope(own(Envelope.objects.get()), by=anna)
            tried += 1
        type(row).objects.filter(pk=row.pk).update(**{column: whole})
    assert records_actions.read_envelope(own(Envelope.objects.get()), by=anna) == WORDS
    figure("vault: stored bytes flipped, none opened", tried)


def test_key_slipped_in_by_who_owns_the_database_is_not_sealed_to(group):
    thief = crypto.new_private_key()
    Key.objects.filter(pk=group.key_id).update(public=thief.public)
    with pytest.raises(Unopenable):
        records_actions.create_record(group, by=PORTAL)


def test_key_of_another_group_in_its_place_is_not_sealed_to(anna, group):
    other = groups_actions.create_group(name="Other", members=[open_vault().actor], by=PORTAL)
    Group.objects.filter(pk=other.pk).delete()
    Group.objects.filter(pk=group.pk).update(key=other.key)
    with pytest.raises(Unopenable):
        records_actions.create_record(group, by=PORTAL)


def test_record_is_shared_and_withdrawn_but_never_from_the_last(anna, group, key):
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    ben = open_vault()
    other = groups_actions.create_group(name="Other", members=[ben.actor], by=PORTAL)
    records_actions.share_record(key, other, by=anna)
    assert records_actions.read_envelope(own(envelope), by=ben) == WORDS
    records_actions.withdraw_record(key, group, by=PORTAL)
    with pytest.raises(NoGrant):
        records_actions.read_envelope(own(envelope), by=anna)
    with pytest.raises(LastMember):
        records_actions.withdraw_record(key, other, by=PORTAL)


def test_file_comes_back_with_its_name_and_lies_nowhere_in_clear(anna, key):
    content = b"lamp" * 50_000
    sealed = records_actions.write_file(key, io.BytesIO(content), about=ABOUT, by=PORTAL)
    about, chunks = records_actions.read_file(sealed, key_id=sealed.key_id, by=anna)
    assert about == ABOUT
    assert b"".join(chunks) == content
    with vault_storage().open(sealed.file.name) as file:
        assert b"lamp" not in file.read()
    assert "lamp" not in f"{sealed.file.name}{bytes(sealed.about)!r}"


def test_files_that_are_swapped_or_cut_do_not_open(anna, key):
    first, second = (records_actions.write_file(key, [b"x" * 10], about=ABOUT, by=PORTAL) for _ in range(2))
    swap(SealedFile, first, second, "file")
    with pytest.raises(Unopenable):
        list(records_actions.read_file(first, key_id=first.key_id, by=anna)[1])
    SealedFile.objects.filter(pk=first.pk).update(size=11)
    with pytest.raises(Unopenable):
        records_actions.read_file(SealedFile.objects.get(pk=first.pk), key_id=first.key_id, by=anna)


@pytest.mark.django_db(transaction=True)
def test_record_that_is_destroyed_leaves_neither_rows_nor_files(key):
    records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    sealed = records_actions.write_file(key, [b"x"], about=ABOUT, by=PORTAL)
    records_actions.destroy_record(key, by=PORTAL)
    assert not vault_storage().exists(sealed.file.name)
    assert [model.objects.count() for model in (Envelope, SealedFile, Grant)] == [0, 0, 1]


def test_open_key_is_not_shown_or_pickled(anna):
    assert bytes(anna.private).hex() not in repr(anna)
    with pytest.raises(TypeError):
        pickle.dumps(anna)


def test_files_that_no_row_names_are_forgotten_after_a_day(key, anna):
    assert forget_files() == 0
    staying, lost = (records_actions.write_file(key, [b"x"], about=ABOUT, by=PORTAL) for _ in range(2))
    SealedFile.objects.filter(pk=lost.pk).delete()
    for name in (staying.file.name, lost.file.name):
        os.utime(vault_storage().path(name), (0, 0))
    assert forget_files() == 1
    assert forget_files() == 0
    assert b"".join(records_actions.read_file(staying, key_id=staying.key_id, by=anna)[1]) == b"x"
