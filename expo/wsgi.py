"""The WSGI application that gunicorn serves."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expo.settings")
os.environ["EXPO_SERVING"] = "1"  # before the settings are read: only a web server has time limits
django.setup(set_prefix=False)

from expo.operating import Operating  # noqa: E402 the settings come first
from expo.page_store import with_page_store  # noqa: E402
from expo.requests import Handler  # noqa: E402
from expo.tracing import Traced  # noqa: E402

# Outermost what follows every request, then what answers machines, then the kept pages, then Django.
application = Traced(Operating(with_page_store(Handler())))

# What is loaded by now stays for good: not to look at it again, and at the rest less often, saves some of each page.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
