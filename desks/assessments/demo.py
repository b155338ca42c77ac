"""Assessments of the demo's invented children."""

from __future__ import annotations

from datetime import timedelta

from desks.assessments.actions import finish_assessment
from desks.assessments.states import AssessmentKind
from desks.cases.demo import ASSESSED, BULGARIA, CHILDREN, GREECE, Child, happens, worker_of
from desks.cases.models import Case, today
from desks.reports.states import Risk
from victor.stories import Scene

RISK = {
    GREECE: {
        "child": "Φοβάται και κοιμάται λίγο. Δεν έχει τραύματα.",
        "home": "Μια θεία μπορεί να το προστατεύσει. Για τους υπόλοιπους δεν ξέρουμε ακόμη.",
        "surroundings": "Πηγαίνει σχολείο. Το τηλέφωνό του το ελέγχει άλλος.",
        "protective": "Εμπιστεύεται τη δασκάλα του.",
        "reason": "Το άτομο που φοβάται ξέρει πού μένει.",
    },
    BULGARIA: {
        "child": "Страхува се и спи малко. Няма наранявания.",
        "home": "Леля може да го закриля. За останалите още не знаем.",
        "surroundings": "Ходи на училище. Телефонът му се проверява от друг.",
        "protective": "Има доверие на учителката си.",
        "reason": "Човекът, от когото се страхува, знае къде живее.",
    },
}


def assess_risk(child: Child, scene: Scene) -> None:
    """The worker signs an assessment of the risk."""
    finish_assessment(
        scene.get(Case),
        AssessmentKind.RISK,
        RISK[child.desk],
        risk=Risk(child.risk),
        next_on=today() + timedelta(days=60),
        seen=None,
        by=worker_of(child, scene),
    )


happens(assess_risk, to=ASSESSED, after=1, hour=11)
for day in range(50, 250, 50):
    running = [child.story for child in CHILDREN if child.days_ago > day and child.story in ASSESSED]
    happens(assess_risk, to=running, after=day, hour=11)
