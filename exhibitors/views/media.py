"""Serves uploaded pictures on a single machine; in production the web server in front does."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from exhibitors.models.picture import NAME_PATTERN

ONE_YEAR = 365 * 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A stored picture; its name carries the hash of its content, so it never changes."""
    if not NAME_PATTERN.match(name) or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
