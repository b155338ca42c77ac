from django.urls import path

from desks.exchange import views as exchange_views

DESK = "workspace/desks/<slug:slug>/exports/"
NETWORK = "workspace/exports/"
urlpatterns = [
    path(NETWORK, exchange_views.exports, name="network_exports"),
    path(f"{NETWORK}rights/<int:number>/withdraw/", exchange_views.end_right, name="network_export_right"),
    path(f"{NETWORK}<int:number>/file/<str:form>/", exchange_views.figures_file, name="network_export_file"),
    path(f"{NETWORK}<int:number>/<str:step>/", exchange_views.decide, name="network_export_step"),
    path(DESK, exchange_views.exports, name="exports"),
    path(f"{DESK}rights/<int:number>/withdraw/", exchange_views.end_right, name="export_right"),
    path(f"{DESK}<int:number>/cases/<str:form>/", exchange_views.cases_file, name="export_cases_file"),
    path(f"{DESK}<int:number>/file/<str:form>/", exchange_views.figures_file, name="export_file"),
    path(f"{DESK}<int:number>/<str:step>/", exchange_views.decide, name="export_step"),
]
