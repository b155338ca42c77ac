"""The page of a grant with its totals of money."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.grants.views import get_grant_or_404, grant_context
from partners.targets.actions import save_total
from partners.targets.forms import MoneyForm
from partners.targets.models import MoneyTotal
from partners.targets.states import MoneyKind
from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.forms.statuses import status_of


@requires("partners.view_grants")
@require_http_methods(["GET", "HEAD", "POST"])
def money(request: SignedInRequest, pk: int) -> HttpResponse:
    """Totals of money as typed, with their source."""
    grant = get_grant_or_404(request, pk)
    form = MoneyForm(request.POST or None, grant=grant.pk, by=request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        total = {"amount": typed["amount"], "source": typed["source"]}
        try:
            save_total(typed["period"], typed["organisation"], MoneyKind(typed["kind"]), **total, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The total has been saved."))
            return redirect("partners:grant_money", grant.pk)
    totals = MoneyTotal.objects.filter(period__grant=grant).select_related("period", "organisation", "typed_by")
    totals = totals.order_by("-period__first_on", "organisation__position", "organisation", "kind")
    context = grant_context(grant, "partners:grant_money") | {"form": form, "totals": totals}
    return render(request, "partners/targets/money.html", context, status=status_of(form))
