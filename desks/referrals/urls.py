from django.urls import path

from desks.referrals import basis_views, draft_views
from desks.referrals import views as referrals_views

REFERRALS = "workspace/desks/<slug:slug>/referrals/"
REFERRAL = f"{REFERRALS}<str:reference>/"
urlpatterns = [
    path("workspace/desks/<slug:slug>/cases/<str:reference>/refer/", draft_views.refer, name="case_refer"),
    path("workspace/desks/<slug:slug>/cases/<str:reference>/emergency/", draft_views.emergency, name="case_emergency"),
    path("workspace/referrals/", referrals_views.my_desks, name="referral_desks"),
    path("workspace/figures/referrals/", referrals_views.overview, name="referral_overview"),
    path(REFERRALS, referrals_views.referral_list, name="referrals"),
    path(f"{REFERRALS}board/", referrals_views.board, name="referral_board"),
    path(REFERRAL, referrals_views.referral, name="referral"),
    path(f"{REFERRAL}wish/", draft_views.wish, name="referral_wish"),
    path(f"{REFERRAL}groups/", draft_views.groups, name="referral_groups"),
    path(f"{REFERRAL}preview/", draft_views.preview, name="referral_preview"),
    path(f"{REFERRAL}consent/", basis_views.consent, name="referral_consent"),
    path(f"{REFERRAL}basis/", basis_views.basis, name="referral_basis"),
    path(f"{REFERRAL}basis/<int:number>/confirm/", basis_views.confirm_basis, name="referral_confirm_basis"),
    path(f"{REFERRAL}ground/", basis_views.ground, name="referral_ground"),
    path(f"{REFERRAL}documents/<int:number>/", referrals_views.document, name="referral_document"),
    path(f"{REFERRAL}do/<str:step>/", referrals_views.step, name="referral_step"),
]
