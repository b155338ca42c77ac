"""What waits in referrals of cases, for the list of tasks: `desks/handovers/todo.py` has those of reports.

No line says more than the reference and what kind of thing waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.referrals.code_lists import CONFIRM_HOURS
from desks.referrals.states import READABLE, SHARED, UNANSWERED, ReferralState
from partners.agreements.states import DECISION_DAYS
from victor.formatting import short_moment
from victor.todo.declarations import Kind, Line, Watched, declare_kind, names_subject, since

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from victor.todo.models import Item

SENDER = "JOIN desks_desk d ON d.id = r.from_desk_id LEFT JOIN desks_case c ON c.id = r.case_id"
RECEIVER = "JOIN desks_desk d ON d.id = r.to_desk_id"
INTAKE = "ARRAY['intake:' || d.organisation_id, 'supervisor:' || d.organisation_id]"
WORKERS = "ARRAY['worker:' || d.organisation_id, 'supervisor:' || d.organisation_id]"
SUPERVISORS = "ARRAY['supervisor:' || d.organisation_id]"
ITS_PEOPLE = """ARRAY[CASE WHEN c.worker_id IS NOT NULL THEN 'user:' || c.worker_id
    ELSE 'supervisor:' || d.organisation_id END]"""
SUPERVISION = "interval '30 days'"  # until when it was spoken about
OF_DESK = "SELECT own.* FROM desks_referral own WHERE own.{column} = {{row}}.id"


def _says(words: StrOrPromise) -> Callable[[Item, int], Line]:
    def line(item: Item, number: int) -> Line:
        reference = str(item.facts["reference"])
        detail = _("until %(moment)s") % {"moment": short_moment(item.due_at)} if item.due_at else since(item.since)
        return Line(str(words) % {"reference": reference}, detail, _page_of(item))

    return line


@names_subject("desks.referral")
def referral_line(item: Item) -> Line:
    """The referral itself, where it is told what has happened to it."""
    return Line(_("Referral %(reference)s") % {"reference": item.facts["reference"]}, "", _page_of(item))


def _page_of(item: Item) -> str:
    return reverse("desks:referral", args=[item.facts["desk"], item.facts["reference"]])


def _watch(column: str) -> list[Watched]:
    return [Watched("desks_desk", OF_DESK.format(column=column), ("organisation_id", "slug"))]


def _codes(states: frozenset[ReferralState]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


for name, words, state, joins, audience, started, due in (
    (
        "desks.referral_to_answer",
        gettext_lazy("%(reference)s: answer a referral"),
        "r.state = 'sent' AND r.kind <> 'report'",
        RECEIVER,
        INTAKE,
        "r.sent_at",
        "r.answer_by",
    ),
    (
        "desks.referral_question",
        gettext_lazy("%(reference)s: answer a question about a referral"),
        "r.state = 'info_asked'",
        SENDER,
        ITS_PEOPLE,
        "r.moved_at",
        "NULL::timestamptz",
    ),
    (
        "desks.referral_ready",
        gettext_lazy("%(reference)s: a referral waits to be sent"),
        "r.state = 'ready' AND r.kind <> 'report'",
        SENDER,
        SUPERVISORS,
        "r.moved_at",
        "NULL::timestamptz",
    ),
    (
        "desks.referral_outcome",
        gettext_lazy("%(reference)s: report the outcome of a referral"),
        "r.state IN ('accepted', 'in_service') AND r.feedback_on IS NOT NULL",
        RECEIVER,
        WORKERS,
        "r.accepted_at",
        "(r.feedback_on + time '12:00') AT TIME ZONE 'UTC'",
    ),
    (
        "desks.referral_returned",
        gettext_lazy("%(reference)s: read the outcome of a referral"),
        "r.state = 'outcome_returned'",
        SENDER,
        ITS_PEOPLE,
        "r.moved_at",
        "NULL::timestamptz",
    ),
    (
        "desks.referral_unconfirmed",
        gettext_lazy("%(reference)s: nobody confirmed the emergency sharing, so it has ended"),
        "r.revoke_reason = 'not_confirmed'",
        SENDER,
        SUPERVISORS,
        "r.moved_at",
        "NULL::timestamptz",
    ),
):
    is_sent_by = joins == SENDER
    declare_kind(
        Kind(
            name=name,
            table="desks_referral",
            describe=_says(words),
            joins=joins,
            is_open=state,
            audiences=audience,
            subject="'desks.referral:' || r.id",
            since=started,
            due_at=due,
            urgent="r.urgency = 'urgent'" if name == "desks.referral_to_answer" else "FALSE",
            closes_at=f"r.moved_at + {SUPERVISION}" if name == "desks.referral_unconfirmed" else "NULL::timestamptz",
            facts={"reference": "r.reference", "desk": "d.slug"},
            watched=_watch("from_desk_id" if is_sent_by else "to_desk_id"),
        )
    )

CONFIRMED = "SELECT 1 FROM desks_lawfulbasis basis WHERE basis.referral_id = r.id AND basis.second_id IS NOT NULL"
declare_kind(
    Kind(
        name="desks.referral_to_confirm",
        table="desks_referral",
        describe=_says(gettext_lazy("%(reference)s: confirm an emergency sharing")),
        joins=SENDER,
        is_open=f"r.kind = 'emergency' AND r.state IN ({_codes(UNANSWERED | READABLE)}) AND NOT EXISTS ({CONFIRMED})",
        audiences=SUPERVISORS,
        barred="r.author_id",
        subject="'desks.referral:' || r.id",
        since="r.sent_at",
        due_at=f"r.sent_at + interval '{CONFIRM_HOURS} hours'",
        urgent="TRUE",
        facts={"reference": "r.reference", "desk": "d.slug"},
        watched=[
            *_watch("from_desk_id"),
            Watched(
                "desks_lawfulbasis",
                "SELECT own.* FROM desks_referral own WHERE own.id = {row}.referral_id",
                ("second_id",),
            ),
        ],
    )
)

# What runs between two organisations stays when their agreement ends. Both desks have it in their tasks for a while.
PAIR = """
JOIN desks_desk f ON f.id = r.from_desk_id JOIN desks_desk t ON t.id = r.to_desk_id
CROSS JOIN LATERAL (
    SELECT max(a.moved_at) FILTER (WHERE a.state IN ('suspended', 'ended', 'terminated')) AS at,
        count(*) FILTER (WHERE a.state = 'signed') AS signed
    FROM partners_agreement a
    JOIN partners_agreementparty one ON one.agreement_id = a.id AND one.organisation_id = f.organisation_id
    JOIN partners_agreementparty two ON two.agreement_id = a.id AND two.organisation_id = t.organisation_id
    WHERE 'referrals' = ANY(a.gates) AND f.organisation_id <> t.organisation_id
) ended
"""
OF_AGREEMENT = """SELECT own.* FROM desks_referral own
    JOIN desks_desk f ON f.id = own.from_desk_id JOIN desks_desk t ON t.id = own.to_desk_id
    JOIN partners_agreementparty one ON one.organisation_id = f.organisation_id AND one.agreement_id = {row}.id
    JOIN partners_agreementparty two ON two.organisation_id = t.organisation_id AND two.agreement_id = {row}.id"""
for side, desk in (("sender", "f"), ("receiver", "t")):
    declare_kind(
        Kind(
            name=f"desks.referral_no_agreement_{side[0]}",
            table="desks_referral",
            describe=_says(gettext_lazy("%(reference)s: the agreement has ended. Decide on this referral")),
            joins=PAIR,
            is_open=f"""r.kind <> 'report' AND r.state IN ({_codes(UNANSWERED | SHARED)})
                AND ended.signed = 0 AND r.sent_at <= ended.at""",
            audiences=f"ARRAY['worker:' || {desk}.organisation_id, 'supervisor:' || {desk}.organisation_id]",
            subject="'desks.referral:' || r.id",
            since="ended.at",
            due_at=f"ended.at + interval '{DECISION_DAYS.days} days'",
            closes_at=f"ended.at + interval '{DECISION_DAYS.days} days'",
            facts={"reference": "r.reference", "desk": f"{desk}.slug"},
            watched=[
                *_watch("from_desk_id"),
                *_watch("to_desk_id"),
                Watched("partners_agreement", OF_AGREEMENT, ("state", "moved_at", "gates")),
            ],
        )
    )
