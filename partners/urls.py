from django.urls import path

from partners.views import help, joining, public, staff

app_name = "partners"
urlpatterns = [
    path("help/", help.help_index, name="help_index"),
    path("help/<slug:code>/", help.help_country, name="help_country"),
    path("partners/", public.directory, name="directory"),
    path("partners/<slug:slug>/", public.organisation, name="organisation"),
    path("networks/<slug:slug>/", public.network, name="network"),
    path("invitations/<str:token>/", joining.accept_invitation, name="accept_invitation"),
    path("workspace/contacts/", staff.contacts, name="contacts"),
    path("workspace/help-lines/", staff.help_lines, name="help_lines"),
    path("workspace/help-lines/<int:pk>/confirm/", staff.confirm_help_line, name="confirm_help_line"),
    path("workspace/invitations/", staff.invitations, name="invitations"),
    path("workspace/invitations/new/", staff.invite, name="invite"),
    path("workspace/invitations/<int:pk>/revoke/", staff.revoke_invitation, name="revoke_invitation"),
]
