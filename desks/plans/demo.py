"""Plans, services and reviews of the demo's invented children, and the moves that need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from desks.assessments.actions import finish_assessment
from desks.assessments.states import AssessmentKind
from desks.cases.casework import Task
from desks.cases.closures import approve_move, ask_to_move, move_case
from desks.cases.code_lists import Answer, TaskKind
from desks.cases.demo import BULGARIA, CHILDREN, GREECE, WORDS, Child, happens, supervisor_of, worker_of
from desks.cases.guardians import record_guardian
from desks.cases.models import Case, today
from desks.cases.states import CaseMove, GuardianState
from desks.desk.states import Service
from desks.plans.actions import request_approval
from desks.plans.approvals import SignatureFacts, approve_plan, record_signature
from desks.plans.casework import ServiceRow
from desks.plans.code_lists import (
    AnswerWay,
    FollowUpResult,
    GoalKind,
    PlanAnswer,
    ProviderKind,
    ReviewKind,
    ReviewOutcome,
    ServiceBasis,
    SignerRole,
)
from desks.plans.completeness import GoalText, PlanText
from desks.plans.models import Plan
from desks.plans.provision import ServiceFacts, add_service, move_service
from desks.plans.reviews import ReviewFacts, record_follow_up, record_review
from desks.plans.states import ServiceState
from victor.stories import Scene

NO_GUARDIAN_NEEDED = ("ferns", "ivory", "larch")
PLANNED = ("elder", "ferns", "ivory", "jonah", "larch")
SUPPORTED = ("elder", "ferns", "ivory", "larch")
FOLLOWED_UP = ("ferns",)
LOOKED_AFTER = ("maple",)  # six months after closing


@dataclass(frozen=True)
class PlanWords:
    """What people of a desk write of plans in these stories, in their language."""

    view: str
    means: str
    options: str
    home: str
    surroundings: str
    reason: str
    parent: str
    goal: dict[str, str]
    provider: str
    consent: str
    result: str
    findings: str
    follow_up: str


PLAN_WORDS = {
    GREECE: PlanWords(
        view="Θέλει να μείνει κοντά στη θεία του και να πάει σχολείο.",
        means="Με ζωγραφική και λόγια, μαζί με διερμηνέα",
        options="Με τη θεία: το θέλει, και ελέγχθηκε. Ξενώνας: ασφαλής, αλλά μακριά από το σχολείο.",
        home="Η θεία μπορεί να το φροντίσει.",
        surroundings="Το σχολείο είναι κοντά και ξέρει ποιον να καλέσει.",
        reason="Μένει με τη θεία του, με στήριξη από το γραφείο.",
        parent="Η μητέρα φροντίζει το παιδί και δεν εμπλέκεται.",
        goal={
            "objective": "Πηγαίνει στο σχολείο της γειτονιάς",
            "action": "Εγγραφή, και συνοδεία τις πρώτες μέρες",
            "who": "Η κοινωνική λειτουργός, μαζί με τη θεία",
            "agreement": "Του αρέσει η ιδέα",
        },
        provider="Ψυχολόγος του συλλόγου (επινοημένη)",
        consent="Συμφώνησαν το παιδί και όποιος το φροντίζει.",
        result="Ολοκληρώθηκε. Κοιμάται καλύτερα.",
        findings="Πηγαίνει σχολείο κάθε μέρα. Κανείς δεν το έχει ενοχλήσει.",
        follow_up="Μιλήσαμε στο τηλέφωνο. Είναι ασφαλής και πηγαίνει σχολείο.",
    ),
    BULGARIA: PlanWords(
        view="Иска да остане при леля си и да ходи на училище.",
        means="С рисунки и думи, заедно с преводач",
        options="При лелята: иска го, проверена е. Приют: безопасен, но далеч от училището.",
        home="Лелята може да се грижи за детето.",
        surroundings="Училището е близо и знае на кого да се обади.",
        reason="Остава при леля си, с подкрепа от бюрото.",
        parent="Майката се грижи за детето и не е замесена.",
        goal={
            "objective": "Ходи на училището в квартала",
            "action": "Записване и придружаване през първите дни",
            "who": "Социалната работничка, заедно с лелята",
            "agreement": "Идеята му харесва",
        },
        provider="Психоложка на фондацията (измислена)",
        consent="Съгласни са детето и този, който се грижи за него.",
        result="Приключи. Спи по-добре.",
        findings="Всеки ден ходи на училище. Никой не го е безпокоил.",
        follow_up="Говорихме по телефона. В безопасност е и ходи на училище.",
    ),
}


def need_no_guardian(child: Child, scene: Scene) -> None:
    """A parent cares for the child, and is not involved."""
    words, by = {"reason": PLAN_WORDS[child.desk].parent}, worker_of(child, scene)
    record_guardian(scene.get(Case), GuardianState.NOT_NEEDED, words, happened_on=today(), by=by)


def assess_best_interests(child: Child, scene: Scene) -> None:
    """The worker hears the child, and assesses what is best."""
    words = PLAN_WORDS[child.desk]
    answers = {"child_view": words.view, "means": words.means, "options": words.options, "reason": words.reason}
    answers |= {"child": words.view, "home": words.home, "surroundings": words.surroundings}
    by, next_on = worker_of(child, scene), today() + timedelta(days=80)
    finish_assessment(scene.get(Case), AssessmentKind.BIA, answers, next_on=next_on, seen=None, by=by)


def plan_help(child: Child, scene: Scene) -> None:
    """A plan with one goal is written, approved by the supervisor, and answered by child and guardian."""
    words, worker = PLAN_WORDS[child.desk], worker_of(child, scene)
    goal = GoalText(GoalKind.EDUCATION, today() + timedelta(days=300), words.goal)
    text = PlanText({"child_view": words.view, "means": words.means}, (goal,))
    plan = request_approval(scene.get(Case), text, seen=None, by=worker)
    scene.put(approve_plan(plan, by=supervisor_of(child, scene)))


def agree(child: Child, scene: Scene) -> None:
    """The child and whoever cares for the child agree."""
    for role in (SignerRole.CHILD, SignerRole.GUARDIAN):
        facts = SignatureFacts(role, PlanAnswer.AGREES, AnswerWay.SPOKEN, today())
        record_signature(scene.get(Plan), facts, {"name": child.given}, by=worker_of(child, scene))


def begin_service(child: Child, scene: Scene) -> None:
    """Psychological support begins, with consent."""
    case, words, by = scene.get(Case), PLAN_WORDS[child.desk], worker_of(child, scene)
    facts = ServiceFacts(Service.PSYCHOLOGICAL_SUPPORT, case.desk.country, ProviderKind.NGO, today())
    row = add_service(case, facts, {"provider": words.provider}, by=by)
    said = {"text": words.consent}
    scene.put(move_service(row, ServiceState.PROVIDED, said, day=today(), basis=ServiceBasis.CONSENT, by=by))


def end_service(child: Child, scene: Scene) -> None:
    """The support ends, and what came of it is written down."""
    words, by = {"text": PLAN_WORDS[child.desk].result}, worker_of(child, scene)
    move_service(scene.get(ServiceRow), ServiceState.ENDED, words, day=today(), helpful=Answer.YES, by=by)


def review(child: Child, scene: Scene) -> None:
    """The desk looks at the case as a whole, with the child."""
    words = PLAN_WORDS[child.desk]
    facts = ReviewFacts(ReviewKind.REGULAR, ReviewOutcome.GOES_ON, today())
    spoken = {"findings": words.findings, "child_view": words.view}
    record_review(scene.get(Case), facts, spoken, by=worker_of(child, scene))


def support(child: Child, scene: Scene) -> None:
    """The plan is agreed, and the case goes on."""
    move_case(scene.get(Case), CaseMove.SUPPORT, by=worker_of(child, scene))


def move_by_two(move: CaseMove, child: Child, scene: Scene) -> None:
    """The worker asks to move the case, and the supervisor agrees."""
    words, by = PLAN_WORDS[child.desk], worker_of(child, scene)
    request = ask_to_move(scene.get(Case), move, {"text": words.reason}, by=by)
    approve_move(request, WORDS[child.desk].agreed, by=supervisor_of(child, scene))


def look_after(child: Child, scene: Scene) -> None:
    """Six months after closing somebody speaks with the child."""
    words, by = PLAN_WORDS[child.desk].follow_up, worker_of(child, scene)
    task = Task.objects.filter(case=scene.get(Case), kind=TaskKind.FOLLOW_UP).earliest("due_at")
    record_follow_up(task, FollowUpResult.SPOKEN, words, safe=Answer.YES, done_on=today(), by=by)


happens(need_no_guardian, to=NO_GUARDIAN_NEEDED, after=5)
happens(assess_best_interests, to=PLANNED, after=8)
happens(plan_help, to=PLANNED, after=10)
happens(partial(move_by_two, CaseMove.PLAN), to=PLANNED, after=11)
happens(agree, to=SUPPORTED, after=12)
happens(begin_service, to=SUPPORTED, after=13)
happens(support, to=SUPPORTED, after=14)
for day in (80, 160, 195):
    happens(
        review, to=[child.story for child in CHILDREN if child.story in SUPPORTED and child.days_ago > day], after=day
    )
happens(end_service, to=FOLLOWED_UP, after=190)
happens(partial(move_by_two, CaseMove.FOLLOW_UP), to=FOLLOWED_UP, after=198)
happens(look_after, to=LOOKED_AFTER, after=486)
