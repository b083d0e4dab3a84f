"""All addresses of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from exhibitors.views import errors, home, media

urlpatterns = [
    path("", home.root, name="root"),
    path("admin/", admin.site.urls),
    path("media/<path:name>", media.picture, name="picture"),
    *i18n_patterns(
        path("", home.archive, name="editions"),
        path("<slug:edition>/", include("exhibitors.urls")),
    ),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
