"""Agreements that end soon, wait for signatures, or have nobody who is told, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.agreements.states import REMINDER_DAYS
from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from victor.todo.models import Item

DAY = f"::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"
NO_RENEWAL = "NOT EXISTS (SELECT 1 FROM partners_agreement n WHERE n.renews_id = r.id AND n.state = 'signed')"
OWNED = "SELECT a.* FROM partners_agreement a WHERE a.owner_id = {row}.id"


def ending_line(item: Item, number: int) -> Line:
    """An agreement that ends soon, for its owner and the coordinators."""
    title = _("Agreement %(code)s ends on %(day)s") % {
        "code": item.facts["code"],
        "day": short_day(item.due_at or item.since),
    }
    return Line(title, _("Renew it in time."), _page(item))


def signature_line(item: Item, number: int) -> Line:
    """An agreement that waits for signatures."""
    title = _("Agreement %(code)s is in signature") % {"code": item.facts["code"]}
    lacking = item.facts["unsigned"]
    words = ngettext("%(count)d signature is missing", "%(count)d signatures are missing", lacking)
    return Line(title, words % {"count": lacking}, _page(item))


def ownerless_line(item: Item, number: int) -> Line:
    """An agreement of whose end nobody would be told."""
    title = _("Agreement %(code)s has no owner") % {"code": item.facts["code"]}
    return Line(title, since(item.since), _page(item))


def request_line(item: Item, number: int) -> Line:
    """An agreement that somebody asks to renew, for its owner."""
    title = _("Somebody asks for the renewal of agreement %(code)s") % {"code": item.facts["code"]}
    return Line(title, since(item.since), reverse("partners:agreement", args=[item.facts["agreement"]]))


def _page(item: Item) -> str:
    return reverse("partners:agreement", args=[item.source])


declare_kind(
    Kind(
        name="partners.agreement_end",
        table="partners_agreement",
        describe=ending_line,
        is_open=f"r.state = 'signed' AND r.valid_to IS NOT NULL AND {NO_RENEWAL}",
        audiences="ARRAY['coordinator'] || COALESCE('user:' || r.owner_id, 'coordinator')",
        subject="'partners.agreement:' || r.id",
        since=f"(r.valid_to - {max(REMINDER_DAYS)}){DAY}",
        due_at=f"r.valid_to{DAY}",
        facts={"code": "r.code"},
        watched=[Watched("partners_agreement", "SELECT a.* FROM partners_agreement a WHERE a.id = {row}.renews_id")],
        is_announced=True,
    )
)
declare_kind(
    Kind(
        name="partners.agreement_signature",
        table="partners_agreement",
        describe=signature_line,
        joins="""
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE p.signed_on IS NULL) AS unsigned, count(*) AS parties
    FROM partners_agreementparty p WHERE p.agreement_id = r.id
) signing
""",
        is_open="r.state = 'in_signature'",
        audiences="ARRAY['coordinator']",
        subject="'partners.agreement:' || r.id",
        since="r.moved_at",
        facts={"code": "r.code", "unsigned": "signing.unsigned"},
        watched=[
            Watched("partners_agreementparty", "SELECT a.* FROM partners_agreement a WHERE a.id = {row}.agreement_id")
        ],
    )
)
declare_kind(
    Kind(
        name="partners.agreement_owner",
        table="partners_agreement",
        describe=ownerless_line,
        joins="LEFT JOIN accounts_user owner ON owner.id = r.owner_id AND owner.is_active",
        is_open="r.state = 'signed' AND owner.id IS NULL",
        audiences="ARRAY['coordinator']",
        subject="'partners.agreement:' || r.id",
        since="r.moved_at",
        facts={"code": "r.code"},
        watched=[Watched("accounts_user", OWNED, ("is_active",))],
    )
)
declare_kind(
    Kind(
        name="partners.renewal_request",
        table="partners_renewalrequest",
        describe=request_line,
        joins="""JOIN partners_agreement a ON a.id = r.agreement_id
            LEFT JOIN accounts_user owner ON owner.id = a.owner_id AND owner.is_active""",
        is_open="NOT EXISTS (SELECT 1 FROM partners_agreement n WHERE n.renews_id = a.id AND n.state = 'signed')",
        audiences="ARRAY[COALESCE('user:' || owner.id, 'coordinator')]",
        subject="'partners.agreement:' || a.id",
        topic="'renewal:' || a.id",
        since="r.asked_at",
        facts={"code": "a.code", "agreement": "a.id"},
        watched=[
            Watched(
                "partners_agreement",
                "SELECT q.* FROM partners_renewalrequest q WHERE q.agreement_id IN ({row}.id, {row}.renews_id)",
                ("state", "owner_id"),
            ),
            Watched(
                "accounts_user",
                "SELECT q.* FROM partners_renewalrequest q JOIN partners_agreement a ON a.id = q.agreement_id"
                " WHERE a.owner_id = {row}.id",
                ("is_active",),
            ),
        ],
    )
)
