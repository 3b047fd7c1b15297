from django.urls import path

from kith.web.gallery import pages

urlpatterns = [
    path("gallery/", pages.parts, name="gallery"),
    path("gallery/list/", pages.listing, name="gallery-list"),
    path("gallery/empty/", pages.empty, name="gallery-empty"),
    path("gallery/card/", pages.card, name="gallery-card"),
    path("gallery/form/", pages.form, name="gallery-form"),
    path("gallery/quick/", pages.quick, name="gallery-quick"),
    path("gallery/map/", pages.mapping, name="gallery-map"),
    path("gallery/review/", pages.review, name="gallery-review"),
    path("gallery/find/", pages.find, name="gallery-find"),
    path("gallery/sign-in/", pages.sign_in, name="gallery-sign-in"),
    path("gallery/error/", pages.error, name="gallery-error"),
]
