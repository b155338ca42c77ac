"""What the pages of alerts show: whom to call first, who was told, and with an open vault what was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desks.alerts.actions import can_receive, read_alert, read_answers
from desks.desk.models import Desk
from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Purpose
from partners.memberships.models import ContactPoint
from partners.memberships.states import ContactFunction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desks.alerts.models import Alert, AlertDesk
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault

CALLED_FIRST = (Purpose.EMERGENCY, Purpose.POLICE, Purpose.MISSING_CHILDREN)
FIRST_FUNCTIONS = (ContactFunction.MISSING_CHILDREN, ContactFunction.REFERRALS, ContactFunction.GENERAL)


@dataclass(frozen=True)
class Told:
    """A desk that was told, what it has answered, and whom to telephone where it has not opened the alert."""

    delivery: AlertDesk
    phone: str
    text: str


@dataclass(frozen=True)
class AlertPage:
    """An alert as a desk sees it. `words` is empty while the vault is locked and once the alert is over."""

    alert: Alert
    deliveries: Sequence[Told]
    words: dict[str, str]
    lines: Sequence[HelpLine]
    own: AlertDesk | None

    @property
    def since(self) -> datetime | None:
        """When the child was last seen."""
        return datetime.fromisoformat(self.words["since"]) if self.words else None

    @property
    def nobody_opened(self) -> bool:
        """Whether the sender was told that no desk has opened it, and none has since."""
        return self.alert.warned_at is not None and all(row.delivery.opened_at is None for row in self.deliveries)

    @classmethod
    def of(cls, alert: Alert, desk: Desk, reader: User, vault: UnlockedVault | None) -> AlertPage:
        """Load it. Reading an alert notes that the desk has opened it.

        Raises:
            AlertOver: somebody has taken it back meanwhile.
            NoGrant, Unopenable: it cannot be read.
        """
        words, texts = {}, {}
        if vault is not None and alert.is_running:
            words, texts = read_alert(alert, desk, by=vault), read_answers(alert, desk, by=vault)
        deliveries = list(alert.deliveries.select_related("desk__country", "opened_by", "answered_by"))
        own = next((row for row in deliveries if row.desk_id == desk.pk), None)
        phones = _phones(deliveries, reader) if own is None else {}
        listed = [Told(row, phones.get(row.desk.organisation_id, ""), texts.get(row.pk, "")) for row in deliveries]
        shown = listed if own is None else [row for row in listed if row.delivery == own]
        return cls(alert, shown, words, lines_to_call(desk), own)


def _phones(deliveries: Sequence[AlertDesk], reader: User) -> dict[int, str]:
    """By organisation, the number of its contact for missing children; else for referrals, else any."""
    here = [row.desk.organisation_id for row in deliveries]
    points = ContactPoint.objects.visible_to(reader).filter(organisation__in=here, function__in=FIRST_FUNCTIONS)
    rows = sorted(points.exclude(phone=""), key=lambda point: FIRST_FUNCTIONS.index(ContactFunction(point.function)))
    return {point.organisation_id: point.phone for point in reversed(rows)}


def lines_to_call(desk: Desk) -> list[HelpLine]:
    """Emergency, police and missing children in the desk's country: only numbers that may be shown."""
    lines = HelpLine.objects.published().filter(country=desk.country_id, purpose__in=CALLED_FIRST)
    listed = list(lines.select_related("country", "organisation").order_by("position", "pk"))
    return sorted(listed, key=lambda line: CALLED_FIRST.index(Purpose(line.purpose)))


def desks_to_tell(desk: Desk) -> list[Desk]:
    """Other desks that can receive an alert."""
    others = Desk.objects.published().exclude(pk=desk.pk).select_related("country", "organisation", "group")
    return [other for other in others if can_receive(other)]


@dataclass(frozen=True)
class FirstContact:
    """Whom to call in a country that has no desk which can receive."""

    country: Country
    point: ContactPoint | None
    emergency: HelpLine | None


def first_contacts(desk: Desk, others: Sequence[Desk], reader: User) -> list[FirstContact]:
    """Countries of the partnership without a desk that can receive, and whom to call there."""
    known = {desk.country_id, *(other.country_id for other in others)}
    countries = list(Country.objects.in_partnership().exclude(pk__in=known))
    points = (
        ContactPoint.objects.visible_to(reader)
        .exclude(phone="")
        .filter(organisation__country__in=countries, function__in=FIRST_FUNCTIONS)
    )
    rows = sorted(
        points.select_related("organisation"),
        key=lambda point: (FIRST_FUNCTIONS.index(ContactFunction(point.function)), point.position),
    )
    by_country = {point.organisation.country_id: point for point in reversed(rows)}
    emergency = {line.country_id: line for line in HelpLine.objects.emergency().filter(country__in=countries)}
    return [FirstContact(row, by_country.get(row.pk), emergency.get(row.pk)) for row in countries]
