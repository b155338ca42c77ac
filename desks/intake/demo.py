"""A year of invented reports at the demo's two desks: read, triaged, answered and closed by the people of the desk."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import partial

from desks.desk.models import Desk
from desks.inbox.actions import (
    add_note,
    answer_reporter,
    assign_report,
    close_report,
    conclude_report,
    open_report,
    triage_report,
)
from desks.intake.actions import receive_report
from desks.intake.receipt_keys import ReceiptKeys
from desks.reports.models import Report
from desks.reports.states import ReporterKind, ReportMove, Risk
from victor.access import Reporter
from victor.accounts.models import User
from victor.stories import Part, Scene, declare_part
from victor.vault import crypto

GREECE, BULGARIA = "greece", "bulgaria"
BRANCHES = {GREECE: "", BULGARIA: "-bg"}  # what the addresses of the people of each desk end with


@dataclass(frozen=True)
class ReportWords:
    """What people tell a desk in these stories, and what it answers, in one language."""

    invented: str
    stories: tuple[str, ...]
    triaged: str
    note: str
    answer: str
    concluded: str


WORDS = {
    GREECE: ReportWords(
        invented="Επινοημένη αναφορά για την επίδειξη. Κανένα από αυτά τα πρόσωπα δεν υπάρχει.",
        stories=(
            "Στο διπλανό διαμέρισμα μένουν τέσσερα παιδιά και δεν πηγαίνουν σχολείο. Τα παίρνουν κάθε βράδυ.",
            "Μια μαθήτριά μου έχει δύο τηλέφωνα και φοβάται όταν χτυπά το ένα. Λέει ότι χρωστά σε κάποιον.",
            "Στην πλατεία ένα αγόρι πουλά χαρτομάντιλα ως τα μεσάνυχτα. Ένας άνδρας του παίρνει τα λεφτά.",
            "Διάβασα μια αγγελία για δουλειά σε ξενοδοχείο που ζητά κορίτσια από δεκαέξι χρονών.",
            "Κάποιος που δεν ξέρω μου ζητά φωτογραφίες και λέει ότι θα τις δείξει στους γονείς μου.",
            "Ένα παιδί στη δουλειά μου κοιμάται στην αποθήκη. Δεν έχει χαρτιά και δεν μιλά ελληνικά.",
        ),
        triaged="Διαβάστηκε από δύο συναδέλφους. Ζητάμε πρώτα περισσότερα.",
        note="Μίλησα με το σχολείο. Περιμένουμε απάντηση.",
        answer="Σας ευχαριστούμε που γράψατε. Μπορείτε να μας πείτε πότε το είδατε τελευταία φορά;",
        concluded="Δόθηκαν οι αριθμοί των γραμμών και ενημερώθηκε η κοινωνική υπηρεσία.",
    ),
    BULGARIA: ReportWords(
        invented="Измислен сигнал за демонстрацията. Никой от тези хора не съществува.",
        stories=(
            "До нас живеят деца, които не ходят на училище. Всяка вечер ги взима една и съща кола.",
            "Моя ученичка получи пари за пътуване в чужбина от човек, когото познава само от интернет.",
            "На гарата момче проси по цял ден. Една жена му взима парите.",
            "Обещаха ми работа в друга държава и ми взеха личната карта.",
            "Съседката ми е на петнайсет години и ще я омъжват. Тя не иска.",
            "Дете работи нощем в цеха до нас. Казва, че връща дълг.",
        ),
        triaged="Прочетоха го двама колеги. Първо питаме за повече.",
        note="Говорих с училището. Чакаме отговор.",
        answer="Благодарим, че ни писахте. Можете ли да ни кажете кога го видяхте за последен път?",
        concluded="Дадохме номерата на линиите и уведомихме отдела за закрила на детето.",
    ),
}
RISKS = (Risk.MEDIUM, Risk.HIGH, Risk.LOW)
REPORTERS = (ReporterKind.OTHER, ReporterKind.PROFESSIONAL, ReporterKind.CHILD, ReporterKind.PARENT)
# How many days ago each report came, and how far the desk has come with it: what has come furthest stands first.
CLOSED = tuple(range(357, 35, -14))
CONCLUDED = (*CLOSED, 27, 20)
ANSWERED = (*CONCLUDED, 15, 10, 6, 4)
TRIAGED = (*ANSWERED, 2, 2)
TOLD = (*TRIAGED, 1, 0, 0)  # of which nobody has read the first in time


def tell(desk: str, number: int, scene: Scene) -> None:
    """Somebody tells the desk something. They keep the receipt, and so nobody else has it."""
    words, here = WORDS[desk], Desk.objects.select_related("country").get(slug=desk)
    answers = {
        "story": f"{words.invented} {words.stories[number % len(words.stories)]}",
        "reporter": str(REPORTERS[number % len(REPORTERS)]),
        "danger": False,
    }
    nobodys = ReceiptKeys(secrets.token_bytes(crypto.KEY_BYTES), crypto.new_private_key())
    report, _is_new = receive_report(
        here,
        answers,
        receipt=nobodys,
        country=here.country,
        language=_worker(desk, scene).language,
        danger=False,
        by=Reporter(),
    )
    scene.put(report)


def triage(desk: str, number: int, scene: Scene) -> None:
    """The worker reads it, says how soon the desk has to act, and takes it."""
    worker = _worker(desk, scene)
    report = open_report(scene.get(Report), by=scene.vault_of(worker))
    triage_report(report, risk=RISKS[number % len(RISKS)], reason=WORDS[desk].triaged, by=worker)
    assign_report(report, worker, by=worker)


def answer(desk: str, number: int, scene: Scene) -> None:
    """The worker writes what a colleague should know, and answers."""
    worker, report = _worker(desk, scene), scene.get(Report)
    add_note(report, WORDS[desk].note, by=worker)
    answer_reporter(report, WORDS[desk].answer, language=report.language, by=scene.vault_of(worker))


def conclude(desk: str, number: int, scene: Scene) -> None:
    """The desk has given information, or asked others who can help."""
    move = ReportMove.REFER if number % 2 else ReportMove.INFORM
    conclude_report(scene.get(Report), move, reason=WORDS[desk].concluded, by=_worker(desk, scene))


def close(desk: str, number: int, scene: Scene) -> None:
    """The work has ended."""
    close_report(scene.get(Report), by=_worker(desk, scene))


def _worker(desk: str, scene: Scene) -> User:
    return scene.person(f"worker{BRANCHES[desk]}")


# What happens to those that have come so far, how many days later, and at which hour.
STEPS = ((tell, TOLD, 0, 7), (triage, TRIAGED, 0, 10), (answer, ANSWERED, 1, 9), (conclude, CONCLUDED, 12, 11),
         (close, CLOSED, 13, 15))  # fmt: skip
for desk in WORDS:
    for play, days, after, hour in STEPS:
        for number, days_ago in enumerate(days):
            declare_part(Part(f"report {desk} {number}", days_ago - after, hour, partial(play, desk, number)))
