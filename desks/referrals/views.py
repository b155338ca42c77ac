"""The doors of referrals: the list of a desk, one referral for either desk, what it consists of, and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from desks.cases.paper_views import answer_with_paper
from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.desk.rules import organisations_with_desk_role
from desks.referrals.board import Overview, referral_figures
from desks.referrals.models import Referral, SharedDocument
from desks.referrals.presenters import open_question, referral_page, referral_rows
from desks.referrals.querysets import BOARD, SHOWN, board_conditions, list_conditions
from desks.referrals.receivers import alternatives_to
from desks.referrals.referral_steps import STEPS, offered_steps
from desks.referrals.sharing import read_document
from desks.referrals.states import ReferralState, Side
from desks.referrals.steps import Taker
from victor.access import SignedInRequest, requires
from victor.forms.statuses import status_of
from victor.indicators.forms import HalfYearForm
from victor.vault.errors import NoGrant, Unopenable, VaultLocked, VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from desks.referrals.step_forms import MoveForm
    from desks.referrals.steps import ReferralStep
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.passphrases.middleware import VaultRequest

PAGE_LENGTH = 25


def get_referral_or_404(user: User, slug: str, reference: str) -> tuple[Referral, Side]:
    """The referral at this address of one of the person's desks, and on which side that desk stands.

    Only who may open the sender's case sees it on the sender's side, and nobody before it is sent on the other.
    """
    desks = Desk.objects.filter(organisation__in=organisations_with_desk_role(user))
    desk: Desk = get_object_or_404(desks, slug=slug)
    referral = get_object_or_404(Referral.objects.visible_to(user).for_page(), reference=reference)
    if desk.pk not in {referral.from_desk_id, referral.to_desk_id}:
        raise Http404
    side = referral.side_of(desk)
    is_hidden = (
        referral.sent_at is None if side == Side.RECEIVER else not user.has_perm("desks.send_referral", referral)
    )
    if is_hidden:
        raise Http404
    return referral, side


@requires("desks.work")
@require_safe
def my_desks(request: VaultRequest) -> HttpResponse:
    """The desks whose referrals I see. Somebody with one desk is led straight to it."""
    desks = list(Desk.objects.for_worker(request.user))
    if len(desks) == 1:
        return redirect("desks:referrals", desks[0].slug)
    return render(request, "desks/referrals/referral_desks.html", {"desks": desks})


@requires("desks.work")
@require_safe
def referral_list(request: VaultRequest, slug: str) -> HttpResponse:
    """The referrals of a desk, what has to be answered first. Codes only: nothing of it needs a vault."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user).for_work(), slug=slug)
    visible = Referral.objects.visible_to(request.user)
    conditions = list_conditions(desk) | board_conditions(desk, timezone.now())
    shown = request.GET.get("show", "")
    shown = shown if shown in conditions else "answer"
    counted = {name: Count("pk", filter=conditions[name]) for name in {*SHOWN, shown}}
    numbers = visible.order_by().aggregate(**counted)
    pages = Paginator(visible.filter(conditions[shown]).for_listing(), PAGE_LENGTH)
    pages.count = numbers[shown]
    page_obj = pages.get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "shown": shown,
        "board_list": BOARD.get(shown),
        "may_lead": request.user.has_perm("desks.lead", desk),
        "lists": [(name, words, numbers[name]) for name, words in SHOWN.items()],
        "page_obj": page_obj,
        "rows": referral_rows(list(page_obj.object_list), desk),
    }
    return render(request, "desks/referrals/referrals.html", context)


@requires("desks.lead")
@require_safe
def board(request: SignedInRequest, slug: str) -> HttpResponse:
    """What a supervisor has to see of a desk's referrals: each number leads to the list that it counts."""
    desk = get_object_or_404(Desk.objects.for_supervisor(request.user).for_work(), slug=slug)
    figures = referral_figures(desk, request.user)
    return render(request, "desks/referrals/board.html", {"desk": desk, "figures": figures})


@requires("desks.oversee")
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """What a coordinator sees of all referrals of a half-year: between which countries, how far, how soon answered."""
    form = HalfYearForm(request.GET)
    page = Overview.of(form.half_year) if form.half_year.is_shown else None
    return render(request, "desks/referrals/overview.html", {"period": form, "page": page})


@requires("desks.work")
@require_safe
def referral(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """One referral, as one of its two desks sees it."""
    row, side = get_referral_or_404(request.user, slug, reference)
    return show_referral(request, row, side)


def show_referral(request: VaultRequest, row: Referral, side: Side, *, status: int = 200) -> HttpResponse:
    """The page of a referral. With a locked vault what was written is covered, not the page."""
    try:
        with request.vault.unlock() as vault:
            return _render(request, row, side, vault, status)
    except (VaultLocked, NoGrant):
        return _render(request, row, side, None, status)
    except Unopenable:
        return render(request, "desks/referrals/damaged.html", {"referral": row, "side": side}, status=403)


def _render(request: VaultRequest, row: Referral, side: Side, vault: UnlockedVault | None, status: int) -> HttpResponse:
    page = referral_page(row, side, request.user, vault)
    desk = row.from_desk if side == Side.SENDER else row.to_desk
    is_declined = side == Side.SENDER and row.state in {ReferralState.DECLINED, ReferralState.EXPIRED}
    context = {
        "page": page,
        "referral": row,
        "desk": desk,
        "alternatives": alternatives_to(row.to_desk, row.from_desk) if is_declined else [],
    }
    return render(request, "desks/referrals/referral.html", context, status=status)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: VaultRequest, slug: str, reference: str, step: str) -> HttpResponseBase:
    """What a step asks for, and what follows from it; take it."""
    row, side = get_referral_or_404(request.user, slug, reference)
    taken = STEPS.get(step)
    if taken is None:
        raise Http404
    if taken not in offered_steps(row, side, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:referral", slug, reference)
    return (
        _open_vault_and_take(request, slug, row, taken) if taken.needs_vault else _take(request, slug, row, taken, None)
    )


@needs_vault
def _open_vault_and_take(request: VaultRequest, slug: str, row: Referral, taken: ReferralStep) -> HttpResponseBase:
    return _take(request, slug, row, taken, request.unlocked_vault)


def _take(
    request: VaultRequest, slug: str, row: Referral, taken: ReferralStep, vault: UnlockedVault | None
) -> HttpResponseBase:
    form = taken.form(request.POST if request.method == "POST" else None, referral=row, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return _show_step(request, slug, row, taken, form)
    try:
        taken.apply(row, form, Taker(request.user, vault))
    except (DeskRefusal, VaultRefusal) as refusal:
        form.add_error(None, str(refusal))
        return _show_step(request, slug, row, taken, form)
    messages.success(request, taken.message)
    if not Referral.objects.filter(pk=row.pk).exists() and row.case is not None:
        return redirect("desks:case_section", slug, row.case.reference, "sharing")
    return redirect("desks:referral", slug, row.reference)


def _show_step(request: VaultRequest, slug: str, row: Referral, taken: ReferralStep, form: MoveForm) -> HttpResponse:
    try:
        question = open_question(row, by=request.unlocked_vault) if taken.shows_question else None
    except Unopenable:
        return render(request, "desks/referrals/damaged.html", {"referral": row, "side": taken.side}, status=403)
    context = {
        "question": question,
        "referral": row,
        "step": taken,
        "form": form,
        "back": reverse("desks:referral", args=[slug, row.reference]),
    }
    return render(request, "desks/referrals/step.html", context, status=status_of(form))


@requires("desks.work")
@require_safe
@needs_vault
def document(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """A paper that is shared, as a download."""
    row, side = get_referral_or_404(request.user, slug, reference)
    papers = SharedDocument.objects.select_related("file__key")
    paper = get_object_or_404(papers, referral=row, number=number)
    paper.referral = row
    if side == Side.RECEIVER and not row.is_shared:
        raise Http404
    try:
        opened = read_document(paper, side, by=request.unlocked_vault)
    except NoGrant as refusal:
        raise Http404 from refusal
    return answer_with_paper(row.reference, number, opened)
