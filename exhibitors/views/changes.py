"""What changed in an edition: a page for people, an Atom feed for programs."""

from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page

from exhibitors.domain import changes as public_changes
from exhibitors.domain.addresses import absolute
from exhibitors.models import Edition
from exhibitors.models.fields import pick
from exhibitors.views.page import edition_page, show


@edition_page
def changes(request: HttpRequest, edition: Edition) -> HttpResponse:
    return show(request, edition, "exhibitors/changes.html", {"changes": public_changes.latest(edition)})


@conditional_page
@edition_page
def changes_feed(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The same as Atom; a program that has it already is answered 304."""
    found = public_changes.latest(edition)
    feed = _Feed(
        title=gettext("%(edition)s: what changed") % {"edition": pick(edition, "name")},
        link=absolute(request, reverse("changes", args=[edition.slug])),
        description="",
        language=get_language(),
        author_name=(pick(edition, "hosts") or pick(edition, "name")).text,
        feed_url=absolute(request, reverse("changes_feed", args=[edition.slug])),
        updated_at=found[0].at if found else edition.updated_at,
    )
    host = urlsplit(absolute(request, "/")).hostname
    for change in found:
        feed.add_item(
            title=public_changes.told(change),
            link=absolute(request, change.exhibitor.get_absolute_url()),
            description=escape(pick(edition, "name")),
            unique_id=f"tag:{host},{change.at:%Y-%m-%d}:{edition.slug}/changes/{change.key}",
            pubdate=change.at,
            updateddate=change.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


class _Feed(Atom1Feed):
    """Without entries, Django's would say that it was updated just now, and be another at each request."""

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated_at"]
        return moment
