from django.urls import path

from partners.agreements import paper_views
from partners.agreements import views as agreements_views

AGREEMENT = "workspace/agreements/<int:pk>/"
urlpatterns = [
    path("workspace/agreements/", agreements_views.agreements, name="agreements"),
    path("workspace/agreements/new/", agreements_views.draft, name="new_agreement"),
    path(AGREEMENT, agreements_views.agreement, name="agreement"),
    path(f"{AGREEMENT}edit/", agreements_views.edit, name="edit_agreement"),
    path(f"{AGREEMENT}signatures/<int:number>/", agreements_views.sign_for_party, name="sign_agreement"),
    path(f"{AGREEMENT}owner/", agreements_views.name_owner, name="agreement_owner"),
    path(f"{AGREEMENT}files/new/", paper_views.add_file, name="add_agreement_file"),
    path(f"{AGREEMENT}files/<int:number>/", paper_views.file, name="agreement_file"),
    path(f"{AGREEMENT}notice/<int:number>/", paper_views.notice, name="agreement_notice"),
    path(f"{AGREEMENT}ask-renewal/", paper_views.ask_renewal, name="ask_renewal"),
    path(f"{AGREEMENT}renew/", agreements_views.renew, name="renew_agreement"),
    *(
        path(f"{AGREEMENT}{step}/", agreements_views.take_step, {"step": step}, name=f"agreement_{step}")
        for step in ("send", "take_back", "sign", "suspend", "resume", "terminate")
    ),
]
