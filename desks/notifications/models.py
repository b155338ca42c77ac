"""Which authority is told of a child: a row for each, at the same time. Names that were typed and words are sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed, iso
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.notifications.querysets import NotificationQuerySet
from desks.notifications.states import AuthorityKind, Channel, NotificationState, StepKind
from desks.notifications.triggers import NOTIFY_CLOCK
from partners.directory.models import Country
from partners.responsibilities.models import Responsibility
from victor.vault.records.models import Envelope


class Notification(Sealed):
    """An authority that has to be told, until a moment. `authority`: its entry in the directory.

    `envelope` holds the name of one that somebody added by hand; None for those of the directory.
    """

    stored_name = "desks.notification"

    case = models.ForeignKey(Case, models.CASCADE, related_name="notifications")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    authority = models.ForeignKey(Responsibility, models.PROTECT, null=True, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=21, choices=AuthorityKind)
    state = models.CharField(max_length=7, choices=NotificationState, default=NotificationState.OPEN)
    due_at = models.DateTimeField()
    sent_on = models.DateField(null=True)
    how = models.CharField(max_length=9, choices=Channel, blank=True)
    receipt = models.BooleanField(default=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_CLOCK]
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "authority"], name="desks_notification_once"),
            models.CheckConstraint(
                condition=~Q(state=NotificationState.SENT) | Q(sent_on__isnull=False) & ~Q(how=""),
                name="desks_notification_sent_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"

    def stamped_values(self) -> list[object]:
        own = [self.authority_id, self.country_id, self.kind, self.state, iso(self.due_at), self.sent_on, self.how]
        return [*super().stamped_values(), *own, self.receipt]


class NotificationStep(Sealed):
    """What was done about a notification; the words, the reason, the number that the authority gave are sealed."""

    stored_name = "desks.notificationstep"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    notification = models.ForeignKey(Notification, models.CASCADE, related_name="steps")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    kind = models.CharField(max_length=7, choices=StepKind)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.notification_id, self.kind]


add_purpose(Notification, CasePurpose.NOTIFICATION)
add_purpose(NotificationStep, CasePurpose.NOTIFICATION)
declare_plain(
    "desks.notification",
    {
        **WRITTEN,
        "authority": "a public body of the directory: gate and clock",
        "country": "the country of the list: gate and clock",
        "kind": "code; which authority",
        "state": "code; gate, clock, and what waits for the lead",
        "due_at": "clock",
        "sent_on": "clock: when it ended",
        "how": "code",
        "receipt": "yes or no; what is still to be asked for",
    },
)
declare_plain(
    "desks.notificationstep",
    {**WRITTEN, "notification": "leads to the notification", "kind": "code; what was done"},
)
