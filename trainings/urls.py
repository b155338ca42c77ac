from django.urls import path

from trainings.views import (
    catalogue,
    editing,
    figures,
    importing,
    mailings,
    materials,
    participants,
    place,
    questions,
    registering,
)

app_name = "trainings"
PLACE = "seminars/place/<str:token>/"
LED = "workspace/seminars/<slug:slug>/"
PARTICIPANTS = f"{LED}participants/"
MAILINGS = f"{LED}mailings/"
MAILING = f"{MAILINGS}<int:number>/"
urlpatterns = [
    path("seminars/", catalogue.seminars, name="seminars"),
    path("seminars.ics", catalogue.calendar, name="calendar"),
    path("seminars.atom", catalogue.feed, name="feed"),
    path("seminars/courses/", catalogue.courses, name="courses"),
    path("seminars/courses/<slug:slug>/", catalogue.course, name="course"),
    path("seminars/materials/<int:pk>/", materials.public_material, name="public_material"),
    path(PLACE, place.place, name="place"),
    path(f"{PLACE}materials/<int:pk>/", materials.material, name="material"),
    path(f"{PLACE}questions/<str:stage>/", questions.questions, name="questions"),
    path(f"{PLACE}<str:move>/", place.answer, name="place_answer"),
    path("workspace/new-seminar/", editing.new_seminar, name="new_seminar"),
    path(f"{LED}edit/", editing.edit_seminar, name="edit_seminar"),
    path(f"{LED}copy/", editing.clone, name="clone"),
    path(f"{LED}cancel/", editing.cancel, name="cancel"),
    path(f"{LED}materials/", materials.materials, name="materials"),
    path(f"{LED}materials/<int:pk>/", materials.led_material, name="led_material"),
    path(f"{LED}materials/<int:pk>/remove/", materials.remove_material, name="remove_material"),
    path("seminars/<slug:slug>.ics", catalogue.entry, name="entry"),
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
    path("seminars/<slug:slug>/register/", registering.register, name="register"),
    path("seminars/<slug:slug>/register/group/", registering.register_group, name="register_group"),
    path(PARTICIPANTS, participants.participants, name="participants"),
    path(f"{PARTICIPANTS}new/", participants.add, name="participant_add"),
    path(f"{PARTICIPANTS}import/", importing.bring, name="import"),
    path(f"{PARTICIPANTS}import/list.xlsx", importing.empty_list, name="import_list"),
    path(f"{PARTICIPANTS}<int:pk>/", participants.participant, name="participant"),
    path(f"{PARTICIPANTS}<int:pk>/correct/", participants.correct, name="participant_correct"),
    path(f"{PARTICIPANTS}<int:pk>/<str:move>/", participants.decide, name="participant_move"),
    path(f"{LED}questionnaires/", questions.questionnaires, name="questionnaires"),
]
