"""All addresses. What people read carries its language in front; what machines ask for does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from campaigns.campaigns import views as campaigns_views
from desks.duty import views as duty_views
from desks.intake import receipt_views
from victor.access import Access, declare, public
from victor.operations import views as operations_views
from victor.pages import views as pages_views
from victor.pictures import views as pictures
from victor.sitemaps import sitemaps_in_order

# Routes of the admin that send visitors on by themselves.
ADMIN_REDIRECTS = {"login", "logout"}

urlpatterns = [
    path("", pages_views.front_door, name="front_door"),
    path("code", receipt_views.short, name="return_short"),
    path("code/", receipt_views.short, name="return_short_typed"),
    path("duty/calls", duty_views.note_answer, name="duty_answer"),
    path("c/<slug:code>", campaigns_views.short, name="campaign_short"),
    path("c/<slug:code>/", campaigns_views.short, name="campaign_short_typed"),
    path("pictures/<str:picture>/<int:width>.<str:form>", pictures.size, name="picture"),
    path("leave", pages_views.leave, name="leave"),
    path("healthz", operations_views.healthz, name="healthz"),
    path("readyz", operations_views.readyz, name="readyz"),
    path("robots.txt", pages_views.robots, name="robots"),
    path("sitemap.xml", public(sitemap), {"sitemaps": sitemaps_in_order()}, name="sitemap"),
    *i18n_patterns(
        path("", include("partners.urls")),
        path("", include("desks.urls")),
        path("workspace/", include("victor.workspace.urls")),
        path("", include("campaigns.urls")),
        path("", include("trainings.urls")),
        path("", include("victor.reporting.urls")),
        path("accounts/", include("victor.accounts.urls")),
        path(
            "admin/", (declare(admin.site.get_urls(), Access("admin.enter"), guarded=ADMIN_REDIRECTS), "admin", "admin")
        ),
        path("", include("victor.pages.urls")),  # last: any word may be the address of a page
    ),
]

handler403 = "victor.pages.views.forbidden"
handler404 = "victor.pages.views.not_found"
