from django.urls import path

from trainings.views import attendance, catalogue, place, seminars

app_name = "trainings"
PLACE = "seminars/place/<str:token>/"
LED = "workspace/seminars/<slug:slug>/"
CHECK_IN = f"{LED}check-in/"
SESSION = f"{CHECK_IN}<int:number>/"
urlpatterns = [
    path("seminars/", catalogue.seminars, name="seminars"),
    path("seminars/courses/", catalogue.courses, name="courses"),
    path("seminars/courses/<slug:slug>/", catalogue.course, name="course"),
    path("seminars/here/<str:token>/", attendance.here, name="here"),
    path(PLACE, place.place, name="place"),
    path(f"{PLACE}<str:move>/", place.answer, name="place_answer"),
    path("seminars/<slug:slug>/", catalogue.seminar, name="seminar"),
    path("workspace/seminars/", seminars.my_seminars, name="my_seminars"),
    path(LED, seminars.led, name="led"),
    path(f"{LED}cancel/", seminars.cancel, name="cancel"),
    path(CHECK_IN, attendance.check_in, name="check_in"),
    path(f"{CHECK_IN}code/<str:token>/", attendance.scanned, name="scanned"),
    path(SESSION, attendance.session, name="check_in_session"),
    path(f"{SESSION}marks/", attendance.marks, name="marks"),
    path(f"{SESSION}walk-in/", attendance.walk_in, name="walk_in"),
    path(f"{SESSION}undo/<int:pk>/", attendance.undo, name="undo"),
    path(f"{SESSION}correct/", attendance.correct, name="correct"),
    path(f"{SESSION}sheet.pdf", attendance.sheet, name="sheet"),
]
