"""A screening is begun, saved as often as wanted, and finished once."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.cases.decisions import ask_to_presume
from desks.cases.errors import CaseMoveNotPossible
from desks.cases.locks import lock_running_case, save_case
from desks.cases.states import EntryKind
from desks.cases.timeline import add_entry, language_of, write_task
from desks.screening.answers import ScreeningContent
from desks.screening.errors import NothingPoints, ScreeningFinished, StaleScreening
from desks.screening.models import Screening
from desks.screening.states import ScreeningOrigin, ScreeningState, TriageLevel, Weight
from desks.screening.triage import LEVELS
from partners.directory.working_days import add_working_days
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import save_sealed_file, write_envelope
from victor.vault.records.drafts import erase_file, rewrite_envelope

if TYPE_CHECKING:
    from collections.abc import Callable

    from desks.cases.models import Case
    from desks.cases.requests import StatusRequest
    from victor.accounts.models import User
    from victor.vault.records.models import SealedFile

PURPOSE = "case.screening"
LOOK_AGAIN_DAYS = 5  # working days
DONE_FIELDS = (
    "state", "number", "done_at", "saved_at", "version", "strong", "medium", "weak", "act", "means", "purpose",
    "indication", "level", "is_lowered",
)  # fmt: skip
AFTER_FINISH: list[Callable[[Case, ScreeningContent], object]] = []


def after_finish(act: Callable[[Case, ScreeningContent], object]) -> Callable[[Case, ScreeningContent], object]:
    """Do this whenever a screening was finished, with what it says. The case is locked, and is saved afterwards."""
    AFTER_FINISH.append(act)
    return act


@transaction.atomic
def begin_screening(case: Case, *, origin: ScreeningOrigin = ScreeningOrigin.OWN, by: User) -> Screening:
    """Begin a screening, or go on with one's own draft.

    Raises:
        CaseMoveNotPossible: the case has ended.
    """
    case = lock_running_case(case, by=by)
    if draft := case.screenings.drafts_of(by).filter(origin=origin).first():
        return draft
    envelope = write_envelope(case.key, ScreeningContent().stored(), purpose=PURPOSE, by=by)
    draft = Screening(case=case, origin=origin, envelope=envelope, author=by, saved_at=timezone.now())
    save_stamped(draft)
    record("screening.begun", draft, by=by, origin=str(origin))
    return draft


@transaction.atomic
def save_screening(
    screening: Screening,
    content: ScreeningContent,
    *,
    seen: int,
    by: User,
    is_noted: bool,
    sheet: SealedFile | None = None,
) -> Screening:
    """Save a draft. What the page saves by itself is not noted in the log; what somebody saves by the button is.

    `sheet` was encrypted into the case's record before; its row is saved here, in the place of an earlier one.

    Raises:
        ScreeningFinished: it is no draft any more.
        StaleScreening: it was saved from another page since `seen`.
        CaseMoveNotPossible: there is a sheet of another case, or of a screening that is not from paper.
    """
    draft = _lock_draft(screening, seen=seen, by=by)
    rewrite_envelope(draft.envelope, content.stored())
    draft.version, draft.saved_at = draft.version + 1, timezone.now()
    _save_draft(draft, sheet, "version", "saved_at", by=by)
    if is_noted:
        record("screening.saved", draft, by=by)
    return draft


@transaction.atomic
def finish_screening(
    screening: Screening, content: ScreeningContent, *, seen: int, by: User, sheet: SealedFile | None = None
) -> Screening:
    """Finish it: from now on it stays as it is, and the next one is another version. `sheet`: as above.

    Raises:
        ScreeningFinished, StaleScreening, CaseMoveNotPossible: as above.
        NoReasonToLower: the level is lower than what follows from the signs, without a reason.
    """
    level, proposed = content.level, content.triage.level
    draft = _lock_draft(screening, seen=seen, by=by)
    case = draft.case
    rewrite_envelope(draft.envelope, content.stored())
    draft.state, draft.done_at, draft.saved_at = ScreeningState.DONE, timezone.now(), timezone.now()
    draft.number, draft.version = case.screenings.done().count() + 1, draft.version + 1
    draft.strong, draft.medium, draft.weak = (content.count(weight) for weight in Weight)
    draft.act, draft.means, draft.purpose = (content.element(name) for name in ("act", "means", "purpose"))
    draft.indication, draft.level = content.indication_for(case), level
    draft.is_lowered = LEVELS.index(level) > LEVELS.index(proposed)
    _save_draft(draft, sheet, *DONE_FIELDS, by=by)
    for act in AFTER_FINISH:
        act(case, content)
    save_case(case)
    add_entry(case, EntryKind.SCREENING, by=by)
    if level == TriageLevel.LOOK_AGAIN:
        _write_down_to_look_again(case, by=by)
    record("screening.finished", draft, by=by, level=str(level), lowered=draft.is_lowered)
    return draft


@transaction.atomic
def ask_supervisors(case: Case, *, by: User) -> StatusRequest:
    """Ask the supervisors of the desk to decide, since the last finished screening points to a presumed victim.

    Raises:
        NothingPoints: it does not, or there is none.
        CaseMoveNotPossible, SupervisorDecides: as `ask_to_presume` does.
    """
    case = lock_running_case(case, by=by)
    newest = case.screenings.done().first()
    if newest is None or not verify_stamp(newest).points_to_victim:
        raise NothingPoints
    return ask_to_presume(case, by=by)


def _save_draft(draft: Screening, sheet: SealedFile | None, *fields: str, by: User) -> None:
    """Save these columns, and a new sheet, for which the one before is erased."""
    if sheet is None:
        update_stamped(draft, *fields)
        return
    if draft.origin != ScreeningOrigin.PAPER or sheet.key_id != draft.case.key_id:
        raise CaseMoveNotPossible
    before, draft.sheet = draft.sheet, save_sealed_file(sheet, by=by)
    update_stamped(draft, *fields, "sheet")
    if before is not None:
        erase_file(before, by=by)


def _write_down_to_look_again(case: Case, *, by: User) -> None:
    """So that nobody forgets it: a task until the end of the fifth working day of the desk."""
    day = add_working_days(timezone.localdate(timezone=case.desk.zone), LOOK_AGAIN_DAYS, case.desk.country)
    due_at = datetime.combine(day, time(17), case.desk.zone)
    with override(language_of(by, case)):
        write_task(case, _("Look again at the signs, or ask again"), due_at=due_at, owner=by, by=by)


def _lock_draft(screening: Screening, *, seen: int, by: User) -> Screening:
    """The draft as it is now, of its author, in a case on which the desk works."""
    case = lock_running_case(screening.case, by=by)
    rows = Screening.objects.select_for_update(of=["self"]).select_related("envelope__key")
    draft = verify_stamp(rows.get(pk=screening.pk, case=case, author=by))
    draft.case = case
    if not draft.is_draft:
        raise ScreeningFinished
    if draft.version != seen:
        raise StaleScreening
    return draft
