from django.urls import path

from trainings.views import catalogue, place, questions

app_name = "trainings"
PLACE = "seminars/place/<str:token>/"
urlpatterns = [
    path("seminars/", catalogue.seminars, name="seminars"),
    path("seminars/courses/", catalogue.courses, name="courses"),
    path("seminars/courses/<slug:slug>/", catalogue.course, name="course"),
    path(PLACE, place.place, name="place"),
    path(f"{PLACE}questions/<str:stage>/", questions.questions, name="questions"),
    path(f"{PLACE}<str:move>/", place.answer, name="place_answer"),
    path("seminars/<slug:slug>/", catalogue.seminar, name="seminar"),
    path("workspace/seminars/<slug:slug>/questionnaires/", questions.questionnaires, name="questionnaires"),
]
