from django.contrib.auth.decorators import login_not_required
from django.urls import path

from kith.web.gallery import pages

urlpatterns = [
    path("gallery/", login_not_required(pages.parts), name="gallery"),
    path("gallery/list/", login_not_required(pages.listing), name="gallery-list"),
    path("gallery/empty/", login_not_required(pages.empty), name="gallery-empty"),
    path("gallery/card/", login_not_required(pages.card), name="gallery-card"),
    path("gallery/form/", login_not_required(pages.form), name="gallery-form"),
    path("gallery/quick/", login_not_required(pages.quick), name="gallery-quick"),
    path("gallery/map/", login_not_required(pages.mapping), name="gallery-map"),
    path("gallery/review/", login_not_required(pages.review), name="gallery-review"),
    path("gallery/jobs/", login_not_required(pages.jobs), name="gallery-jobs"),
    path("gallery/find/", login_not_required(pages.find), name="gallery-find"),
    path("gallery/sign-in/", login_not_required(pages.sign_in), name="gallery-sign-in"),
    path("gallery/error/", login_not_required(pages.error), name="gallery-error"),
]
