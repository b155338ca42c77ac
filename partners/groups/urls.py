from django.urls import path

from partners.groups import views as groups_views

GROUP = "workspace/groups/<slug:slug>/"
urlpatterns = [
    path("workspace/groups/", groups_views.groups, name="groups"),
    path("workspace/groups/new/", groups_views.found_group, name="new_group"),
    path(GROUP, groups_views.group, name="group"),
    path(f"{GROUP}edit/", groups_views.edit, name="edit_group"),
    path(f"{GROUP}members/", groups_views.add_member, name="add_group_member"),
    path(f"{GROUP}members/<int:number>/end/", groups_views.end_member, name="end_group_member"),
    path(f"{GROUP}end/", groups_views.end, name="end_group"),
]
