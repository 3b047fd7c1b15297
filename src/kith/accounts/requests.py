"""The type of a request behind `login_required`, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class SignedInRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
    shown_in: str
    """The address of the place whose entry in the navigation is marked, if not the request's."""
