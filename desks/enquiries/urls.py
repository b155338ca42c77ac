from django.urls import path

from desks.enquiries import views as enquiries_views

DESK = "workspace/desks/<slug:slug>/"
urlpatterns = [
    path("workspace/figures/", enquiries_views.figures, name="figures"),
    path(f"{DESK}figures/", enquiries_views.desk_figures, name="desk_figures"),
    path(f"{DESK}enquiries/new/", enquiries_views.new_enquiry, name="new_enquiry"),
    path(f"{DESK}enquiries/undo/", enquiries_views.undo_enquiry, name="undo_enquiry"),
]
