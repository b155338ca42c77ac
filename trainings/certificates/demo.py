"""Seminars of the demo's trainer, from one that is planned to one whose certificates are issued."""

from __future__ import annotations

from functools import partial

from trainings.attendance.actions import check_in_participant
from trainings.attendance.states import AttendanceMethod
from trainings.certificates.actions import order_certificates
from trainings.evaluation.actions import hand_in_answers
from trainings.evaluation.models import Item, Questionnaire
from trainings.evaluation.states import ItemKind
from trainings.registrations.actions import give_up_registration, register
from trainings.registrations.demo import DEMO_ACTOR, create_seminar, participant_of
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar
from victor.access import Participant
from victor.stories import Part, Scene, declare_part

HOST = "terre-des-hommes-budapest"
PLANNED_FOR = 45  # days before its first one that a seminar is made public
# The seminar, its course, and how many days ago its first day was; of those ahead, how many people want to come.
HELD = (
    ("spring", "social", 210),
    ("summer", "health", 120),
    ("autumn", "police", 60),
    ("winter", "police", 9),
)
AHEAD = (("tomorrow", "social", -1, 9), ("january", "justice", -25, 5), ("carnival", "police", -40, 0))
CERTIFIED = ("spring", "summer", "autumn")
PEOPLE, ABSENT = 14, 2
QUESTIONS_WRONG_BEFORE = 4


def plan(name: str, course: str, people: int, scene: Scene) -> None:
    """The seminar is public, and people register."""
    seminar = create_seminar(
        name, f"Demonstration seminar: {name}", seats=12, days=PLANNED_FOR, host=HOST, course=course, language="hu"
    )
    for number in range(people):
        register(participant_of(seminar, number + 1), by=DEMO_ACTOR)
    scene.put(seminar)


def cancel_one(scene: Scene) -> None:
    """Somebody cannot come; who waits is offered the seat."""
    registration = scene.get(Seminar).registrations.order_by("pk")[0]
    give_up_registration(registration, by=Participant(registration))


def check_in(day: int, scene: Scene) -> None:
    """The trainer notes who is there on one of the days, all but a few."""
    session = scene.get(Seminar).sessions.order_by("starts")[day]
    for registration in _with_places(scene)[day * ABSENT :]:
        check_in_participant(registration, session, method=AttendanceMethod.LIST, by=scene.person("trainer"))


def answer(stage: Stage, wrong: int, scene: Scene) -> None:
    """Those who have places answer the questions, the first so many of them wrongly."""
    questionnaire = Questionnaire.objects.for_stage(scene.get(Seminar), stage)
    items = questionnaire.questions if questionnaire else []
    for number, registration in enumerate(_with_places(scene)):
        given = {item.slug: _answer_to(item, right=place >= wrong - number % 3) for place, item in enumerate(items)}
        hand_in_answers(registration, stage, given, by=Participant(registration))


def certify(scene: Scene) -> None:
    """The trainer orders the certificates."""
    order_certificates(scene.get(Seminar), by=scene.person("trainer"))


def _with_places(scene: Scene) -> list[Registration]:
    seminar = scene.get(Seminar)
    return list(seminar.registrations.filter(state="confirmed").select_related("seminar").order_by("pk"))


def _answer_to(item: Item, *, right: bool) -> object:
    """An answer to a question: of those that have no right one, the first."""
    numbers = [number for number, _words in item.choices]
    if not numbers:
        return ""
    if item.kind == ItemKind.MULTIPLE:
        return item.right if right else numbers[:1]
    if right and item.right:
        return item.right[0]
    return next((number for number in numbers if number not in item.right), numbers[0])


def happens(name: str, days_ago: int, hour: int, play: partial) -> None:
    """Let this happen to a seminar."""
    declare_part(Part(f"seminar {name}", days_ago, hour, play))


for name, course, first in HELD:
    happens(name, first + PLANNED_FOR, 8, partial(plan, name, course, PEOPLE))
    happens(name, first + 10, 9, partial(cancel_one))
    happens(name, first + 2, 9, partial(answer, Stage.BEFORE, QUESTIONS_WRONG_BEFORE))
    happens(name, first, 8, partial(check_in, 0))
    happens(name, first - 1, 8, partial(check_in, 1))
    happens(name, first - 2, 9, partial(answer, Stage.AFTER, 1))
    happens(name, first - 2, 10, partial(answer, Stage.REACTION, 0))
    if name in CERTIFIED:
        happens(name, first - 5, 10, partial(certify))
for name, course, first, people in AHEAD:
    happens(name, first + PLANNED_FOR, 8, partial(plan, name, course, people))
