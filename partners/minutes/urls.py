from django.urls import path

from partners.minutes import action_views, views

urlpatterns = [
    path("workspace/meetings/<int:meeting>/minutes/", views.open_minutes, name="open_minutes"),
    path("workspace/meetings/<int:meeting>/minutes/<int:version>/", views.minutes, name="minutes"),
    path("workspace/meetings/<int:meeting>/minutes/<int:version>/file/", views.minutes_file, name="minutes_file"),
    path("workspace/meetings/<int:meeting>/minutes/<int:version>/items/<int:item>/", views.write, name="write_minutes"),
    path(
        "workspace/meetings/<int:meeting>/minutes/<int:version>/texts/<int:text>/<str:choice>/",
        views.choose,
        name="choose_text",
    ),
    path("workspace/meetings/<int:meeting>/minutes/<int:version>/attendance/", views.attendance, name="attendance"),
    path("workspace/meetings/<int:meeting>/minutes/<int:version>/remarks/", views.remark, name="remark"),
    path("workspace/meetings/<int:meeting>/minutes/<int:version>/correction/", views.correct, name="correct_minutes"),
    path(
        "workspace/meetings/<int:meeting>/minutes/<int:version>/circulate/", views.circulate, name="circulate_minutes"
    ),
    path(
        "workspace/meetings/<int:meeting>/minutes/<int:version>/take-back/", views.take_back, name="take_minutes_back"
    ),
    path("workspace/meetings/<int:meeting>/minutes/<int:version>/approve/", views.approve, name="approve_minutes"),
    path(
        "workspace/meetings/<int:meeting>/minutes/<int:version>/items/<int:item>/decision/",
        action_views.decision,
        name="record_decision",
    ),
    path("workspace/decisions/<int:pk>/", action_views.change_decision, name="change_decision"),
    path(
        "workspace/meetings/<int:meeting>/minutes/<int:version>/items/<int:item>/action/",
        action_views.item_action,
        name="add_item_action",
    ),
    path("workspace/groups/<slug:slug>/decisions/", action_views.group_decisions, name="group_decisions"),
    path("workspace/groups/<slug:slug>/actions/", action_views.group_actions, name="group_actions"),
    path("workspace/groups/<slug:slug>/actions/new/", action_views.new_action, name="add_action"),
    path("workspace/actions/", action_views.my_actions, name="my_actions"),
    path("workspace/actions/<int:pk>/", action_views.action, name="action"),
    path("workspace/actions/<int:pk>/change/", action_views.change_action, name="change_action"),
    path("workspace/actions/<int:pk>/done/", action_views.finish, name="finish_action"),
    path("workspace/actions/<int:pk>/confirm/", action_views.verify, name="verify_action"),
    path("workspace/actions/<int:pk>/return/", action_views.send_back, name="return_action"),
    path("workspace/actions/<int:pk>/drop/", action_views.drop, name="drop_action"),
]
