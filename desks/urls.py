from django.urls import path

from desks.views import people, public

app_name = "desks"
urlpatterns = [
    path("workspace/desks/people/", people.led, name="led"),
    path("workspace/desks/<slug:slug>/people/", people.people, name="people"),
    path("workspace/desks/<slug:slug>/people/open/", people.open_keys, name="open_keys"),
    path("workspace/desks/<slug:slug>/people/<int:pk>/<str:step>/", people.take_step, name="people_step"),
    path("desks/", public.desks, name="desks"),
    path("desks/<slug:slug>/", public.desk, name="desk"),
    path("desks/<slug:slug>/children/", public.children, name="children"),
    path("desks/<slug:slug>/professionals/", public.professionals, name="professionals"),
]
