"""Referrals of the demo's invented children between its two desks, one in each state that people meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from desks.cases.demo import BULGARIA, GREECE, Child, happens, supervisor_of, worker_of
from desks.cases.models import Case
from desks.desk.models import Desk
from desks.referrals.actions import accept_referral, answer_receiver, ask_sender, decline_referral, send_referral
from desks.referrals.code_lists import CONSENT_POINTS, ConsentWay, FieldGroup, Giver, SharingPurpose
from desks.referrals.consents import ConsentFacts, record_consent
from desks.referrals.models import Referral
from desks.referrals.provision import return_outcome, start_service
from desks.referrals.revocations import close_referral, end_by_withdrawn_consent
from desks.referrals.sharing import prepare_referral
from desks.referrals.states import DeclineReason, ReferralOutcome, Side
from desks.referrals.wishes import Choice, Wish, choose_groups, start_referral
from victor.accounts.models import User
from victor.stories import Scene

GROUPS = frozenset({FieldGroup.IDENTITY, FieldGroup.GUARDIAN})
# How far each child's referral has come.
DRAFTED = ("birch", "cedar", "daisy", "elder", "ferns", "hazel", "ivory", "jonah")
SENT = ("birch", "daisy", "elder", "ferns", "hazel", "ivory", "jonah")  # of which nobody answers two in time
ASKED = ("birch", "ivory")
ANSWERED = ("ivory",)
DECLINED = ("ferns",)
ACCEPTED = ("elder", "jonah")
RETURNED = ("elder",)
WITHDRAWN = ("jonah",)


@dataclass(frozen=True)
class ReferralWords:
    """What people of a desk write of referrals in these stories, in their language."""

    message: str
    view: str
    explained: str
    question: str
    outcome: str


WORDS = {
    GREECE: ReferralWords(
        message="Χρειαζόμαστε τη βοήθειά σας για την οικογένεια του παιδιού.",
        view="Συμφωνεί, αν μάθει πρώτα ποιος θα του μιλήσει.",
        explained="Με απλά λόγια, μαζί με διερμηνέα",
        question="Σε ποια γλώσσα μιλά πιο εύκολα το παιδί;",
        outcome="Μιλήσαμε με την οικογένεια. Το παιδί μπορεί να μείνει με τη θεία του.",
    ),
    BULGARIA: ReferralWords(
        message="Имаме нужда от Вашата помощ за семейството на детето.",
        view="Съгласно е, ако първо научи кой ще говори с него.",
        explained="С прости думи, с преводач",
        question="На кой език детето говори най-лесно?",
        outcome="Говорихме със семейството. Детето може да остане при леля си.",
    ),
}


def write(child: Child, scene: Scene) -> None:
    """The worker asks the other desk for help with the family; the child agrees."""
    by, words = worker_of(child, scene), WORDS[child.desk]
    day = timezone.localdate()
    other = Desk.objects.exclude(slug=child.desk).get(slug__in=WORDS)
    wish = Wish(other, SharingPurpose.TRACING, day + timedelta(days=60), day + timedelta(days=30))
    referral = start_referral(scene.get(Case), wish, by=by)
    referral = choose_groups(referral, Choice(GROUPS, message=words.message), by=by)
    facts = ConsentFacts(
        giver=Giver.CHILD,
        way=ConsentWay.SPOKEN,
        language=child.language,
        points=dict.fromkeys(CONSENT_POINTS, True),
        groups=GROUPS,
        valid_from=day,
        valid_to=day + timedelta(days=61),
        view=words.view,
        explained=words.explained,
        with_interpreter=True,
    )
    record_consent(referral, facts, by=by)
    scene.put(referral)


def send(child: Child, scene: Scene) -> None:
    """The worker makes it ready, and a supervisor sends it."""
    referral = prepare_referral(scene.get(Referral), by=scene.vault_of(worker_of(child, scene)))
    send_referral(referral, by=supervisor_of(child, scene))


def ask(child: Child, scene: Scene) -> None:
    """The other desk asks something."""
    ask_sender(scene.get(Referral), _words_of_other(child).question, by=_other_supervisor(child, scene))


def answer(child: Child, scene: Scene) -> None:
    """This desk answers."""
    answer_receiver(scene.get(Referral), WORDS[child.desk].view, by=worker_of(child, scene))


def decline(child: Child, scene: Scene) -> None:
    """The other desk has no place."""
    decline_referral(scene.get(Referral), DeclineReason.NO_PLACE, "", by=_other_supervisor(child, scene))


def accept(child: Child, scene: Scene) -> None:
    """The other desk takes part, and begins."""
    by = _other_supervisor(child, scene)
    start_service(accept_referral(scene.get(Referral), by=scene.vault_of(by)), by=by)


def return_and_close(child: Child, scene: Scene) -> None:
    """The other desk reports back, and this one closes the referral."""
    words, by = _words_of_other(child), _other_supervisor(child, scene)
    referral = return_outcome(scene.get(Referral), ReferralOutcome.PROVIDED, words.outcome, by=by)
    close_referral(referral, ends_now=True, by=worker_of(child, scene))


def withdraw(child: Child, scene: Scene) -> None:
    """The child no longer agrees."""
    end_by_withdrawn_consent(scene.get(Referral), Side.SENDER, by=worker_of(child, scene))


def _words_of_other(child: Child) -> ReferralWords:
    return WORDS[BULGARIA if child.desk == GREECE else GREECE]


def _other_supervisor(child: Child, scene: Scene) -> User:
    return scene.person("supervisor-bg" if child.desk == GREECE else "supervisor")


happens(write, to=DRAFTED, after=1, hour=15)
happens(send, to=SENT, after=1, hour=16)
happens(ask, to=ASKED, after=2, hour=8)
happens(answer, to=ANSWERED, after=2, hour=12)
happens(decline, to=DECLINED, after=2, hour=12)
happens(accept, to=ACCEPTED, after=2, hour=12)
happens(return_and_close, to=RETURNED, after=40)
happens(withdraw, to=WITHDRAWN, after=30)
