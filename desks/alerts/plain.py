"""Why each plain column of an alert is not encrypted."""

from __future__ import annotations

SEALED = "leads to ciphertext"
WHO, WHEN = "a colleague", "when"
REASONS: dict[str, dict[str, str]] = {
    "desks.alert": {
        "from_desk": "who sends: access",
        "state": "code; whether it can be read",
        "agreed": "code; that somebody has agreed",
        "agreed_on": "a day; that somebody has agreed",
        "sent_by": WHO,
        "sent_at": "clock of the warning",
        "ends_at": "clock: its end",
        "warned_at": "clock: the sender is told once",
        "closed_by": WHO,
        "closed_at": WHEN,
    },
    "desks.alertdesk": {
        "alert": "whose",
        "desk": "who is told: access",
        "opened_at": WHEN,
        "opened_by": WHO,
        "answer": "code; whether the desk has answered",
        "answered_at": WHEN,
        "answered_by": WHO,
    },
}
