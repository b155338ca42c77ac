"""All addresses. What people read carries its language in front; what machines ask for does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from campaigns.campaigns import views as campaigns_views
from campaigns.campaigns.sitemaps import CampaignSitemap
from campaigns.events.sitemaps import EventSitemap
from campaigns.news.sitemaps import NewsSitemap
from desks.desk.sitemaps import DeskForChildrenSitemap, DeskForProfessionalsSitemap, DeskSitemap, DesksSitemap
from partners.directory.sitemaps import NetworkSitemap, OrganisationSitemap
from partners.help_lines.sitemaps import HelpSitemap
from trainings.seminars.sitemaps import CourseSitemap, SeminarSitemap
from victor.access import Access, declare, public
from victor.operations import views as operations_views
from victor.pages import views as pages_views
from victor.pages.sitemaps import HomeSitemap, PageSitemap
from victor.pictures import views as pictures

SITEMAPS = {
    "home": HomeSitemap,
    "pages": PageSitemap,
    "organisations": OrganisationSitemap,
    "help": HelpSitemap,
    "networks": NetworkSitemap,
    "desks": DesksSitemap,
    "desk": DeskSitemap,
    "desk_children": DeskForChildrenSitemap,
    "desk_professionals": DeskForProfessionalsSitemap,
    "campaigns": CampaignSitemap,
    "news": NewsSitemap,
    "events": EventSitemap,
    "seminars": SeminarSitemap,
    "courses": CourseSitemap,
}

urlpatterns = [
    path("", pages_views.front_door, name="front_door"),
    path("c/<slug:code>", campaigns_views.short, name="campaign_short"),
    path("pictures/<str:picture>/<int:width>.<str:form>", pictures.size, name="picture"),
    path("healthz", operations_views.healthz, name="healthz"),
    path("readyz", operations_views.readyz, name="readyz"),
    path("robots.txt", pages_views.robots, name="robots"),
    path("sitemap.xml", public(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", include("partners.urls")),
        path("", include("desks.urls")),
        path("workspace/", include("victor.workspace.urls")),
        path("", include("campaigns.urls")),
        path("", include("trainings.urls")),
        path("accounts/", include("victor.accounts.urls")),
        path("admin/", (declare(admin.site.get_urls(), Access("admin.enter")), "admin", "admin")),
        path("", include("victor.pages.urls")),  # last: any word may be the address of a page
    ),
]

handler403 = "victor.pages.views.forbidden"
handler404 = "victor.pages.views.not_found"
