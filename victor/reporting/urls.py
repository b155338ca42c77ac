from django.urls import path

from victor.reporting.figures import views as figures_views
from victor.reporting.releases import views as releases_views
from victor.reporting.report import views as report_views

app_name = "reporting"
RELEASE = "workspace/releases/<int:pk>/"
urlpatterns = [
    path("figures/", figures_views.figures, name="figures"),
    path("figures/schema.json", figures_views.schema, name="figures_schema"),
    path("figures/<str:number>/", figures_views.figures, name="figures_of"),
    path("figures/<str:number>/figures.csv", figures_views.as_csv, name="figures_csv"),
    path("figures/<str:number>/figures.json", figures_views.as_json, name="figures_json"),
    path("workspace/releases/", releases_views.releases, name="releases"),
    path("workspace/releases/new/", releases_views.new_release, name="new_release"),
    path(RELEASE, releases_views.release, name="release"),
    path(f"{RELEASE}preview/", figures_views.preview, name="release_preview"),
    path(f"{RELEASE}approve/", releases_views.approve, name="release_approve"),
    path(f"{RELEASE}return/", releases_views.send_back, name="release_return"),
    path(f"{RELEASE}publish/", releases_views.publish, name="release_publish"),
    path(f"{RELEASE}leave-out/", releases_views.leave_out, name="release_leave_out"),
    path(f"{RELEASE}count/", releases_views.count_anew, name="release_count"),
    path(f"{RELEASE}discard/", releases_views.discard, name="release_discard"),
    path(f"{RELEASE}correct/", releases_views.correct, name="release_correct"),
    path(f"{RELEASE}report/", report_views.report, name="report"),
    path(f"{RELEASE}report/<int:number>/", report_views.download, name="report_file"),
]
