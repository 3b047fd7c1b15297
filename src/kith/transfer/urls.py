from django.urls import path

from kith.transfer.pages import (
    acts,
    begin,
    columns,
    downloads,
    exports,
    new_field,
    row,
    show,
    spelling,
)

app_name = "transfer"
urlpatterns = [
    path("imports/", begin.import_list, name="list"),
    path("imports/new/", begin.import_new, name="new"),
    path("imports/template.xlsx", downloads.template, name="template"),
    path("imports/<int:pk>/result.xlsx", downloads.result, name="result"),
    path("imports/<int:pk>/", show.import_show, name="show"),
    path("imports/<int:pk>/progress/", show.import_progress, name="progress"),
    path("imports/<int:pk>/columns/", columns.import_columns, name="columns"),
    path("imports/<int:pk>/sheet/", columns.import_sheet, name="sheet"),
    path("imports/<int:pk>/profile/", columns.import_profile, name="profile"),
    path("imports/<int:pk>/field/<int:place>/", new_field.import_field, name="field"),
    path("imports/<int:pk>/rows/<int:number>/", row.import_row, name="row"),
    path("imports/<int:pk>/run/", acts.import_run, name="run"),
    path("imports/<int:pk>/shut/", acts.import_shut, name="shut"),
    path("imports/<int:pk>/spelling/", spelling.import_spell, name="spell"),
    path("imports/<int:pk>/stop/", acts.import_stop, name="stop"),
    path("imports/<int:pk>/undo/", acts.import_undo, name="undo"),
    path("imports/<int:pk>/back/", acts.import_back, name="back"),
    path("imports/<int:pk>/discard/", acts.import_discard, name="discard"),
    path("exports/", exports.export_list, name="exports"),
    path("exports/<int:pk>/", exports.export_show, name="export"),
    path("exports/<int:pk>/progress/", exports.export_progress, name="export-progress"),
    path("exports/<int:pk>/file/", exports.export_file, name="export-file"),
    path("exports/<int:pk>/stop/", exports.export_cancel, name="export-stop"),
    path("exports/<int:pk>/discard/", exports.export_remove, name="export-discard"),
]
