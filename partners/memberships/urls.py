from django.urls import path

from partners.memberships import views as memberships_views

urlpatterns = [
    path("invitations/<str:token>/", memberships_views.accept_invitation, name="accept_invitation"),
    path("workspace/proposals/", memberships_views.proposals, name="proposals"),
    path(
        "workspace/proposals/<int:pk>/confirm/",
        memberships_views.decide_proposal,
        {"step": "confirm"},
        name="confirm_proposal",
    ),
    path(
        "workspace/proposals/<int:pk>/withdraw/",
        memberships_views.decide_proposal,
        {"step": "withdraw"},
        name="withdraw_proposal",
    ),
    path("workspace/organisations/<slug:slug>/leaving/", memberships_views.departure, name="departure"),
    path("workspace/organisations/<slug:slug>/leaving/ask/", memberships_views.ask_departure, name="ask_departure"),
    path("workspace/contacts/", memberships_views.contacts, name="contacts"),
    path("workspace/contacts/<int:pk>/", memberships_views.contact, name="contact"),
    path("contact/<str:token>/", memberships_views.contact_by_link, name="contact_by_link"),
    path("workspace/invitations/", memberships_views.invitations, name="invitations"),
    path("workspace/invitations/new/", memberships_views.invite, name="invite"),
    path("workspace/invitations/<int:pk>/revoke/", memberships_views.revoke, name="revoke_invitation"),
]
