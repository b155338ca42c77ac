"""The registry of tasks: every slice declares its own, and the order of the first page is written down here."""

from __future__ import annotations

from victor.todo import FINDERS

ORDER = [
    "desks.inbox.todo.reports_waiting",
    "victor.vault.groups.todo.recovery_requests",
    "desks.inbox.todo.originals_of_other_desks",
    "desks.retention.todo.requests_for_deletion",
    "desks.retention.todo.deletions_to_confirm",
    "desks.retention.todo.deletions_soon",
    "desks.retention.todo.rules_to_approve",
    "partners.memberships.todo.proposals_to_confirm",
    "desks.desk.todo.incomplete_desks",
    "trainings.registrations.todo.registrations_to_review",
    "victor.publishing.todo.texts_to_review",
    "victor.publishing.todo.overdue_texts",
    "partners.help_lines.todo.lines_to_check",
    "partners.memberships.todo.open_invitations",
]


def test_tasks_are_listed_the_most_urgent_first():
    finders = [find for _rank, find in sorted(FINDERS, key=lambda finder: finder[0])]
    assert [f"{find.__module__}.{find.__name__}" for find in finders] == ORDER


def test_no_two_kinds_of_tasks_share_a_rank():
    ranks = [rank for rank, _find in FINDERS]
    assert len(set(ranks)) == len(ranks)
