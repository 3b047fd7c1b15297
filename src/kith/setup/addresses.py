"""Where a request comes from, for throttling and for the log."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the browser; of IPv6 the network, because one home has billions of those.

    Behind proxies it is the address that the outermost of ours saw: anybody can write more of
    them into X-Forwarded-For, but only at its left.
    """
    proxies = settings.PROXIES
    hops = [request.META.get("REMOTE_ADDR", "")]
    if proxies:
        hops = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), *hops]
    return _normal(hops[max(0, len(hops) - 1 - proxies)].strip())


def _normal(text: str) -> str:
    try:
        address = ip_address(text.split("%", maxsplit=1)[0])
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, 64), strict=False))
