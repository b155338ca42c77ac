from django.urls import path

from trainings.certificates import views as certificates_views

LED = "workspace/seminars/<slug:slug>/"
CERTIFICATE = "workspace/certificates/<int:pk>/"
urlpatterns = [
    path("certificates/", certificates_views.verify, name="verify"),
    path("certificates/<str:code>/", certificates_views.verified, name="verified"),
    path(f"{LED}certificates/", certificates_views.certificates, name="certificates"),
    path(f"{LED}certificates/issue/", certificates_views.issue, name="issue_certificates"),
    path(f"{LED}certificates/progress/", certificates_views.progress, name="certificates_progress"),
    path(f"{CERTIFICATE}certificate.pdf", certificates_views.file, name="certificate_file"),
    path(f"{CERTIFICATE}revoke/", certificates_views.revoke, name="revoke_certificate"),
    path(f"{CERTIFICATE}correct/", certificates_views.correct, name="correct_certificate"),
    path(f"{CERTIFICATE}issue/", certificates_views.issue_again, name="issue_certificate_again"),
]
