"""Answers public pages from a store in front of Django, one version of the data at a time."""

from django.conf import settings
from django.core.cache import cache

from exhibitors.domain import data_version
from expo.page_store.layer import Application, PageStore
from expo.page_store.pages import Pages
from expo.page_store.shared import Shared, release_of

__all__ = ["PageStore", "with_page_store"]


def with_page_store(application: Application) -> Application:
    """Put the store before an application, as large and as shared as the settings say; with no room there is none."""
    if not settings.PAGE_STORE_BYTES:
        return application
    shared = Shared(cache, release_of(settings.BASE_DIR, settings.BASE_URL)) if settings.HAS_SHARED_CACHE else None
    pages = Pages(settings.PAGE_STORE_BYTES)
    return PageStore(application, watch=data_version.watch, pages=pages, shared=shared)
