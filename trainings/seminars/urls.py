from django.urls import path

from trainings.seminars import views as seminars_views

urlpatterns = [
    path("seminars/", seminars_views.seminars, name="seminars"),
    path("seminars.ics", seminars_views.calendar, name="calendar"),
    path("seminars.atom", seminars_views.feed, name="feed"),
    path("seminars/courses/", seminars_views.courses, name="courses"),
    path("seminars/courses/<slug:slug>/", seminars_views.course, name="course"),
    path("seminars/materials/<int:pk>/", seminars_views.public_material, name="public_material"),
    path("seminars/<slug:slug>.ics", seminars_views.entry, name="entry"),
    path("seminars/<slug:slug>/", seminars_views.seminar, name="seminar"),
]
