from django.urls import path

from desks.access_reviews import views as access_reviews_views

REVIEW = "workspace/access-reviews/<int:number>/"
urlpatterns = [
    path("workspace/access-reviews/", access_reviews_views.reviews, name="access_reviews"),
    path(REVIEW, access_reviews_views.review, name="access_review"),
    path(f"{REVIEW}sign/", access_reviews_views.sign, name="access_review_sign"),
    path(f"{REVIEW}roles/<int:pk>/keep/", access_reviews_views.keep, name="access_review_keep"),
    path(f"{REVIEW}roles/<int:pk>/take/", access_reviews_views.take, name="access_review_take"),
]
