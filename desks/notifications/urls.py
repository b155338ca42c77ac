from django.urls import path

from desks.notifications import views as notifications_views

AUTHORITIES = "workspace/desks/<slug:slug>/cases/<str:reference>/authorities/"
urlpatterns = [
    path(f"{AUTHORITIES}list/", notifications_views.take_list, name="case_authorities_list"),
    path(f"{AUTHORITIES}add/", notifications_views.add, name="case_authority_add"),
    path(f"{AUTHORITIES}<int:number>/letter/", notifications_views.letter, name="case_letter"),
    path(f"{AUTHORITIES}<int:number>/<str:step>/", notifications_views.step, name="case_authority_step"),
]
