from django.urls import path

from trainings.views import catalogue, importing, participants, place, registering

app_name = "trainings"
PLACE = "seminars/place/<str:token>/"
PARTICIPANTS = "workspace/seminars/<slug:slug>/participants/"
urlpatterns = [
    path("seminars/", catalogue.seminars, name="seminars"),
    path("seminars/courses/", catalogue.courses, name="courses"),
    path("seminars/courses/<slug:slug>/", catalogue.course, name="course"),
    path(PLACE, place.place, name="place"),
    path(f"{PLACE}<str:move>/", place.answer, name="place_answer"),
    path("seminars/<slug:slug>/", catalogue.seminar, name="seminar"),
    path("seminars/<slug:slug>/register/", registering.register, name="register"),
    path("seminars/<slug:slug>/register/group/", registering.register_group, name="register_group"),
    path(PARTICIPANTS, participants.participants, name="participants"),
    path(f"{PARTICIPANTS}new/", participants.add, name="participant_add"),
    path(f"{PARTICIPANTS}import/", importing.bring, name="import"),
    path(f"{PARTICIPANTS}import/list.xlsx", importing.empty_list, name="import_list"),
    path(f"{PARTICIPANTS}<int:pk>/", participants.participant, name="participant"),
    path(f"{PARTICIPANTS}<int:pk>/correct/", participants.correct, name="participant_correct"),
    path(f"{PARTICIPANTS}<int:pk>/<str:move>/", participants.decide, name="participant_move"),
]
