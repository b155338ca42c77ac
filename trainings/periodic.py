"""The clock of the seminars."""

import structlog
from celery import shared_task
from django.utils import timezone

from trainings.actions import ask, erase_needs, erase_registrations, fill, remind_of, send_wave, shuffle
from trainings.models import Certificate, CertificateOrder, Mailing, Recipient, Seminar, SessionMaterial, certificates
from trainings.models.seminar import materials
from trainings.opening import BEFORE_BY, DAY, FOLLOW_UP_AFTER, LAST_DAY
from trainings.states import DAYS_BEFORE, Stage
from trainings.tasks import issue_certificates
from victor.uploads import forget

log = structlog.get_logger(__name__)

ASKS_FOR = 14 * DAY  # whoever is noted later as having come is asked too


@shared_task(name="trainings.periodic.fill_seats")
def fill_seats() -> int:
    """Let offers lapse whose time is over and offer what is free: whatever frees a seat does so at once, this makes
    up for what the clock alone decides. Return how many offers were made."""
    return sum(fill(seminar) for seminar in Seminar.objects.with_a_line())


@shared_task(name="trainings.periodic.forget_files")
def forget_files() -> int:
    """Delete what no material of a session names any more; return how many files."""
    return forget(materials(), set(SessionMaterial.objects.values_list("file", flat=True)))


@shared_task(name="trainings.periodic.retain")
def retain() -> tuple[int, int]:
    """Delete needs and registrations whose time is over; return how many. What was missed is caught up with."""
    return erase_needs(), erase_registrations()


@shared_task(name="trainings.periodic.ask_questions")
def ask_questions() -> int:
    """Ask for answers three days before the beginning, once the last session has ended, and three months later;
    return how many were asked."""
    now = timezone.now()
    due = {
        Stage.BEFORE: Seminar.objects.about_to_begin(BEFORE_BY),
        Stage.AFTER: Seminar.objects.ended_between(now - ASKS_FOR, now),
        Stage.FOLLOW_UP: Seminar.objects.ended_between(now - LAST_DAY, now - FOLLOW_UP_AFTER),
    }
    return sum(ask(seminar, stage) for stage, seminars in due.items() for seminar in seminars)


@shared_task(name="trainings.periodic.shuffle_answers")
def shuffle_answers() -> int:
    """Take the order from the answers of every seminar that is still asked; return how many answers there are."""
    asked = Seminar.objects.filter(responses__isnull=False, ends__gt=timezone.now() - LAST_DAY - DAY).distinct()
    return sum(shuffle(seminar) for seminar in asked)


@shared_task(name="trainings.periodic.send_mailings")
def send_mailings() -> int:
    """One wave of each mailing that goes out; return to how many it came."""
    return sum(_wave_of(mailing) for mailing in Mailing.objects.going_out().order_by("released_at", "pk"))


@shared_task(name="trainings.periodic.note_failures")
def note_failures() -> int:
    """Keep who could not be reached, before the outbox forgets it; return how many were noted."""
    return Recipient.objects.note_failures()


@shared_task(name="trainings.periodic.remind")
def remind() -> int:
    """Write to those who have a place a week and a day before the beginning, each once; return how many mailings."""
    return sum(remind_of(seminar, days) for days in DAYS_BEFORE for seminar in Seminar.objects.near(days))


@shared_task(name="trainings.periodic.issue_due")
def issue_due() -> int:
    """Make the certificates that a lost task or a broker that was down has left; return how many."""
    waiting = CertificateOrder.objects.due().order_by().values_list("registration__seminar", flat=True).distinct()
    return sum(issue_certificates(seminar) for seminar in list(waiting))


@shared_task(name="trainings.periodic.forget_certificates")
def forget_certificates() -> int:
    """Delete the files of certificates that a worker was killed over; return how many."""
    return forget(certificates(), set(Certificate.objects.values_list("file", flat=True)))


def _wave_of(mailing: Mailing) -> int:
    try:
        return send_wave(mailing)
    except Exception:  # whatever is wrong with one mailing, it must not stop those behind it
        log.exception("wave not sent", mailing=mailing.pk)
        return 0
