"""How partners work together, in figures: agreements in force, and contact points that were confirmed."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.agreements.models import Agreement
from partners.agreements.states import EVER_SIGNED, AgreementKind, AgreementState
from partners.memberships.models import ContactPoint
from victor.indicators.declarations import (
    Breakdown,
    Cells,
    Indicator,
    Source,
    declare_source,
    declares_indicators,
)
from victor.indicators.errors import NotRecorded
from victor.indicators.periods import HalfYear

CONFIRMED, UNCONFIRMED = "yes", "no"
KIND = Breakdown("kind", _("Kind"), tuple(AgreementKind.choices))
CONFIRMATION = Breakdown(
    "confirmation",
    _("Details confirmed in the last 90 days"),
    ((CONFIRMED, pgettext_lazy("answer", "Yes")), (UNCONFIRMED, pgettext_lazy("answer", "No"))),
)


def count_agreements(period: HalfYear) -> Cells:
    """By kind: those in force on the last day. What was suspended or ended after it was in force."""
    day = period.last
    is_open = Q(valid_to=None) | Q(valid_to__gte=day)
    moved_later = Q(state=AgreementState.SIGNED) | Q(moved_at__date__gt=day)
    agreements = Agreement.objects.filter(is_open, moved_later, state__in=EVER_SIGNED, valid_from__lte=day)
    signed = agreements.exclude(parties__signed_on__gt=day).order_by()
    return Counter((kind,) for kind in signed.values_list("kind", flat=True))


def count_contact_points(period: HalfYear) -> Cells:
    """By whether the person has confirmed the details. Nobody records how that was earlier.

    Raises:
        NotRecorded: the half-year is not the latest one.
    """
    if period != HalfYear.latest_shown():
        raise NotRecorded
    contacts = ContactPoint.objects.present()
    return Counter((CONFIRMED if contact.is_confirmed else UNCONFIRMED,) for contact in contacts)


@declares_indicators("cooperation", rank=10)
def cooperation_indicators(period: HalfYear) -> list[Indicator]:
    """What is reported of working together."""
    return [
        Indicator(
            key="agreements",
            name=_("Agreements in force"),
            definition=_(
                "Agreements that every party had signed and that were in force on the last day of the period."
            ),
            unit=_("agreements"),
            breakdowns=(KIND,),
            tables=(("kind",),),
            count=count_agreements,
        ),
        Indicator(
            key="contact_points",
            name=_("Contact points"),
            definition=_("Contact points of partners on the day of the count, by whether the details were confirmed."),
            unit=_("contact points"),
            breakdowns=(CONFIRMATION,),
            tables=(("confirmation",),),
            count=count_contact_points,
        ),
    ]


declare_source(Source("cooperation", "cooperation", lambda period: period, "cooperation"), rank=40)
