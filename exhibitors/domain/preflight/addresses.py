"""Why a homepage or an e-mail address cannot be right. Asks no network: only what no reader could ever reach."""

import ipaddress
import re
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

RESERVED = frozenset({"example", "test", "invalid", "localhost", "local"})  # RFC 2606, RFC 6762
RESERVED_HOSTS = frozenset({"example.com", "example.net", "example.org", "example.edu"})
BARE_ENDINGS = frozenset({"com", "net", "org", "kr", "co.kr", "or.kr", "go.kr", "ac.kr", "re.kr", "ne.kr", "pe.kr"})
MADE_UP = frozenset({"test", "example", "sample", "asdf", "abc", "aaa", "a", "xxx", "none"})
_LABEL = re.compile(r"(?!-)[\w-]+(?<!-)")
_LAST_LABEL = re.compile(r"xn--[a-z0-9-]+|[^\W\d_]{2,}")


def homepage_fault(address: str) -> object | None:
    """A lazy sentence about %(address)s; None where it may be right."""
    if re.search(r"\s", address):
        return _("The homepage of %(exhibitor)s has a space in it: %(address)s")
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host, user, _port = (parts.hostname or "").removesuffix("."), parts.username, parts.port
    except ValueError:
        return _("The homepage of %(exhibitor)s is no address: %(address)s")
    if user is not None:
        return _("The homepage of %(exhibitor)s looks like an e-mail address: %(address)s")
    return _host_fault(host)


def _host_fault(host: str) -> object | None:
    if _is_ip(host):
        return _("The homepage of %(exhibitor)s is a computer's number, no name: %(address)s")
    labels = host.split(".")
    if len(labels) < 2 and host not in RESERVED:
        return _("The homepage of %(exhibitor)s has no complete name of a website: %(address)s")
    if _is_reserved(host) or _is_without_name(host):
        return _("The homepage of %(exhibitor)s is a placeholder: %(address)s")
    if not all(map(_LABEL.fullmatch, labels)) or not _LAST_LABEL.fullmatch(labels[-1]):
        return _("The homepage of %(exhibitor)s is no address: %(address)s")
    return None


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_reserved(host: str) -> bool:
    labels = host.split(".")
    return labels[-1] in RESERVED or ".".join(labels[-2:]) in RESERVED_HOSTS


def _is_without_name(host: str) -> bool:
    """Nothing stands between www. and the ending, as in http://www.co.kr/."""
    return host.startswith("www.") and host.removeprefix("www.") in BARE_ENDINGS


def email_fault(address: str) -> object | None:
    """A lazy sentence about %(address)s; None where it may be right."""
    user, _at, host = address.casefold().rpartition("@")
    if _is_reserved(host) or (user in MADE_UP and host.partition(".")[0] == user):
        return _("The e-mail address of %(exhibitor)s is a placeholder: %(address)s")
    return None
