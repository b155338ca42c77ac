from django.urls import path

from trainings.participants import own_page
from trainings.participants import views as participants_views

PLACE = "seminars/place/<str:token>/"
LED = "workspace/seminars/<slug:slug>/"
PARTICIPANTS = f"{LED}participants/"
urlpatterns = [
    path(PLACE, own_page.place, name="place"),
    path(f"{PLACE}materials/<int:pk>/", own_page.material, name="material"),
    path(f"{PLACE}questions/<str:stage>/", own_page.questions, name="questions"),
    path(f"{PLACE}certificate.pdf", own_page.own_certificate, name="certificate"),
    path(f"{PLACE}certificate/name/", own_page.own_name, name="certificate_name"),
    path(f"{PLACE}emails/", own_page.emails, name="place_emails"),
    path(f"{PLACE}calendar.ics", own_page.own_calendar, name="place_calendar"),
    path(f"{PLACE}needs/", own_page.needs, name="place_needs"),
    path(f"{PLACE}<str:move>/", own_page.answer, name="place_answer"),
    path(PARTICIPANTS, participants_views.participants, name="participants"),
    path(f"{PARTICIPANTS}accept/", participants_views.admit, name="participants_admit"),
    path(f"{PARTICIPANTS}new/", participants_views.add, name="participant_add"),
    path(f"{PARTICIPANTS}import/", participants_views.import_participants, name="import"),
    path(f"{PARTICIPANTS}import/list.xlsx", participants_views.empty_list, name="import_list"),
    path(f"{PARTICIPANTS}<int:pk>/", participants_views.participant, name="participant"),
    path(f"{PARTICIPANTS}<int:pk>/correct/", participants_views.correct, name="participant_correct"),
    path(f"{PARTICIPANTS}<int:pk>/<str:move>/", participants_views.decide, name="participant_move"),
]
