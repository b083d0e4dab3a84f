"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expo.settings")
os.environ["EXPO_SERVING"] = "1"  # before the settings are read: only a web server has time limits
application = get_wsgi_application()
