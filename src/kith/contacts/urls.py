"""Contacts: the list, the card, forms, links."""

from django.urls import path

from kith.contacts.pages import (
    card,
    cities,
    delete,
    edit,
    export,
    facts,
    history,
    links,
    list_contacts,
    options,
    palette,
    past,
    picture,
    quick,
    reveal,
    sites,
    trash,
    undo,
)

app_name = "contacts"
urlpatterns = [
    # The list, the trash, and finding from everywhere.
    path("", list_contacts.home, name="home"),
    path("contacts/", list_contacts.list_contacts, name="list"),
    path("contacts/delete/", trash.trash_many, name="trash-many"),
    path("contacts/export/", export.export, name="export"),
    path("contacts/trash/", trash.trash, name="trash"),
    path("contacts/trash/restore/", trash.restore_many, name="restore-many"),
    path("contacts/trash/empty/", trash.empty_trash, name="empty-trash"),
    path("palette/", palette.palette, name="palette"),
    # The card and the forms.
    path("contacts/new/", edit.new, name="new"),
    path("contacts/quick/", quick.quick, name="quick"),
    path("contacts/alike/", quick.find_alike, name="alike"),
    path("contacts/<int:pk>/", card.card, name="card"),
    path("contacts/<int:pk>/edit/", edit.edit, name="edit"),
    path("contacts/<int:pk>/delete/", delete.delete, name="delete"),
    path("contacts/<int:pk>/fields/<slug:name>/", facts.fact, name="fact"),
    path("contacts/<int:pk>/history/<int:change_id>/", past.past, name="past"),
    path("contacts/<int:pk>/picture/", picture.picture, name="picture"),
    path("contacts/<int:pk>/picture/<slug:name>/", picture.picture_file, name="picture-file"),
    path("contacts/<int:pk>/reveal/<slug:name>/", reveal.reveal, name="reveal"),
    path("contacts/<int:pk>/history/", history.more, name="history"),
    path("contacts/<int:pk>/links/", links.add, name="links"),
    path("contacts/<int:pk>/links/more/", links.more, name="more-links"),
    path("contacts/<int:pk>/links/<int:link_id>/", links.change, name="link"),
    path("contacts/<int:pk>/links/<int:link_id>/remove/", links.remove, name="unlink"),
    path("contacts/<int:pk>/sites/", sites.add, name="sites"),
    path("contacts/<int:pk>/sites/<int:site_id>/", sites.change, name="site"),
    path("contacts/<int:pk>/sites/<int:site_id>/main/", sites.make_main, name="site-main"),
    path("contacts/<int:pk>/sites/<int:site_id>/remove/", sites.remove, name="site-remove"),
    path("changes/<int:pk>/undo/", undo.undo, name="undo"),
    path("settings/cities/", cities.city_list, name="cities"),
    path("settings/cities/merge/", cities.merge, name="cities-merge"),
    path("settings/cities/<int:city_id>/", cities.city, name="city"),
    path("options/<slug:name>/", options.options, name="options"),
]
