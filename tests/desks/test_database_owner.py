"""Who owns the database changes the rows around what is sealed: found before a word is read (finding 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps

from desks.desk.models import Desk
from desks.inbox.models import OriginalAccess, Translation
from desks.inbox.originals import open_clean_copy, open_original
from desks.inbox.presenters import ReportPage
from desks.intake.conversation import ReceiptSession, read_conversation
from desks.reports.models import Attachment, Message, Report
from desks.reports.states import Voice
from tests.desks.inbox.inbox_desks import InboxDesk
from tests.desks.staffed_desks import staffed_desk
from victor.access import ReceiptHolder, System
from victor.vault import crypto
from victor.vault.errors import Unopenable
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import save_stamped, update_stamped
from victor.vault.keys.models import Key, Stamped
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo
from victor.vault.records.models import Envelope, SealedFile

pytestmark = pytest.mark.django_db
PORTAL = System("test")


def message(report: Report, voice: Voice, purpose: str, **fields: object) -> Message:
    """Words of a report."""
    envelope = records_actions.write_envelope(report.key, {"text": str(voice)}, purpose=purpose, by=PORTAL)
    made = Message(report=report, envelope=envelope, voice=voice, language="el", **fields)
    save_stamped(made)
    return made


def attached(report: Report) -> Attachment:
    """A file of a report, with its copy."""
    words = message(report, Voice.REPORTER, "message")
    original, clean = (
        records_actions.write_file(report.key, [b"x"], about=FileInfo(name, "a/b"), by=PORTAL) for name in "oc"
    )
    made = Attachment(message=words, original=original, clean=clean)
    save_stamped(made)
    return made


def refuse_page(report: Report, inbox: InboxDesk) -> None:
    """The page of the report opens; then, after the change, it does not."""
    with pytest.raises(Unopenable):
        ReportPage(Report.objects.get(pk=report.pk), inbox.ben)


@pytest.mark.parametrize(
    "change",
    [
        lambda note, other: {"voice": Voice.ANSWER},
        lambda note, other: {"voice": Voice.REPORTER},
        lambda note, other: {"report": other},
        lambda note, other: {"author": None},
        lambda note, other: {"written_at": note.written_at.replace(year=2020)},
        lambda note, other: {"stamp": "x" * 64},
    ],
    ids=["note becomes answer", "note becomes report", "report", "author", "moment", "stamp"],
)
def test_change_message_in_the_database_is_found_where_it_is_read(inbox, change: Callable[..., dict[str, object]]):
    """Finding 9."""
    report, other = inbox.report(), inbox.report()
    note = message(report, Voice.NOTE, "note", author=inbox.anna.person)
    ReportPage(report, inbox.ben)
    changed = change(note, other)
    Message.objects.filter(pk=note.pk).update(**changed)
    refuse_page(changed.get("report", report), inbox)


def test_change_author_to_another_person_is_found(inbox):
    """Finding 9: nobody's note becomes somebody else's."""
    report = inbox.report()
    note = message(report, Voice.NOTE, "note", author=inbox.anna.person)
    Message.objects.filter(pk=note.pk).update(author=inbox.chief.person)
    refuse_page(report, inbox)


def test_envelope_of_another_report_put_into_a_message_is_found(inbox):
    """Finding 9."""
    report, other = inbox.report(), inbox.report()
    note, foreign = (message(row, Voice.NOTE, "note") for row in (report, other))
    envelope = foreign.envelope_id
    Message.objects.filter(pk=foreign.pk).delete()
    Message.objects.filter(pk=note.pk).update(envelope=envelope)
    refuse_page(report, inbox)


def test_note_that_became_an_answer_is_not_read_by_the_holder_of_the_receipt(inbox):
    """Finding 9: with the receipt of a report of their own nobody reads what colleagues have noted."""
    report, private = inbox.report(), crypto.new_private_key()
    report.key = records_actions.create_record(inbox.desk.group, by=PORTAL, receipt=private)
    update_stamped(report, "key")
    report.messages.all().delete()
    note = message(report, Voice.NOTE, "note")
    Message.objects.filter(pk=note.pk).update(voice=Voice.ANSWER)
    holder = ReceiptHolder(report)
    session = ReceiptSession(report, records_actions.open_receipt(report.key, private, by=holder))
    with pytest.raises(Unopenable):
        read_conversation(session)


def test_own_message_moved_to_the_report_of_another_is_found(inbox):
    """Finding 9: no words are put into the mouth of somebody who has reported."""
    own, victims = inbox.report(), inbox.report()
    words = message(own, Voice.REPORTER, "message")
    Message.objects.filter(pk=words.pk).update(report=victims)
    refuse_page(victims, inbox)


def test_translation_put_beside_other_words_is_found(inbox):
    """Finding 9."""
    report = inbox.report()
    first, second = (message(report, Voice.REPORTER, "message") for _ in range(2))
    envelope = records_actions.write_envelope(report.key, {"text": "x"}, purpose="note", by=PORTAL)
    save_stamped(Translation(report=report, source=first.envelope, envelope=envelope, language="en"))
    Translation.objects.update(source=second.envelope)
    refuse_page(report, inbox)


def test_original_put_in_place_of_the_copy_is_not_opened_by_one_person(inbox):
    """Finding 9: the original stays with two persons."""
    attachment = attached(inbox.report())
    Attachment.objects.update(original=attachment.clean_id, clean=None)
    Attachment.objects.update(clean=attachment.original_id)
    with pytest.raises(Unopenable):
        open_clean_copy(Attachment.objects.get(), by=inbox.ben)


def test_approval_written_into_the_database_opens_no_original(inbox):
    """Finding 9: an approval is a person's, not a row's."""
    report = inbox.report()
    reason = records_actions.write_envelope(report.key, {"text": "x"}, purpose="note", by=PORTAL)
    access = OriginalAccess(attachment=attached(report), reason=reason, asked_by=inbox.ben.person)
    save_stamped(access)
    OriginalAccess.objects.update(granted_by=inbox.anna.person, granted_at=report.received_at)
    with pytest.raises(Unopenable):
        open_original(OriginalAccess.objects.get(), by=inbox.ben)


def test_keys_of_two_desks_exchanged_take_no_report():
    """Finding 9: a report for one desk is not sealed to the people of another."""
    here, there = staffed_desk("here"), staffed_desk("there")
    mine, other = here.desk.group_id, there.desk.group_id
    Desk.objects.filter(pk=here.desk.pk).update(group=None)
    Desk.objects.filter(pk=there.desk.pk).update(group=mine)
    Desk.objects.filter(pk=here.desk.pk).update(group=other)
    for desk in Desk.objects.filter(pk__in=[here.desk.pk, there.desk.pk]):
        with pytest.raises(Unopenable):
            assert desk.trusted_group


# Models that name something of the vault and have no stamp, each with what is checked instead.
UNSTAMPED = {
    "desks.BlindToken": "it opens nothing: whoever exchanges its key leads a search to another case, or to none",
    "desks.Desk": "a stamp of its own for the keys: `group_stamp`",
    "vault.Grant": "what it holds opens with the holder's key only, and has to be the private part of its key",
    "vault.Group": "the key is stamped, with its owner",
    "vault.PersonalKey": "the same",
    "vault.RecoveryShare": "what it holds has to be the private part of the group's key",
}


def test_model_that_names_something_of_the_vault_without_a_stamp_fails():
    """Finding 9: whoever adds such a model gives it a stamp, or says here what is checked instead."""
    naming = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model in (Envelope, SealedFile, Key, Group)
    }
    assert {model._meta.label for model in naming if not issubclass(model, Stamped)} == set(UNSTAMPED)
