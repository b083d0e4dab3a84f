"""Whole addresses of this site, for what is read outside of it: by search engines, in feeds, from a code."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

OWN_PICTURE = "img/og.png"
OWN_PICTURE_SIZE = (1200, 630)  # pixels


def site_of(request: HttpRequest) -> str:
    """The site's own address, without a slash at its end: the public one where there is one, else the one asked."""
    return settings.BASE_URL or request.build_absolute_uri("/").rstrip("/")


def absolute(request: HttpRequest, path: str) -> str:
    """A path of this site with its host."""
    return site_of(request) + path


def part_paths(view: str, edition: str) -> Callable[[str], str]:
    """What makes of the code of a part its path in an edition, in the language that is active now.

    The address is looked up once: each takes 50 µs, and a whole list has thousands. Codes need no quoting.
    """
    before, _stand_in, after = reverse(view, args=[edition, STAND_IN]).rpartition(STAND_IN)
    return lambda code: f"{before}{code}{after}"


STAND_IN = "-part-"


def own_picture() -> str:
    """The path of the picture that stands for pages without one of their own."""
    return static(OWN_PICTURE)
