"""Authorities that are notified of the demo's invented children."""

from __future__ import annotations

from desks.cases.demo import BULGARIA, GREECE, PRESUMED, Child, happens, worker_of
from desks.cases.models import Case, today
from desks.notifications.actions import record_sent
from desks.notifications.models import Notification
from desks.notifications.states import Channel
from victor.stories import Scene

SAID = {GREECE: "Μιλήσαμε με την υπηρεσία βάρδιας.", BULGARIA: "Разговаряхме с дежурния."}


def notify_authorities(child: Child, scene: Scene) -> None:
    """The worker telephones each authority of the country's list, and writes down the number that it gives."""
    case, worker = scene.get(Case), worker_of(child, scene)
    for number, row in enumerate(Notification.objects.filter(case=case).order_by("pk"), start=1):
        words = {"text": SAID[child.desk], "number": f"{number}/{today():%y}"}
        record_sent(row, words, sent_on=today(), how=Channel.TELEPHONE, by=worker)


happens(notify_authorities, to=PRESUMED, after=2, hour=10)
