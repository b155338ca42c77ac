"""The addresses of the site, and one of its own where a desk would have its page."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.views.generic import View

from victor.urls import urlpatterns as addresses_of_the_site

urlpatterns = [*i18n_patterns(path("desks/greece/", View.as_view(), name="taken")), *addresses_of_the_site]
