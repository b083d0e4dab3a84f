"""What search engines read first: robots.txt and the sitemap."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from exhibitors.domain import sitemap as site
from exhibitors.domain.addresses import absolute
from exhibitors.views.rendering import render

PER_FILE = 500  # pages, each at two addresses; the protocol allows fifty times as many, which take 20 MB
MOST_FILES = 50_000  # in an index, by the protocol
XML = "application/xml; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Filters make endless addresses of the same exhibitors; the pages of a plain list are the way to all of them.

    The desk's address is told only where everybody knows it: who moved it did not mean to publish it here.
    """
    desk = ["Disallow: /admin/"] if settings.ADMIN_PATH == "admin/" else []
    address = absolute(request, reverse("sitemap"))
    lines = ["User-agent: *", *desk, "Disallow: /*?", "Allow: /*?page=", "", f"Sitemap: {address}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or an index of files where they are too many for one."""
    pages = site.Pages()
    total = len(pages)
    if total <= PER_FILE:
        return _page_of(request, pages[0:PER_FILE])
    numbers = range(1, -(-total // PER_FILE) + 1)
    files = [absolute(request, reverse("sitemap_part", args=[number])) for number in numbers]
    return render(request, "exhibitors/sitemap_index.xml", {"files": files}, content_type=XML)


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    if not 1 <= number <= MOST_FILES:
        raise Http404
    pages = site.Pages()[(number - 1) * PER_FILE : number * PER_FILE]
    if not pages:
        raise Http404
    return _page_of(request, pages)


def _page_of(request: HttpRequest, pages: Iterable[site.Page]) -> HttpResponse:
    root = absolute(request, "/")
    entries = mark_safe("".join(_entries(root, page) for page in pages))
    return render(request, "exhibitors/sitemap.xml", {"entries": entries}, content_type=XML)


def _entries(root: str, page: site.Page) -> str:
    """The addresses of a page, each with its other languages; a template would take seconds for thousands of them."""
    addresses = {own: escape(f"{root}{own}/{page.path}") for own in site.LANGUAGES}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{own}" href="{address}"/>'
        for own, address in (*addresses.items(), ("x-default", addresses["en"]))
    )
    changed_at = f"<lastmod>{page.changed_at.isoformat(timespec='seconds')}</lastmod>" if page.changed_at else ""
    return "".join(f"<url><loc>{own}</loc>{changed_at}{alternates}</url>\n" for own in addresses.values())
