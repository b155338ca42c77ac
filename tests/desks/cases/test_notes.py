"""Notes, tasks, further reports and words of the same child."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import notes
from desks.cases.envelopes import DAMAGED, read_words
from desks.cases.errors import CaseMoveNotPossible, NeedsWords, NotAKeyHolder
from desks.cases.models import Case, TimelineEntry
from desks.cases.states import EntryKind, Stage, TaskState
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import stranger
from tests.people import person
from victor.mail.models import Message as Mail
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def test_write_note_is_read_by_a_colleague(here, case):
    note = notes.write_note(case, "She likes to draw", by=here.anna.person)
    assert read_words(case, [note], by=here.ben)[note.envelope_id] == {"text": "She likes to draw"}


def test_write_note_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        notes.write_note(case, "Hello", by=stranger())


def test_write_note_by_somebody_without_keys_is_refused(here, case):
    with pytest.raises(NotAKeyHolder):
        notes.write_note(case, "Hello", by=person(Role.WORKER, here.organisation))


def test_write_note_without_words_is_refused(here, case):
    with pytest.raises(NeedsWords):
        notes.write_note(case, "  ", by=here.anna.person)


def test_write_note_into_a_closed_case_is_refused(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        notes.write_note(case, "Hello", by=here.anna.person)


def test_read_note_that_was_altered_is_damaged_and_the_others_are_not(here, case):
    first, second = (notes.write_note(case, text, by=here.anna.person) for text in ("one", "two"))
    Envelope.objects.filter(pk=first.envelope_id).update(content=b"altered")
    rows = TimelineEntry.objects.filter(pk__in=[first.pk, second.pk]).select_related("envelope__key")
    contents = read_words(case, rows, by=here.ben)
    assert contents[first.envelope_id] is DAMAGED
    assert contents[second.envelope_id] == {"text": "two"}


def test_read_note_that_was_moved_from_another_case_is_damaged(here, case):
    note = notes.write_note(here.case(), "of another child", by=here.anna.person)
    TimelineEntry.objects.filter(pk=note.pk).update(case=case)
    moved = TimelineEntry.objects.select_related("envelope__key").get(pk=note.pk)
    assert read_words(case, [moved], by=here.ben)[moved.envelope_id] is DAMAGED


def test_add_words_of_the_same_child_tells_the_worker(here, case):
    notes.add_words(case, "Seen again", by=here.ben.person)
    assert list(Mail.objects.values_list("recipient", flat=True)) == [here.anna.person.email]


def test_add_words_to_a_closed_case_is_possible(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    notes.add_words(case, "Seen again", by=here.ben.person)
    assert case.timeline.filter(kind=EntryKind.WORDS_ADDED).exists()


def test_add_report_twice_links_it_once(here, case):
    report = here.report()
    notes.add_report(case, report, by=here.anna.person)
    notes.add_report(case, report, by=here.anna.person)
    assert case.linked_reports.count() == 1


def test_add_task_for_somebody_without_keys_is_refused(here, case):
    with pytest.raises(NotAKeyHolder):
        notes.add_task(case, "Call", owner=person(Role.WORKER, here.organisation), by=here.anna.person)


def test_settle_task_twice_is_refused(here, case):
    task = notes.add_task(case, "Call", by=here.anna.person)
    notes.settle_task(task, TaskState.DONE, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        notes.settle_task(task, TaskState.DROPPED, by=here.anna.person)


def test_settle_task_as_open_is_refused(here, case):
    task = notes.add_task(case, "Call", by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        notes.settle_task(task, TaskState.OPEN, by=here.anna.person)
