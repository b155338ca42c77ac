from django.urls import path

from trainings.attendance import views as attendance_views

LED = "workspace/seminars/<slug:slug>/"
CHECK_IN = f"{LED}check-in/"
SESSION = f"{CHECK_IN}<int:number>/"
urlpatterns = [
    path("seminars/here/<str:token>/", attendance_views.here, name="here"),
    path(CHECK_IN, attendance_views.check_in, name="check_in"),
    path(f"{CHECK_IN}code/<str:token>/", attendance_views.scanned, name="scanned"),
    path(SESSION, attendance_views.session, name="check_in_session"),
    path(f"{SESSION}marks/", attendance_views.marks, name="marks"),
    path(f"{SESSION}walk-in/", attendance_views.walk_in, name="walk_in"),
    path(f"{SESSION}undo/<int:pk>/", attendance_views.undo, name="undo"),
    path(f"{SESSION}correct/", attendance_views.correct, name="correct"),
    path(f"{SESSION}sheet.pdf", attendance_views.sheet, name="sheet"),
]
