"""The app and the admin site of the project."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ExhibitorsConfig(AppConfig):
    default = True
    name = "exhibitors"
    verbose_name = _("Expo")


class ExpoAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "exhibitors.admin.site.ExpoAdminSite"
