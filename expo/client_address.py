"""Tells from which address a request comes, as far as that can be trusted."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def of(request: HttpRequest) -> str | None:
    """The client's address; of an IPv6 address the network, since one household has 2 to the power of 64 of them.

    Behind nginx it is the last that the header names: whatever a client sends itself stands before it.
    """
    forwarded = request.META.get(settings.CLIENT_ADDRESS_HEADER or "", "")
    return _parsed(forwarded.rpartition(",")[2]) or _parsed(request.META.get("REMOTE_ADDR", ""))


def _parsed(text: str) -> str | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None  # a local socket has no address
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), 64), strict=False).network_address)
