"""Approved minutes are frozen, and a number of a decision is for ever: the database refuses it itself."""

from __future__ import annotations

import pgtrigger
from pgtrigger import Q

from partners.minutes.states import MinutesState

FROZEN = pgtrigger.Protect(
    name="frozen",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=Q(old__state=MinutesState.APPROVED),
)
FROZEN_WITH_MINUTES = pgtrigger.Trigger(
    name="frozen_with_minutes",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF EXISTS (
            SELECT 1 FROM partners_minutes m
            WHERE m.id IN (NEW.minutes_id, OLD.minutes_id) AND m.state = 'approved'
        ) THEN
            RAISE EXCEPTION 'approved minutes are frozen';
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    """,
)
NEVER_DELETED = pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
