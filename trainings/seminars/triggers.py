"""Database triggers of seminars."""

from __future__ import annotations

import pgtrigger

# Lists are sorted and filtered by the span of a seminar, and its sessions are edited one by one. Calendars show the
# sessions, and update when `changes` of the seminar grows: so every change of a session counts.
UPDATE_SEMINAR_SPAN = pgtrigger.Trigger(
    name="keeps_the_span",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("of_these", "BIGINT[]")],
    func="""
        IF TG_OP = 'DELETE' THEN of_these = ARRAY[OLD.seminar_id];
        ELSIF TG_OP = 'INSERT' THEN of_these = ARRAY[NEW.seminar_id];
        ELSE of_these = ARRAY[OLD.seminar_id, NEW.seminar_id]; END IF;
        UPDATE trainings_seminar SET
            starts = (SELECT MIN(starts) FROM trainings_session WHERE seminar_id = trainings_seminar.id),
            ends = (SELECT MAX(ends) FROM trainings_session WHERE seminar_id = trainings_seminar.id),
            changes = changes + 1
        WHERE id = ANY(of_these);
        RETURN NULL;
    """,
)
