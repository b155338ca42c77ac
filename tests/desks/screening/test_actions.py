"""A screening is saved as often as wanted and finished once; then the case may be assessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from desks.cases.casework import Task
from desks.cases.code_lists import AgeBand, AgeBasis
from desks.cases.errors import CaseMoveNotPossible
from desks.cases.gates import gate_of
from desks.cases.models import Case
from desks.cases.states import CaseMove, EntryKind, Stage
from desks.screening.actions import PURPOSE, ask_supervisors, begin_screening, finish_screening, save_screening
from desks.screening.answers import ScreeningContent, is_child
from desks.screening.errors import NoReasonToLower, NothingPoints, ScreeningFinished, StaleScreening
from desks.screening.models import Screening
from desks.screening.states import Act, Answer, Purpose, ScreeningOrigin, ScreeningState, TriageLevel
from tests.desks.cases.case_desks import CaseDesk, again
from victor.audit.models import Entry
from victor.vault.errors import Unopenable
from victor.vault.records.actions import read_envelope
from victor.vault.records.expectations import Expected

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel-47"
ONE_MEDIUM = "G1"
ELEMENTS = {"act": {Act.RECRUITMENT: "yes"}, "purpose": {Purpose.BEGGING: "yes"}}


@pytest.fixture
def place() -> CaseDesk:
    return CaseDesk()


def content(codes: str = "G5 G12", **given: object) -> ScreeningContent:
    """A screening in which these signs were seen."""
    return ScreeningContent(answers=dict.fromkeys(codes.split(), "yes"), **given)


def begin(place: CaseDesk, case: Case | None = None) -> Screening:
    return begin_screening(case or place.case(), by=place.anna.person)


def finish(place: CaseDesk, draft: Screening, answers: ScreeningContent | None = None) -> Screening:
    return finish_screening(draft, answers or content(), seen=draft.version, by=place.anna.person)


def read(place: CaseDesk, screening: Screening) -> dict:
    expected = Expected(screening.envelope, screening.case.key_id, {PURPOSE})
    return read_envelope(expected, by=place.anna)


def screening_gate(case: Case) -> bool:
    """Whether the requirement of the assessment is met."""
    return {rule.name: is_met for rule, is_met in gate_of(case, CaseMove.ASSESS).requirements}["screening"]


def test_begin_twice_goes_on_with_the_draft(place):
    case = place.case()
    assert begin(place, case) == begin(place, case)


def test_begin_from_paper_beside_ones_own_is_another_draft(place):
    case = place.case()
    own = begin(place, case)
    paper = begin_screening(case, origin=ScreeningOrigin.PAPER, by=place.anna.person)
    assert own != paper


def test_save_draft_keeps_what_was_answered(place):
    draft = begin(place)
    saved = save_screening(draft, content(notes={"G5": "two towns"}), seen=1, by=place.anna.person, is_noted=True)
    assert saved.version == 2
    assert read(place, saved)["notes"] == {"G5": "two towns"}


def test_save_by_itself_is_not_in_the_log(place):
    draft = begin(place)
    before = Entry.objects.count()
    save_screening(draft, content(), seen=1, by=place.anna.person, is_noted=False)
    assert Entry.objects.count() == before


def test_save_over_a_later_version_is_refused(place):
    draft = begin(place)
    save_screening(draft, content("G1"), seen=1, by=place.anna.person, is_noted=False)
    with pytest.raises(StaleScreening):
        save_screening(draft, content("G2"), seen=1, by=place.anna.person, is_noted=False)


def test_save_draft_of_a_colleague_is_refused(place):
    draft = begin(place)
    with pytest.raises(Screening.DoesNotExist):
        save_screening(draft, content(), seen=1, by=place.ben.person, is_noted=True)


def test_finish_stores_what_follows_and_freezes_it(place):
    done = finish(place, begin(place), content(elements=ELEMENTS))
    assert done.state == ScreeningState.DONE
    assert done.number == 1
    assert done.level == TriageLevel.REFER
    assert f"{done.strong} {done.medium} {done.weak}" == "1 1 0"
    assert done.indication == Answer.YES
    with pytest.raises(ScreeningFinished):
        finish(place, done)


def test_finish_meets_the_requirement_of_the_assessment(place):
    case = place.case()
    draft = begin(place, case)
    assert not screening_gate(case)
    finish(place, draft)
    assert screening_gate(case)


def test_finish_moves_the_case_on_and_adds_to_its_timeline(place):
    case = place.case()
    finish(place, begin(place, case))
    assert again(case).version == case.version + 1
    assert case.timeline.first().kind == EntryKind.SCREENING


def test_finish_second_screening_is_another_version(place):
    case = place.case()
    finish(place, begin(place, case))
    assert finish(place, begin(place, case)).number == 2


def test_finish_lower_without_a_reason_is_refused(place):
    with pytest.raises(NoReasonToLower):
        finish(place, begin(place), content(own_level=TriageLevel.ADVICE))


def test_finish_lower_with_a_reason_is_logged_without_it(place):
    lower = content(own_level=TriageLevel.ADVICE, reason=CANARY)
    assert finish(place, begin(place), lower).is_lowered
    entry = Entry.objects.get(action="screening.finished")
    assert '"lowered": true' in entry.details
    assert CANARY not in entry.details


def test_finish_higher_needs_no_reason(place):
    done = finish(place, begin(place), content("G10", own_level=TriageLevel.REFER))
    assert done.level == TriageLevel.REFER
    assert not done.is_lowered


@pytest.mark.parametrize(
    ("basis", "band", "is_one"),
    [
        (AgeBasis.DOCUMENTED, AgeBand.ADULT, False),
        (AgeBasis.ASSESSED, AgeBand.ADULT, False),
        (AgeBasis.DECLARED, AgeBand.ADULT, True),
        (AgeBasis.PRESUMED, AgeBand.UNKNOWN, True),
        (AgeBasis.DOCUMENTED, AgeBand.TO_17, True),
    ],
)
def test_child_rule_holds_unless_papers_say_otherwise(basis, band, is_one):
    assert is_child(Case(age_basis=basis, age_band=band)) is is_one


def test_begin_in_a_closed_case_is_refused(place):
    case = place.case()
    Case.objects.filter(pk=case.pk).update(stage=Stage.MERGED)
    with pytest.raises(CaseMoveNotPossible):
        begin(place, case)


def test_begin_by_a_stranger_is_refused(place):
    with pytest.raises(PermissionDenied):
        begin_screening(place.case(), by=CaseDesk("other").anna.person)


def test_answers_are_nowhere_in_clear(place):
    answers = content(notes={"G5": CANARY}, reason=CANARY, function=CANARY)
    draft = save_screening(begin(place), answers, seen=1, by=place.anna.person, is_noted=True)
    finish(place, draft, answers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM desks_screening t UNION ALL SELECT e::text FROM audit_entry e")
        assert [row for row in cursor.fetchall() if CANARY in row[0]] == []


def test_row_that_was_changed_in_the_database_is_refused(place):
    draft = begin(place)
    Screening.objects.filter(pk=draft.pk).update(level=TriageLevel.REFER)
    with pytest.raises(Unopenable):
        finish(place, draft)


@pytest.mark.parametrize(
    "answers",
    [content(), content("G1", in_danger=True), content("G1", elements=ELEMENTS), content("G6", own_level="refer")],
)
def test_ask_supervisors_where_the_screening_points_to_a_presumed_victim(place, answers):
    case = finish(place, begin(place), answers).case
    assert ask_supervisors(case, by=place.ben.person).state == "asked"


@pytest.mark.parametrize("answers", [content("G6"), content("S1"), content(own_level="advice", reason="Known family")])
def test_ask_supervisors_where_it_does_not_is_refused(place, answers):
    case = finish(place, begin(place), answers).case
    with pytest.raises(NothingPoints):
        ask_supervisors(case, by=place.anna.person)


def test_ask_supervisors_goes_by_the_last_screening(place):
    case = finish(place, begin(place)).case
    finish(place, begin(place, case), content("G6"))
    with pytest.raises(NothingPoints):
        ask_supervisors(case, by=place.anna.person)


def test_ask_supervisors_without_a_screening_is_refused(place):
    with pytest.raises(NothingPoints):
        ask_supervisors(place.case(), by=place.anna.person)


def test_finish_with_one_medium_sign_writes_down_to_look_again_in_five_working_days(place, at):
    at(datetime(2026, 11, 27, 12, tzinfo=UTC))
    draft = begin(place)
    finish(place, draft, content(ONE_MEDIUM))
    task = Task.objects.get(case=draft.case)
    assert task.owner == place.anna.person
    assert timezone.localtime(task.due_at, place.desk.zone) == datetime(2026, 12, 4, 17, tzinfo=place.desk.zone)


def test_finish_without_a_sign_writes_no_task(place):
    draft = begin(place)
    finish(place, draft, content(""))
    assert not Task.objects.filter(case=draft.case).exists()
