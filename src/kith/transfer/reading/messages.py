"""What people read when a file can't be used: what is the matter, and what to do about it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: dict[str, Promise | str] = {
    "not-a-spreadsheet": _(
        "This is not a spreadsheet or a vCard. Upload an .xlsx, .xls, .ods, .csv or .vcf file."
    ),
    "document": _(
        "This is a text document or presentation, not a spreadsheet. Copy the table into a "
        "spreadsheet and upload that."
    ),
    "archive": _("This is a packed archive. Unpack it and upload the spreadsheet inside."),
    "unsupported": _("This kind of file is not read. Save it as .xlsx or .csv and upload that."),
    "numbers": _("This is a Numbers document. Export it as Excel (.xlsx) and upload that."),
    "old-xml": _(
        "This is an XML spreadsheet of 2003. Open it in your spreadsheet program, save it as "
        ".xlsx and upload that."
    ),
    "web-page": _(
        "This is a web page that is named like a spreadsheet. Open it in your spreadsheet "
        "program, save it as .xlsx and upload that."
    ),
    "doctype": _(
        "This workbook holds XML definitions, which are not read because they can do harm. Open "
        "it in your spreadsheet program, save it as a new file and upload that."
    ),
    "encrypted": _(
        "This file is protected by a password. Open it in your spreadsheet program, remove the "
        "password (Save as, without one) and upload it again."
    ),
    "damaged": _(
        "This file is damaged or was not copied completely. Open it in your spreadsheet program, "
        "save it as a new .xlsx file and upload that."
    ),
    "open-quote": _(
        'In row %(row)s a quotation mark (") is opened and never closed, so the rows after it '
        "can't be told apart. Correct that row, or save the sheet as .xlsx, and upload it again."
    ),
    "long-cell": _(
        "In row %(row)s a cell holds more than %(limit)s characters. Shorten it, and upload the "
        "file again."
    ),
    "no-such-sheet": _("The file has no sheet named “%(sheet)s”. Choose another sheet."),
    "too-many-columns": _(
        "Row %(row)s reaches to column %(column)s; up to %(limit)s columns are read. Delete the "
        "columns that are not needed and upload the file again."
    ),
    "too-large": _("This file is too large. Split it into several files and upload them in turn."),
    "memory": _(
        "Reading this file takes more memory than is allowed. Save the sheet as .csv, or split "
        "it, and upload that."
    ),
    "zip-bomb": _(
        "This file unpacks to far more than a spreadsheet should and is not read. Copy the rows "
        "into a new file and upload that."
    ),
    "many-parts": _(
        "This file consists of too many parts and is not read. Copy the rows into a new file and "
        "upload that."
    ),
    "cells": _("The sheet has more than %(limit)s cells. Split it into several files."),
    "empty": _("This file has no rows. Check that you chose the right file."),
    "barren": _(
        "No rows were found in the upper part of this file. Copy the rows into a new file and "
        "upload that."
    ),
    "timeout": _(
        "Reading this file takes too long. Save the sheet as .xlsx or .csv in a new file and "
        "upload that."
    ),
    "crash": _(
        "This file can't be read: the reading program failed on it. Open it in your spreadsheet "
        "program, save it as a new .xlsx file and upload that."
    ),
}


def text_for(reason: str, params: dict[str, Any]) -> str:
    text = str(TEXTS.get(reason, TEXTS["damaged"]))
    return text % params if params else text
