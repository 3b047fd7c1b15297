"""Saved views: making and changing them, and how each user arranges them."""

from django.urls import path

from kith.views.pages import arranging, saving

app_name = "views"
urlpatterns = [
    path("views/<int:pk>/", saving.change, name="view"),
    path("views/<int:pk>/save/", saving.save, name="save"),
    path("views/<int:pk>/copy/", saving.copy, name="copy"),
    path("views/<int:pk>/delete/", saving.delete, name="delete"),
    path("views/<slug:name>/new/", saving.new, name="new"),
    path("views/<slug:name>/tabs/", arranging.tabs, name="tabs"),
    path("views/<slug:name>/first/", arranging.first, name="first"),
    path("views/<slug:name>/columns/", arranging.keep_columns, name="columns"),
    path("views/<slug:name>/widths/", arranging.widths, name="widths"),
]
