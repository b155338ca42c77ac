from django.urls import path

from victor.pages.views import pages

app_name = "pages"
urlpatterns = [
    path("", pages.home, name="home"),
    path("quick-exit/", pages.quick_exit, name="quick_exit"),
    path("<slug:slug>/", pages.page, name="page"),
]
