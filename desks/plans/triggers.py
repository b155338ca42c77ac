"""What the database computes itself: until when the plan is agreed, the next review is due, a service is there.

A plan is due from the day on which the case was assessed; a review from the beginning of the support or from the last
review, sooner where the risk is high. Neither reassigning nor planning a later day moves that.
"""

from __future__ import annotations

import pgtrigger

from desks.cases.triggers import clock_trigger, keeps_clock
from desks.plans.clocks import PLAN, PLAN_DAYS, REVIEW, REVIEW_DAYS, REVIEW_MONTHS, SERVICE
from desks.plans.states import WAITING_SERVICES
from desks.reports.states import Risk

NOON = "time '12:00'"
SAVE = """
IF beginning IS NOT NULL THEN
    INSERT INTO desks_caseclock (case_id, kind, source, since, due_at)
    VALUES ({case}, '{kind}', 'desks.case:' || {case}, beginning, {due_at})
    ON CONFLICT (source, kind) DO UPDATE SET since = excluded.since, due_at = excluded.due_at
    WHERE (desks_caseclock.since, desks_caseclock.due_at) IS DISTINCT FROM (excluded.since, excluded.due_at);
ELSE
    DELETE FROM desks_caseclock WHERE source = 'desks.case:' || {case} AND kind = '{kind}';
END IF;
"""
PLAN_SINCE = """
beginning := (
    SELECT (
        SELECT max(made_at) FROM desks_timelineentry
        WHERE case_id = {case} AND kind = 'stage' AND code = 'assessed'
    ) FROM desks_case WHERE id = {case} AND stage IN ('assessed', 'planned')
    AND NOT EXISTS (SELECT FROM desks_plan WHERE case_id = {case} AND state = 'agreed')
);
"""
REVIEW_SINCE = """
beginning := (
    SELECT GREATEST(
        (SELECT max(made_at) FROM desks_timelineentry
            WHERE case_id = {case} AND kind = 'stage' AND code = 'in_support'),
        (SELECT (max(held_on) + {noon}) AT TIME ZONE 'UTC' FROM desks_review WHERE case_id = {case})
    ) FROM desks_case WHERE id = {case} AND stage = 'in_support'
);
"""
REVIEW_DUE = """LEAST(
    beginning + interval '{months} months',
    (SELECT (min(planned_on) + {noon}) AT TIME ZONE 'UTC' FROM desks_review WHERE case_id = {case} AND held_on IS NULL),
    (SELECT GREATEST(beginning, risk_at) + CASE risk WHEN 'danger' THEN interval '{danger} days'
        WHEN 'high' THEN interval '{high} days' END FROM desks_case WHERE id = {case})
)"""


def plan_clock(case: str) -> str:
    """The statements that compute until when the plan of a case is agreed."""
    due_at = f"beginning + interval '{PLAN_DAYS} days'"
    return PLAN_SINCE.format(case=case) + SAVE.format(case=case, kind=PLAN, due_at=due_at)


def review_clock(case: str) -> str:
    """The statements that compute until when a case in support is reviewed."""
    days = {"danger": REVIEW_DAYS[Risk.DANGER], "high": REVIEW_DAYS[Risk.HIGH]}
    due_at = REVIEW_DUE.format(case=case, noon=NOON, months=REVIEW_MONTHS, **days)
    return REVIEW_SINCE.format(case=case, noon=NOON) + SAVE.format(case=case, kind=REVIEW, due_at=due_at)


def keeps_clocks(
    name: str, *statements: str, operation: pgtrigger.Operation, condition: pgtrigger.Condition | None = None
) -> pgtrigger.Trigger:
    """A trigger that computes clocks of a case anew."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        declare=[("beginning", "timestamptz")],
        func="".join(statements) + "RETURN NULL;",
    )


# A case that moves writes its new stage first, and then the row of its timeline that says when.
FOLLOWS_TIMELINE = keeps_clocks(
    "keeps_plan_clocks",
    plan_clock("NEW.case_id"),
    review_clock("NEW.case_id"),
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__kind="stage"),
)
FOLLOWS_CASE = keeps_clocks(
    "keeps_plan_clocks",
    plan_clock("NEW.id"),
    review_clock("NEW.id"),
    operation=pgtrigger.UpdateOf("stage", "risk", "risk_at"),
)
FOLLOWS_PLAN = keeps_clocks(
    "keeps_clock", plan_clock("NEW.case_id"), operation=pgtrigger.Insert | pgtrigger.UpdateOf("state")
)
FOLLOWS_REVIEW = keeps_clocks(
    "keeps_clock",
    review_clock("NEW.case_id"),
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("planned_on", "held_on"),
)
WAITING = ", ".join(f"'{state}'" for state in sorted(WAITING_SERVICES))
SERVICE_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        SERVICE,
        table="desks.servicerow",
        is_open=f"NEW.state IN ({WAITING}) AND NEW.due_on IS NOT NULL",
        since="NEW.made_at",
        due_at=f"(NEW.due_on + {NOON}) AT TIME ZONE 'UTC'",
    ),
    columns=("state", "due_on"),
)
