from django.urls import path

from victor.pages.views import pages

app_name = "pages"
urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("professionals/", pages.professionals, name="professionals"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("quick-exit/", pages.quick_exit, name="quick_exit"),
]
