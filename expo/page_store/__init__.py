"""Answers public pages from a store in front of Django, one version of the data at a time."""

from django.conf import settings
from django.core.cache import cache, caches

from exhibitors.domain import data_version
from expo.page_store.announcements import Announcements
from expo.page_store.layer import Application, PageStore
from expo.page_store.pages import Pages
from expo.page_store.shared import Shared, release_of

__all__ = ["PageStore", "with_page_store"]


def with_page_store(application: Application) -> Application:
    """Put the store before an application, as large and as shared as the settings say; with no room there is none."""
    if not settings.PAGE_STORE_BYTES:
        return application
    watch, pages = data_version.watch, Pages(settings.PAGE_STORE_BYTES)
    if not settings.HAS_SHARED_CACHE:
        return PageStore(application, watch=watch, pages=pages)
    announcements = Announcements(caches["default"], watch.expire)
    watch.announce = announcements.announce
    shared = Shared(cache, release_of(settings.BASE_DIR, settings.BASE_URL))
    return PageStore(application, watch=watch, pages=pages, shared=shared, announcements=announcements)
