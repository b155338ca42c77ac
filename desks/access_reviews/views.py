"""The doors of access reviews: which there are, one of them, and what is said of a role."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.access_reviews import actions
from desks.access_reviews.forms import TakeForm
from desks.access_reviews.models import AccessReview
from desks.access_reviews.presenters import ReviewPage, parts_to_take
from desks.access_reviews.querysets import roles_to_review
from desks.access_reviews.states import AccessPart
from desks.desk.errors import DeskRefusal
from partners.memberships.models import Membership
from partners.memberships.offboarding import needs_second_coordinator
from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.accounts.models import User
from victor.forms.statuses import status_of
from victor.vault.errors import VaultRefusal

PAGE_LENGTH = 50
Refusal = (DeskRefusal, AccountRefusal, VaultRefusal)


def get_review_or_404(user: User, number: int) -> AccessReview:
    """The review of this number that the person may see."""
    reviews = AccessReview.objects.visible_to(user).select_related("organisation", "signed_by")
    return get_object_or_404(reviews, pk=number)


def get_role_or_404(review: AccessReview, pk: int) -> Membership:
    """The role of this number, if the review is about it."""
    return get_object_or_404(roles_to_review(review), pk=pk)


@requires("desks.view_access_reviews")
@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    """The reviews of all quarters, the latest first: which are done, by whom and when."""
    rows = AccessReview.objects.visible_to(request.user).for_listing()
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "desks/access_reviews/access_reviews.html", {"page_obj": page})


@requires("desks.view_access_reviews")
@require_safe
def review(request: SignedInRequest, number: int) -> HttpResponse:
    """Each person with what they may do, and what was said of it."""
    page = ReviewPage.of(get_review_or_404(request.user, number), request.user)
    return render(request, "desks/access_reviews/access_review.html", {"page": page, "review": page.review})


@requires("desks.review_access")
@require_POST
def keep(request: SignedInRequest, number: int, pk: int) -> HttpResponse:
    """Say that a role is still right."""
    row = get_review_or_404(request.user, number)
    try:
        actions.keep_access(row, get_role_or_404(row, pk), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('desks:access_review', args=[number])}#role-{pk}")


@requires("desks.review_access")
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: SignedInRequest, number: int, pk: int) -> HttpResponse:
    """Say what of somebody's access is taken away, and take it."""
    row = get_review_or_404(request.user, number)
    role = get_role_or_404(row, pk)
    form = TakeForm(request.POST if request.method == "POST" else None, parts=parts_to_take(role, request.user))
    needs_second = needs_second_coordinator(role, by=request.user)
    if request.method == "POST" and form.is_valid():
        parts = [AccessPart(part) for part in form.cleaned_data["parts"]]
        try:
            actions.take_access(row, role, parts, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            is_proposed = needs_second and AccessPart.ROLE in parts
            messages.success(
                request,
                _("This has been proposed. Another coordinator has to confirm it.")
                if is_proposed
                else _("Taken away. It holds from now on."),
            )
            return redirect("desks:access_review", number)
    context = {"review": row, "role": role, "form": form, "needs_second": needs_second}
    return render(request, "desks/access_reviews/take_access.html", context, status=status_of(form))


@requires("desks.review_access")
@require_POST
def sign(request: SignedInRequest, number: int) -> HttpResponse:
    """Sign that every role was looked at."""
    row = get_review_or_404(request.user, number)
    try:
        actions.sign_review(row, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The review is signed."))
    return redirect("desks:access_review", number)
