"""The page of the firm itself, and its logo."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.pages.done import done
from kith.core.errors import NotFound
from kith.files.pictures import SMALL, PictureRefused, picture_keep, picture_path
from kith.reference.company import company, company_row
from kith.reference.models import CompanySettings
from kith.reference.services.company import company_save
from kith.setup.brand import brand
from kith.setup.company_forms import CompanyForm
from kith.setup.pages.numbers import number_series

FIELDS = (
    "name", "country", "currency", "time_zone", "date_format", "number_format", "first_weekday",
)  # fmt: skip
KEPT_SECONDS = 24 * 3600


class CompanyPage(View):
    def get(self, request: SignedInRequest) -> HttpResponse:
        require(request.user, Permission.SETTINGS_MANAGE)
        row = company_row() or CompanySettings()
        initial = {name: getattr(row, name) for name in FIELDS}
        initial["holds_hidden"] = "hold" if row.holds_hidden else ""
        return _draw(request, CompanyForm(initial=initial, logo=row.logo))

    def post(self, request: SignedInRequest) -> HttpResponse:
        require(request.user, Permission.SETTINGS_MANAGE)
        row = company_row() or CompanySettings()
        form = CompanyForm(request.POST, request.FILES, logo=row.logo)
        if not form.is_valid():
            return _draw(request, form, 422)
        values = form.values
        try:
            values |= _logo(form)
        except PictureRefused as refused:
            form.add_error("logo", str(refused))
            return _draw(request, form, 422)
        record = company_save(actor=request.user, values=values)
        url = reverse("setup:company")
        return done(request, _("Saved."), record, url, then=url)


def _logo(form: CompanyForm) -> dict[str, str | None]:
    upload = form.cleaned_data["logo"]
    if upload:
        return {"logo": picture_keep(upload.chunks(), whole=True)}
    return {"logo": None} if form.cleaned_data.get("remove_logo") else {}


def _draw(request: SignedInRequest, form: CompanyForm, status: int = 200) -> HttpResponse:
    found = {"form": form, "brand": brand(), "numbers": number_series()}
    return render(request, "setup/company.html", found, status=status)


@login_not_required
@require_safe
def logo(request: HttpRequest) -> FileResponse:
    """For the sign-in page too; its address changes with the picture."""
    try:
        file = picture_path(company().logo, SMALL).open("rb")
    except (OSError, ValueError):
        raise NotFound from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
