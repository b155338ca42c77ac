"""The list of cases: codes and clocks, and the names of one page where somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.cases import assignments
from desks.cases.board import board_of, hidden_rows
from desks.cases.case_page import case_rows
from desks.cases.forms import AssignManyForm, CaseFilterForm
from desks.cases.models import Case
from desks.cases.presenters import names_of_cases
from desks.cases.querysets import SHOWN, list_condition, listed_workers
from desks.cases.readings import note_names
from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.desk.querysets import key_holders
from victor.access import SignedInRequest, requires
from victor.vault.errors import VaultLocked

if TYPE_CHECKING:
    from uuid import UUID

    from desks.cases.querysets import CaseQuerySet
    from victor.vault.passphrases.middleware import VaultRequest

PAGE_LENGTH = 25


@requires("desks.work")
@require_safe
def my_desks(request: VaultRequest) -> HttpResponse:
    """The desks whose cases I see. Somebody with one desk is led straight to it."""
    desks = list(Desk.objects.for_worker(request.user))
    if len(desks) == 1:
        return redirect("desks:cases", desks[0].slug)
    return render(request, "desks/cases/case_desks.html", {"desks": desks})


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def case_list(request: VaultRequest, slug: str) -> HttpResponse:
    """The cases of a desk, danger first, then by time. By POST with the names of this page, which is logged."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user).for_work(), slug=slug)
    visible = Case.objects.visible_to(request.user).filter(desk=desk)
    form = CaseFilterForm(request.GET, workers=listed_workers(desk, visible).order_by("name"))
    numbers = _numbers(visible, request)
    page_obj = _page(form, visible, numbers, request)
    cases = list(page_obj.object_list)
    names = _names(request, desk, cases) if request.method == "POST" else {}
    may_assign = request.user.has_perm("desks.lead", desk)
    context = {
        "desk": desk,
        "form": form,
        "page_obj": page_obj,
        "rows": case_rows(cases, names, timezone.now()),
        "shows_names": bool(names),
        "is_locked": request.vault.locks_at is None,
        "numbers": [(name, str(title), numbers[name]) for name, title in SHOWN.items()],
        "hidden": hidden_rows(desk, request.user),
        "may_assign": may_assign,
        "colleagues": key_holders(desk).order_by("name") if may_assign else [],
    }
    return render(request, "desks/cases/cases.html", context)


def _page(form: CaseFilterForm, visible: CaseQuerySet, numbers: dict[str, int], request: VaultRequest) -> Page:
    pages = Paginator(form.narrow(visible, by=request.user).prefetch_related("clocks"), PAGE_LENGTH)
    if not form.is_narrow:
        pages.count = numbers[form.shown]  # counted already, among 100,000 cases too
    return pages.get_page(request.GET.get("page"))


def _numbers(visible: CaseQuerySet, request: VaultRequest) -> dict[str, int]:
    """How many cases each view of the list shows, in one query."""
    counts = {name: Count("pk", filter=list_condition(name, request.user)) for name in SHOWN}
    return visible.order_by().aggregate(**counts)


def _names(request: VaultRequest, desk: Desk, cases: list[Case]) -> dict[UUID, str]:
    try:
        with request.vault.unlock() as vault:
            names = names_of_cases(cases, vault)
    except VaultLocked:
        messages.error(request, _("Your vault is locked, so names cannot be shown."))
        return {}
    note_names(desk, cases, by=request.user)
    messages.info(request, _("Names are shown until you leave this page."))
    return {case.pk: names.get(case.pk) or "–" for case in cases}


@requires("desks.lead")
@require_safe
def board(request: SignedInRequest, slug: str) -> HttpResponse:
    """What a supervisor has to see of a desk's cases: each number leads to the list that it counts."""
    desk = get_object_or_404(Desk.objects.for_supervisor(request.user).for_work(), slug=slug)
    return render(request, "desks/cases/board.html", {"desk": desk, "board": board_of(desk, request.user)})


@requires("desks.lead")
@require_POST
def assign_many(request: VaultRequest, slug: str) -> HttpResponse:
    """A supervisor gives the ticked cases to somebody. Their due times stay as they were."""
    desk = get_object_or_404(Desk.objects.for_supervisor(request.user), slug=slug)
    ticked = request.POST.getlist("cases")
    form = AssignManyForm(request.POST, colleagues=key_holders(desk))
    cases = list(Case.objects.visible_to(request.user).filter(desk=desk, reference__in=ticked))
    if not form.is_valid() or not cases:
        messages.error(request, _("Tick at least one case, and choose who is to work on it."))
        return redirect("desks:cases", slug)
    count = 0
    for case in cases:
        try:
            assignments.assign_case(case, form.cleaned_data["to"], by=request.user)
        except DeskRefusal as refusal:
            messages.error(request, f"{case.reference}: {refusal}")
        else:
            count += 1
    sentence = ngettext(
        "%(count)d case is assigned. Its due times stay as they were.",
        "%(count)d cases are assigned. Their due times stay as they were.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect("desks:cases", slug)
