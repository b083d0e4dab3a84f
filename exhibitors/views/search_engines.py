"""What search engines read first: robots.txt and the sitemap."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from exhibitors.domain import sitemap as site
from exhibitors.domain.addresses import absolute

MOST_ADDRESSES = 10_000  # in one file; the protocol allows five times as many, which take 20 MB
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
    pages = site.pages()
    parts = _parts(pages)
    if len(parts) == 1:
        return _page_of(request, pages)
    files = [absolute(request, reverse("sitemap_part", args=[number])) for number in range(1, len(parts) + 1)]
    return render(request, "exhibitors/sitemap_index.xml", {"files": files}, content_type=XML)


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    parts = _parts(site.pages())
    if not 1 <= number <= len(parts):
        raise Http404
    return _page_of(request, parts[number - 1])


def _parts(pages: list[site.Page]) -> list[list[site.Page]]:
    size = MOST_ADDRESSES // len(site.LANGUAGES)
    return [pages[start : start + size] for start in range(0, len(pages), size)]


def _page_of(request: HttpRequest, pages: Iterable[site.Page]) -> HttpResponse:
    root = absolute(request, "/")
    entries = mark_safe("".join(_entry(root, page, language) for page in pages for language in site.LANGUAGES))
    return render(request, "exhibitors/sitemap.xml", {"entries": entries}, content_type=XML)


def _entry(root: str, page: site.Page, language: str) -> str:
    """One address with its languages; a template would take seconds for thousands of them."""
    addresses = {own: escape(f"{root}{own}/{page.path}") for own in site.LANGUAGES}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{own}" href="{address}"/>'
        for own, address in (*addresses.items(), ("x-default", addresses["en"]))
    )
    changed_at = f"<lastmod>{page.changed_at.isoformat(timespec='seconds')}</lastmod>" if page.changed_at else ""
    return f"<url><loc>{addresses[language]}</loc>{changed_at}{alternates}</url>\n"
