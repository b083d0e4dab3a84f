"""All addresses of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from exhibitors.views import errors, home, media, search_engines, sharing
from exhibitors.views.api import documentation
from exhibitors.views.api.site import api, unknown

urlpatterns = [
    path("", home.root, name="root"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("media/<path:name>", media.picture, name="picture"),
    path("api/v1/", documentation.documentation, name="open_data"),
    path("api/v1/", api.urls),
    path("api/", RedirectView.as_view(pattern_name="open_data")),
    re_path(r"^api/v[0-9]+/.*/$", unknown),  # with a slash at its end, so that one that is forgotten is added
    path("code.svg", sharing.code, name="share_code"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", search_engines.sitemap_part, name="sitemap_part"),
    *i18n_patterns(
        path("", home.archive, name="editions"),
        path("<slug:edition>/", include("exhibitors.urls")),
    ),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
