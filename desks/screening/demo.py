"""Screenings of the demo's invented children."""

from __future__ import annotations

from desks.cases.casework import Task
from desks.cases.demo import ASSESSED, GREECE, PRESUMED, Child, happens, worker_of
from desks.cases.models import Case
from desks.cases.notes import settle_task
from desks.cases.states import TaskState
from desks.screening.actions import ask_supervisors, begin_screening, finish_screening
from desks.screening.answers import ScreeningContent
from desks.screening.screening_signs import SIGNS
from desks.screening.states import Answer
from victor.stories import Scene

ASKED = (*PRESUMED, "birch")  # the screening points to a presumed victim; of the last one nobody has decided yet
SEEN = {True: ("G1", "G3", "G5", "G12"), False: ("G6",)}  # of these, and of another
FUNCTION = {GREECE: "Κοινωνική λειτουργός", "bulgaria": "Социална работничка"}


def screen(child: Child, scene: Scene) -> None:
    """The worker fills in the signs: what was seen, and what was not asked."""
    case, worker = scene.get(Case), worker_of(child, scene)
    seen = SEEN[child.story in ASKED]
    answers = {sign.code: str(Answer.YES if sign.code in seen else Answer.NOT_ASKED) for sign in SIGNS}
    content = ScreeningContent(answers=answers, function=FUNCTION[child.desk])
    draft = begin_screening(case, by=worker)
    finish_screening(draft, content, seen=draft.version, by=worker)


def ask(child: Child, scene: Scene) -> None:
    """The worker asks the supervisors at once."""
    ask_supervisors(scene.get(Case), by=worker_of(child, scene))


def look_again(child: Child, scene: Scene) -> None:
    """The worker has looked at the signs again, as the screening asked."""
    for task in Task.objects.filter(case=scene.get(Case), state=TaskState.OPEN):
        settle_task(task, TaskState.DONE, by=worker_of(child, scene))


happens(screen, to={*ASSESSED, *ASKED}, after=1, hour=9)
happens(ask, to=ASKED, after=1, hour=10)
happens(look_again, to=[story for story in ASSESSED if story not in ASKED], after=6)
