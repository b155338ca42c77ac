from django.urls import path

from partners.help_lines import views as help_lines_views

urlpatterns = [
    path("help/", help_lines_views.help_index, name="help_index"),
    path("help/other-languages/", help_lines_views.help_other_languages, name="help_other_languages"),
    path("help/<slug:code>/", help_lines_views.help_country, name="help_country"),
    path("workspace/help-lines/", help_lines_views.lines_to_check, name="help_lines"),
    path("workspace/help-lines/<int:pk>/confirm/", help_lines_views.confirm, name="confirm_help_line"),
]
