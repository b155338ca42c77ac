"""Work off the request, and the clock. The schedule is code: what runs when is reviewed like everything else."""

import os
from pathlib import Path

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import beat_init, setup_logging, worker_init

from victor.slices import modules_named

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "victor.settings")

app = Celery("victor")
app.config_from_object("django.conf:settings", namespace="CELERY")
for name in ("tasks", "periodic"):
    app.autodiscover_tasks(related_name=name)
    app.autodiscover_tasks([module.rpartition(".")[0] for module in modules_named(name)], related_name=name)

app.conf.beat_schedule = {
    # Ticks that nobody was there for are not made up for: one sweep sends all that is due.
    "mail.sweep": {"task": "victor.mail.periodic.sweep", "schedule": 15, "options": {"expires": 60}},
    "mail.forget": {"task": "victor.mail.periodic.forget", "schedule": 24 * 60 * 60},
    "publishing.sweep": {"task": "victor.publishing.periodic.sweep", "schedule": 20, "options": {"expires": 60}},
    "publishing.refresh_search": {
        "task": "victor.publishing.periodic.refresh_search",
        "schedule": 5 * 60,
        "options": {"expires": 300},
    },
    "publishing.rebuild_search": {"task": "victor.publishing.periodic.rebuild_search", "schedule": 24 * 60 * 60},
    "pictures.sweep": {"task": "victor.pictures.periodic.sweep", "schedule": 60, "options": {"expires": 60}},
    "pictures.forget_files": {"task": "victor.pictures.periodic.forget_files", "schedule": 24 * 60 * 60},
    "campaigns.forget_files": {"task": "campaigns.periodic.forget_files", "schedule": 24 * 60 * 60},
    "vault.forget_layers": {"task": "victor.vault.periodic.forget_layers", "schedule": 60 * 60},
    "audit.anchor": {"task": "victor.audit.periodic.anchor", "schedule": 60 * 60, "options": {"expires": 3600}},
    "vault.clean_tables": {"task": "victor.vault.tasks.clean_tables", "schedule": 24 * 60 * 60},
    "vault.forget_passkeys": {
        "task": "victor.vault.periodic.forget_passkeys",
        "schedule": 5 * 60,
        "options": {"expires": 300},
    },
    "vault.forget_files": {"task": "victor.vault.periodic.forget_files", "schedule": 24 * 60 * 60},
    "partners.carry_actions": {
        "task": "partners.periodic.carry_actions",
        "schedule": 10 * 60,
        "options": {"expires": 600},
    },
    "partners.forget_agreement_files": {
        "task": "partners.periodic.forget_agreement_files",
        "schedule": 24 * 60 * 60,
    },
    "partners.watch_agreements": {
        "task": "partners.periodic.watch_agreements",
        "schedule": 15 * 60,
        "options": {"expires": 900},
    },
    "partners.forget_needs": {"task": "partners.periodic.forget_needs", "schedule": 24 * 60 * 60},
    "partners.watch_deliverables": {
        "task": "partners.periodic.watch_deliverables",
        "schedule": 60 * 60,
        "options": {"expires": 3600},
    },
    "partners.watch_values": {
        "task": "partners.periodic.watch_values",
        "schedule": 60 * 60,
        "options": {"expires": 3600},
    },
    "partners.forget_grant_files": {"task": "partners.periodic.forget_grant_files", "schedule": 24 * 60 * 60},
    "partners.ask_contacts": {
        "task": "partners.periodic.ask_contacts",
        "schedule": 60 * 60,
        "options": {"expires": 3600},
    },
    "desks.watch": {"task": "desks.periodic.watch", "schedule": 30, "options": {"expires": 60}},
    "desks.watch_referrals": {"task": "desks.periodic.watch_referrals", "schedule": 30, "options": {"expires": 60}},
    "desks.watch_alerts": {"task": "desks.periodic.watch_alerts", "schedule": 30, "options": {"expires": 60}},
    "desks.remind_of_ends": {"task": "desks.periodic.remind_of_ends", "schedule": 3600, "options": {"expires": 3600}},
    "desks.begin_access_reviews": {
        "task": "desks.periodic.begin_access_reviews",
        "schedule": 60 * 60,
        "options": {"expires": 3600},
    },
    "desks.erase_packages": {"task": "desks.periodic.erase_packages", "schedule": 600, "options": {"expires": 600}},
    "desks.erase_imports": {"task": "desks.periodic.erase_imports", "schedule": 600, "options": {"expires": 600}},
    "desks.watch_cases": {"task": "desks.periodic.watch_cases", "schedule": 60, "options": {"expires": 120}},
    "desks.call_duty": {"task": "desks.periodic.call_duty", "schedule": 60, "options": {"expires": 60}},
    "desks.forget_codes": {"task": "desks.periodic.forget_codes", "schedule": 24 * 60 * 60},
    "desks.retain_cases": {
        "task": "desks.periodic.retain_cases",
        "schedule": 60 * 60,
        "options": {"expires": 3600},
    },
    "desks.shuffle_facts": {
        "task": "desks.periodic.shuffle_facts",
        "schedule": 60 * 60,
        "options": {"expires": 3600},
    },
    "desks.retain": {"task": "desks.periodic.retain", "schedule": 60 * 60, "options": {"expires": 3600}},
    "desks.cut_off_leavers": {
        "task": "desks.periodic.cut_off_leavers",
        "schedule": 30,
        "options": {"expires": 60},
    },
    "trainings.fill_seats": {"task": "trainings.periodic.fill_seats", "schedule": 60, "options": {"expires": 60}},
    "trainings.forget_files": {"task": "trainings.periodic.forget_files", "schedule": 24 * 60 * 60},
    "trainings.retain": {"task": "trainings.periodic.retain", "schedule": 24 * 60 * 60},
    "trainings.ask_questions": {
        "task": "trainings.periodic.ask_questions",
        "schedule": 5 * 60,
        "options": {"expires": 300},
    },
    "trainings.shuffle_answers": {"task": "trainings.periodic.shuffle_answers", "schedule": 24 * 60 * 60},
    "trainings.send_mailings": {"task": "trainings.periodic.send_mailings", "schedule": 20, "options": {"expires": 60}},
    "trainings.note_failures": {"task": "trainings.periodic.note_failures", "schedule": 60 * 60},
    "trainings.remind": {"task": "trainings.periodic.remind", "schedule": 15 * 60, "options": {"expires": 900}},
    "trainings.issue_due": {"task": "trainings.periodic.issue_due", "schedule": 60, "options": {"expires": 60}},
    "trainings.forget_certificates": {
        "task": "trainings.periodic.forget_certificates",
        "schedule": 24 * 60 * 60,
    },
    "audit.record_hourly_counts": {
        "task": "victor.audit.periodic.record_hourly_counts",
        "schedule": 10 * 60,
        "options": {"expires": 600},
    },
    "workspace.send_digests": {
        "task": "workspace.periodic.send_digests",
        "schedule": 10 * 60,
        "options": {"expires": 600},
    },
    "todo.check": {"task": "victor.todo.periodic.check", "schedule": 60 * 60, "options": {"expires": 3600}},
    "todo.forget": {"task": "victor.todo.periodic.forget", "schedule": 60 * 60, "options": {"expires": 3600}},
    "reporting.make_releases": {
        "task": "victor.reporting.releases.periodic.make_releases",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "reporting.make_reports": {
        "task": "victor.reporting.report.periodic.make_reports",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "accounts.send_password_resets": {
        "task": "victor.accounts.periodic.send_password_resets",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "accounts.clear_sessions": {"task": "victor.accounts.periodic.clear_sessions", "schedule": 24 * 60 * 60},
}


class GuardedScheduler(PersistentScheduler):
    """The clock's own scheduler, which opens no schedule that somebody else could have written."""

    schedule_filename: str  # Celery sets it

    def setup_schedule(self) -> None:
        """Open the schedule. Celery calls this before any signal of its own."""
        refuse_foreign_schedule(Path(self.schedule_filename))
        super().setup_schedule()


def refuse_foreign_schedule(schedule: Path) -> None:
    """End the clock where somebody else could write its schedule: that file is read as a program is.

    Raises:
        SystemExit: the folder or a file of the schedule belongs to somebody else, or others may write to it.
    """
    folder = schedule.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (folder, *folder.glob(f"{schedule.name}*")):
        status = path.lstat()
        if status.st_uid != os.geteuid() or status.st_mode & 0o022 or path.is_symlink():
            raise SystemExit(f"{path}: expected to belong to the portal's user, and that nobody else may write to it")


@setup_logging.connect
def keep_logging(**kwargs: object) -> None:
    """Keep the logging of victor.settings: Celery would otherwise put its own in its place."""


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**kwargs: object) -> None:
    """End a worker or clock of production whose database holds demo accounts."""
    from victor.accounts.checks import refuse_demo_accounts  # noqa: PLC0415 - needs the apps

    refuse_demo_accounts()
