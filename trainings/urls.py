from django.urls import path

from trainings.views import catalogue, certificates, place, verification

app_name = "trainings"
PLACE = "seminars/place/<str:token>/"
LED = "workspace/seminars/<slug:slug>/"
CERTIFICATE = "workspace/certificates/<int:pk>/"
urlpatterns = [
    path("seminars/", catalogue.seminars, name="seminars"),
    path("seminars/courses/", catalogue.courses, name="courses"),
    path("seminars/courses/<slug:slug>/", catalogue.course, name="course"),
    path(PLACE, place.place, name="place"),
    path(f"{PLACE}certificate.pdf", verification.own_certificate, name="certificate"),
    path(f"{PLACE}certificate/name/", verification.own_name, name="certificate_name"),
    path(f"{PLACE}<str:move>/", place.answer, name="place_answer"),
    path("seminars/<slug:slug>/", catalogue.seminar, name="seminar"),
    path("certificates/", verification.verify, name="verify"),
    path("certificates/<str:code>/", verification.verified, name="verified"),
    path(f"{LED}certificates/", certificates.certificates, name="certificates"),
    path(f"{LED}certificates/issue/", certificates.issue, name="issue_certificates"),
    path(f"{LED}certificates/progress/", certificates.progress, name="certificates_progress"),
    path(f"{CERTIFICATE}certificate.pdf", certificates.file, name="certificate_file"),
    path(f"{CERTIFICATE}revoke/", certificates.revoke, name="revoke_certificate"),
    path(f"{CERTIFICATE}correct/", certificates.correct, name="correct_certificate"),
    path(f"{CERTIFICATE}issue/", certificates.issue_again, name="issue_certificate_again"),
]
