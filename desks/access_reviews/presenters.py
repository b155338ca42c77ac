"""What the pages of reviews show: who may do what, in codes and numbers, and what was said of it. No child, no case."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.access_reviews.actions import parts_of, read_decisions
from desks.access_reviews.models import AccessDecision
from desks.access_reviews.querysets import roles_to_review
from desks.access_reviews.states import AccessPart
from desks.cases.models import Case
from desks.desk.models import Desk
from desks.exchange.models import ExportRight
from victor.formatting import month_and_year
from victor.vault.groups.models import Member, Officer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desks.access_reviews.models import AccessReview
    from partners.memberships.models import Membership
    from victor.accounts.models import User


@dataclass(frozen=True)
class RoleRow:
    """A role that somebody holds, what goes with it, and what was said of it in this review."""

    membership: Membership
    rights: Sequence[str]
    last_seen: str
    decision: AccessDecision | None
    is_own: bool
    may_decide: bool


@dataclass(frozen=True)
class ReviewPage:
    """A review: the roles that are there, and what was decided about those that have ended since."""

    review: AccessReview
    rows: Sequence[RoleRow]
    ended: Sequence[AccessDecision]
    may_decide: bool

    @property
    def open_count(self) -> int:
        """How many roles nobody has decided about."""
        return sum(row.decision is None for row in self.rows)

    @classmethod
    def of(cls, review: AccessReview, reader: User) -> ReviewPage:
        """Load what the page shows. The number of queries does not depend on how many people there are.

        Raises:
            Unopenable: somebody else has made or changed what was said.
        """
        may_decide = review.is_running and reader.has_perm("desks.review_access", review)
        decisions = read_decisions(review)
        memberships, rights = list(roles_to_review(review)), _Rights(review)
        rows = []
        for membership in memberships:
            decision = decisions.pop((membership.user_id, membership.role), None)
            is_own = membership.user_id == reader.pk
            may = may_decide and decision is None and not is_own
            row = RoleRow(membership, rights.of(membership), _last_seen(membership), decision, is_own, may)
            rows.append(row)
        return cls(review, rows, list(decisions.values()), may_decide)


class _Rights:
    """What goes with the roles at an organisation, read at once for all of them."""

    def __init__(self, review: AccessReview) -> None:
        here = review.organisation_id
        desks = {desk.group_id: desk.name for desk in Desk.objects.filter(organisation=here).for_work()}
        self.keys, self.offices = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
        for model, names in ((Member, self.keys), (Officer, self.offices)):
            for user, group in model.objects.filter(group__in=[pk for pk in desks if pk]).values_list("user", "group"):
                names[user].append(desks[group])
        self.exports = defaultdict[int, list[str]](list)
        for right in ExportRight.objects.filter(membership__organisation=here).order_by("kind"):
            self.exports[right.membership_id].append(right.get_kind_display())
        named = Case.objects.filter(desk__organisation=here, restricted_group__isnull=False).order_by()
        rows = named.values_list("restricted_group__members__user").annotate(number=Count("pk", distinct=True))
        self.named = Counter({user: number for user, number in rows if user})

    def of(self, membership: Membership) -> list[str]:
        """In words. What a person can do by the role alone is not repeated."""
        user, lines = membership.user_id, list[str]()
        if membership.languages:
            names = dict(settings.CONTENT_LANGUAGES)
            lines.append(", ".join(str(names[code]) for code in membership.languages))
        if keys := self.keys[user]:
            lines.append(_("Holds the keys: %(desks)s") % {"desks": ", ".join(sorted(keys))})
        if offices := self.offices[user]:
            lines.append(_("Recovery officer: %(desks)s") % {"desks": ", ".join(sorted(offices))})
        if membership.intake:
            lines.append(_("Receives referrals"))
        if exports := self.exports[membership.pk]:
            lines.append(_("May export: %(kinds)s") % {"kinds": "; ".join(exports)})
        if number := self.named[user]:
            words = ngettext("Named in %(count)d restricted case", "Named in %(count)d restricted cases", number)
            lines.append(words % {"count": number})
        return lines


def _last_seen(membership: Membership) -> str:
    person = membership.user
    if not person.is_active:
        return _("The account is closed")
    return month_and_year(person.last_login) if person.last_login else _("never")


def parts_to_take(membership: Membership, reader: User) -> list[AccessPart]:
    """What the reader can take away from somebody."""
    parts = parts_of(membership)
    if not reader.has_perm("partners.give_intake", membership.organisation):
        return [part for part in parts if part != AccessPart.INTAKE]
    return parts
