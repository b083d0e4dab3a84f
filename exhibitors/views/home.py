"""The front page of an edition, and the list of editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from exhibitors.domain import editions, facets, structured_data
from exhibitors.domain.collaborations import with_public_members
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory
from exhibitors.forms import filter_panel
from exhibitors.forms.directory import default_sort
from exhibitors.models import Edition
from exhibitors.views.keeping import keep_until
from exhibitors.views.page import absolute_in, edition_page, show
from exhibitors.views.rendering import render


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the current edition; with none, list the public ones."""
    current = Edition.objects.public().filter(is_current=True).first()
    return redirect(current) if current else _archive(request)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    return _archive(request)


def _archive(request: HttpRequest) -> HttpResponse:
    listed = editions.with_sample_mark(Edition.objects.public().newest_first())
    return render(request, "exhibitors/edition_list.html", {"editions": listed})


@edition_page
def home(request: HttpRequest, edition: Edition) -> HttpResponse:
    directory = Directory(edition)
    counts = facets.count(directory, Criteria())
    now = timezone.now()
    keep_until(request, editions.today_until(edition, now))
    context = {
        "counts": counts,
        "panel": filter_panel.build(directory, Criteria(sort=default_sort()), counts, default_sort=default_sort()),
        "today": editions.today(edition, now),
        "collaborations": with_public_members(edition),
        "editions": Edition.objects.public().exclude(pk=edition.pk).newest_first(),
        "structured_data": structured_data.event_page(edition, absolute_in(request)),
    }
    return show(request, edition, "exhibitors/home.html", context, section="home")
