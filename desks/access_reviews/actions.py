"""Reviews begin with the quarter, somebody decides about each role, and signs. What is taken away is gone at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from desks.access_reviews.errors import DecidedAlready, LastKey, NothingToTake, OwnAccess, PeopleLeft, ReviewOver
from desks.access_reviews.models import AccessDecision, AccessReview
from desks.access_reviews.periods import DUE_AFTER, end_of_quarter, quarter_of
from desks.access_reviews.querysets import roles_of_circle, roles_to_review
from desks.access_reviews.states import AccessPart, Circle
from desks.desk.actions import revoke_access
from desks.desk.errors import DeskMoveNotPossible
from desks.exchange.actions import withdraw_right
from desks.exchange.models import ExportRight
from partners.directory.models import Organisation
from partners.memberships.intake import withdraw_intake
from partners.memberships.models import Membership
from partners.memberships.offboarding import withdraw_or_propose
from victor.access import System, require
from victor.audit.actions import record
from victor.vault.groups.locks import lock_group
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from victor.accounts.models import User


@transaction.atomic
def begin_reviews(*, by: System) -> int:
    """Begin the reviews of this quarter, where there is anybody to review. Return how many have begun now."""
    first = quarter_of(timezone.localdate())
    known = set(AccessReview.objects.filter(begins_on=first).values_list("organisation", "circle"))
    count = 0
    for circle in Circle:
        people = roles_of_circle(circle).filter(organisation=OuterRef("pk"))
        for pk in Organisation.objects.filter(Exists(people)).order_by("pk").values_list("pk", flat=True):
            if (pk, circle) not in known:
                _begin(pk, circle, by=by)
                count += 1
    return count


def _begin(organisation: int, circle: Circle, *, by: System) -> None:
    now = timezone.now()
    first = quarter_of(timezone.localdate(now))
    closes_at = end_of_quarter(first)
    review = AccessReview(organisation_id=organisation, circle=circle, begins_on=first, opened_at=now)
    review.closes_at, review.due_at = closes_at, min(now + DUE_AFTER, closes_at)
    save_stamped(review)
    record("access_review.begun", review, by=by, circle=str(circle), quarter=str(first))


@transaction.atomic
def keep_access(review: AccessReview, membership: Membership, *, by: User) -> AccessDecision:
    """Say that a role, and what goes with it, is still right.

    Raises:
        PermissionDenied: `by` does not do this review.
        OwnAccess: it is the role of `by`.
        ReviewOver: the review is signed, or its quarter is over.
        DeskMoveNotPossible: the role has ended, or belongs to another review.
        DecidedAlready: somebody has decided about the role.
    """
    review = _lock_for_decision(review, membership, by=by)
    return _decide(review, membership, [], by=by)


@transaction.atomic
def take_access(
    review: AccessReview, membership: Membership, parts: Collection[AccessPart], *, by: User
) -> AccessDecision:
    """Take parts of somebody's access away, now. The role of a coordinator ends once another coordinator confirms it.

    Raises:
        PermissionDenied, OwnAccess, ReviewOver, DeskMoveNotPossible, DecidedAlready: as above.
        NothingToTake: nothing is chosen, or the person does not have it.
        LastKey: nobody else holds the keys.
    """
    review = _lock_for_decision(review, membership, by=by)
    taken = [part for part in AccessPart if part in parts]
    if not taken or not set(taken) <= set(parts_of(membership)):
        raise NothingToTake
    if AccessPart.ROLE in taken:
        withdraw_or_propose(membership, by=by)
    else:
        _take_parts(membership, taken, by=by)
    return _decide(review, membership, taken, by=by)


@transaction.atomic
def sign_review(review: AccessReview, *, by: User) -> AccessReview:
    """Sign that every role was looked at.

    Raises:
        PermissionDenied, ReviewOver: as above.
        Unopenable: somebody else has made or changed a decision.
        PeopleLeft: somebody's role was not.
    """
    review = _lock_review(review, by=by)
    decided = read_decisions(review).keys()
    if any((role.user_id, role.role) not in decided for role in roles_to_review(review)):
        raise PeopleLeft
    review.signed_by, review.signed_at = by, timezone.now()
    update_stamped(review, "signed_by", "signed_at")
    record("access_review.signed", review, by=by, circle=review.circle, quarter=str(review.begins_on))
    return review


def read_decisions(review: AccessReview) -> dict[tuple[int, str], AccessDecision]:
    """What was said in a review, by person and role.

    Raises:
        Unopenable: somebody else has made or changed the review, or a decision.
    """
    rows = verify_stamp(review).decisions.select_related("person", "decided_by")
    return {(row.person_id, row.role): verify_stamp(row) for row in rows}


def parts_of(membership: Membership) -> list[AccessPart]:
    """What somebody has by a role, and can lose."""
    has = {
        AccessPart.ROLE: True,
        AccessPart.KEYS: groups_held(membership).exists(),
        AccessPart.INTAKE: membership.intake,
        AccessPart.EXPORT: ExportRight.objects.filter(membership=membership).exists(),
    }
    return [part for part in AccessPart if has[part]]


def groups_held(membership: Membership) -> QuerySet[Group]:
    """The keys of desks that somebody holds at the organisation."""
    return Group.objects.filter(desk__organisation=membership.organisation_id, members__user=membership.user_id)


def _lock_review(review: AccessReview, *, by: User) -> AccessReview:
    review = verify_stamp(AccessReview.objects.select_for_update(of=["self"]).get(pk=review.pk))
    require(by, "desks.review_access", review)
    if not review.is_running:
        raise ReviewOver
    return review


def _lock_for_decision(review: AccessReview, membership: Membership, *, by: User) -> AccessReview:
    review = _lock_review(review, by=by)
    if membership.user_id == by.pk:
        raise OwnAccess
    if not roles_to_review(review).filter(pk=membership.pk).exists():
        raise DeskMoveNotPossible
    if AccessDecision.objects.filter(review=review, person=membership.user_id, role=membership.role).exists():
        raise DecidedAlready
    return review


def _decide(review: AccessReview, membership: Membership, taken: list[AccessPart], *, by: User) -> AccessDecision:
    parts = [str(part) for part in taken]
    decision = AccessDecision(review=review, person=membership.user, role=membership.role, taken=parts, decided_by=by)
    save_stamped(decision)
    facts = {"person": str(membership.user_id), "role": membership.role}
    if taken:
        record("access_review.withdrawn", review, by=by, taken=" ".join(parts), **facts)
    else:
        record("access_review.confirmed", review, by=by, **facts)
    return decision


def _take_parts(membership: Membership, parts: Collection[AccessPart], *, by: User) -> None:
    if AccessPart.KEYS in parts:
        for group in [lock_group(group) for group in groups_held(membership).order_by("pk")]:
            if not revoke_access(group, membership.user, by=by):
                raise LastKey
    if AccessPart.INTAKE in parts:
        withdraw_intake(membership, by=by)
    if AccessPart.EXPORT in parts:
        for right in ExportRight.objects.filter(membership=membership).select_related("membership").order_by("pk"):
            withdraw_right(right, by=by)
