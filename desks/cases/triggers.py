"""What the database computes itself, whoever writes: the clocks of a case, and the soonest of them.

Each row that can be late keeps one row of `desks_caseclock` in step. So reassigning, handing over or editing never
moves a due time: only what the clock counts does. A higher slice gives its own tables such triggers with `keeps_clock`.
"""

from __future__ import annotations

import pgtrigger

from desks.cases.clocks import ASK_AGAIN_DAYS, DANGER_HOURS, GUARDIAN, GUARDIAN_HOURS, RISK, RISK_HOURS, TASK
from desks.cases.states import RUNNING_STAGES

KEEP = """
IF {is_open} THEN
    INSERT INTO desks_caseclock (case_id, kind, source, since, due_at)
    VALUES ({case}, '{kind}', '{table}:' || NEW.id, {since}, {due_at})
    ON CONFLICT (source, kind) DO UPDATE SET since = excluded.since, due_at = excluded.due_at
    WHERE (desks_caseclock.since, desks_caseclock.due_at) IS DISTINCT FROM (excluded.since, excluded.due_at);
ELSE
    DELETE FROM desks_caseclock WHERE source = '{table}:' || NEW.id AND kind = '{kind}';
END IF;
"""
SOONEST = """
UPDATE desks_case SET due_at = clock.soonest
FROM (SELECT min(due_at) AS soonest FROM desks_caseclock WHERE case_id = {row}.case_id) clock
WHERE id = {row}.case_id AND due_at IS DISTINCT FROM clock.soonest;
"""


def keeps_clock(kind: str, *, table: str, is_open: str, since: str, due_at: str, case: str = "NEW.case_id") -> str:
    """The statements that keep one clock of a row in step, as expressions over `NEW`, which is a row of `table`."""
    return KEEP.format(kind=kind, table=table, is_open=is_open, since=since, due_at=due_at, case=case)


def clock_trigger(name: str, *statements: str, columns: tuple[str, ...]) -> pgtrigger.Trigger:
    """The trigger that runs such statements when a row is written, or one of these columns changes."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),
        func="".join(statements) + "RETURN NULL;",
    )


RUNNING = "NEW.stage IN ({})".format(", ".join(f"'{stage}'" for stage in sorted(RUNNING_STAGES)))
NEEDS_GUARDIAN = "(NEW.unaccompanied <> 'no' OR NEW.family_may_be_involved <> 'no')"
NOTHING_ASKED = "NEW.guardian_state IN ('none', 'refused', 'ended')"
CASE_CLOCKS = clock_trigger(
    "keeps_clocks",
    keeps_clock(
        RISK,
        table="desks.case",
        case="NEW.id",
        is_open=f"{RUNNING} AND NEW.risk_assessed_at IS NULL",
        since="NEW.opened_at",
        due_at=(
            f"LEAST(NEW.opened_at + interval '{RISK_HOURS} hours', "
            f"CASE WHEN NEW.risk = 'danger' THEN NEW.risk_at + interval '{DANGER_HOURS} hours' END)"
        ),
    ),
    keeps_clock(
        GUARDIAN,
        table="desks.case",
        case="NEW.id",
        is_open=(
            f"{RUNNING} AND NEW.presumed_at IS NOT NULL AND {NEEDS_GUARDIAN} "
            "AND NEW.guardian_state NOT IN ('appointed', 'not_needed')"
        ),
        since="GREATEST(NEW.presumed_at, NEW.guardian_at)",
        due_at=(
            f"CASE WHEN {NOTHING_ASKED} THEN GREATEST(NEW.presumed_at, NEW.guardian_at) + "
            f"interval '{GUARDIAN_HOURS} hours' ELSE NEW.guardian_at + interval '{ASK_AGAIN_DAYS} days' END"
        ),
    ),
    columns=(
        "stage",
        "opened_at",
        "risk",
        "risk_at",
        "risk_assessed_at",
        "presumed_at",
        "guardian_state",
        "guardian_at",
        "unaccompanied",
        "family_may_be_involved",
    ),
)
TASK_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        TASK,
        table="desks.task",
        is_open="NEW.state = 'open' AND NEW.due_at IS NOT NULL",
        since="NEW.made_at",
        due_at="NEW.due_at",
    ),
    columns=("state", "due_at"),
)
SETS_SOONEST = pgtrigger.Trigger(
    name="sets_soonest",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
IF TG_OP = 'DELETE' THEN {SOONEST.format(row="OLD")} ELSE {SOONEST.format(row="NEW")} END IF;
RETURN NULL;
""",
)
