"""Settings that spare tests what only a real site needs."""

from django.test import override_settings


def light_settings() -> override_settings:
    """No hashed static files, which collectstatic would have to make first, and no deliberately slow passwords."""
    return override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
