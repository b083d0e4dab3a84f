"""The WSGI application that gunicorn serves."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expo.settings")
os.environ["EXPO_SERVING"] = "1"  # before the settings are read: only a web server has time limits
django.setup(set_prefix=False)

from expo.page_store import with_page_store  # noqa: E402 the settings come first
from expo.requests import Handler  # noqa: E402

application = with_page_store(Handler())
