"""Twelve invented children of the demo at two desks. Higher slices declare what happens to them later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from django.utils import timezone

from desks.cases.actions import NewCase, open_case
from desks.cases.casework import Task
from desks.cases.closures import ClosureFacts, approve_move, ask_to_move, move_case
from desks.cases.code_lists import (
    AgeBand,
    AgeBasis,
    Answer,
    Block,
    CaseSource,
    ClosureOutcome,
    ClosureReason,
    GuardianKind,
)
from desks.cases.decisions import record_status
from desks.cases.guardians import record_guardian
from desks.cases.models import Case, today
from desks.cases.notes import add_task, settle_task, write_note
from desks.cases.states import CaseMove, EntryKind, GuardianState, TaskState, VictimStatus
from desks.desk.models import Desk
from desks.reports.states import Risk
from victor.stories import Part, Scene, declare_part

if TYPE_CHECKING:
    from victor.accounts.models import User

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@dataclass(frozen=True)
class Child:
    """An invented child: at which desk, since how many days, and what is known on the first day."""

    story: str
    desk: str
    days_ago: int
    given: str
    family: str
    language: str
    band: AgeBand
    source: CaseSource
    risk: Risk
    reason: str
    unaccompanied: Answer = UNKNOWN
    involved: Answer = UNKNOWN
    basis: AgeBasis = AgeBasis.DECLARED
    has_worker: bool = True

    @property
    def branch(self) -> str:
        """What the addresses of the people of this desk end with."""
        return "" if self.desk == "greece" else "-bg"


@dataclass(frozen=True)
class Words:
    """What people of a desk write in these stories, in their language."""

    invented: str
    call: str
    task: str
    indications: str
    presumed: str
    guardian: str
    appointed: str
    closing: str
    agreed: str


WORDS = {
    "greece": Words(
        invented="Επινοημένη υπόθεση για την επίδειξη. Κανένα από αυτά τα πρόσωπα δεν υπάρχει.",
        call="Μίλησα με τον σύμβουλο του σχολείου. Θα μας καλέσει αν το παιδί λείψει ξανά.",
        task="Κλείσιμο ραντεβού με διερμηνέα που έχει ελεγχθεί",
        indications="Υπάρχει μία ένδειξη. Θα το ξανακοιτάξουμε μαζί με το σχολείο.",
        presumed="Ισχυρές ενδείξεις στην ανίχνευση. Αντιμετωπίζεται ως θύμα ώσπου να αποφασίσει η αρμόδια αρχή.",
        guardian="Εισαγγελία Ανηλίκων, αίτημα με επιστολή",
        appointed="Προσωρινή επίτροπος (επινοημένη)",
        closing="Το παιδί μένει με τη θεία του και πηγαίνει σχολείο. Όλα όσα συμφωνήθηκαν έγιναν.",
        agreed="Συμφωνώ. Η παρακολούθηση έχει οριστεί.",
    ),
    "bulgaria": Words(
        invented="Измислен случай за демонстрацията. Никой от тези хора не съществува.",
        call="Говорих с училищния съветник. Ще ни се обади, ако детето отново отсъства.",
        task="Да се уговори среща с проверен преводач",
        indications="Има един признак. Ще погледнем отново заедно с училището.",
        presumed="Силни признаци при скрининга. Приема се за жертва, докато компетентният орган реши.",
        guardian="Отдел „Закрила на детето“, искане с писмо",
        appointed="Временна попечителка (измислена)",
        closing="Детето живее при леля си и ходи на училище. Уговореното е изпълнено.",
        agreed="Съгласна съм. Проследяването е насрочено.",
    ),
}
GREECE, BULGARIA = "greece", "bulgaria"
CHILDREN = (
    Child("amber", GREECE, 0, "Ιωάννα", "Επινοημένου", "ro", AgeBand.TO_14, CaseSource.ENQUIRY, Risk.DANGER,
          "Τηλεφώνησε μια γειτόνισσα: το παιδί κλαίει και δεν βγαίνει από το σπίτι.", has_worker=False),
    Child("birch", GREECE, 2, "Πέτρος", "Επινοημένος", "bg", AgeBand.TO_17, CaseSource.AUTHORITY, Risk.HIGH,
          "Ζητιανεύει στα φανάρια ως αργά. Ένας ενήλικας μαζεύει τα χρήματα.", unaccompanied=YES),
    Child("cedar", GREECE, 9, "Μαρία", "Επινοημένου", "el", AgeBand.TO_17, CaseSource.REPORT, Risk.MEDIUM,
          "Κάποιος που γνώρισε στο διαδίκτυο της υπόσχεται δουλειά σε άλλη πόλη."),
    Child("daisy", GREECE, 40, "Έλενα", "Επινοημένου", "ro", AgeBand.TO_14, CaseSource.AUTHORITY, Risk.HIGH,
          "Βρέθηκε χωρίς χαρτιά, με έναν άνδρα που λέει ότι είναι θείος της.", unaccompanied=YES),
    Child("elder", GREECE, 150, "Αντρέι", "Επινοημένος", "uk", AgeBand.TO_17, CaseSource.AUTHORITY, Risk.MEDIUM,
          "Δούλευε σε εργοτάξιο χωρίς πληρωμή και κοιμόταν εκεί.", unaccompanied=YES, basis=AgeBasis.DOCUMENTED),
    Child("ferns", GREECE, 230, "Σοφία", "Επινοημένου", "el", AgeBand.TO_17, CaseSource.OWN, Risk.MEDIUM,
          "Η δασκάλα της βλέπει φόβο, κούραση και ένα δεύτερο τηλέφωνο.", unaccompanied=NO, involved=NO),
    Child("grove", GREECE, 400, "Νικόλ", "Επινοημένου", "sr", AgeBand.TO_11, CaseSource.AUTHORITY, Risk.MEDIUM,
          "Στέλνεται να πουλά λουλούδια τη νύχτα. Η γιαγιά θέλει να βοηθήσει.", unaccompanied=NO, involved=NO),
    Child("hazel", BULGARIA, 3, "Мария", "Измислена", "bg", AgeBand.TO_17, CaseSource.REPORT, Risk.HIGH,
          "Писа, че приятелят ѝ държи документите ѝ."),
    Child("ivory", BULGARIA, 20, "Иван", "Измислен", "bg", AgeBand.TO_14, CaseSource.ENQUIRY, Risk.MEDIUM,
          "Учител съобщи: отсъства и се връща с пари, за които мълчи.", unaccompanied=NO, involved=NO),
    Child("jonah", BULGARIA, 90, "Елица", "Измислена", "bg", AgeBand.TO_17, CaseSource.AUTHORITY, Risk.HIGH,
          "Върната от чужбина, където е била принуждавана да краде.", unaccompanied=YES, basis=AgeBasis.DOCUMENTED),
    Child("larch", BULGARIA, 200, "Георги", "Измислен", "bg", AgeBand.TO_17, CaseSource.AUTHORITY, Risk.MEDIUM,
          "Работил е в цех нощем. Живее при леля си.", unaccompanied=NO, involved=NO),
    Child("maple", BULGARIA, 500, "Десислава", "Измислена", "bg", AgeBand.TO_17, CaseSource.OWN, Risk.LOW,
          "Предлагана е работа в чужбина. Документите са върнати.", unaccompanied=NO, involved=NO),
)  # fmt: skip


PRESUMED = ("daisy", "elder", "jonah", "larch")  # after a day
GUARDIANS = ("daisy", "elder", "jonah")  # asked for on the second day
ASSESSED = ("cedar", "daisy", "elder", "ferns", "grove", "ivory", "jonah", "larch", "maple")  # after three days
CLOSED = {"grove": 260, "maple": 300}  # the day
Play: TypeAlias = "Callable[[Child, Scene], object]"


def happens(play: Play, *, to: Iterable[str], after: int, hour: int = 9) -> None:
    """Let this happen to some of the children, so many days after their case was opened."""
    for child in (child for child in CHILDREN if child.story in to):
        declare_part(Part(child.story, child.days_ago - after, hour, partial(play, child)))


def worker_of(child: Child, scene: Scene) -> User:
    """The worker of the child's desk."""
    return scene.person(f"worker{child.branch}")


def supervisor_of(child: Child, scene: Scene) -> User:
    """Who supervises the child's desk."""
    return scene.person(f"supervisor{child.branch}")


def open_first(child: Child, scene: Scene) -> None:
    """A worker opens the case, and says in its first note that it is invented."""
    worker = worker_of(child, scene)
    new = NewCase(
        source=child.source,
        language=child.language,
        age_basis=child.basis,
        age_band=child.band,
        unaccompanied=child.unaccompanied,
        family_may_be_involved=child.involved,
        risk=child.risk,
        reason=child.reason,
        limits_told=True,
        child={Block.IDENTITY: {"given": child.given, "family": child.family}},
    )
    desk = Desk.objects.get(slug=child.desk)
    case = open_case(desk, new, worker=worker if child.has_worker else None, by=worker)
    write_note(case, WORDS[child.desk].invented, by=worker)
    scene.put(case)


def call_school(child: Child, scene: Scene) -> None:
    """A telephone call is written down, and what is to be done next."""
    case, worker, words = scene.get(Case), worker_of(child, scene), WORDS[child.desk]
    write_note(case, words.call, kind=EntryKind.CALL, by=worker)
    task = add_task(case, words.task, due_at=timezone.now() + timedelta(days=4), owner=worker, by=worker)
    scene.put(task)


def settle_first_task(child: Child, scene: Scene) -> None:
    """What was to be done is done."""
    settle_task(scene.get(Task), TaskState.DONE, by=worker_of(child, scene))


def presume(child: Child, scene: Scene) -> None:
    """A supervisor presumes that the child is a victim."""
    words = WORDS[child.desk].presumed
    record_status(scene.get(Case), VictimStatus.PRESUMED, words, by=supervisor_of(child, scene))


def see_indications(child: Child, scene: Scene) -> None:
    """The screening has shown signs, and nobody presumes more."""
    words = WORDS[child.desk].indications
    record_status(scene.get(Case), VictimStatus.INDICATIONS, words, by=worker_of(child, scene))


def ask_for_guardian(child: Child, scene: Scene) -> None:
    """A guardian is asked for."""
    words = {"name": WORDS[child.desk].guardian}
    by = worker_of(child, scene)
    record_guardian(scene.get(Case), GuardianState.REQUESTED, words, happened_on=today(), by=by)


def appoint_guardian(child: Child, scene: Scene) -> None:
    """A guardian is appointed, and was checked for a conflict of interest."""
    record_guardian(
        scene.get(Case),
        GuardianState.APPOINTED,
        {"name": WORDS[child.desk].appointed},
        happened_on=today(),
        kind=GuardianKind.TEMPORARY,
        conflict_checked=True,
        by=worker_of(child, scene),
    )


def assess(child: Child, scene: Scene) -> None:
    """The case goes on. What this needs is declared by the slices that record it."""
    move_case(scene.get(Case), CaseMove.ASSESS, by=worker_of(child, scene))


def close(child: Child, scene: Scene) -> None:
    """The worker asks to close the case, and the supervisor agrees."""
    words, facts = WORDS[child.desk], ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    asked = {"words": words.closing}
    request = ask_to_move(scene.get(Case), CaseMove.CLOSE, asked, closure=facts, by=worker_of(child, scene))
    approve_move(request, words.agreed, by=supervisor_of(child, scene))


happens(open_first, to=[child.story for child in CHILDREN], after=0, hour=8)
happens(call_school, to=ASSESSED, after=1, hour=8)
happens(presume, to=PRESUMED, after=2, hour=8)
happens(see_indications, to=[story for story in ASSESSED if story not in PRESUMED], after=2, hour=8)
happens(ask_for_guardian, to=GUARDIANS, after=2, hour=11)
happens(appoint_guardian, to=GUARDIANS, after=6)
happens(assess, to=ASSESSED, after=3, hour=14)
happens(settle_first_task, to=ASSESSED, after=4)
for story, day in CLOSED.items():
    happens(close, to=[story], after=day)
