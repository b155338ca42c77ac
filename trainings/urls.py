from django.urls import path

from trainings.views import catalogue, figures, mailings, place

app_name = "trainings"
PLACE = "seminars/place/<str:token>/"
MAILINGS = "workspace/seminars/<slug:slug>/mailings/"
MAILING = f"{MAILINGS}<int:number>/"
urlpatterns = [
    path("seminars/", catalogue.seminars, name="seminars"),
    path("seminars/courses/", catalogue.courses, name="courses"),
    path("seminars/courses/<slug:slug>/", catalogue.course, name="course"),
    path(PLACE, place.place, name="place"),
    path(f"{PLACE}<str:move>/", place.answer, name="place_answer"),
    path("workspace/training-figures/", figures.figures, name="figures"),
    path("workspace/training-figures/<str:indicator>/", figures.figure_rows, name="figure_rows"),
    path(MAILINGS, mailings.mailings, name="mailings"),
    path(f"{MAILINGS}words/", mailings.words, name="mailing_words"),
    path(MAILING, mailings.mailing, name="mailing"),
    path(f"{MAILING}words/", mailings.words, name="mailing_edit"),
    path(f"{MAILING}release/", mailings.step, {"step": "release"}, name="mailing_release"),
    path(f"{MAILING}stop/", mailings.step, {"step": "stop"}, name="mailing_stop"),
    path(f"{MAILING}retry/", mailings.step, {"step": "retry"}, name="mailing_retry"),
    path(f"{MAILING}discard/", mailings.step, {"step": "discard"}, name="mailing_discard"),
    path("seminars/<slug:slug>/", catalogue.seminar, name="seminar"),
]
