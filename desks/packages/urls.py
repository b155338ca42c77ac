from django.urls import path

from desks.packages import draft_views, key_views, receipt_views
from desks.packages import views as packages_views

DESK = "workspace/desks/<slug:slug>/"
PACKAGE = f"{DESK}packages/<str:reference>/"
KEYS = f"{DESK}partner-keys/"
urlpatterns = [
    path("packages/receipt/", receipt_views.receipt, name="package_receipt"),
    path(f"{DESK}cases/<str:reference>/package/", draft_views.new, name="case_package"),
    path(PACKAGE, packages_views.package, name="package"),
    path(f"{PACKAGE}wish/", draft_views.wish, name="package_wish"),
    path(f"{PACKAGE}groups/", draft_views.groups, name="package_groups"),
    path(f"{PACKAGE}consent/", draft_views.consent, name="package_consent"),
    path(f"{PACKAGE}basis/", draft_views.basis, name="package_basis"),
    path(f"{PACKAGE}basis/<int:number>/confirm/", draft_views.confirm_basis, name="package_confirm_basis"),
    path(f"{PACKAGE}ground/", draft_views.ground, name="package_ground"),
    path(f"{PACKAGE}preview/", packages_views.preview, name="package_preview"),
    path(f"{PACKAGE}file/", packages_views.file, name="package_file"),
    path(f"{PACKAGE}do/<str:step>/", packages_views.step, name="package_step"),
    path(KEYS, key_views.keys, name="partner_keys"),
    path(f"{KEYS}new/", key_views.new, name="partner_key_new"),
    path(f"{KEYS}<int:number>/confirm/", key_views.confirm, name="partner_key_confirm"),
    path(f"{KEYS}<int:number>/remove/", key_views.remove, name="partner_key_remove"),
]
