from django.urls import path

from trainings.mailings import views as mailings_views

LED = "workspace/seminars/<slug:slug>/"
MAILINGS = f"{LED}mailings/"
MAILING = f"{MAILINGS}<int:number>/"
urlpatterns = [
    path(MAILINGS, mailings_views.mailings, name="mailings"),
    path(f"{MAILINGS}words/", mailings_views.words, name="mailing_words"),
    path(MAILING, mailings_views.mailing, name="mailing"),
    path(f"{MAILING}words/", mailings_views.words, name="mailing_edit"),
    path(f"{MAILING}release/", mailings_views.step, {"step": "release"}, name="mailing_release"),
    path(f"{MAILING}stop/", mailings_views.step, {"step": "stop"}, name="mailing_stop"),
    path(f"{MAILING}retry/", mailings_views.step, {"step": "retry"}, name="mailing_retry"),
    path(f"{MAILING}discard/", mailings_views.step, {"step": "discard"}, name="mailing_discard"),
]
