from django.urls import path

from partners.meetings import invitation_views, views

MEETING = "workspace/meetings/<int:pk>/"
urlpatterns = [
    path("workspace/groups/<slug:slug>/meetings/", views.meetings, name="group_meetings"),
    path("workspace/groups/<slug:slug>/meetings/new/", views.plan, name="plan_meeting"),
    path(MEETING, views.meeting, name="meeting"),
    path(f"{MEETING}edit/", views.edit, name="edit_meeting"),
    path(f"{MEETING}agenda/", views.add_item, name="add_agenda_item"),
    path(f"{MEETING}agenda/<int:number>/remove/", views.remove_item, name="remove_agenda_item"),
    path(f"{MEETING}guests/", views.invite_guest, name="invite_guest"),
    path(f"{MEETING}announce/", views.announce, name="announce_meeting"),
    path(f"{MEETING}move/", views.move, name="move_meeting"),
    path(f"{MEETING}cancel/", views.cancel, name="cancel_meeting"),
    path(f"{MEETING}remind/", views.remind, name="remind_invited"),
    path(f"{MEETING}hold/", views.hold, name="hold_meeting"),
    path(f"{MEETING}answer/", invitation_views.answer, name="answer_invitation"),
    path("meeting/<str:token>/", invitation_views.invitation, name="invitation"),
    path("meeting/<str:token>/calendar/", invitation_views.calendar, name="invitation_calendar"),
]
