"""The app and the admin site of the project."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ExhibitorsConfig(AppConfig):
    default = True
    name = "exhibitors"
    verbose_name = _("Expo")

    def ready(self) -> None:
        from exhibitors import checks  # noqa: F401, PLC0415 - registering them is its effect
        from exhibitors.domain import history, indexing, roles, sessions  # noqa: PLC0415
        from exhibitors.models import data_triggers, sqlite_trigrams  # noqa: PLC0415

        post_migrate.connect(sqlite_trigrams.create_after_migration, sender=self)
        post_migrate.connect(data_triggers.create_after_migration, sender=self)
        post_migrate.connect(indexing.refresh_after_migration, sender=self)
        post_migrate.connect(history.begin_after_migration, sender=self)
        post_migrate.connect(roles.ensure_after_migration, sender=self)
        user_logged_in.connect(sessions.begin_at_sign_in)


class ExpoAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "exhibitors.admin.site.ExpoAdminSite"

    def ready(self) -> None:
        super().ready()
        from exhibitors.admin import accounts  # noqa: PLC0415

        # Only now have Django and its libraries registered what accounts and second factors are to them.
        accounts.replace_registered()
