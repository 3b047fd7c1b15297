"""The pages of the gallery."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.web import errors, shell
from kith.web.forms import channel_rows
from kith.web.gallery import cards, forms, lists, wizard
from kith.web.gallery.people import LONG, PEOPLE, TINTED
from kith.web.gallery.shell import dressed
from kith.web.pages import layout, sheet
from kith.web.toasts import toast

LABELS = [("work", "Work"), ("home", "Home"), ("mobile", "Mobile")]


def parts(request: HttpRequest) -> HttpResponse:
    toast(request, "Deleted Anjali Smithson.", undo="/gallery/")
    toast(request, "That did not work. Nothing was lost.", level="error")
    found = {"people": PEOPLE, "tags": TINTED, "long": LONG, "tiles": wizard.tiles()}
    return render(dressed(request), "web/gallery/parts.html", found)


def listing(request: HttpRequest) -> HttpResponse:
    template = "web/list/page.html" if request.htmx else "web/gallery/list.html"  # type: ignore[attr-defined]
    return render(dressed(request), template, {"list": lists.listing(request)})


def empty(request: HttpRequest) -> HttpResponse:
    found = {"list": lists.listing(request, rows=[])}
    return render(dressed(request), "web/gallery/list.html", found)


def card(request: HttpRequest) -> HttpResponse:
    return render(
        dressed(request), "web/gallery/card.html", {"layout": layout(request), **cards.card()}
    )


def form(request: HttpRequest) -> HttpResponse:
    bound = forms.full()
    phones = channel_rows(
        [{"text": "+91 93270 58088", "label": "mobile"}, {"text": "12", "label": ""}],
        errors={1: "Too short for a phone number in India."},
    )
    found = {
        "form": bound,
        "sections": forms.sections(bound),
        "phones": phones,
        "labels": LABELS,
        "alike": [{**vars(PEOPLE[0]), "url": "#", "why": "the same mobile"}],
    }
    return render(dressed(request), "web/gallery/form.html", found)  # fmt: skip


def quick(request: HttpRequest) -> HttpResponse:
    bound = forms.Quick(request.POST or None)
    found = {"sheet": sheet(request), "title": "New contact", "form": bound}
    status = 422 if bound.is_bound and not bound.is_valid() else 200
    return render(dressed(request), "web/gallery/quick.html", found, status=status)


def mapping(request: HttpRequest) -> HttpResponse:
    found = {"steps": wizard.steps(1), "columns": wizard.columns(), "groups": wizard.GROUPS}
    return render(dressed(request), "web/gallery/map.html", found)


def review(request: HttpRequest) -> HttpResponse:
    found = {
        "steps": wizard.steps(3),
        "tiles": wizard.tiles(),
        "rows": wizard.rows(),
        "headings": ["Name", "Mobile", "E-mail"],
    }
    return render(dressed(request), "web/gallery/review.html", found)  # fmt: skip


def find(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    results = [
        {**vars(p), "url": p.url, "detail": p.what, "end": p.phone}
        for p in PEOPLE
        if query.lower() in p.name.lower()
    ]
    found = {"results": results[:8], "query": query, "more_url": f"/gallery/list/?q={query}"}
    return render(request, "web/shell/found.html", found)  # fmt: skip


def jobs(request: HttpRequest) -> HttpResponse:
    found = {"jobs": shell.state(dressed(request)).jobs, "url": request.path}
    return render(request, "web/shell/jobs.html", found)


def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "web/gallery/sign_in.html", {"form": forms.Quick()})


def error(request: HttpRequest) -> HttpResponse:
    return errors.error_page(request, 404)
