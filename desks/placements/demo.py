"""Where the demo's invented children live."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from desks.cases.demo import BULGARIA, GREECE, Child, happens, worker_of
from desks.cases.models import Case
from desks.placements.actions import place_child
from desks.placements.check_ins import confirm_presence
from desks.placements.models import CheckIn
from desks.placements.states import PlaceKind
from victor.stories import Scene

SHELTERED = ("daisy", "elder", "jonah")  # from the first evening
WITH_RELATIVES = ("ferns", "larch")
CARERS = {GREECE: "Βάρδια του ξενώνα (επινοημένη)", BULGARIA: "Дежурен на приюта (измислен)"}
AUNT = {GREECE: "Η θεία (επινοημένη)", BULGARIA: "Лелята (измислена)"}


def shelter(child: Child, scene: Scene) -> None:
    """The child comes to a shelter, and the watch begins."""
    words, by = {"carers": CARERS[child.desk]}, worker_of(child, scene)
    place_child(scene.get(Case), PlaceKind.SHELTER, words, since=timezone.now(), by=by)


def live_with_relatives(child: Child, scene: Scene) -> None:
    """The child lives with an aunt."""
    words, by = {"carers": AUNT[child.desk]}, worker_of(child, scene)
    since = timezone.now() - timedelta(hours=1)
    place_child(scene.get(Case), PlaceKind.KIN, words, since=since, by=by)


def check_in(child: Child, scene: Scene) -> None:
    """Somebody looks whether the child is there."""
    for row in CheckIn.objects.due().filter(case=scene.get(Case)):
        confirm_presence(row, by=worker_of(child, scene))


happens(shelter, to=SHELTERED, after=0, hour=18)
happens(live_with_relatives, to=WITH_RELATIVES, after=0, hour=18)
for day in (1, 2, 3):
    happens(check_in, to=SHELTERED + WITH_RELATIVES, after=day, hour=18)
